#!/usr/bin/env bash
# Expected: InferenceClient(base_url=…).chat_completion() sends response_format to an OpenAI-compatible server as given.
# Seen: {"type": "json_schema", "json_schema": {…}} becomes {"type": "json_object", "value": {…}}, the private form of
# Hugging Face's own server. The name of the schema and "strict" are gone. No warning.
# Why it matters: in the format of OpenAI, "json_object" asks for any JSON object, and there is no "value".
# The call succeeds, the answer is JSON, and nothing says that the model never saw the schema.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check huggingface_hub==2.4.0 openai==2.54.0
HOME=$work timeout 60 venv/bin/python - <<'PY'
import http.server
import json
import threading

import huggingface_hub
import openai

MESSAGE = {"role": "assistant", "content": "{}"}
ANSWER = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "system_fingerprint": "",
          "choices": [{"index": 0, "message": MESSAGE, "finish_reason": "stop"}],
          "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
SCHEMA = {"type": "object", "properties": {"headline": {"type": "string"}}, "required": ["headline"],
          "additionalProperties": False}
FORMAT = {"type": "json_schema", "json_schema": {"name": "post", "schema": SCHEMA, "strict": True}}
MESSAGES = [{"role": "user", "content": "Write a title."}]
requests = []


class Server(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        requests.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
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
url = f"http://127.0.0.1:{server.server_port}/v1"
openai.OpenAI(base_url=url, api_key="none").chat.completions.create(model="m", messages=MESSAGES, response_format=FORMAT)
huggingface_hub.InferenceClient(base_url=url, api_key="none").chat_completion(MESSAGES, model="m", response_format=FORMAT)
print("huggingface_hub", huggingface_hub.__version__, "openai", openai.__version__)
print("Expected, and sent by openai:", requests[0][1]["response_format"])
print("Sent by huggingface_hub:     ", requests[1][1]["response_format"])
assert [path for path, _ in requests] == ["/v1/chat/completions"] * 2, "the behaviour has changed"
assert requests[0][1]["response_format"] == FORMAT, "the behaviour has changed"
assert requests[1][1]["response_format"] == {"type": "json_object", "value": SCHEMA}, "the behaviour has changed"
PY
