#!/usr/bin/env bash
# Expected: LiteLLM hands on a finish_reason that it does not know, or raises an error.
# Seen: it becomes "stop", the word for a complete answer, with a warning in LiteLLM's own log only.
# "insufficient_system_resource", which DeepSeek documents for an interrupted answer, looks like success.
# A reply without usage is reported as 0 tokens instead of unknown.
# Why it matters: a client behind LiteLLM publishes a cut text, and its own log says that the text cost nothing.
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

def completion(finish_reason="stop", content="Half a sent", **more):
    message = {"role": "assistant", "content": content}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], **more}


MESSAGES = [{"role": "user", "content": "Write a post."}]


def ask(reason):
    url, _ = serve(lambda body: (200, {}, completion(reason)))
    answer = litellm.completion(model="openai/m", api_base=url + "/v1", api_key="none", messages=MESSAGES)
    return answer.choices[0].finish_reason, answer.usage


print("litellm", importlib.metadata.version("litellm"))
print("Expected: the server's own word, and no usage.")
reasons = ["length", "insufficient_system_resource", "error"]
seen = {reason: ask(reason) for reason in reasons}
for reason, (shown, usage) in seen.items():
    print(f"sent {reason!r} without usage -> {shown!r}, {usage.prompt_tokens} + {usage.completion_tokens} tokens")
assert [shown for shown, _ in seen.values()] == ["length", "stop", "stop"], "the behaviour has changed"
assert all(usage.total_tokens == 0 for _, usage in seen.values()), "the behaviour has changed"
PY
