# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The HTTP server: its connections and the calls it received."""

import collections
import contextlib
import ipaddress
import socket
import socketserver
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from .answer import serve
from .call import Allowance, Call, ClientGone


class LLMServer:
    """An LLM service on a loopback port; ``url`` ends with ``/v1``.

    Serves between ``start()`` and ``close()``, or within a ``with`` block.

    :param seed: makes texts and latencies repeatable
    :param host: a loopback address; others are refused with ValueError
    :param port: 0 takes a free one
    :param on_answer: called with each ``Call`` when it has ended
    :raise OSError: the port is taken
    """

    def __init__(
        self,
        seed: int = 0,
        host: str = "127.0.0.1",
        port: int = 0,
        on_answer: Callable[[Call], None] | None = None,
    ) -> None:
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            raise ValueError(f"{host} is not a loopback address such as 127.0.0.1")
        self.seed = seed
        self.max_in_flight = 0
        self._on_answer = on_answer
        self._changed = threading.Condition()
        self._calls: list[Call] = []
        self._in_flight: set[Call] = set()
        self._connections: set[socket.socket] = set()
        self._counts: collections.Counter[tuple[str, str]] = collections.Counter()
        self._allowance = Allowance()
        self._holds = True
        self._http = _HTTPServer((host, port), self)
        self.root = "http://{}:{}".format(*self._http.server_address)
        self.url = f"{self.root}/v1"
        self._thread = threading.Thread(
            target=self._http.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="llm_server",
            daemon=True,
        )

    def __enter__(self) -> "LLMServer":
        return self.start()

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()

    def start(self) -> "LLMServer":
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop at once and cut off waiting calls. Closing twice is fine."""
        if self._thread.is_alive():
            self._http.shutdown()
            self._thread.join()
        self._http.server_close()
        with self._changed:
            for connection in self._connections:
                hang_up(connection)
        self.wait_until(lambda: not self._connections)

    # Read by a test

    @property
    def requests(self) -> list[Call]:
        """The calls that have arrived, the oldest first."""
        with self._changed:
            return list(self._calls)

    @property
    def in_flight(self) -> int:
        """The number of calls that are not answered yet."""
        with self._changed:
            return len(self._in_flight)

    def wait_until(self, condition: Callable[[], bool], timeout: float = 10.0) -> None:
        """Wait until ``condition()`` is true, evaluated after every change here.

        :raise TimeoutError: it was not true within ``timeout`` seconds
        """
        with self._changed:
            if not self._changed.wait_for(condition, timeout):
                raise TimeoutError(
                    f"After {timeout} s the server has had {len(self._calls)} calls, "
                    f"{len(self._in_flight)} of them unanswered."
                )

    def wait_for_requests(self, count: int, timeout: float = 10.0) -> list[Call]:
        """Return the calls as soon as there are at least ``count``."""
        self.wait_until(lambda: len(self._calls) >= count, timeout)
        return self.requests

    # Done by a test

    def release(self) -> None:
        """Let all calls that have arrived go on; later ones wait again."""
        with self._changed:
            for call in self._in_flight:
                call.open_gate()

    def release_all(self) -> None:
        """Let all calls go on, also those that arrive before ``hold()``."""
        with self._changed:
            self._holds = False
            self.release()

    def hold(self) -> None:
        """Let calls that arrive from now on wait for a release, as at the beginning."""
        with self._changed:
            self._holds = True

    def release_together(self, model: str, count: int, timeout: float = 30.0) -> None:
        """Let the calls of a model go on as soon as there are ``count`` at once.

        :raise TimeoutError: there were fewer for ``timeout`` seconds
        """

        def calls() -> list[Call]:
            return [call for call in self._in_flight if call.model == model]

        with self._changed:
            self.wait_until(lambda: len(calls()) >= count, timeout)
            for call in calls():
                call.open_gate()

    def reset(self) -> None:
        """Release all calls, let them end, and forget them.

        :raise TimeoutError: a call would not end
        """
        with self._changed:
            self.release()
            # A call that is still ending would be counted with the next ones.
            self.wait_until(lambda: not self._in_flight)
            self._calls.clear()
            self._counts.clear()
            self._allowance = Allowance()
            self.hold()
            self.max_in_flight = 0

    # Reported by the handler

    def arrived(self, call: Call) -> None:
        with self._changed:
            self._counts[call.model, call.topic] += 1
            call.nth = self._counts[call.model, call.topic]
            call.allowance = self._allowance
            self._calls.append(call)
            self._in_flight.add(call)
            if not self._holds:
                call.open_gate()
            self.max_in_flight = max(self.max_in_flight, len(self._in_flight))
            self._changed.notify_all()

    def ended(self, call: Call) -> None:
        with self._changed:
            if call not in self._in_flight:
                return
            self._in_flight.remove(call)
            call.close_gate()
            self._changed.notify_all()
        if self._on_answer:
            self._on_answer(call)

    def connected(self, connection: socket.socket) -> None:
        with self._changed:
            self._connections.add(connection)

    def disconnected(self, connection: socket.socket) -> None:
        with self._changed:
            self._connections.discard(connection)
            self._changed.notify_all()


def hang_up(connection: socket.socket) -> None:
    # A connection that the client closed already cannot be shut down.
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


class _HTTPServer(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def __init__(self, address: tuple[str, int], llm: LLMServer) -> None:
        self.llm = llm
        super().__init__(address, _Handler)

    def server_bind(self) -> None:
        # HTTPServer would ask the name service for this machine's full name.
        socketserver.TCPServer.server_bind(self)

    def process_request(self, request: Any, client_address: Any) -> None:
        # Noted by the accepting thread, so that close() cannot miss one.
        self.llm.connected(request)
        ThreadingHTTPServer.process_request(self, request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.llm.disconnected(request)
        ThreadingHTTPServer.shutdown_request(self, request)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _HTTPServer

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError, ClientGone):
            BaseHTTPRequestHandler.handle(self)

    def do_POST(self) -> None:
        llm = self.server.llm
        headers = {name.lower(): value for name, value in self.headers.items()}
        raw = self.rfile.read(int(headers.get("content-length", 0)))
        call = Call(self.connection, self.command, self.path, headers, raw, llm.seed)
        llm.arrived(call)
        self.close_connection = True
        try:
            self.close_connection = not serve(call, llm.ended)
        finally:
            llm.ended(call)

    do_GET = do_POST

    def log_message(self, *_arguments: object) -> None:
        pass
