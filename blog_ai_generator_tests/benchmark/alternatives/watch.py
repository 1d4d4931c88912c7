# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Watch a run from the database and the system."""

import threading
import time
from contextlib import closing, suppress

import psutil
import psycopg2

from ..memory import MB

LOOK = 0.02  # seconds between two looks at the database, and the delay of a note
# Seconds between two samples of memory, which take 2 ms of a core for each process.
WEIGH = 1.0
NAME = "blog_ai_alternatives.watch"  # our own connection, which does not count
ENDED = """
SELECT topic, state FROM blog_ai_generation
 WHERE state IN ('done', 'failed', 'cancelled')
"""
HELD = """
SELECT count(*), count(*) FILTER (WHERE state <> 'idle')
  FROM pg_stat_activity
 WHERE datname = current_database() AND backend_type = 'client backend'
   AND application_name <> %s
"""


class Watch:
    """Note when each post exists, connections and memory; for a ``with`` block.

    ``ended``: UNIX seconds and state by topic. ``connections``: held by the server, and
    in a transaction, noted on every change. ``memory``: MB of all its processes, shared
    pages counted once (PSS) if the system tells, otherwise once a process (RSS).
    """

    def __init__(self, server):
        self._server = server
        self._over = threading.Event()
        self._changed = threading.Condition()
        self.ended: dict[str, tuple[float, str]] = {}
        self.connections: list[tuple[int, int]] = []
        self.memory: list[float] = []
        self.memory_kind = "PSS"
        self._threads = [
            threading.Thread(target=target, name=NAME, daemon=True)
            for target in (self._look, self._weigh)
        ]

    def __enter__(self) -> "Watch":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, topics: list[str], timeout: float) -> bool:
        """Return whether all topics ended within ``timeout`` seconds."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self.ended.keys() >= set(topics), timeout
            )

    def _look(self) -> None:
        database = self._server.database
        with closing(
            psycopg2.connect(dbname=database, application_name=NAME)
        ) as connection:
            # In a transaction, PostgreSQL's statistics do not change.
            connection.autocommit = True
            with connection.cursor() as cursor:
                while not self._over.wait(LOOK):
                    self._note(cursor)

    def _note(self, cursor) -> None:
        cursor.execute(ENDED)
        rows, now = cursor.fetchall(), time.time()
        cursor.execute(HELD, [NAME])
        held = cursor.fetchone()
        if held not in self.connections[-1:]:
            self.connections.append(held)
        with self._changed:
            for topic, state in rows:
                self.ended.setdefault(topic, (now, state))
            self._changed.notify_all()

    def _weigh(self) -> None:
        while not self._over.wait(WEIGH):
            processes = self._server.processes()
            try:
                weights = [weigh(process, "pss") for process in processes]
            except psutil.AccessDenied:
                self.memory_kind = "RSS"
                weights = [weigh(process, "rss") for process in processes]
            self.memory.append(round(sum(weights), 1))


def weigh(process: psutil.Process, kind: str) -> float:
    """Return the MB of one process; 0 if it has ended."""
    with suppress(psutil.NoSuchProcess):
        taken = process.memory_full_info() if kind == "pss" else process.memory_info()
        return getattr(taken, kind) / MB
    return 0.0
