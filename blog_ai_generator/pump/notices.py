# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The NOTIFYs that follow the pump's transactions, on one connection.

Odoo opens and closes one for each NOTIFY, which takes longer than most statements.
"""

import contextlib
import threading
import time
from collections.abc import Iterator

import psycopg2

from odoo.sql_db import Cursor, db_connect

from ..internals import send_notifies

# Seconds after which a connection that is kept but not used is closed.
IDLE = 1.0


class _Line(threading.local):
    """The connection of a thread to those who listen.

    :param is_kept: whether it stays open for the next transaction
    """

    cursor: Cursor | None = None
    is_kept = False
    used_at = 0.0

    def send(self, notifies: list[tuple[str, str]]) -> None:
        if self.cursor is None:
            self.cursor = db_connect("postgres").cursor()
        send_notifies(self.cursor, notifies)
        self.used_at = time.monotonic()

    def close(self) -> None:
        cursor, self.cursor = self.cursor, None
        if cursor is not None:
            with contextlib.suppress(psycopg2.Error):
                cursor.close()


_line = _Line()


def send(notifies: list[tuple[str, str]]) -> None:
    """Send NOTIFYs, on a new connection if the one that was kept has been cut.

    :param notifies: channels and payloads
    :raises psycopg2.Error: the database is away
    """
    was_kept = _line.cursor is not None
    try:
        _line.send(notifies)
    except psycopg2.Error:
        _line.close()
        if not was_kept:
            raise
        _line.send(notifies)
    finally:
        if not _line.is_kept:
            _line.close()


@contextlib.contextmanager
def connection_kept() -> Iterator[None]:
    """Keep the connection of this thread open from one transaction to the next."""
    _line.is_kept = True
    try:
        yield
    finally:
        _line.is_kept = False
        _line.close()


def close_if_idle() -> None:
    if time.monotonic() > _line.used_at + IDLE:
        _line.close()
