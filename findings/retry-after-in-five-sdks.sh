#!/usr/bin/env bash
# Expected: the SDKs of LLM providers do the same with "429, Retry-After: N". Three of them come from one code generator.
# Seen: they differ once N leaves the usual range. After 90 seconds, openai and anthropic try again in 90 seconds,
# and groq in less than one. With 86400, openai gives up at once, anthropic sleeps for a day inside create(),
# whose timeout of 5 seconds bounds a request only, and groq still tries again at once. mistralai and google-genai never try again.
# Why it matters: an account that is empty until tomorrow is told so with a large Retry-After. One SDK blocks a worker
# for a day, another asks a provider again that has just asked for quiet. Set max_retries=0 and wait yourself.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check openai==3.57.0 anthropic==2.14.0 groq==1.7.0 \
    mistralai==3.7.0 google-genai==3.6.1
timeout 120 venv/bin/python - <<'PY'
import http.server
import importlib.metadata
import json
import threading
import time

import anthropic
import groq
import openai
from google import genai
from google.genai import types
from mistralai.client import Mistral

ERROR = {"error": {"message": "Slow down.", "type": "rate_limit_error", "code": "rate_limit_exceeded"}}


def serve(seconds):
    """Answer each request with a 429 that asks for `seconds`; return the server's URL and the paths seen."""
    seen = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen.append(self.path)
            data = json.dumps(ERROR).encode()
            self.send_response(429)
            self.send_header("Retry-After", str(seconds))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}", seen


MESSAGES = [{"role": "user", "content": "Write a post."}]


def ask_openai(url):
    client = openai.OpenAI(api_key="none", base_url=url + "/v1", timeout=5)
    client.chat.completions.create(model="m", messages=MESSAGES)


def ask_anthropic(url):
    client = anthropic.Anthropic(api_key="none", base_url=url, timeout=5)
    client.messages.create(model="m", max_tokens=9, messages=MESSAGES)


def ask_groq(url):
    client = groq.Groq(api_key="none", base_url=url, timeout=5)
    client.chat.completions.create(model="m", messages=MESSAGES)


def ask_mistralai(url):
    Mistral(api_key="none", server_url=url, timeout_ms=5000).chat.complete(model="m", messages=MESSAGES)


def ask_google_genai(url):
    client = genai.Client(api_key="none", http_options=types.HttpOptions(base_url=url, timeout=5000))
    client.models.generate_content(model="m", contents="Write a post.")


# Package, its call, requests and pauses after Retry-After 90, the same after 86400; "short" is less than 2 seconds.
CASES = [
    ("openai", ask_openai, (3, [90, 90]), (1, [])),
    ("anthropic", ask_anthropic, (3, [90, 90]), (3, [86400, 86400])),
    ("groq", ask_groq, (3, ["short", "short"]), (3, ["short", "short"])),
    ("mistralai", ask_mistralai, (1, []), (1, [])),
    ("google-genai", ask_google_genai, (1, []), (1, [])),
]
pauses = []
# Each SDK waits by time.sleep(): it is noted here instead, or this script would take two days.
time.sleep = lambda seconds: pauses.append("short" if seconds < 2 else round(seconds))
print("Expected: the pause that the server asked for, or no second request, in all SDKs alike.")
for package, ask, *expected in CASES:
    print(package, importlib.metadata.version(package))
    for seconds, outcome in zip((90, 86400), expected):
        url, seen = serve(seconds)
        pauses.clear()
        try:
            ask(url)
        except Exception as error:
            name = type(error).__name__
        print(f"    Retry-After {seconds}: {len(seen)} requests, pauses {pauses}, then {name}")
        assert (len(seen), pauses) == outcome, "the behaviour has changed"
PY
