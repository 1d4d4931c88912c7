#!/usr/bin/env bash
# Expected: where Instructor reads JSON out of Markdown (MD_JSON, its default for Perplexity), it takes the fenced
# block, or else the first object that fits the model.
# Seen: it takes the last span of the text that is JSON, an object or a list. A footnote mark such as [1] below the
# block is a list: the complete answer above it is refused, and Instructor asks three times more.
# A fragment below the block that happens to fit the model replaces the answer without an error.
# Why it matters: Perplexity marks its sources as [1], [2]. One sentence with a source below the block makes four
# paid calls out of a good answer, and the error speaks of a list nobody asked for. Above the block [1] is harmless.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check instructor==1.17.0 openai==3.3.0 pydantic==2.14.4
HOME=$work timeout 120 venv/bin/python - <<'PY'
import http.server
import importlib.metadata
import json
import logging
import threading

import instructor
import openai
import pydantic
from instructor.core.exceptions import InstructorRetryException

logging.disable(logging.CRITICAL)
BLOCK = '```json\n{"title": "Ten years", "tags": ["history"]}\n```'
TEXTS = {
    "the block alone": BLOCK,
    "a source before it": f"The date is known [1].\n{BLOCK}",
    "a source below it": f"{BLOCK}\nThe date is known [1].",
    "a fragment below it": f'{BLOCK}\nWithout tags: {{"title": "A shorter one"}}',
}
calls = []


class Server(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        calls.append(self.path)
        message = {"role": "assistant", "content": text}
        data = json.dumps({"id": "1", "object": "chat.completion", "created": 1, "model": "m",
                           "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
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
    tags: list[str] = []


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
provider = openai.OpenAI(base_url=f"http://127.0.0.1:{server.server_port}/v1", api_key="none")
client = instructor.from_perplexity(provider)
print("instructor", importlib.metadata.version("instructor"), "openai", openai.__version__, client.mode)
print("Expected: 'Ten years' after one call, each time.")
seen = []
for name, text in TEXTS.items():
    calls.clear()
    try:
        title = client.chat.completions.create(
            model="m", messages=[{"role": "user", "content": "Write a post."}], response_model=Post).title
    except InstructorRetryException:
        title = None
    seen.append((title, len(calls)))
    print(f"{name}: {title!r}, calls: {len(calls)}")
assert client.mode == instructor.Mode.MD_JSON, "the behaviour has changed"
assert seen == [("Ten years", 1), ("Ten years", 1), (None, 4), ("A shorter one", 1)], "the behaviour has changed"
PY
