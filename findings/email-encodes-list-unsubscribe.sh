#!/usr/bin/env bash
# Expected: Python's EmailMessage sends the header List-Unsubscribe with its address as given, or folded at a blank.
# Seen: an address that does not fit into a line of 78 characters is sent as RFC 2047 encoded words
# ("=?utf-8?q?=3Chttps=3A//…"), which that RFC forbids within <…>. A reader that follows RFC 2369 and does not decode
# finds no address: the compat32 policy of Python, which most tools use, is one. A short address is sent as it is.
# Why it matters: one-click unsubscription (RFC 8058), which large providers of mailboxes ask for, needs a token in the
# address, so that nearly each one is longer than a line. A test with "https://example.com/u/1" never sees it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -qq --disable-pip-version-check aiosmtpd==1.4.6
timeout 60 "$work/venv/bin/python" - <<'PY'
import email
import email.policy
import platform
import re
import smtplib
import socket
from email.message import EmailMessage

from aiosmtpd.controller import Controller

SHORT = "https://example.com/u/1"
LONG = "https://www.example.com/newsletter/unsubscribe?reader=1234&token=" + "5e" * 32


class Inbox:
    def __init__(self):
        self.received = []

    async def handle_DATA(self, server, session, envelope):
        self.received.append(envelope.content)
        return "250 OK"


inbox = Inbox()
with socket.create_server(("127.0.0.1", 0)) as free:
    port = free.getsockname()[1]
controller = Controller(inbox, hostname="127.0.0.1", port=port)
controller.start()
with smtplib.SMTP("127.0.0.1", port) as connection:
    for url in (SHORT, LONG):
        message = EmailMessage(policy=email.policy.SMTP)
        message["From"], message["To"] = "us@example.com", "reader@example.com"
        message["List-Unsubscribe"] = f"<{url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content("Hello")
        connection.send_message(message)
controller.stop()

print("Python", platform.python_version())
found = []
for content in inbox.received:
    value = email.message_from_bytes(content)["List-Unsubscribe"]
    print(value)
    found.append(re.findall("<(https:[^>]+)>", value))
assert found == [[SHORT], []], found
assert email.message_from_bytes(content)["List-Unsubscribe"].startswith("=?utf-8?q?=3Chttps=3A")
print("A long address is encoded, and no address is found.")
PY
