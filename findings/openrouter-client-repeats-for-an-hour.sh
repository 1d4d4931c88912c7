#!/usr/bin/env bash
# Expected: OpenRouter's Python SDK waits minutes for an answer and gives up after a few repetitions, as OpenAI's does.
# Seen: it sets no timeout, so that httpx's own 5 seconds hold. A server that is silent for longer is asked again,
# without a word, until an hour has passed: more than 60 requests. A 502 is repeated for as long, a 429 never.
# timeout_ms bounds one request and not the call: each request that it ends is repeated, too.
# Why it matters: where nothing is sent until the answer is there, one of 7 seconds is never read, and each repetition
# may be billed. A worker is busy for an hour, however short its timeout. Pass both timeout_ms and a RetryConfig.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check openrouter==1.3.84 httpx==0.28.1
HOME=$work timeout 200 venv/bin/python - <<'PY'
import http.server
import importlib.metadata
import json
import threading
import types

import httpx
from openrouter import OpenRouter, errors
from openrouter.utils import BackoffStrategy, RetryConfig, retries

ANSWER = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "system_fingerprint": None,
          "choices": [{"index": 0, "message": {"role": "assistant", "content": "Ten years"}, "finish_reason": "stop"}],
          "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}
ERROR = {"error": {"code": 502, "message": "Provider returned error"}}
requests = []
over = threading.Event()


class Server(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        requests.append(self.path)
        if len(requests) <= slow:
            over.wait(silence)
        data = json.dumps(ANSWER if status == 200 else ERROR).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            pass  # The client is gone.

    def log_message(self, *args):
        pass


def ask(**options):
    """Return what came of one call, and how many requests the server got."""
    requests.clear()
    with OpenRouter(api_key="none", server_url=url, **options) as client:
        try:
            message = client.chat.send(model="m", messages=[{"role": "user", "content": "Write a title."}])
            return message.choices[0].message.content, len(requests)
        except (errors.OpenRouterError, httpx.TimeoutException) as error:
            return type(error).__name__, len(requests)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/api/v1"
print("openrouter", importlib.metadata.version("openrouter"), "httpx", httpx.__version__)
status, slow, silence = 200, 2, 7
seen = ask()
print("Two answers of 7 seconds, then a fast one. Expected: ('Ten years', 1). Seen:", seen)
assert seen == ("Ten years", 3), "the behaviour has changed"
patient = {"timeout_ms": 60_000, "retry_config": RetryConfig("none", BackoffStrategy(0, 0, 1, 0), False)}
seen = ask(**patient)
print("With timeout_ms and a RetryConfig:", seen)
assert seen == ("Ten years", 1), "the behaviour has changed"

# The pauses between the requests pass on this clock only.
clock = types.SimpleNamespace(now=0.0, time=lambda: clock.now)
clock.sleep = lambda seconds: setattr(clock, "now", clock.now + seconds)
retries.time = clock
for name, status, slow, silence, options, error, few in (
        ("502", 502, 0, 0, {}, "BadGatewayResponseError", False),
        ("timeout_ms=100, no answer", 200, 999, 120, {"timeout_ms": 100}, "ReadTimeout", False),
        ("429", 429, 0, 0, {}, "TooManyRequestsResponseError", True)):
    clock.now = 0.0
    seen = ask(**options)
    print(f"{name}: {seen[0]} after {seen[1]} requests and {clock.now:.0f} seconds of pauses")
    assert seen[0] == error, "the behaviour has changed"
    assert (seen[1], clock.now) == (1, 0) if few else seen[1] > 60 and clock.now > 3600, "the behaviour has changed"
over.set()
PY
