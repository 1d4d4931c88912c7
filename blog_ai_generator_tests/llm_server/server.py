# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The HTTP server: connections, and the record of what came in."""

import collections
import contextlib
import ipaddress
import socket
import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .call import Call, ClientGone


class LLMServer:
    """An LLM service on a loopback port; ``url`` ends with ``/v1``.

    Serves between ``start()`` and ``close()``, or within a ``with`` block.

    :param seed: makes texts and latencies repeatable
    :param host: a loopback address; others are refused with ValueError
    :param port: 0 takes a free one
    :param on_answer: called with each ``Call`` when it has ended
    :raise OSError: the port is taken
    """

    def __init__(self, seed=0, host="127.0.0.1", port=0, on_answer=None):
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"{host} is not a loopback address such as 127.0.0.1")
        self.seed = seed
        self.max_in_flight = 0
        self._on_answer = on_answer
        self._changed = threading.Condition()
        self._calls = []
        self._in_flight = set()
        self._connections = set()
        self._counts = collections.Counter()
        self._http = _HTTPServer((host, port), self)
        self.root = "http://{}:{}".format(*self._http.server_address)
        self.url = f"{self.root}/v1"
        self._thread = threading.Thread(
            target=self._http.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="llm_server",
            daemon=True,
        )

    def __enter__(self):
        return self.start()

    def __exit__(self, *_error):
        self.close()

    def start(self):
        self._thread.start()
        return self

    def close(self):
        """Stop at once: calls that still wait are cut off. Closing twice is fine."""
        if self._thread.is_alive():
            self._http.shutdown()
            self._thread.join()
        self._http.server_close()
        with self._changed:
            for connection in self._connections:
                hang_up(connection)
        self.wait_until(lambda: not self._connections)

    # What a test looks at

    @property
    def requests(self) -> list[Call]:
        """The calls that have arrived, the oldest first."""
        with self._changed:
            return list(self._calls)

    @property
    def in_flight(self) -> int:
        """How many calls have arrived and are not answered yet."""
        with self._changed:
            return len(self._in_flight)

    def wait_until(self, condition, timeout=10.0):
        """Return when ``condition()`` holds; it is asked after every change here.

        :raise TimeoutError: it did not hold within ``timeout`` seconds
        """
        with self._changed:
            if not self._changed.wait_for(condition, timeout):
                raise TimeoutError(
                    f"After {timeout} s the server has had {len(self._calls)} calls, "
                    f"{len(self._in_flight)} of them unanswered."
                )

    def wait_for_requests(self, count, timeout=10.0) -> list[Call]:
        """Return the calls as soon as there are at least ``count``."""
        self.wait_until(lambda: len(self._calls) >= count, timeout)
        return self.requests

    # What a test does

    def release(self):
        """End the waiting of all calls that have arrived; later ones wait again."""
        with self._changed:
            for call in self._in_flight:
                call.open_gate()

    def reset(self):
        """Release everything, let it end, and forget what came in.

        :raise TimeoutError: a call would not end
        """
        with self._changed:
            self.release()
            # A call that is still ending would be counted with the next ones.
            self.wait_until(lambda: not self._in_flight)
            self._calls.clear()
            self._counts.clear()
            self.max_in_flight = 0

    # What the handler reports

    def arrived(self, call):
        with self._changed:
            self._counts[call.model, call.topic] += 1
            call.nth = self._counts[call.model, call.topic]
            self._calls.append(call)
            self._in_flight.add(call)
            self.max_in_flight = max(self.max_in_flight, len(self._in_flight))
            self._changed.notify_all()

    def ended(self, call):
        with self._changed:
            if call not in self._in_flight:
                return
            self._in_flight.remove(call)
            call.close_gate()
            self._changed.notify_all()
        if self._on_answer:
            self._on_answer(call)

    def connected(self, connection):
        with self._changed:
            self._connections.add(connection)

    def disconnected(self, connection):
        with self._changed:
            self._connections.discard(connection)
            self._changed.notify_all()


def hang_up(connection):
    # A connection that the client closed already cannot be shut down.
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class _HTTPServer(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def __init__(self, address, llm):
        self.llm = llm
        super().__init__(address, _Handler)

    def server_bind(self):
        # HTTPServer would ask the name service for this machine's full name.
        socketserver.TCPServer.server_bind(self)

    def process_request(self, request, client_address):
        # Noted by the accepting thread, so that close() cannot miss one.
        self.llm.connected(request)
        return super().process_request(request, client_address)

    def shutdown_request(self, request):
        self.llm.disconnected(request)
        return super().shutdown_request(request)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle(self):
        with contextlib.suppress(ConnectionError, ClientGone):
            return super().handle()

    def do_POST(self):
        llm = self.server.llm
        headers = {name.lower(): value for name, value in self.headers.items()}
        raw = self.rfile.read(int(headers.get("content-length", 0)))
        call = Call(llm, self.connection, self.command, self.path, headers, raw)
        llm.arrived(call)
        self.close_connection = True
        try:
            self.close_connection = not call.serve()
        finally:
            llm.ended(call)

    do_GET = do_POST

    def log_message(self, *_arguments):
        pass
