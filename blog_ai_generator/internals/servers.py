# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The processes and threads of Odoo's servers, which have no public API."""

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from odoo.modules.registry import Registry
from odoo.service import server
from odoo.sql_db import db_connect

from .lookup import private

_logger = logging.getLogger(__name__)

# Seconds until a cron thread looks again whether PostgreSQL is back.
AWAY = 1.0


class PreforkWorker:
    """The process of Odoo's prefork server in which a thread runs.

    The master kills a worker that does not ping it for ``limit_time_real_cron``
    seconds. Odoo has no public way to say that a long scheduled action is alive.
    """

    def __init__(self, worker: Any, ping: Callable[[], None]) -> None:
        self._worker = worker
        self.ping = ping

    @classmethod
    def of(cls, thread: threading.Thread) -> "PreforkWorker | None":
        """Return the worker that runs ``thread``, or None outside a prefork server."""
        worker = private(private(thread, "_target"), "__self__")
        pipe = private(worker, "watchdog_pipe")
        ping = private(private(worker, "multi"), "pipe_ping")
        if pipe is None or ping is None:
            return None
        return cls(worker, lambda: ping(pipe))

    @property
    def is_alive(self) -> bool:
        """True until the server asks the worker to stop."""
        return bool(getattr(self._worker, "alive", True))


def loaded_registries(model: str) -> list[Any]:
    """Return the registries in this process that have a model.

    Odoo has no public way to tell which databases a server has loaded.
    """
    snapshot = private(private(Registry, "registries"), "snapshot")
    return [registry for registry in (snapshot or {}).values() if model in registry]


def at_start_of_cron_workers(begin: Callable[[Any], object]) -> None:
    """Call ``begin(worker)`` in the main thread of each cron worker that has started.

    This counts for workers that are forked later: the master must have loaded the
    addon, as it does for the databases that its configuration names.
    """
    worker_class = private(server, "WorkerCron")
    start = private(worker_class, "start")
    if start is None:
        return

    def start_and_begin(worker: Any) -> None:
        start(worker)
        begin(worker)

    worker_class.start = start_and_begin


def end_work_before_sigterm(is_working: Callable[[], bool]) -> None:
    """Let cron workers that get SIGTERM end their work, as after the master's SIGINT.

    Odoo's master stops its workers by SIGINT. But systemd sends SIGTERM to each process
    of a service unless its unit says ``KillMode=mixed``, and so does ``pkill``. Odoo
    lets that kill a worker at once. It still does so at the second SIGTERM, and while
    there is nothing to end.

    :param is_working: called in the worker's main thread, which alone can set a handler
    """

    def heed(worker: Any) -> None:
        def end(signum: int, _frame: object) -> None:
            # The next one kills.
            signal.signal(signum, signal.SIG_DFL)
            if is_working():
                worker.alive = False
            else:
                os.kill(os.getpid(), signum)

        signal.signal(signal.SIGTERM, end)

    at_start_of_cron_workers(heed)


def outlive_database(
    is_passing: Callable[[Exception], bool], look_soon: Callable[[], threading.Timer]
) -> None:
    """Let Odoo's servers go on once a PostgreSQL that was away is back.

    Before it replaces a worker, the prefork master asks for the newest registry. An
    error there ends it, and all workers with their calls. A cron thread ends if it
    can't open a connection at once; a new one first sleeps for a minute. A cron worker
    ends when the connection is cut by which it is woken, and with it the threads that
    wait for the picture of a post.

    :param is_passing: returns whether an error means that the database is away
    :param look_soon: sets a timer that looks for what the thread was not woken for
    """
    spawn = private(prefork := private(server, "PreforkServer"), "process_spawn")
    run = private(threaded := private(server, "ThreadedServer"), "cron_thread")
    sleep = private(worker_class := private(server, "WorkerCron"), "sleep")

    def spawn_if_there(master: Any) -> None:
        with _away(is_passing):
            spawn(master)

    def run_again(*args: Any) -> Any:
        while True:
            timer = look_soon()
            with _away(is_passing):
                return run(*args)
            timer.cancel()
            time.sleep(AWAY)

    def sleep_and_listen(worker: Any) -> None:
        with _away(is_passing):
            sleep(worker)
            return
        _listen_again(worker, is_passing)

    if spawn:
        prefork.process_spawn = spawn_if_there
    if run:
        threaded.cron_thread = run_again
    if sleep:
        worker_class.sleep = sleep_and_listen


def _listen_again(worker: Any, is_passing: Callable[[Exception], bool]) -> None:
    """Give a cron worker a new connection, as its start does, once it can be had."""
    while True:
        worker.check_limits()  # its master may have ended
        if not worker.alive:
            return
        worker.multi.pipe_ping(worker.watchdog_pipe)
        with _away(is_passing):
            worker.dbcursor = _listening()
            return
        time.sleep(AWAY)


def _listening() -> Any:
    cursor = db_connect("postgres").cursor()
    cursor.execute("SELECT pg_is_in_recovery()")
    if not cursor.fetchone()[0]:
        cursor.execute("LISTEN cron_trigger")
    cursor.commit()
    return cursor


@contextlib.contextmanager
def _away(is_passing: Callable[[Exception], bool]) -> Iterator[None]:
    try:
        yield
    except Exception as exception:
        if not is_passing(exception):
            raise
        _logger.warning("Odoo's server goes on once the database is back.")
