#!/usr/bin/env bash
# Expected: Cerebras(api_key=…), like other SDKs' clients, sends nothing until a method is called.
# Seen: building the client sends GET /v1/tcp_warming with the API key, and waits for the answer. An answer of 503
# makes it send three, and is then swallowed, so that nothing shows it. warm_tcp_connection=False stops it.
# Why it matters: a form that builds a client to show its settings, or a worker that builds one for each job,
# makes a request each time, from inside a transaction and past a guard around the calls.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check cerebras_cloud_sdk==1.91.0 openai==2.54.0 groq==1.7.0
timeout 60 venv/bin/python - <<'PY'
import http.server
import importlib.metadata
import threading

import groq
import openai
from cerebras.cloud.sdk import Cerebras

requests = []


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        requests.append((self.command, self.path, self.headers.get("Authorization")))
        self.send_response(503)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_GET

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"


def sent(build):
    """Return the requests that building a client has sent by the time it is there."""
    requests.clear()
    build()
    return list(requests)


print(*(f"{name} {importlib.metadata.version(name)}" for name in ("cerebras_cloud_sdk", "openai", "groq")), sep=", ")
print("Expected: no request from any of them.")
seen = {
    "openai": sent(lambda: openai.OpenAI(api_key="our-key", base_url=url)),
    "groq": sent(lambda: groq.Groq(api_key="our-key", base_url=url)),
    "cerebras": sent(lambda: Cerebras(api_key="our-key", base_url=url)),
    "cerebras, not warmed": sent(lambda: Cerebras(api_key="our-key", base_url=url, warm_tcp_connection=False)),
}
for name, found in seen.items():
    print(f"    {name}: {found}")
warming = ("GET", "/v1/tcp_warming", "Bearer our-key")
assert seen["cerebras"] == [warming] * 3, "the behaviour has changed"
assert not any(found for name, found in seen.items() if name != "cerebras"), "the behaviour has changed"
PY
