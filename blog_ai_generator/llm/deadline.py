# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The end of a call, which no socket of it outlives."""

import socket
import threading
import time
from types import TracebackType


class Cancellation:
    """A switch by which another thread ends a call."""

    def __init__(self) -> None:
        self.code = self.reason = ""
        self._lock = threading.Lock()
        self._deadlines: set[Deadline] = set()

    def cancel(self, reason: str, code: str = "cancelled") -> None:
        """Shut all connections of the call down at once.

        :param reason: technical, for an administrator; not empty
        :param code: how the call ends: "cancelled", or "stopped" with the server
        """
        with self._lock:
            self.code, self.reason = code, reason
            deadlines = [*self._deadlines]
        for deadline in deadlines:
            deadline.cut()

    def join(self, deadline: "Deadline") -> None:
        with self._lock:
            self._deadlines.add(deadline)

    def leave(self, deadline: "Deadline") -> None:
        with self._lock:
            self._deadlines.discard(deadline)


class Deadline:
    """The end of a call; use as a context manager.

    Leaving the context ends the timer thread and closes every duplicate.

    :param seconds: from now
    :param cancellation: may end the call earlier
    """

    def __init__(
        self, seconds: float, cancellation: Cancellation | None = None
    ) -> None:
        self.seconds = seconds
        self._cancellation = cancellation
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._watched: list[socket.socket] = []
        self._timer: threading.Timer | None = None

    def __enter__(self) -> "Deadline":
        if self._cancellation:
            self._cancellation.join(self)
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
        if self._cancellation:
            self._cancellation.leave(self)
        # Another thread may be about to cut them.
        with self._lock:
            while self._watched:
                self._watched.pop().close()

    @property
    def cancelled(self) -> str:
        """The reason why the call was cancelled; empty if it was not."""
        return self._cancellation.reason if self._cancellation else ""

    @property
    def code(self) -> str:
        """The outcome of the call if it was cancelled; empty if it was not."""
        return self._cancellation.code if self._cancellation else ""

    @property
    def passed(self) -> bool:
        """True once the call must end: its time is up, or it was cancelled."""
        return bool(self.cancelled) or time.monotonic() >= self._end

    @property
    def remaining(self) -> float:
        """Seconds left, never 0: a socket takes that for "do not block"."""
        return max(self._end - time.monotonic(), 0.001)

    def watch(self, sock: socket.socket) -> None:
        """Shut ``sock`` down when the time is up, even if it is wrapped by then."""
        with self._lock:
            self._watched.append(sock.dup())
            if self._timer is None:
                self._timer = threading.Timer(self.remaining, self.cut)
                self._timer.daemon = True
                self._timer.start()
        if self.passed:
            # The timer may have run before this socket was added.
            self.cut()

    def cut(self) -> None:
        with self._lock:
            for sock in self._watched:
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # no longer connected, which is the goal
