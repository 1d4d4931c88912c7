# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure the memory of every process of the server, from start to end."""

import threading
import time
from contextlib import suppress

import psutil

INTERVAL = 1.0  # seconds between two samples
MB = 1e6


class Memory:
    """Sample the server's processes until the ``with`` block ends."""

    def __init__(self, server):
        self._server = server
        self._begun = time.monotonic()
        self._over = threading.Event()
        self._samples: dict[int, list[tuple[float, float]]] = {}
        self._roles: dict[int, str] = {}
        self._thread = threading.Thread(target=self._look, name="memory", daemon=True)

    def __enter__(self) -> "Memory":
        self._thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self._over.set()
        self._thread.join()

    def processes(self) -> list[dict]:
        """Return role, RSS in MB, and seconds of each sample, for each process."""
        return [
            {
                "role": self._roles[pid],
                "seconds": [seconds for seconds, _rss in samples],
                "rss": [rss for _seconds, rss in samples],
            }
            for pid, samples in self._samples.items()
        ]

    def _look(self) -> None:
        while not self._over.wait(INTERVAL):
            with suppress(psutil.NoSuchProcess):
                for process in self._server.processes():
                    self._note(process)

    def _note(self, process: psutil.Process) -> None:
        with suppress(psutil.NoSuchProcess), process.oneshot():
            rss = process.memory_info().rss / MB
            pid = process.pid
            if pid not in self._roles or process.num_threads() > 8:
                self._roles[pid] = self._role(process)
            seconds = round(time.monotonic() - self._begun, 1)
            self._samples.setdefault(pid, []).append((seconds, round(rss, 1)))

    def _role(self, process: psutil.Process) -> str:
        if process.pid == self._server.pids()[0]:
            return "master"
        if "gevent" in process.cmdline():
            return "websocket"
        # A pump has a thread for each call; other processes have few.
        return "pump" if process.num_threads() > 8 else "worker"
