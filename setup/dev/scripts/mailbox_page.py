"""Catch and show the emails of `make run`: mailbox_page.py FOLDER SMTP_PORT HTTP_PORT.

Each email is a file in FOLDER, the last 200 of them. Nothing is sent on to anybody. It
ends with its standard input, and so with the program that started it, even by kill -9.
"""

import html
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller

MOST = 200
TO = "X-Caught-For"
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem;
  max-width: 60rem }}
li {{ margin: .7rem 0; overflow-wrap: anywhere }}
small {{ opacity: .75; display: block }}
iframe {{ width: 100%; height: 70vh; border: 1px solid; background: #fff }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere }}
</style></head><body>{body}</body></html>"""
# An email may run no script, and fetch pictures from the site alone.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; "
    "img-src http: data:"
)


class Sink:
    """The handler that aiosmtpd calls for each email."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_DATA(self, _server, _session, envelope) -> str:
        header = f"{TO}: {', '.join(envelope.rcpt_tos)}\r\n".encode()
        (self.folder / f"{time.time_ns()}.eml").write_bytes(header + envelope.content)
        for old in names(self.folder)[MOST:]:
            (self.folder / f"{old}.eml").unlink(missing_ok=True)
        return "250 Caught"


def names(folder: Path) -> list[str]:
    """Return the names of the emails, the newest first."""
    return sorted((path.stem for path in folder.glob("*.eml")), reverse=True)


def read(folder: Path, name: str) -> EmailMessage:
    raw = (folder / f"{name}.eml").read_bytes()
    return message_from_bytes(raw, policy=policy.default)


def part(message: EmailMessage, kind: str) -> str:
    found = message.get_body((kind,))
    return found.get_content() if found else ""


def list_page(folder: Path) -> str:
    rows = "".join(row(name, read(folder, name)) for name in names(folder))
    empty = "<p>Nothing yet. Emails of the site arrive here within seconds.</p>"
    body = f"<h1>Emails of the site</h1>{f'<ul>{rows}</ul>' if rows else empty}"
    return PAGE.format(title="Emails of the site", body=body)


def row(name: str, message: EmailMessage) -> str:
    subject = html.escape(str(message["Subject"] or "(no subject)"))
    at = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(int(name) / 1e9))
    small = f"{at} to {html.escape(str(message[TO]))}"
    return f'<li><a href="/{name}">{subject}</a><small>{small}</small></li>'


def mail_page(folder: Path, name: str) -> str:
    message = read(folder, name)
    subject = html.escape(str(message["Subject"] or "(no subject)"))
    lines = "\n".join(f"{key}: {value}" for key, value in message.items())
    way = html.escape(f"From {message['From']} to {message[TO]}")
    body = (
        f'<p><a href="/">All emails</a></p><h1>{subject}</h1><p>{way}</p>'
        f'<iframe sandbox="allow-popups" src="/{name}/html" title="{subject}"></iframe>'
        f"<h2>As plain text</h2><pre>{html.escape(part(message, 'plain'))}</pre>"
        f"<h2>Headers</h2><pre>{html.escape(lines)}</pre>"
    )
    return PAGE.format(title=subject, body=body)


def html_page(folder: Path, name: str) -> str:
    message = read(folder, name)
    plain = f"<pre>{html.escape(part(message, 'plain'))}</pre>"
    # Links leave the frame, which may show no page of a site.
    return f'<base target="_blank">{part(message, "html") or plain}'


def page(folder: Path, path: str) -> str | None:
    """Return the page at a path; None if there is none."""
    name, _slash, rest = path.strip("/").partition("/")
    if not name:
        return list_page(folder)
    if name not in names(folder) or rest not in ("", "html"):
        return None
    return html_page(folder, name) if rest else mail_page(folder, name)


class Handler(BaseHTTPRequestHandler):
    folder: Path

    def do_GET(self) -> None:
        found = page(self.folder, urlsplit(self.path).path)
        body = (found or "There is no such email.").encode(errors="replace")
        self.send_response(200 if found else 404)
        kind = "html" if found else "plain"
        self.send_header("Content-Type", f"text/{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments) -> None:
        pass


@contextmanager
def catching(folder: Path, port: int = 0) -> Iterator[int]:
    """Catch emails in this process; yield the port, a free one if none is given."""
    folder.mkdir(parents=True, exist_ok=True)
    if not port:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
    controller = Controller(Sink(folder), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def main() -> None:
    Handler.folder = Path(sys.argv[1])
    with catching(Handler.folder, int(sys.argv[2])):
        server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[3])), Handler)
        Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.read()


if __name__ == "__main__":
    main()
