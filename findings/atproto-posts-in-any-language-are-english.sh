#!/usr/bin/env bash
# Expected: send_post() of Bluesky's Python SDK leaves the language of a post out unless it is given,
# as post() of the official JavaScript SDK does.
# Seen: the Python SDK writes langs: ["en"] into every such post, whatever its text. An empty list becomes "en", too.
# Why it matters: people choose the languages that they read, and feeds filter by this field.
# A Japanese post that is labelled English is hidden from the people it is for, and offered for translation to others.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" @atproto/api@0.19.19
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check atproto==0.0.73
cat > post.mjs <<'JS'
import { AtpAgent } from "@atproto/api";

const agent = new AtpAgent({ service: process.argv[2] });
await agent.login({ identifier: "us.example.com", password: "none" });
await agent.post({ text: process.argv[3] });
JS
timeout 60 venv/bin/python - <<'PY'
import base64
import http.server
import importlib.metadata
import json
import subprocess
import threading
import time

from atproto import Client

DID = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"
TEXT = "おはようございます"
records = []


def token(scope):
    parts = ({"alg": "none"}, {"scope": scope, "sub": DID, "iat": int(time.time()), "exp": int(time.time()) + 3600})
    coded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*coded, "none"])


class Server(http.server.BaseHTTPRequestHandler):
    """A personal data server, as far as a login and a post need it."""

    def reply(self, answer):
        data = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        self.reply({"did": DID, "handle": "us.example.com"})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "record" in body:
            records.append(body["record"])
            self.reply({"uri": f"at://{DID}/app.bsky.feed.post/3kaaaaaaaaaaa",
                        "cid": "bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq"})
        else:
            self.reply({"did": DID, "handle": "us.example.com", "active": True,
                        "accessJwt": token("com.atproto.access"), "refreshJwt": token("com.atproto.refresh")})

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"
subprocess.run(["node", "post.mjs", url, TEXT], check=True)
client = Client(base_url=url + "/xrpc")
client.login("us.example.com", "none")
client.send_post(TEXT)
client.send_post(TEXT, langs=[])
client.send_post(TEXT, langs=["ja"])
print("atproto", importlib.metadata.version("atproto"), "and @atproto/api 0.19.19")
print("Expected: no language in the first three.")
seen = [(record["text"], record.get("langs")) for record in records]
for library, (text, langs) in zip(("@atproto/api", "atproto", "atproto, []", "atproto, ja"), seen, strict=True):
    print(f"    {library}: {text} {langs}")
assert seen == [(TEXT, None), (TEXT, ["en"]), (TEXT, ["en"]), (TEXT, ["ja"])], "the behaviour has changed"
PY
