# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls in flight: a thread for each, which sees plain data only."""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..llm import Cancellation
from .claim import Claim
from .limits import LEASE_MARGIN
from .outcome import Outcome, given_up, write

_logger = logging.getLogger(__name__)

# A provider's name may take long to resolve, which can't be interrupted. Calls that
# outlive their deadline by so many seconds are given up.
GRACE = 5.0
# The same for cancelled calls.
CANCEL_GRACE = 1.0


class Ended(NamedTuple):
    """A call that ended.

    :param kept_until: when its generation may be leased to another pump, on the clock
        of ``time.monotonic``
    """

    outcome: Outcome
    kept_until: float


@dataclass
class _Call:
    """A call in flight.

    :param overdue: when it is given up, on the clock of ``time.monotonic``
    """

    claim: Claim
    overdue: float
    cancellation: Cancellation = field(default_factory=Cancellation)

    def cancel(self, reason: str, code: str) -> None:
        if not self.cancellation.reason:
            self.cancellation.cancel(reason, code)
            self.overdue = min(self.overdue, time.monotonic() + CANCEL_GRACE)

    def given_up(self) -> Outcome:
        if reason := self.cancellation.reason:
            return given_up(self.claim, self.cancellation.code, reason)
        return given_up(self.claim, "timeout")


class Calls:
    """The calls of one pump; its length is the number of those in flight."""

    def __init__(self) -> None:
        self._results: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self._in_flight: dict[int, _Call] = {}

    def __len__(self) -> int:
        return len(self._in_flight)

    @property
    def claims(self) -> list[Claim]:
        return [call.claim for call in self._in_flight.values()]

    def begin(self, claim: Claim) -> None:
        overdue = time.monotonic() + claim.account.deadline + GRACE
        call = self._in_flight[claim.call_id] = _Call(claim, overdue)
        # A daemon: a server that stops does not wait for a provider; the lease brings
        # the generation back.
        threading.Thread(
            target=self._call,
            args=(claim, call.cancellation),
            name=f"blog_ai_generator.call.{claim.call_id}",
            daemon=True,
        ).start()

    def cancel(self, reason: str, claims: Collection[Claim]) -> None:
        """Cut the connections of calls that nobody wants any more.

        :param reason: technical, for an administrator
        """
        for call in self._in_flight.values():
            if call.claim in claims:
                call.cancel(reason, "cancelled")

    def stop(self, reason: str) -> None:
        """Cut the connections of all calls, whose posts are still wanted.

        :param reason: technical, for an administrator
        """
        for call in self._in_flight.values():
            call.cancel(reason, "stopped")

    def collect(self, pause: float = 0.0) -> Iterator[Ended]:
        """Yield the calls that ended, and those that outlived their deadline.

        :param pause: seconds to wait for the first one
        """
        for outcome in (*self._arrived(pause), *self._overdue()):
            # A call that was given up may answer after all.
            call = self._in_flight.pop(outcome.claim.call_id, None)
            if call:
                yield Ended(outcome, call.overdue - GRACE + LEASE_MARGIN)

    def _arrived(self, pause: float) -> Iterator[Outcome]:
        with contextlib.suppress(queue.Empty):
            while True:
                yield self._results.get(timeout=pause)
                pause = 0.0

    def _overdue(self) -> Iterator[Outcome]:
        now = time.monotonic()
        for call in self._in_flight.values():
            if call.overdue < now:
                yield call.given_up()

    def _call(self, claim: Claim, cancellation: Cancellation) -> None:
        """Run in a thread of its own: no environment, no cursor, no record."""
        try:
            outcome = write(claim, cancellation)
        except Exception as error:
            # An adapter of another addon may raise anything; the attempt must end.
            _logger.exception("Call %s broke", claim.call_id)
            outcome = given_up(claim, "unusable", type(error).__name__)
        self._results.put(outcome)
