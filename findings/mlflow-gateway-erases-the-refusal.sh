#!/usr/bin/env bash
# Expected: MLflow's AI Gateway hands on the field "refusal" of an OpenAI answer, as its own answer has that field.
# Seen: it is null in every answer. Where a model refused in words, the client gets no content, no refusal and
# finish_reason "stop". The tokens are counted. finish_reason "content_filter" does arrive.
# Why it matters: a refusal looks like an empty answer, a fault that a client repeats. Each repetition is paid for
# and refused again, and nobody reads why. Take "stop" without content for a refusal behind this gateway.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check "mlflow-skinny[gateway]==3.17.2" numpy==2.4.6 aiohttp==3.14.5 openai==2.54.0
HOME=$work timeout 120 venv/bin/python - <<'PY'
import http.server
import importlib.metadata
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request

import openai

SORRY = "I can't help with that."
CHOICES = {
    "answer": {"message": {"role": "assistant", "content": "Hello.", "refusal": None}, "finish_reason": "stop"},
    "refused": {"message": {"role": "assistant", "content": None, "refusal": SORRY}, "finish_reason": "stop"},
    "filtered": {"message": {"role": "assistant", "content": "", "refusal": None}, "finish_reason": "content_filter"},
}
USAGE = {"prompt_tokens": 10, "completion_tokens": 8, "total_tokens": 18}


class Provider(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        model = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["model"]
        answer = {"id": "1", "object": "chat.completion", "created": 1, "model": model, "usage": USAGE}
        data = json.dumps({**answer, "choices": [{"index": 0, **CHOICES[model]}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


provider = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
threading.Thread(target=provider.serve_forever, daemon=True).start()
direct = f"http://127.0.0.1:{provider.server_port}/v1"
settings = {"openai_api_key": "none", "openai_api_base": direct}
endpoints = [{"name": name, "endpoint_type": "llm/v1/chat",
              "model": {"provider": "openai", "name": name, "config": settings}} for name in CHOICES]
with open("config.json", "w") as file:
    json.dump({"endpoints": endpoints}, file)  # JSON is YAML, too
with socket.create_server(("127.0.0.1", 0)) as probe:
    port = probe.getsockname()[1]
# The provider is on this machine, which the gateway allows only if told so.
environment = {"MLFLOW_GATEWAY_CONFIG": "config.json", "MLFLOW_GATEWAY_API_BASE_ALLOW_PRIVATE_IPS": "true",
               "MLFLOW_DISABLE_TELEMETRY": "true"}


def ask(base, model):
    """Return the content, the refusal, the reason of the end and the tokens of the output."""
    answer = openai.OpenAI(base_url=base, api_key="none").chat.completions.create(
        model=model, messages=[{"role": "user", "content": "Write a post."}])
    choice = answer.choices[0]
    return choice.message.content, choice.message.refusal, choice.finish_reason, answer.usage.completion_tokens


with open("gateway.log", "w") as log:
    gateway = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "--factory", "mlflow.gateway.app:create_app_from_env", "--port", str(port)],
        stdout=log, stderr=log, env={**os.environ, **environment})
try:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health").close()
            break
        except OSError:
            time.sleep(0.5)
    print("mlflow-skinny", importlib.metadata.version("mlflow-skinny"), "openai", openai.__version__)
    seen = {}
    for model in CHOICES:
        expected, seen[model] = ask(direct, model), ask(f"http://127.0.0.1:{port}/v1", model)
        print(f"Expected: {expected}, seen: {seen[model]}")
finally:
    gateway.terminate()
    gateway.wait()
assert seen == {
    "answer": ("Hello.", None, "stop", 8),
    "refused": (None, None, "stop", 8),
    "filtered": ("", None, "content_filter", 8),
}, "the behaviour has changed"
PY
