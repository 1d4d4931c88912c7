#!/usr/bin/env bash
# Expected: LiteLLM's proxy gives a call up when its client closes the connection.
# Seen: the call to the provider goes on to its end, and when it fails, the proxy makes it twice more for nobody.
# Why it matters: a call that is cancelled, or whose deadline has passed, may be paid for three times.
# `num_retries: 0` in the proxy's settings stops the repetitions; nothing cuts the first call.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check "litellm[proxy]==1.108.7"
HOME=$work timeout 200 venv/bin/python - <<'PY'
import http.server
import importlib.metadata
import json
import os
import socket
import subprocess
import threading
import time
import urllib.request

calls = []
more = threading.Condition()


class Provider(http.server.BaseHTTPRequestHandler):
    """Fail each call after two seconds."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        with more:
            calls.append(time.monotonic())
            more.notify_all()
        time.sleep(2)
        data = json.dumps({"error": {"message": "The server had an error", "type": "server_error"}}).encode()
        self.send_response(500)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


provider = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
threading.Thread(target=provider.serve_forever, daemon=True).start()
config = {
    "model_list": [{"model_name": "writer", "litellm_params": {
        "model": "openai/any", "api_key": "none", "api_base": f"http://127.0.0.1:{provider.server_port}/v1"}}],
    "general_settings": {"master_key": "sk-master"},
}
with open("config.json", "w") as file:
    json.dump(config, file)  # JSON is YAML, too
with socket.create_server(("127.0.0.1", 0)) as probe:
    port = probe.getsockname()[1]
with open("proxy.log", "w") as log:
    proxy = subprocess.Popen(
        ["venv/bin/litellm", "--config", "config.json", "--host", "127.0.0.1", "--port", str(port)],
        stdout=log, stderr=log, env={**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True"})
try:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/liveliness").close()
            break
        except OSError:
            time.sleep(0.5)
    body = json.dumps({"model": "writer", "messages": [{"role": "user", "content": "Write a post."}]}).encode()
    head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer sk-master\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(head.encode() + body)
        with more:
            assert more.wait_for(lambda: calls, 30), "the proxy did not call the provider"
    left = time.monotonic()  # the client has closed its connection during the first call
    with more:
        more.wait_for(lambda: len(calls) == 3, 20)
    time.sleep(5)
finally:
    proxy.terminate()
    proxy.wait()
print("litellm", importlib.metadata.version("litellm"))
print("Expected: 1 call to the provider, as nobody waits for a second.")
print("Seen:", len(calls), "calls;", [f"{call - left:+.1f} s" for call in calls], "from when the client left")
assert len(calls) == 3, "the behaviour has changed"
PY
