#!/usr/bin/env bash
# Expected: the Groq SDK takes the base URL of Groq's OpenAI-compatible API, …/openai/v1, as the OpenAI SDK does.
# Seen: it appends /openai/v1/chat/completions itself and requests /openai/v1/openai/v1/chat/completions.
# Why it matters: one "base URL" setting cannot serve both SDKs. The address that works in one gives 404 in the other,
# which most clients report as an unknown model.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check groq==1.7.0 openai==2.54.0
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


import groq
import openai

def completion(finish_reason="stop", content="Half a sent", **more):
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], **more}


MESSAGES = [{"role": "user", "content": "Write a post."}]

url, calls = serve(lambda body: (200, {}, completion()))
base = url + "/openai/v1"
print("groq", groq.__version__, "openai", openai.__version__)
print("Expected: both request /openai/v1/chat/completions.")
for library in (openai.OpenAI, groq.Groq):
    library(api_key="none", base_url=base).chat.completions.create(model="m", messages=MESSAGES)
    print(f"{library.__name__}(base_url='…/openai/v1') -> {calls[-1][0]}")
assert [path for path, _ in calls] == [
    "/openai/v1/chat/completions",
    "/openai/v1/openai/v1/chat/completions",
], "the behaviour has changed"
PY
