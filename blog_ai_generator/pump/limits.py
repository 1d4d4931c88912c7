# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How much, how long, how often: the pump's settings within Odoo's own limits."""

import math
import threading
import time
from typing import NamedTuple

from odoo.tools import config

# Seconds a sweep keeps for storing the last answers and for Odoo's bookkeeping.
STORE_MARGIN = 15.0
# Seconds between the begin of a sweep and that of its first call, at worst.
START_MARGIN = 5.0
# Seconds for which one scheduled action begins calls before it makes room for others;
# the short turn is for a server whose only cron worker it is.
TURN, SHORT_TURN = 600.0, 60.0
# Share of Odoo's limit of computing time that is left when a turn begins no more calls,
# for storing those in flight: 15 s of the default of 60.
CPU_MARGIN = 0.25
# Seconds a lease outlives its call, so that a slow store is not taken for a dead one.
LEASE_MARGIN = 30.0
# A thread a call; psycopg connections are not held by calls, memory is (about 2 MB).
MAX_WIDTH = 64
MAX_ATTEMPTS = 10
# Seconds within which no model writes an article.
LEAST_TIMEOUT = 5.0
# A hundred years.
MAX_DAYS = 36500


class Limits(NamedTuple):
    """What the administrator set.

    :param width: calls in flight at once in one pump
    :param call_timeout: seconds for one call in total
    :param max_attempts: calls made by itself before a generation has failed
    :param keep_calls_days: days after which the details of a call are deleted; 0 keeps
        them for ever
    """

    width: int = 16
    call_timeout: float = 90.0
    max_attempts: int = 3
    keep_calls_days: int = 180

    @classmethod
    def of(cls, env) -> "Limits":
        """The settings, brought back into range where someone wrote nonsense."""
        return cls(
            width=int(_bounded(env, "width", 1, MAX_WIDTH)),
            call_timeout=_bounded(env, "call_timeout", LEAST_TIMEOUT, longest_call()),
            max_attempts=int(_bounded(env, "max_attempts", 1, MAX_ATTEMPTS)),
            keep_calls_days=int(_bounded(env, "keep_calls_days", 0, MAX_DAYS)),
        )


def _bounded(env, name: str, lowest: float, highest: float) -> float:
    default = Limits._field_defaults[name]
    stored = env["ir.config_parameter"].sudo().get_param(f"blog_ai_generator.{name}")
    try:
        value = float(stored or default)
    except ValueError:
        value = default
    if not math.isfinite(value):
        value = default
    return max(lowest, min(value, highest))


def _may_compute() -> bool:
    """Whether this process is far from the limit of its computing time.

    A worker sets the limit, as the system's, before each round of scheduled actions
    (Odoo 19, ``Worker.check_limits`` in ``odoo/service/server.py``).
    """
    # Windows has neither this module nor prefork workers.
    import resource

    limit, _hard = resource.getrlimit(resource.RLIMIT_CPU)
    if limit == resource.RLIM_INFINITY:
        return True
    left = limit - time.process_time()
    return left > CPU_MARGIN * config["limit_time_cpu"]


def sweep_seconds() -> float:
    """Seconds Odoo grants one sweep of scheduled actions; infinite where unlimited.

    ``limit_time_real_cron`` of -1 stands for ``limit_time_real``, 0 for no limit
    (Odoo 19, ``odoo/service/server.py``).
    """
    limit = config["limit_time_real_cron"]
    if limit is None or limit < 0:
        limit = config["limit_time_real"]
    return float(limit) or math.inf


def longest_call() -> float:
    """The longest deadline of a call that can still end inside a sweep, in seconds."""
    return max(sweep_seconds() - STORE_MARGIN - START_MARGIN, LEAST_TIMEOUT)


class Turn:
    """One scheduled action's time at the pump, and its signs of life.

    Odoo takes a scheduled action that lasts longer than ``limit_time_real_cron`` for a
    hung one: the prefork master counts from the worker's last ping, the threaded server
    from the thread's ``start_time``. The pump only ever waits for moments, as calls
    have threads of their own, so it may say that it is alive for as long as there is
    work. Were it to end within the limit instead, it could begin calls in the first
    seconds only, and two pumps that wait for their last answers would take turns at
    keeping all cron workers from everything else, mails included.

    The time that a worker computes is limited, too, for all scheduled actions that it
    runs in a row (``limit_time_cpu``); nothing extends that, so a turn ends before.

    Outside a scheduled action (a shell, a test) there is no limit.
    """

    def __init__(self):
        thread = threading.current_thread()
        worker = getattr(getattr(thread, "_target", None), "__self__", None)
        self._worker = worker if hasattr(worker, "watchdog_pipe") else None
        self._thread = thread if getattr(thread, "type", None) == "cron" else None

    def end(self, limits: Limits) -> float:
        """When all must be stored, on the clock of ``time.monotonic``."""
        if not (self._worker or self._thread):
            return math.inf
        turn = TURN if config["max_cron_threads"] > 1 else SHORT_TURN
        return time.monotonic() + turn + limits.call_timeout + STORE_MARGIN

    def goes_on(self) -> bool:
        """Give a sign of life.

        :return: False once the server wants to stop, or is about to stop this worker
        """
        if self._worker:
            self._worker.multi.pipe_ping(self._worker.watchdog_pipe)
            return self._worker.alive and _may_compute()
        if self._thread:
            self._thread.start_time = time.time()
        return True
