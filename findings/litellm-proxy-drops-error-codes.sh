#!/usr/bin/env bash
# Expected: LiteLLM's proxy passes a provider's error on with its status, its code and its Retry-After.
# Seen: the code becomes the status as text. insufficient_quota, an empty account, is "429" of type throttling_error,
# as any rate limit is. A 413 for a request that is larger than the plan becomes 429, too.
# Retry-After is renamed to llm_provider-retry-after; on /v1/messages it is gone.
# Why it matters: a client that goes by code and status waits for what no waiting mends, and does not know for how long.
# Only the words of the provider are left to tell the cases apart.
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
import urllib.error
import urllib.request

# As OpenAI and Groq send them, by the name of the model.
ANSWERS = {
    "empty": (429, {}, {"message": "You exceeded your current quota, please check your plan and billing details.",
                        "type": "insufficient_quota", "param": None, "code": "insufficient_quota"}),
    "large": (413, {}, {"message": "Request too large for model on tokens per minute (TPM): Limit 8000, Requested 9123, "
                                   "please reduce your message size and try again.",
                        "type": "tokens", "code": "rate_limit_exceeded"}),
    "busy": (429, {"Retry-After": "7"}, {"message": "Rate limit reached for requests", "type": "requests", "param": None,
                                         "code": "rate_limit_exceeded"}),
}


class Provider(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        model = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["model"]
        status, headers, error = ANSWERS[model]
        data = json.dumps({"error": error}).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


provider = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
threading.Thread(target=provider.serve_forever, daemon=True).start()
config = {
    "model_list": [{"model_name": name, "litellm_params": {
        "model": f"openai/{name}", "api_key": "none", "api_base": f"http://127.0.0.1:{provider.server_port}/v1"}}
        for name in ANSWERS],
    "general_settings": {"master_key": "sk-master"},
    "litellm_settings": {"num_retries": 0},
    "router_settings": {"num_retries": 0},
}
with open("config.json", "w") as file:
    json.dump(config, file)  # JSON is YAML, too
with socket.create_server(("127.0.0.1", 0)) as probe:
    port = probe.getsockname()[1]


def ask(path, model):
    """Return status, code, type, and all headers that say for how long to wait."""
    body = {"model": model, "max_tokens": 100, "messages": [{"role": "user", "content": "Write a post."}]}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {
        "Authorization": "Bearer sk-master", "Content-Type": "application/json"})
    try:
        raise SystemExit(f"no error: {urllib.request.urlopen(request).read()}")
    except urllib.error.HTTPError as answer:
        error = json.load(answer)["error"]
        waits = {name: value for name, value in answer.headers.items() if "retry" in name.lower()}
        return answer.code, error.get("code"), error["type"], waits


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
    seen = {model: ask("/v1/chat/completions", model) for model in ANSWERS}
    on_messages = ask("/v1/messages", "busy")
finally:
    proxy.terminate()
    proxy.wait()
print("litellm", importlib.metadata.version("litellm"))
for model, answer in seen.items():
    status, headers, error = ANSWERS[model]
    print("Sent:", (status, error["code"], error["type"], headers), "Seen:", answer)
print("Seen of the last one on /v1/messages:", on_messages)
same = (429, "429", "throttling_error")
assert seen["empty"] == (*same, {}), "the behaviour has changed"
assert seen["large"] == (*same, {}), "the behaviour has changed"
assert seen["busy"] == (*same, {"llm_provider-retry-after": "7"}), "the behaviour has changed"
assert on_messages == (429, None, "rate_limit_error", {}), "the behaviour has changed"
PY
