#!/usr/bin/env bash
# Expected: a function of BAML (version 0) that returns a class gives a complete object or raises an error. Here the
# provider says by finish_reason "length" that it cut the answer, and a list that the class requires is not there.
# Seen: BAML returns an object. A text that ends in the middle passes as it is, and so does a tag that is half a word.
# A list that the answer never came to is []. Only a missing string is an error. Its parser mends a cut as it mends
# other faults of JSON, and by default each finish_reason will do.
# Why it matters: a post that ran out of tokens is published up to where it was cut, or without its tags, and only
# the log names the reason. Write finish_reason_allow_list ["stop"] into each client.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check baml-py==0.226.3 pydantic==2.14.4
HOME=$work BAML_LOG=off timeout 60 venv/bin/python - <<'PY'
import http.server
import importlib.metadata
import json
import threading
import types

import baml_py
import pydantic
from baml_py.errors import BamlClientFinishReasonError, BamlValidationError

SOURCE = """
client<llm> It {
  provider "openai-generic"
  options {
    base_url "%s"
    api_key "none"
    model "m"
    %s
  }
}
class Post {
  title string
  body string
  tags string[]
}
function Write(topic: string) -> Post {
  client It
  prompt #"Write about {{ topic }}. {{ ctx.output_format }}"#
}
"""
WHOLE = '{"title": "Ten years", "body": "It began in 2005.", "tags": ["history", "shop"]}'
CUTS = {
    "in the text": WHOLE[:46],
    "before the tags": WHOLE[:50],
    "in a tag": WHOLE[:-5],
    "in the title": WHOLE[:18],
}


class Server(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        message = {"role": "assistant", "content": text}
        finish = "stop" if text == WHOLE else "length"
        data = json.dumps({"id": "1", "object": "chat.completion", "created": 1, "model": "m",
                           "choices": [{"index": 0, "message": message, "finish_reason": finish}],
                           "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


class Post(pydantic.BaseModel):
    title: str
    body: str
    tags: list[str]


def write(option):
    """Return what BAML makes of the text: a list of the fields, or the name of the error."""
    runtime = baml_py.BamlRuntime.from_files(".", {"main.baml": SOURCE % (url, option)}, {})
    try:
        result = runtime.call_function_sync(
            "Write", {"topic": "bees"}, runtime.create_context_manager(), None, None, [], {}, None)
        # As the code that BAML generates does; False stands for "no partial results".
        post = result.cast_to(classes, classes, classes, False, runtime)
        return [post.title, post.body, post.tags]
    except (BamlValidationError, BamlClientFinishReasonError) as error:
        return type(error).__name__


classes = types.ModuleType("classes")
classes.Post = Post
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/v1"
print("baml-py", importlib.metadata.version("baml-py"))
text = WHOLE
assert write("") == ["Ten years", "It began in 2005.", ["history", "shop"]]
print("Expected of each cut: an error.")
seen = {}
for name, text in CUTS.items():
    seen[name] = write("")
    print(f"Cut {name}: {text}\n    Seen: {seen[name]}")
assert seen == {
    "in the text": ["Ten years", "It began in 20", []],
    "before the tags": ["Ten years", "It began in 2005.", []],
    "in a tag": ["Ten years", "It began in 2005.", ["history", "sh"]],
    "in the title": "BamlValidationError",
}, "the behaviour has changed"
refused = []
for text in (WHOLE, *CUTS.values()):
    refused.append(write('finish_reason_allow_list ["stop"]') == "BamlClientFinishReasonError")
print("With finish_reason_allow_list: the whole answer is refused:", refused[0], "and each cut one:", refused[1:])
assert refused == [False, True, True, True, True], "the behaviour has changed"
PY
