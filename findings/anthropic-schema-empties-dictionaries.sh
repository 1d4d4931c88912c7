#!/usr/bin/env bash
# Expected: the Anthropic SDK sends a field "dict[str, str]" of a Pydantic model as an object with any names,
# or refuses it.
# Seen: it sends an object without properties and with additionalProperties false. Only {} follows that schema.
# The description that remains does not say what was meant. A nullable type as JSON Schema writes it,
# ["string", "null"], raises an AssertionError in the same function.
# Why it matters: a model that must follow the schema leaves the field empty in each answer, which then validates.
# Texts by network or by language are lost without an error. Name each key, or use a list of pairs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check anthropic==2.14.0 jsonschema==4.25.1
timeout 60 venv/bin/python - <<'PY'
import http.server
import json
import threading

import anthropic
import jsonschema
from pydantic import BaseModel, Field

ANSWER = {"id": "1", "type": "message", "role": "assistant", "model": "m", "stop_reason": "end_turn", "stop_sequence": None,
          "content": [{"type": "text", "text": '{"title": "Bees", "social": {}}'}],
          "usage": {"input_tokens": 1, "output_tokens": 1}}
bodies = []


class Post(BaseModel):
    title: str
    social: dict[str, str] = Field(description="A text for each network")


class Server(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        data = json.dumps(ANSWER).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = anthropic.Anthropic(api_key="none", base_url=f"http://127.0.0.1:{server.server_port}")
message = client.messages.parse(
    model="m", max_tokens=100, messages=[{"role": "user", "content": "Write a post."}], output_format=Post)
sent = bodies[0]["output_config"]["format"]["schema"]
print("anthropic", anthropic.__version__)
print("Field of the model:", Post.model_json_schema()["properties"]["social"])
print("Sent:              ", sent["properties"]["social"])
texts = {"title": "Bees", "social": {"x": "Bees!"}}


def follows(value, schema):
    return jsonschema.Draft202012Validator(schema).is_valid(value)


seen = [follows(texts, Post.model_json_schema()), follows(texts, sent), follows({**texts, "social": {}}, sent)]
print("Expected: a text for X follows both schemas. Seen:", seen[:2], "and {} follows the one that was sent:", seen[2])
try:
    anthropic.transform_schema({"type": ["string", "null"]})
    nullable = "accepted"
except AssertionError as error:
    nullable = "AssertionError"
    print("Nullable type:", error)
assert seen == [True, False, True], "the behaviour has changed"
assert nullable == "AssertionError", "the behaviour has changed"
PY
