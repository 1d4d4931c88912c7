#!/usr/bin/env bash
# Expected: iter_lines() of a streamed response yields the lines of an event stream, which end with CR, LF or CRLF.
# Seen: httpx, httpx2 and requests with decode_unicode=True split as str.splitlines() does,
# so also at U+2028 and U+0085. JSON allows both, unescaped, inside a string.
# Why it matters: a model that writes such a character tears its own event in two,
# and json.loads fails on valid output. Plain requests (bytes) and the SSE libraries are right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check httpx==0.28.1 httpx2==2.16.2 requests==2.34.2 httpx-sse==0.4.3
timeout 60 venv/bin/python - <<'PY'
import http.server
import json
import threading

import httpx
import httpx2
import httpx_sse
import requests

EVENT = json.dumps({"text": "one\u2028two\u0085three"}, ensure_ascii=False)
BODY = f"data: {EVENT}\n\ndata: [DONE]\n\n".encode()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}/"


def lines(library):
    with library.stream("GET", url) as response:
        return list(response.iter_lines())


def events():
    with httpx.Client() as client, httpx_sse.connect_sse(client, "GET", url) as source:
        return [event.data for event in source.iter_sse()]


print("httpx", httpx.__version__, "httpx2", httpx2.__version__, "requests", requests.__version__)
print("Expected: the first line is the whole event:", repr("data: " + EVENT))
seen = {
    "httpx": lines(httpx),
    "httpx2": lines(httpx2),
    "requests, decode_unicode": list(requests.get(url, stream=True).iter_lines(decode_unicode=True)),
    "requests, bytes": [line.decode() for line in requests.get(url, stream=True).iter_lines()],
}
for name, result in seen.items():
    print(f"{name}: {result}")
print("httpx-sse:", events())
torn = ['data: {"text": "one', "two", 'three"}', "", "data: [DONE]", ""]
whole = ["data: " + EVENT, "", "data: [DONE]", ""]
assert list(seen.values()) == [torn, torn, torn, whole], "the behaviour has changed"
assert events() == [EVENT, "[DONE]"], "the behaviour has changed"
PY
