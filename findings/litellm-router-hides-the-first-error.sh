#!/usr/bin/env bash
# Expected: a model that the server does not know is answered with NotFoundError (404) by every call of LiteLLM's Router.
# Seen: only the first call is. The 404 puts the deployment into a cooldown of 5 seconds,
# and the second call raises RouterRateLimitError without asking the server.
# Why it matters: a client that retries on rate limits retries a misspelt model name, and its last error hides the cause.
# Keep the first error, and show it to whoever can correct the name.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check litellm==1.106.12
timeout 100 venv/bin/python - <<'PY'
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
import os

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # No look-up on the network.
import litellm  # noqa: E402

litellm.suppress_debug_info = True
MESSAGES = [{"role": "user", "content": "Write a post."}]
ERROR = {"message": "The model 'gpt-typo' does not exist", "type": "invalid_request_error", "code": "model_not_found"}
url, calls = serve(lambda body: (404, {}, {"error": ERROR}))
deployment = {"model": "openai/gpt-typo", "api_base": url + "/v1", "api_key": "none"}
router = litellm.Router([{"model_name": "writer", "litellm_params": deployment}], num_retries=0)


def ask():
    try:
        router.completion(model="writer", messages=MESSAGES)
        return "an answer"
    except Exception as error:
        text = str(error).splitlines()[0]
        print(f"{type(error).__name__}: {text[:110]}")
        return type(error).__name__, getattr(error, "status_code", None)


print("litellm", importlib.metadata.version("litellm"))
print("Expected: NotFoundError twice, two calls to the server.")
seen = [ask(), ask()]
print("Seen:", seen, "calls to the server:", len(calls))
assert [name for name, _ in seen] == ["NotFoundError", "RouterRateLimitError"], "the behaviour has changed"
assert len(calls) == 1, "the behaviour has changed"
PY
