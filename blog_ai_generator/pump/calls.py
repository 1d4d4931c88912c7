# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls in flight: a thread for each, which sees plain data only."""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Iterator
from typing import NamedTuple

from .claim import Claim
from .limits import LEASE_MARGIN
from .outcome import Outcome, given_up, write

_logger = logging.getLogger(__name__)

# A provider's name may take long to resolve, which can't be interrupted. Calls that
# outlive their deadline by so many seconds are given up.
GRACE = 5.0


class Ended(NamedTuple):
    """A call that ended.

    :param kept_until: when its generation may be leased to another pump, on the clock
        of ``time.monotonic``
    """

    outcome: Outcome
    kept_until: float


class Calls:
    """The calls of one pump; its length is the number of those in flight."""

    def __init__(self) -> None:
        self._results: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        # By id of the call: the claim, and when the call is given up.
        self._in_flight: dict[int, tuple[Claim, float]] = {}

    def __len__(self) -> int:
        return len(self._in_flight)

    def begin(self, claim: Claim) -> None:
        overdue = time.monotonic() + claim.account.deadline + GRACE
        self._in_flight[claim.call_id] = (claim, overdue)
        # A daemon: a server that stops does not wait for a provider; the lease brings
        # the generation back.
        threading.Thread(
            target=self._call,
            args=(claim,),
            name=f"blog_ai_generator.call.{claim.call_id}",
            daemon=True,
        ).start()

    def collect(self, pause: float = 0.0) -> Iterator[Ended]:
        """Yield the calls that ended, and those that outlived their deadline.

        :param pause: seconds to wait for the first one
        """
        for outcome in (*self._arrived(pause), *self._overdue()):
            # A call that was given up may answer after all.
            claim, overdue = self._in_flight.pop(outcome.claim.call_id, (None, 0.0))
            if claim:
                yield Ended(outcome, overdue - GRACE + LEASE_MARGIN)

    def _arrived(self, pause: float) -> Iterator[Outcome]:
        with contextlib.suppress(queue.Empty):
            while True:
                yield self._results.get(timeout=pause)
                pause = 0.0

    def _overdue(self) -> Iterator[Outcome]:
        now = time.monotonic()
        for claim, overdue in self._in_flight.values():
            if overdue < now:
                yield given_up(claim, "timeout")

    def _call(self, claim: Claim) -> None:
        """Run in a thread of its own: no environment, no cursor, no record."""
        try:
            outcome = write(claim)
        except Exception as error:
            # An adapter of another addon may raise anything; the attempt must end.
            _logger.exception("Call %s broke", claim.call_id)
            outcome = given_up(claim, "unusable", type(error).__name__)
        self._results.put(outcome)
