# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls in flight: a thread for each, which sees plain data only."""

import contextlib
import queue
import threading
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..llm import Cancellation, Unchecked
from .claim import Claim
from .limits import LEASE_MARGIN
from .outcome import Failed, Outcome, call, checked, draw_ahead, given_up

# A provider's name may take long to resolve, which can't be interrupted. Calls that
# outlive their deadline by so many seconds are given up.
GRACE = 5.0
# The same for cancelled calls.
CANCEL_GRACE = 1.0
# Seconds after which a provider has got the request.
SENT = 0.2


class Ended(NamedTuple):
    """A call that ended.

    :param kept_until: when its generation may be leased to another pump, on the clock
        of ``time.monotonic``
    """

    outcome: Outcome
    kept_until: float

    @property
    def claim(self) -> Claim:
        return self.outcome.claim


class Received(NamedTuple):
    """A call that was answered; its answer is not checked yet.

    :param kept_until: as that of :class:`Ended`
    """

    claim: Claim
    answer: Unchecked
    kept_until: float

    def checked(self) -> Ended:
        return Ended(checked(self.claim, self.answer), self.kept_until)


@dataclass
class _Call:
    """A call in flight.

    :param overdue: when it is given up, on the clock of ``time.monotonic``
    :param is_drawn: whether the cover is drawn as far as it is known by now
    """

    claim: Claim
    overdue: float
    cancellation: Cancellation = field(default_factory=Cancellation)
    begun_at: float = field(default_factory=time.monotonic)
    is_drawn: bool = False

    def cancel(self, reason: str, code: str) -> None:
        if not self.cancellation.reason:
            self.cancellation.cancel(reason, code)
            self.overdue = min(self.overdue, time.monotonic() + CANCEL_GRACE)

    def given_up(self) -> Failed:
        if reason := self.cancellation.reason:
            return given_up(self.claim, self.cancellation.code, reason)
        return given_up(self.claim, "timeout")


class Calls:
    """The calls of one pump; its length is the number of those in flight."""

    def __init__(self) -> None:
        self._results: queue.SimpleQueue[tuple[Claim, Unchecked | Failed]]
        self._results = queue.SimpleQueue()
        self._in_flight: dict[int, _Call] = {}

    def __len__(self) -> int:
        return len(self._in_flight)

    def __contains__(self, claim: Claim) -> bool:
        return claim.call_id in self._in_flight

    @property
    def claims(self) -> list[Claim]:
        return [it.claim for it in self._in_flight.values()]

    def begin(self, claim: Claim) -> None:
        overdue = time.monotonic() + claim.account.deadline + GRACE
        begun = self._in_flight[claim.call_id] = _Call(claim, overdue)
        # A daemon: a server that stops does not wait for a provider; the lease brings
        # the generation back.
        thread = threading.Thread(
            target=self._call,
            args=(claim, begun.cancellation),
            name=f"blog_ai_generator.call.{claim.call_id}",
            daemon=True,
        )
        try:
            thread.start()
        except RuntimeError as error:
            # The system has no thread left; other calls are in flight.
            self._results.put((claim, given_up(claim, "lost", str(error))))

    def draw_ahead(self) -> bool:
        """Draw a part of the cover of one post that a provider writes now.

        :return: whether there was one
        """
        sent = time.monotonic() - SENT
        for in_flight in self._in_flight.values():
            if not in_flight.is_drawn and in_flight.begun_at < sent:
                in_flight.is_drawn = True
                draw_ahead(in_flight.claim)
                return True
        return False

    def cancel(self, reason: str, claims: Collection[Claim]) -> None:
        """Cut the connections of calls that nobody wants any more.

        :param reason: technical, for an administrator
        """
        for in_flight in self._in_flight.values():
            if in_flight.claim in claims:
                in_flight.cancel(reason, "cancelled")

    def stop(self, reason: str) -> None:
        """Cut the connections of all calls, whose posts are still wanted.

        :param reason: technical, for an administrator
        """
        for in_flight in self._in_flight.values():
            in_flight.cancel(reason, "stopped")

    def collect(self, pause: float = 0.0) -> Iterator[Received | Ended]:
        """Yield the calls that ended, and those that outlived their deadline.

        :param pause: seconds to wait for the first one
        """
        for claim, result in (*self._arrived(pause), *self._overdue()):
            # A call that was given up may answer after all.
            ended = self._in_flight.pop(claim.call_id, None)
            if ended is None:
                continue
            kept_until = ended.overdue - GRACE + LEASE_MARGIN
            if isinstance(result, Unchecked):
                yield Received(claim, result, kept_until)
            else:
                yield Ended(result, kept_until)

    def _arrived(self, pause: float) -> Iterator[tuple[Claim, Unchecked | Failed]]:
        with contextlib.suppress(queue.Empty):
            while True:
                yield self._results.get(timeout=pause)
                pause = 0.0

    def _overdue(self) -> Iterator[tuple[Claim, Failed]]:
        now = time.monotonic()
        for in_flight in self._in_flight.values():
            if in_flight.overdue < now:
                yield in_flight.claim, in_flight.given_up()

    def _call(self, claim: Claim, cancellation: Cancellation) -> None:
        """Run in a thread of its own: no environment, no cursor, no record."""
        self._results.put((claim, call(claim, cancellation)))
