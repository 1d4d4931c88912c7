#!/usr/bin/env bash
# Expected: respx, a common mock for the OpenAI SDK, answers the SDK's calls and lets none out.
# Seen: openai 3 uses httpx2, a fork of httpx, which respx does not patch.
# The mocked route is never called, and the request reaches the real server without any error.
# Why it matters: after an upgrade from openai 2 a test suite sends real, billed requests.
# A test of an LLM client over a loopback socket does not depend on the HTTP library.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check openai==3.57.0 respx==0.23.1
timeout 60 venv/bin/python - <<'PY'
import http.server
import json
import threading


def serve(answer):
    """Serve answer(body) -> (status, headers, dict) on a free loopback port; return its URL and the requests seen."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append((self.path, body))
            status, headers, reply = answer(body)
            data = json.dumps(reply).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(data)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}", seen


import importlib.metadata

import httpx
import openai
import respx

def completion(finish_reason="stop", content="Half a sent", **more):
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], **more}


MESSAGES = [{"role": "user", "content": "Write a post."}]

for package in ("openai", "respx", "httpx", "httpx2"):
    print(package, importlib.metadata.version(package))
url, calls = serve(lambda body: (200, {}, completion(content="from the real server")))
client = openai.OpenAI(api_key="none", base_url=url + "/v1", max_retries=0)
print("Expected: the mocked 'from the mock', no call to the server.")
with respx.mock(assert_all_called=False) as mock:
    reply = httpx.Response(200, json=completion(content="from the mock"))
    route = mock.post(url + "/v1/chat/completions").mock(return_value=reply)
    text = client.chat.completions.create(model="m", messages=MESSAGES).choices[0].message.content
print(f"Seen: {text!r}, route called: {route.called}, calls to the server: {len(calls)}")
assert (text, route.called, len(calls)) == ("from the real server", False, 1), "the behaviour has changed"
PY
