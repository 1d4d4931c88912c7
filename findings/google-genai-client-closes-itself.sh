#!/usr/bin/env bash
# Expected: genai.Client(…).models.generate_content(…) works in one expression, as with other SDKs.
# Seen: RuntimeError "client has been closed", and no request is sent. The Client closes its connections in __del__,
# and .models does not keep the Client alive.
# Why it matters: a helper that builds a client and returns client.models fails on valid input,
# with a message that points at the network. Keep the Client itself for as long as its parts are used.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check google-genai==3.6.1
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


from google import genai
from google.genai import types

ANSWER = {"candidates": [{"content": {"role": "model", "parts": [{"text": "Hello."}]}, "finishReason": "STOP"}]}
url, calls = serve(lambda body: (200, {}, ANSWER))
options = types.HttpOptions(base_url=url)


def ask(models):
    try:
        return models.generate_content(model="m", contents="Write a post.").text
    except RuntimeError as error:
        return f"RuntimeError: {error}"


print("google-genai", genai.__version__)
print("Expected: 'Hello.' both times.")
client = genai.Client(api_key="none", http_options=options)
kept = ask(client.models)
sent = len(calls)
dropped = ask(genai.Client(api_key="none", http_options=options).models)
print(f"client kept in a variable: {kept!r}")
print(f"client not kept:           {dropped!r}, requests sent: {len(calls) - sent}")
assert kept == "Hello." and sent == 1, "the behaviour has changed"
assert "client has been closed" in dropped and len(calls) == sent, "the behaviour has changed"
PY
