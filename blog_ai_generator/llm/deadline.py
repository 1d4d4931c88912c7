# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The end of a call, which no socket of it outlives."""

import socket
import threading
import time
from types import TracebackType


class Deadline:
    """The end of a call; use as a context manager.

    Leaving the context ends the timer thread and closes every duplicate.

    :param seconds: from now
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []
        self._timer: threading.Timer | None = None

    def __enter__(self) -> "Deadline":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        for sock in self._watched:
            sock.close()

    @property
    def passed(self) -> bool:
        return time.monotonic() >= self._end

    @property
    def remaining(self) -> float:
        """Seconds left, never 0: a socket takes that for "do not block"."""
        return max(self._end - time.monotonic(), 0.001)

    def watch(self, sock: socket.socket) -> None:
        """Shut ``sock`` down when the time is up, even if it is wrapped by then."""
        with self._lock:
            self._watched.append(sock.dup())
            if self._timer is None:
                self._timer = threading.Timer(self.remaining, self._cut)
                self._timer.daemon = True
                self._timer.start()
        if self.passed:
            # The timer may have run before this socket was added.
            self._cut()

    def _cut(self) -> None:
        with self._lock:
            for sock in self._watched:
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # no longer connected, which is the goal
