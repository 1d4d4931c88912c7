# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The time of one scheduled action at the pump, within the limits of Odoo's server."""

import math
import threading
import time

from odoo.service.server import CommonServer
from odoo.tools import config

from ..internals import PreforkWorker, end_work_before_sigterm
from .limits import STORE_MARGIN, Limits, longest_call, sweep_seconds

# Seconds for which one scheduled action begins calls before it makes room for others.
# The short turn is for a server with a single cron worker.
TURN, SHORT_TURN = 600.0, 60.0
# Share of Odoo's limit of computing time that is kept for storing the calls in flight:
# 15 s of the default of 60.
CPU_MARGIN = 0.25
# Seconds that a threaded server which stops waits for its pumps: they cut their calls
# and queue the generations again.
STOP_PATIENCE = 3.0


class Turn:
    """One scheduled action's time at the pump, and its signs of life.

    Odoo takes a scheduled action that lasts longer than ``limit_time_real_cron`` for a
    hung one. The prefork master counts from the worker's last ping, the threaded server
    from the thread's ``start_time``. The pump only ever waits for moments, since calls
    have threads of their own. So it may say that it is alive for as long as there is
    work. If it ended within the limit instead, it could begin calls in the first
    seconds only. Two pumps that wait for their last answers would then keep all cron
    workers from everything else, emails included.

    A worker's computing time is limited as well, for all scheduled actions that it runs
    in a row (``limit_time_cpu``). Nothing extends that limit, so a turn ends before it.

    Outside a scheduled action (a shell, a test) there is no limit.
    """

    def __init__(self) -> None:
        self._thread = threading.current_thread()
        self._worker = PreforkWorker.of(self._thread)
        self._is_cron_thread = getattr(self._thread, "type", None) == "cron"

    def __enter__(self) -> "Turn":
        _turns.add(self, in_cron_thread=self._is_cron_thread)
        return self

    def __exit__(self, *_error: object) -> None:
        _turns.discard(self)

    def longest_call(self, time_limit: float) -> float:
        """Return how many seconds a call may take in this turn.

        :param time_limit: the longest one of a provider
        """
        if self._is_in_unknown_worker():
            return min(time_limit, longest_call())
        return time_limit

    def end(self, limits: Limits) -> float:
        """Return when everything must be stored, on the clock of ``time.monotonic``."""
        if self._worker or self._is_cron_thread:
            turn = TURN if config["max_cron_threads"] > 1 else SHORT_TURN
            return time.monotonic() + turn + limits.call_timeout + STORE_MARGIN
        if self._is_in_unknown_worker():
            return time.monotonic() + sweep_seconds()
        return math.inf

    def goes_on(self) -> bool:
        """Give a sign of life.

        :return: False once the server stops, or is about to stop this worker
        """
        if self._worker:
            self._worker.ping()
            return not self.stops() and _may_compute()
        if self._is_cron_thread:
            # The threaded server measures the age of a scheduled action by it.
            self._thread.start_time = time.time()  # type: ignore[attr-defined]
        return not self.stops()

    def stops(self) -> bool:
        if self._worker:
            return not self._worker.is_alive
        return self._is_cron_thread and _turns.stopped

    def _is_in_unknown_worker(self) -> bool:
        """Return whether a prefork server runs this thread in a way we do not know.

        It can't be pinged then, so the turn must end within one sweep.
        """
        if self._worker or self._is_cron_thread:
            return False
        return bool(config["workers"]) and (self._thread is not threading.main_thread())


class _Turns:
    """The turns in this process.

    A threaded server kills its cron threads when it stops, and has no other way to tell
    them.
    """

    def __init__(self) -> None:
        self.stopped = False
        self._turns: set[Turn] = set()
        self._changed = threading.Condition()
        self._is_known = False

    def __bool__(self) -> bool:
        return bool(self._turns)

    def add(self, turn: Turn, *, in_cron_thread: bool) -> None:
        with self._changed:
            self._turns.add(turn)
            if in_cron_thread and not self._is_known:
                self._is_known = True
                CommonServer.on_stop(self._stop)

    def discard(self, turn: Turn) -> None:
        with self._changed:
            self._turns.discard(turn)
            self._changed.notify_all()

    def _stop(self) -> None:
        with self._changed:
            self.stopped = True
            self._changed.wait_for(lambda: not self._turns, STOP_PATIENCE)


_turns = _Turns()


def heed_sigterm() -> None:
    """Let workers that are forked from now on end their turn when they get SIGTERM."""
    end_work_before_sigterm(lambda: bool(_turns))


def _may_compute() -> bool:
    """Return whether this process is far from the limit of its computing time.

    A worker sets the system's limit before each round of scheduled actions (Odoo 19,
    ``Worker.check_limits`` in ``odoo/service/server.py``).
    """
    # Windows has neither this module nor prefork workers.
    import resource

    limit, _hard = resource.getrlimit(resource.RLIMIT_CPU)
    if limit == resource.RLIM_INFINITY:
        return True
    left = limit - time.process_time()
    return bool(left > CPU_MARGIN * config["limit_time_cpu"])
