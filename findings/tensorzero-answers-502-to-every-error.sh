#!/usr/bin/env bash
# Expected: TensorZero's gateway, which speaks OpenAI's format, passes on the status of a provider's error,
# so that a wrong key is 401, a rate limit 429 with its Retry-After, and an unknown model 404.
# Seen: each of them is 502 without Retry-After, and the provider's error is a text within a text.
# OpenAI's SDK takes 502 for a passing fault and sends a request with a wrong key three times.
# Why it matters: what no repetition mends is repeated, and a client that gives a provider a rest after 429 never does.
# Only the words inside the message tell the cases apart.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check tensorzero==2026.6.0 openai==3.57.0
HOME=$work RUST_LOG=off timeout 120 venv/bin/python -W ignore - <<'PY'
import http.server
import importlib.metadata
import json
import threading

import openai
import tensorzero

# As OpenAI sends them, by the name of the model.
ERRORS = {
    "wrong_key": (401, {}, {"message": "Incorrect API key provided", "code": "invalid_api_key"}),
    "unknown": (404, {}, {"message": "The model does not exist", "code": "model_not_found"}),
    "busy": (429, {"Retry-After": "7"}, {"message": "Rate limit reached", "code": "rate_limit_exceeded"}),
    "empty": (429, {}, {"message": "You exceeded your current quota", "code": "insufficient_quota"}),
}
calls = []


class Provider(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        model = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["model"]
        calls.append(model)
        status, headers, error = ERRORS[model]
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
lines = ["gateway.observability.enabled = false"]
for name in ERRORS:
    lines += [f"[models.{name}]", 'routing = ["it"]', f"[models.{name}.providers.it]", 'type = "openai"',
              f'model_name = "{name}"', f'api_base = "http://127.0.0.1:{provider.server_port}/v1/"',
              'api_key_location = "none"']
with open("tensorzero.toml", "w") as file:
    file.write("\n".join(lines))


def ask(model, repetitions):
    """Return the status, Retry-After, and how many requests the provider got."""
    calls.clear()
    try:
        client.with_options(max_retries=repetitions).chat.completions.create(
            model=f"tensorzero::model_name::{model}", messages=[{"role": "user", "content": "Write a post."}])
    except openai.APIStatusError as error:
        print(f"    {model}, {repetitions} repetitions: {error.status_code} {error.body['message'][-80:]}")
        return error.status_code, error.response.headers.get("Retry-After"), len(calls)


print("tensorzero", importlib.metadata.version("tensorzero"), "openai", openai.__version__)
client = openai.OpenAI(api_key="none")
tensorzero.patch_openai_client(client, config_file="tensorzero.toml", async_setup=False)
print("Expected:", {name: (status, headers.get("Retry-After"), 1) for name, (status, headers, _) in ERRORS.items()})
seen = {name: ask(name, 0) for name in ERRORS}
seen["wrong_key, repeated"] = ask("wrong_key", 2)
print("Seen:", seen)
assert seen == {**dict.fromkeys(ERRORS, (502, None, 1)), "wrong_key, repeated": (502, None, 3)}, "the behaviour has changed"
PY
