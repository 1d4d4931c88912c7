# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Take over what a killed worker was writing, as soon as its lease ends.

Odoo looks for what is due about once a minute. So its scheduled action runs some time
before a lease ends and sets an alarm. No cron worker waits for it: other scheduled
actions would miss that worker.

A server that freezes keeps its scheduled actions locked, perhaps this one. So the cron
workers of a prefork server set the alarm by themselves as well, and an alarm needs no
scheduled action to queue again what is lost.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from odoo.api import Environment
from odoo.service.server import SLEEP_INTERVAL

from ..internals import at_start_of_cron_workers, loaded_registries
from .generation_queue import generation_queue
from .transaction import transact

_logger = logging.getLogger(__name__)

# Seconds between two looks of a cron worker at what is due, at most: Odoo adds up to
# ten to its interval, and the look itself takes a moment.
LOOK_OF_ODOO = SLEEP_INTERVAL + 15.0
# Seconds by which an alarm is late rather than early, and by which the next one must be
# earlier to be worth a thread.
SLACK, WORTH_AN_ALARM = 0.1, 1.0
# Seconds until the next look at what somebody has locked although its lease has ended,
# such as a node that froze while it stored.
LOCKED = 10.0
# Seconds until the next look at what has been queued again: by then a pump has begun
# it, unless a frozen server has locked the scheduled actions of the pump.
BEGUN = 4.0


def take_over_lost(registry: Any) -> None:
    """Queue again what is lost, and come back when the next lease ends.

    Leases that end later have a trigger of their own.

    :param registry: the database's registry
    """
    seconds = transact(registry, _requeue_lost)
    if seconds is not None and seconds <= LOOK_OF_ODOO:
        _alarms.set(registry, seconds if seconds > 0 else LOCKED)


def _requeue_lost(env: Environment) -> float | None:
    queue = generation_queue(env)
    if queue._requeue_lost():
        return BEGUN
    queue._wake_if_idle()
    seconds = queue._seconds_to_lease_end()
    if seconds is not None and 0 < seconds <= LOOK_OF_ODOO:
        queue._keep_watch()
    return seconds


def watch_from_start() -> None:
    """Let cron workers that are forked from now on look whether something is lost.

    Odoo lets a new worker wait for a minute before its first look, and the alarms of
    the worker that it replaces are gone. The second look soon after the first finds
    what was asked for while no worker was there.
    """
    at_start_of_cron_workers(lambda _worker: _start(_look, 0.0, "look", BEGUN))


def look_soon() -> threading.Timer:
    """Return a timer that looks once what is lost, and what nobody begins."""
    return _start(_look, BEGUN, "look", 0.0)


def _look(pause: float) -> None:
    for registry in loaded_registries("blog.ai.generation"):
        _ring(registry)
    if pause:
        _start(_look, pause, "look", LOOK_OF_ODOO)


def _start(
    function: Callable[..., None], seconds: float, name: str, *args: Any
) -> threading.Timer:
    timer = threading.Timer(seconds, function, args)
    timer.name = f"blog_ai_generator.{name}"
    timer.daemon = True
    timer.start()
    return timer


class _Alarms:
    """One alarm for each database, in this process.

    A process that is killed takes its alarms along. So does a node that freezes. But
    the process that replaces it, and each one that looks, sets an alarm as well.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # When each one rings, on the clock of `time.monotonic`.
        self._at: dict[str, float] = {}

    def set(self, registry: Any, seconds: float) -> None:
        # Keep an alarm that rings sooner.
        name, now = registry.db_name, time.monotonic()
        with self._lock:
            if now < self._at.get(name, 0.0) <= now + seconds + WORTH_AN_ALARM:
                return
            self._at[name] = now + seconds
        _start(_ring, seconds + SLACK, f"alarm.{name}", registry)


_alarms = _Alarms()


def _ring(registry: Any) -> None:
    try:
        take_over_lost(registry)
    except Exception as exception:
        # The addon may be gone by now. Else the next look finds what is lost.
        _logger.info("What is lost was not seen: %s", type(exception).__name__)
