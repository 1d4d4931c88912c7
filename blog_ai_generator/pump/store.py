# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Store the outcomes of calls in batches."""

import logging
import time
from collections import deque
from collections.abc import Sequence
from typing import Any

from odoo.api import Environment

from .calls import Ended, Received
from .generation_queue import generation_queue
from .outcome import Outcome, not_stored, without_emails, without_texts
from .transaction import is_passing, transact, transact_at_most

_logger = logging.getLogger(__name__)

# Outcomes that are stored together at most: a transaction of about a quarter of a
# second, in which the memory of the process grows by a few MB.
MOST = 32
# Answers that are checked before they are stored together: with more, the first of them
# would wait for the last, and with fewer, all would wait for the many transactions.
# While more is due than calls may run, the last post matters more than the first.
CHECKED, CHECKED_OF_MANY = 8, 16
# How often a batch is tried before it is made smaller.
BATCH_TRIES = 3


class Store:
    """The ended calls of a pump, and the transactions that store them.

    The pump's own thread checks the answers, so that no call and no statement competes
    with a check for Python's lock. Calls that have ended when the pump looks are stored
    in one transaction, and none waits for company. The first outcome of a burst is
    stored alone: its post is visible as early as if no other call had ended.

    :param registry: the database's registry
    """

    def __init__(self, registry: Any) -> None:
        self.registry = registry
        self._received: deque[Received] = deque()
        self._ended: deque[Ended] = deque()
        # How many are stored together: fewer while the database refuses to.
        self._most = MOST
        # True from the first store of a burst until nothing waits.
        self._is_burst = False
        # True if more generations are due than calls may run.
        self._more_due = False

    @property
    def _waiting(self) -> list[Received | Ended]:
        """Return what is not stored yet."""
        return [*self._ended, *self._received]

    def _store_next(self) -> None:
        """Check one answer, or store what is checked once it is enough."""
        enough = CHECKED_OF_MANY if self._more_due else CHECKED
        enough = enough if self._is_burst else 1
        if self._received and len(self._ended) < enough:
            self._ended.append(self._received.popleft().checked())
        else:
            self._store_ended()

    def _store_ended(self) -> None:
        count = min(self._most, len(self._ended)) if self._is_burst else 1
        batch = [self._ended.popleft() for _ended in range(count)]
        self._store_together(batch)
        self._is_burst = True

    def _store_refusals(self) -> None:
        """Store what was refused before anything else.

        No claim takes a generation of that provider from then on.
        """
        refused = [ended for ended in self._ended if ended.outcome.is_refusal]
        if refused:
            others = [ended for ended in self._ended if not ended.outcome.is_refusal]
            self._ended = deque(others)
        for first in range(0, len(refused), self._most):
            self._store_together(refused[first : first + self._most])

    def _store_together(self, batch: Sequence[Ended]) -> None:
        """Store outcomes in one transaction; never raise, because others wait.

        A batch that is refused is halved until what is refused stands alone.
        """
        if len(batch) == 1:
            self._store(batch[0])
            return
        outcomes = [ended.outcome for ended in batch]
        try:
            transact_at_most(BATCH_TRIES, self.registry, self._store_in, *outcomes)
        except Exception as exception:
            if is_passing(exception):
                self._store_later(exception, *batch)
                return
            _logger.info("%s answers refused together", len(batch), exc_info=True)
            half = len(batch) // 2
            self._store_together(batch[:half])
            self._store_together(batch[half:])
        else:
            self._most = min(2 * self._most, MOST)

    def _store_later(self, exception: Exception, *batch: Ended) -> None:
        """Keep outcomes that the database may take later; they are paid for.

        They are stored in smaller batches then, as one of them may be what is locked.
        One that can't be stored at all is queued again when its lease runs out.
        """
        self._most = max(self._most // 2, 1)
        now = time.monotonic()
        self._ended.extend(ended for ended in batch if now < ended.kept_until)
        for ended in batch:
            if now >= ended.kept_until:
                self._log_not_stored(ended, exception)

    def _store(self, ended: Ended) -> None:
        """Store one outcome; never raise, because others wait behind it."""
        try:
            self._store_some_way(ended.outcome)
        except Exception as exception:
            if is_passing(exception):
                self._store_later(exception, ended)
            else:
                self._log_not_stored(ended, exception)
        else:
            self._most = min(2 * self._most, MOST)

    def _log_not_stored(self, ended: Ended, exception: Exception) -> None:
        generation_id = ended.outcome.claim.generation_id
        _logger.error("Generation %s not closed", generation_id, exc_info=exception)

    def _store_some_way(self, outcome: Outcome) -> None:
        """Store the outcome with its emails, or without them, or as a failure.

        The last way takes no text from outside, which may be what is refused. Odoo
        may refuse the emails and accept the post. A savepoint around the emails would
        tell as well, but cost every post two statements.
        """
        refusal = self._refusal(outcome)
        if refusal:
            outcome = without_emails(outcome, refusal)
            refusal = self._refusal(outcome)
        if refusal:
            outcome = not_stored(outcome, refusal)
            refusal = self._refusal(outcome)
        if refusal:
            transact(self.registry, self._store_in, without_texts(outcome))

    def _refusal(self, outcome: Outcome) -> Exception | None:
        """Store the outcome, or return the error that will not pass.

        :raises Exception: if it may succeed later
        """
        try:
            transact(self.registry, self._store_in, outcome)
        except Exception as exception:
            if is_passing(exception):
                raise
            _logger.warning("Answer %s refused", outcome.claim.call_id, exc_info=True)
            return exception
        return None

    def _store_in(self, env: Environment, *outcomes: Outcome) -> None:
        generation_queue(env)._store(*outcomes)
