# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small real servers on the loopback interface, and answers that they send."""

import json
import os
import socket
import threading
from contextlib import closing, contextmanager, suppress
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ... import llm
from ...llm.protocols.offline import answer_text


def good_fields(topic="Bees in the city", **changes):
    """Return the fields of a good English answer with a body of some 800 words."""
    return json.loads(answer_text(llm.ArticleRequest(topic))) | changes


def good_text(**changes):
    return json.dumps(good_fields(**changes))


def http_answer(body=b"", status=200, **headers):
    """Return the bytes of an HTTP answer; a ``body`` other than text becomes JSON."""
    if not isinstance(body, (bytes, str)):
        body = json.dumps(body)
    body = body.encode() if isinstance(body, str) else body
    headers = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} Status\r\n{lines}\r\n".encode() + body


def refusal(message, status=400, param=None):
    return http_answer({"error": {"message": message, "param": param}}, status)


def openai_answer(text, finish="stop", **changes):
    return http_answer(
        {
            "id": "chatcmpl-1",
            "model": "model-2026",
            "choices": [
                {
                    "message": {"role": "assistant", "content": text},
                    "finish_reason": finish,
                }
            ],
            "usage": {"prompt_tokens": 300, "completion_tokens": 1300},
        }
        | changes
    )


def anthropic_answer(text, stop="end_turn", **changes):
    return http_answer(
        {
            "id": "msg_1",
            "model": "claude-2026",
            "content": [{"type": "text", "text": text}],
            "stop_reason": stop,
            "usage": {"input_tokens": 300, "output_tokens": 1300},
        }
        | changes
    )


class Request:
    """A request as the server received it."""

    def __init__(self, raw):
        head, _separator, body = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.method, self.path, _version = first.split(" ")
        self.headers = {
            name.lower(): value for name, value in (line.split(": ") for line in lines)
        }
        self.json = json.loads(body) if body else None


class Server:
    """Listen on a free port and call ``behave(connection, server)`` per connection.

    A behaviour that waits does so on ``stopping``, which is set at the end of the test.
    """

    scheme = "http"

    def __init__(self, behave):
        self.behave = behave
        self.requests = []
        self.stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"{self.scheme}://127.0.0.1:{self._listener.getsockname()[1]}/v1"
        self._connections = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self):
        while True:
            try:
                connection = self._listener.accept()[0]
            except OSError:
                return
            self._connections.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        # The client may hang up at any moment, which many tests are about.
        with closing(connection), suppress(OSError):
            self.behave(self.wrap(connection), self)

    def wrap(self, connection):
        return connection

    def read_request(self, connection):
        """Read one request and add it to ``requests``."""
        raw = b""
        while b"\r\n\r\n" not in raw:
            raw += self._receive(connection)
        head = raw.partition(b"\r\n\r\n")[0].lower()
        length = 0
        if b"content-length: " in head:
            length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
        while len(raw) - len(head) - 4 < length:
            raw += self._receive(connection)
        self.requests.append(Request(raw))

    def _receive(self, connection):
        data = connection.recv(65536)
        if not data:
            raise ConnectionError("closed")
        return data

    def close(self):
        self.stopping.set()
        for sock in (self._listener, *self._connections):
            with closing(sock), suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()


def answering(*answers):
    """Return a behaviour: each request gets the next of ``answers``, later the last."""
    left = list(answers)

    def behave(connection, server):
        server.read_request(connection)
        connection.sendall(left.pop(0) if len(left) > 1 else left[0])

    return behave


def open_descriptors():
    return len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0


@tagged("post_install", "-at_install")
class LLMCase(BaseCase):
    """Base of tests that talk to their own server."""

    def setUp(self):
        super().setUp()
        direct = patch.dict(os.environ, no_proxy="*")
        direct.start()
        self.addCleanup(direct.stop)

    @contextmanager
    def nothing_left_open(self):
        """Check that no timer and no descriptor is left from inside the context."""
        before = open_descriptors()
        yield
        timers = [t for t in threading.enumerate() if isinstance(t, threading.Timer)]
        self.assertFalse(timers)
        self.assertLessEqual(open_descriptors(), before)

    def serve(self, *answers):
        """Return a server that sends these bytes, or behaves like this one function."""
        behave = answers[0] if callable(answers[0]) else answering(*answers)
        server = Server(behave)
        self.addCleanup(server.close)
        return server

    def account(self, server, **changes):
        values = {
            "protocol": "openai_chat",
            "base_url": server if isinstance(server, str) else server.url,
            "api_key": "sk-secret-0123456789",
            "model": "model",
            "deadline": 20.0,
        }
        return llm.Account(**values | changes)

    def failure(self, account, request=None, cancellation=None):
        """Return the error that writing an article ends with."""
        request = request or llm.ArticleRequest("Bees in the city")
        with self.assertRaises(llm.LLMError) as caught:
            llm.write(request, account, cancellation)
        return caught.exception

    def assertCode(self, error, code, reason=""):
        self.assertEqual(error.key, f"{code}.{reason}" if reason else code, error)
        self.assertEqual({*error.values}, {*llm.ERROR_KEYS[error.key]})

    def assertKnown(self, notes):
        """Check that each note has a known code, its values, and a known field."""
        for note in notes:
            self.assertEqual({*note.values}, {*llm.NOTES[note.code]})
            self.assertIn(note.values.get("field", "title"), llm.FIELDS)
