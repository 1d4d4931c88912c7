#!/usr/bin/env bash
# Expected: aisuite's client.chat.completions.create(model, messages) leaves the caller's list of messages as it is.
# Seen: for an "anthropic:" model it removes the system message from that list, also when the call fails.
# The next call with the same list, of whichever provider, goes out without the instructions. No warning.
# Why it matters: aisuite is there to try one list of messages with several models. After a failure of Anthropic
# a fallback or a repetition writes without language, tone and rules, and the answer looks like any other.
# Give each call a copy: messages=list(messages).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check aisuite==0.2.0 anthropic==0.125.0 openai==2.54.0
HOME=$work timeout 60 venv/bin/python - <<'PY'
import http.server
import importlib.metadata
import json
import threading

import aisuite
import anthropic

SYSTEM = {"role": "system", "content": "Write in German."}
USER = {"role": "user", "content": "Write a title."}
OVERLOADED = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
ANSWER = {"id": "1", "object": "chat.completion", "created": 1, "model": "m",
          "choices": [{"index": 0, "message": {"role": "assistant", "content": "Ten years"}, "finish_reason": "stop"}],
          "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
requests = []


class Server(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        requests.append((self.path, body.get("system"), body["messages"]))
        status, answer = (529, OVERLOADED) if self.path == "/v1/messages" else (200, ANSWER)
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"
client = aisuite.Client({
    "anthropic": {"api_key": "none", "base_url": url, "max_retries": 0},
    "openai": {"api_key": "none", "base_url": f"{url}/v1"},
})
messages = [SYSTEM, USER]
try:
    client.chat.completions.create(model="anthropic:m", messages=messages)
except anthropic.APIStatusError as error:
    print("The first provider answers", error.status_code)
client.chat.completions.create(model="openai:m", messages=messages)
print("aisuite", importlib.metadata.version("aisuite"))
print("Expected of the second provider:", [SYSTEM, USER])
for path, system, sent in requests:
    print(f"Sent to {path}: system {system!r}, messages {sent}")
assert requests == [("/v1/messages", SYSTEM["content"], [USER]), ("/v1/chat/completions", None, [USER])], \
    "the behaviour has changed"
assert messages == [USER], "the behaviour has changed"
PY
