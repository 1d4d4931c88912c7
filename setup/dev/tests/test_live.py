"""The reverse proxy and the mail server of a live server."""

import smtplib
import sys
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import requests
from devkit.paths import ROOT
from devkit.processes import free_port

sys.path.insert(0, str(ROOT))
from blog_ai_generator_tests.live.mail import MailSink  # noqa: E402
from blog_ai_generator_tests.live.reverse_proxy import ReverseProxy  # noqa: E402


@contextmanager
def answering(text: bytes):
    """Yield the port of a web server that gives one answer and then hangs up."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_arguments):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@pytest.fixture
def http():
    with requests.Session() as session:
        session.trust_env = False
        yield session


def test_pages_and_websocket_have_one_address(http):
    with answering(b"page") as pages, answering(b"socket") as sockets:
        with closing(ReverseProxy(pages, sockets)) as proxy:
            url = f"http://127.0.0.1:{proxy.port}"
            paths = ("/blog", "/websocket?version=1", "/blog/websocket")
            said = [http.get(url + path, timeout=10).text for path in paths]
    assert said == ["page", "socket", "page"]


def test_a_server_that_is_not_there_yet_is_no_connection(http):
    with closing(ReverseProxy(free_port(), free_port())) as proxy:
        with pytest.raises(requests.ConnectionError):
            http.get(f"http://127.0.0.1:{proxy.port}/", timeout=10)


def test_a_mail_is_kept_as_it_came():
    with closing(MailSink(free_port()).start()) as sink:
        with smtplib.SMTP("127.0.0.1", sink.port) as client:
            client.sendmail("a@example.com", ["b@example.com"], "Subject: Hi\n\nYou")
        (mail,) = sink.wait_until(lambda: sink.mails)
    assert mail.recipients == ["b@example.com"]
    assert mail.message["Subject"] == "Hi"


def test_a_mail_that_does_not_come_is_said_to_be_missing():
    with closing(MailSink(free_port()).start()) as sink:
        with pytest.raises(TimeoutError, match="0 emails arrived"):
            sink.wait_until(lambda: sink.mails, timeout=0.01)
