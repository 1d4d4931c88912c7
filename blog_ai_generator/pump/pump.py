# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The pump's loop: from the queue to the providers and back, many calls at once.

One thread of Odoo claims and stores in short transactions. Each call has a thread of
its own, which waits for the provider and sees plain data only. While a provider is
called no transaction is open, so calls cost neither connections nor locks, and several
pumps (other nodes, a shell) work side by side.
"""

import logging
import math
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from odoo.api import Environment

from .calls import Calls, Received
from .claim import Claim
from .generation_queue import generation_queue
from .limits import STORE_MARGIN, Limits
from .notices import close_if_idle, connection_kept
from .store import Store
from .transaction import is_passing, transact

_logger = logging.getLogger(__name__)

# Seconds between two looks at the queue while there is room, so a record that is queued
# meanwhile waits this long at most. Each look is one indexed query, half a millisecond
# of this process and of PostgreSQL.
LOOK = 0.02
# Seconds. Calls that end at shorter intervals are a burst: all calls that wait in the
# queue are begun before the first answer of the burst is stored.
BURST = 0.01
# Seconds. A generation that is due again within them is waited for here, because Odoo's
# own timer for later moments is only exact to about a minute (`SLEEP_INTERVAL`).
LINGER = 30.0
# Seconds between two looks for leases that ran out; the shortest lease is longer.
LOOK_FOR_LOST = 10.0
# Seconds between two looks for calls that were cancelled, by one indexed query. Their
# connections are to be closed within a second of the click.
LOOK_FOR_CANCELLED = 0.5
# Seconds between two requests to the other pump, which takes a moment to start.
HAND_OVER = 2.0

# A pump sets no timer for what is due later than this.
FAR_AWAY = timedelta(hours=7)

P = ParamSpec("P")
T = TypeVar("T")


class Pump(Store):
    """Write due generations, at most ``limits.width`` at once.

    :param registry: the database's registry; the pump opens its own cursors
    :param end: when everything must be stored, on the clock of ``time.monotonic``;
        no call is begun that could end later
    :param goes_on: called often, as a sign of life; once it returns False, no more
        calls are begun
    :param stops: called often; once it returns True, the calls in flight are cut and
        their generations queued again
    :param only: ids to restrict the pump to
    :param relay: called with an environment to start another pump, when something is
        due that this one has no time for: it may still wait a minute for its last call
    :param linger: seconds to stay for a generation that is due again soon
    """

    def __init__(
        self,
        registry: Any,
        limits: Limits,
        *,
        end: float = math.inf,
        goes_on: Callable[[], bool] = lambda: True,
        stops: Callable[[], bool] = lambda: False,
        only: Sequence[int] | None = None,
        relay: Callable[[Environment], object] | None = None,
        linger: float = LINGER,
    ) -> None:
        super().__init__(registry)
        self.limits = limits
        self.end = end
        self.goes_on = goes_on
        self.stops = stops
        self.only = only
        self.relay = relay
        self.linger = linger
        self._calls = Calls()
        # When the last call ended.
        self._ended_at = -math.inf
        # True if the last claim took all that was due. Further looks ask for less then.
        self._is_quiet = False
        # True if the last look found nothing in the queue, now or later.
        self._is_empty = False
        # Generations that were claimed.
        self._claimed = 0
        # Moments of the last request to the other pump, and of the last looks for ended
        # leases and for cancelled calls.
        self._relay_asked_at = -math.inf
        self._lost_looked_at = self._cancelled_looked_at = -math.inf
        # Raised at the end, once nothing is in flight and all is stored.
        self._error: Exception | None = None

    def run(self) -> None:
        """Return when nothing is due and in flight, or when the time is up."""
        try:
            with connection_kept():
                self._run()
        finally:
            # After an error, nobody is there to store what is still paid for.
            self._calls.stop("The pump broke.")

    def _run(self) -> None:
        while True:
            if not self.goes_on():
                self.end = -math.inf
            self._cancel_calls()
            self._collect()
            self._store_refusals()
            # Begin calls before storing, since the provider takes longest. If the last
            # claim took all that was due, waiting answers are stored first.
            if self._more_due or not self._waiting:
                self._begin_calls()
            if self._waiting and not self._pause():
                self._store_next()
            elif self._waiting or self._calls or self._may_linger():
                self._is_burst = self._is_burst and bool(self._waiting)
                # A cover is drawn instead of waiting.
                has_drawn = not self._waiting and self._calls.draw_ahead()
                self._collect(0.0 if has_drawn else self._pause())
            else:
                break
        if self._error:
            raise self._error
        if not self.only and not self._is_empty:
            self._transact(self._schedule_rest)

    # Time

    def _has_time(self) -> bool:
        return time.monotonic() + self.limits.call_timeout + STORE_MARGIN <= self.end

    def _pause(self) -> float:
        """Return the seconds for which a store would delay calls that wait."""
        if not self._waiting:
            return LOOK
        if not self._more_due or self._is_behind():
            return 0.0
        return max(self._ended_at + BURST - time.monotonic(), 0.0)

    def _is_behind(self) -> bool:
        """Return whether more answers wait to be stored than calls may run.

        No call is begun then: a provider that is faster than the database would pile up
        answers.
        """
        return len(self._waiting) > self.limits.width

    def _may_linger(self) -> bool:
        """Return whether to wait here for a generation that is due in a moment.

        It is due already if another pump was claiming.
        """
        if not self._has_time() or (self.only and self._claimed >= len(self.only)):
            return False
        pause = self._transact(self._seconds_to_next)
        self._is_empty = pause is None
        return pause is not None and pause <= (0.0 if self.only else self.linger)

    def _seconds_to_next(self, env: Environment) -> float | None:
        due = generation_queue(env)._next_due(self.limits, self.only)
        return (due - env.cr.now()).total_seconds() if due else None

    def _begin_calls(self) -> None:
        room = self._room()
        if room <= 0 or self._is_behind() or not self._has_time():
            return
        claims = self._unless_away(self._claim_and_begin, self._may_be_lost())
        if claims is None:
            return
        # A test's cursor leaves out what follows a commit.
        self._begin(claims)
        self._more_due = len(claims) == room
        self._claimed += len(claims)

    def _room(self) -> int:
        return self.limits.width - len(self._calls)

    def _may_be_lost(self) -> bool:
        now = time.monotonic()
        if now <= self._lost_looked_at + LOOK_FOR_LOST:
            return False
        self._lost_looked_at = now
        return True

    def _claim_and_begin(self, env: Environment, may_be_lost: bool) -> list[Claim]:
        """Begin the calls right after the commit.

        The NOTIFY of a claim comes next. If that fails, this is repeated, and there is
        less room.
        """
        claims: list[Claim] = []
        env.cr.postcommit.add(lambda: self._begin(claims))
        if may_be_lost:
            generation_queue(env)._requeue_lost()
        claims += self._claim(env, self._room())
        return claims

    def _begin(self, claims: list[Claim]) -> None:
        for claim in claims:
            if claim not in self._calls:
                self._calls.begin(claim)

    def _claim(self, env: Environment, room: int) -> list[Claim]:
        queue = generation_queue(env)
        if room <= 0 or (self._is_quiet and not queue._has_due(self.only)):
            return []
        ended = [waiting.claim.generation_id for waiting in self._waiting]
        claims = queue._claim(room, self.limits, self.only, ended)
        self._is_quiet = len(claims) < room
        return claims

    def _cancel_calls(self) -> None:
        if self.stops():
            self._calls.stop("The server stopped.")
        now = time.monotonic()
        if not self._calls:
            self._cancelled_looked_at = now
        elif now > self._cancelled_looked_at + LOOK_FOR_CANCELLED:
            self._cancelled_looked_at = now
            close_if_idle()
            claims = self._calls.claims
            unwanted = self._unless_away(
                lambda env: generation_queue(env)._unwanted(claims)
            )
            self._calls.cancel("Nobody wants the post any more.", unwanted or ())

    def _collect(self, pause: float = 0.0) -> None:
        """Take the calls that ended, and ask the other pump if time is up.

        :param pause: seconds to wait for the first call
        """
        for ended in self._calls.collect(pause):
            if isinstance(ended, Received):
                self._received.append(ended)
            else:
                self._ended.append(ended)
            self._ended_at = time.monotonic()
        self._hand_over()

    def _hand_over(self) -> None:
        now = time.monotonic()
        is_asked = now <= self._relay_asked_at + HAND_OVER
        if self.relay and not self._has_time() and not is_asked:
            self._relay_asked_at = now
            self._unless_away(self._wake_relay, self.relay)

    def _wake_relay(
        self, env: Environment, relay: Callable[[Environment], object]
    ) -> None:
        pause = self._seconds_to_next(env)
        if pause is not None and pause <= 0:
            relay(env)

    def _schedule_rest(self, env: Environment) -> None:
        """Wake the next pump for what is left for lack of time, or due later.

        The scheduled action also runs every few minutes. It finds what waits for the
        next month's budget, for which each pump would leave another trigger.
        """
        queue = generation_queue(env)
        due, now = queue._next_due(self.limits), env.cr.now()
        if due and due < now + FAR_AWAY:
            queue._wake_pump(due if due > now else None)

    # Transactions

    def _unless_away(
        self,
        function: Callable[Concatenate[Environment, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T | None:
        """Like :meth:`_transact`, but return None if the database is away.

        It does so only while calls are in flight or answers wait; those are paid for.
        Otherwise the pump ends with the error. The rest of the queue stays, and the
        scheduled action that ran the pump runs again. After another error, the pump
        only stores what is paid for, and ends with it then.
        """
        if self._error:
            return None
        try:
            return self._transact(function, *args, **kwargs)
        except Exception as exception:
            if not (self._calls or self._waiting):
                raise
            if is_passing(exception):
                _logger.warning("The database is away: %s", type(exception).__name__)
            else:
                self._error, self.end = exception, -math.inf
            return None

    def _transact(
        self,
        function: Callable[Concatenate[Environment, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        return transact(self.registry, function, *args, **kwargs)
