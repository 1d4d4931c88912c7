#!/usr/bin/env bash
# Expected: dkim.sign() of dkimpy covers by default both headers of one-click unsubscribing, List-Unsubscribe and
# List-Unsubscribe-Post, when a message has them.
# Seen: it signs the first and leaves the second out. Its list of headers is that of RFC 6376, which is older
# than the second header. Nothing says so, and the signature is valid.
# Why it matters: RFC 8058 wants both in the signature; otherwise the reader's program should not offer one click.
# Gmail and Yahoo ask bulk senders for it. A newsletter with the right headers and a valid signature still fails,
# and no test of the headers shows why. Pass include_headers, as below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install -qq --disable-pip-version-check dkimpy==1.1.8 cryptography==50.0.2
timeout 60 venv/bin/python - <<'PY'
import importlib.metadata
import re

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
MESSAGE = b"""From: News <news@example.com>
To: reader@example.org
Subject: News of November
List-Id: News <news.example.com>
List-Unsubscribe: <https://example.com/unsubscribe/1>
List-Unsubscribe-Post: List-Unsubscribe=One-Click

Hello.
""".replace(b"\n", b"\r\n")


def signed(**options):
    """Return the names of the headers that the signature covers."""
    header = dkim.sign(MESSAGE, b"mail", b"example.com", KEY, **options).decode()
    return set(re.sub(r"\s", "", re.search(r"\bh=([^;]+);", header)[1]).split(":"))


print("dkimpy", importlib.metadata.version("dkimpy"))
print("Expected: list-unsubscribe and list-unsubscribe-post.")
default = signed()
print("Signed by default:", *sorted(default))
headers = dkim.DKIM(MESSAGE).default_sign_headers() + [b"List-Unsubscribe-Post"]
chosen = signed(include_headers=headers)
print("With include_headers:", *sorted(chosen))
assert default == {"from", "to", "subject", "list-id", "list-unsubscribe"}, "the behaviour has changed"
assert chosen == default | {"list-unsubscribe-post"}, "the behaviour has changed"
PY
