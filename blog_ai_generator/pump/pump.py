# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The pump: from the queue to the providers and back, many calls at once.

One thread of Odoo claims and stores in short transactions; a thread of its own for
each call waits for the provider and sees plain data only. While a provider is called
no transaction is open, so calls cost neither connections nor locks, and several pumps
(other nodes, a shell) work side by side.
"""

import contextlib
import logging
import math
import queue
import random
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.sql_db import PoolError

from .. import llm
from ..llm.sentence import _lt, addressed
from .limits import LEASE_MARGIN, STORE_MARGIN, Limits
from .prices import Prices

_logger = logging.getLogger(__name__)

# Seconds between two looks at the queue while there is room: a record that was queued
# meanwhile waits this long at most. Each look is one indexed query, half a millisecond
# of this process.
LOOK = 0.02
# Seconds: calls that end in shorter distances are a burst, and each that waits in the
# queue is begun before the first of them is stored.
BURST = 0.01
# A generation due again within so many seconds is waited for here; Odoo's own timer
# for later moments is only exact to about a minute (`SLEEP_INTERVAL`).
LINGER = 30.0
# Seconds between two looks for leases that ran out; the shortest lease is longer.
LOOK_FOR_LOST = 10.0
# Seconds between two requests to the other pump, which takes a moment to start.
HAND_OVER = 2.0
# A provider's name may take long to resolve and can't be interrupted: calls that
# outlive their deadline by this many seconds are given up.
GRACE = 5.0
# Conflicts with other transactions, lost connections, a pool that is full right now.
RETRIED = (psycopg2.OperationalError, psycopg2.InterfaceError, PoolError)
# Besides: another pump made the same row first, such as the alert about a provider; the
# next try finds it. In vain for ever, it is an error like any other.
REPEATED = (*RETRIED, psycopg2.errors.UniqueViolation)
# Pauses double from 20 to 40 ms: a database that is away for 2.5 s is waited for. Until
# its lease ends, an answer is stored later.
TRIES = 8
NOT_SAVED = addressed(
    _lt(
        "The article was written, but Odoo could not save the post. Ask an "
        "administrator to look at the technical detail and fix the cause, then "
        "press Retry."
    ),
    _lt(
        "The article was written, but Odoo could not save the post. Look at the "
        "technical detail and fix the cause, then press Retry."
    ),
)


class Claim(NamedTuple):
    """One leased generation as plain data that may cross threads."""

    generation_id: int
    token: str
    call_id: int
    company_id: int
    provider_id: int
    attempt: int
    prices: Prices
    request: llm.ArticleRequest
    account: llm.Account


class Failure(NamedTuple):
    """Why an attempt brought no post.

    :param code: an ``LLMError.code``, or one of the product's own: lost, storage
    :param sentence: what the person who asked reads, with what to do next; best an
        ``llm.Sentence``, which can be translated
    :param retry_after: seconds the provider asks to wait
    """

    code: str
    sentence: str
    detail: str = ""
    retryable: bool = False
    retry_after: float | None = None
    calls: tuple[llm.CallRecord, ...] = ()

    @classmethod
    def of(cls, error: llm.LLMError) -> "Failure":
        return cls(
            error.code,
            error.sentence,
            error.detail,
            error.retryable,
            error.retry_after,
            error.calls,
        )


class Ended(NamedTuple):
    """A call that ended, with an answer or a failure.

    :param kept_until: on the clock of ``time.monotonic``: from then on its generation
        is another's
    """

    claim: Claim
    answer: llm.Answer | None
    failure: Failure | None
    kept_until: float


class Pump:
    """Write due generations, at most ``limits.width`` at once.

    :param registry: the database's registry; the pump opens its own cursors
    :param end: on the clock of ``time.monotonic``, when everything must be stored.
        No call is begun that could end after it.
    :param goes_on: called often, as a sign of life; once it returns False, no more
        calls are begun
    :param only: ids to restrict the pump to
    :param relay: called with an environment to start another pump, when something is
        due that this one has no time for: it may still wait a minute for its last call
    :param linger: seconds to stay for a generation that is due again soon
    """

    def __init__(
        self,
        registry,
        limits: Limits,
        *,
        end: float = math.inf,
        goes_on: Callable[[], bool] = lambda: True,
        only: list[int] | None = None,
        relay: Callable | None = None,
        linger: float = LINGER,
    ):
        self.registry = registry
        self.limits = limits
        self.end = end
        self.goes_on = goes_on
        self.only = only
        self.relay = relay
        self.linger = linger
        self._asked_at = self._looked_at = -math.inf
        self._results: queue.SimpleQueue = queue.SimpleQueue()
        # By id of the call: the claim, and when it is given up.
        self._in_flight: dict[int, tuple[Claim, float]] = {}
        # Ended calls that are to be stored.
        self._ended: deque[Ended] = deque()
        self._ended_at = -math.inf
        self._more_due = False

    def run(self) -> None:
        """Return when nothing is due and in flight, or when the time is up."""
        while True:
            if not self.goes_on():
                self.end = -math.inf
            self._collect()
            # First the calls, since the provider takes longest: a store waits for a
            # claim, unless the queue was found empty.
            if self._more_due or not self._ended:
                self._begin_calls()
            if self._ended and not self._pause():
                self._store(self._ended.popleft())
            elif self._ended or self._in_flight or self._may_linger():
                self._collect(self._pause())
            else:
                break
        if not self.only:
            self._transact(self._schedule_rest)

    def _has_time(self) -> bool:
        return time.monotonic() + self.limits.call_timeout + STORE_MARGIN <= self.end

    def _begin_calls(self) -> None:
        room = self.limits.width - len(self._in_flight)
        if room <= 0 or self._is_behind() or not self._has_time():
            return
        self._requeue_lost()
        claims = self._unless_away(self._claim, room)
        if claims is None:
            return
        self._more_due = len(claims) == room
        for claim in claims:
            overdue = time.monotonic() + claim.account.deadline + GRACE
            self._in_flight[claim.call_id] = (claim, overdue)
            # Daemons: a server that stops does not wait for a provider; the lease
            # brings the generation back.
            threading.Thread(
                target=self._call,
                args=(claim,),
                name=f"blog_ai_generator.call.{claim.call_id}",
                daemon=True,
            ).start()

    def _requeue_lost(self) -> None:
        now = time.monotonic()
        if now > self._looked_at + LOOK_FOR_LOST:
            self._looked_at = now
            self._unless_away(lambda env: env["blog.ai.generation"]._requeue_lost())

    def _claim(self, env, room: int) -> list[Claim]:
        return env["blog.ai.generation"]._claim(room, self.limits, self.only)

    def _call(self, claim: Claim) -> None:
        """In a thread of its own: no environment, no cursor, no record."""
        answer = failure = None
        try:
            answer = llm.write(claim.request, claim.account)
        except llm.LLMError as error:
            failure = Failure.of(error)
        except Exception as error:
            # A protocol of another addon may raise anything; the attempt must end.
            _logger.exception("Call %s broke", claim.call_id)
            failure = given_up(claim, "unusable", type(error).__name__)
        self._results.put((claim, answer, failure))

    def _is_behind(self) -> bool:
        """Of a provider that is faster than the database, answers don't pile up."""
        return len(self._ended) > self.limits.width

    def _pause(self) -> float:
        """Seconds for which a store would keep waiting calls from being begun."""
        if not self._ended:
            return LOOK
        if not self._more_due or self._is_behind():
            return 0.0
        return max(self._ended_at + BURST - time.monotonic(), 0.0)

    def _collect(self, pause: float = 0.0) -> None:
        """Take the calls that ended, and those that outlived their deadline.

        :param pause: seconds to wait for the first one
        """
        with contextlib.suppress(queue.Empty):
            while True:
                claim, answer, failure = self._results.get(timeout=pause)
                pause = 0.0
                self._end(claim, answer, failure)
        self._give_up_overdue()
        self._hand_over()

    def _give_up_overdue(self) -> None:
        now = time.monotonic()
        for claim, overdue in list(self._in_flight.values()):
            if overdue < now:
                self._end(claim, None, given_up(claim, "timeout"))

    def _end(self, claim: Claim, answer, failure) -> None:
        _claim, overdue = self._in_flight.pop(claim.call_id, (None, 0.0))
        if overdue:
            kept_until = overdue - GRACE + LEASE_MARGIN
            self._ended.append(Ended(claim, answer, failure, kept_until))
            self._ended_at = time.monotonic()

    def _hand_over(self) -> None:
        now = time.monotonic()
        if self.relay and not self._has_time() and now > self._asked_at + HAND_OVER:
            self._asked_at = now
            self._unless_away(self._wake_relay)

    def _wake_relay(self, env) -> None:
        pause = self._seconds_to_next(env)
        if pause is not None and pause <= 0:
            self.relay(env)

    def _store(self, ended: Ended) -> None:
        """Never raises: what can't be stored at all comes back by its lease."""
        claim, answer, failure, kept_until = ended
        try:
            self._store_some_way(claim, answer, failure)
        except Exception as exception:
            if is_passing(exception) and time.monotonic() < kept_until:
                # It is paid for, and the database may come back.
                self._ended.append(ended)
                return
            _logger.exception("Generation %s not closed", claim.generation_id)

    def _store_some_way(self, claim: Claim, answer, failure) -> None:
        """With the mails; else without them, since what refuses them for good may well
        take the post; else why there is no post.

        A savepoint around the mails would tell as much, for two statements a post.
        """
        refusal = None
        for _way in range(2):
            try:
                return self._transact(self._store_in, claim, answer, failure, refusal)
            except Exception as exception:
                if is_passing(exception):
                    raise
                _logger.warning("Answer %s refused", claim.call_id, exc_info=True)
                refusal = exception
        failure = not_stored(refusal, (answer or failure).calls)
        self._transact(self._store_in, claim, None, failure, refusal)

    def _store_in(self, env, claim: Claim, answer, failure, refusal=None) -> None:
        if refusal:
            env = env(context=without_mails(refusal))
        generation = env["blog.ai.generation"].browse(claim.generation_id)
        generation._store(claim, answer, failure)

    def _may_linger(self) -> bool:
        """Whether to wait here for a generation that is due in a moment."""
        if self.only or not self._has_time():
            return False
        pause = self._transact(self._seconds_to_next)
        return pause is not None and pause <= self.linger

    def _seconds_to_next(self, env) -> float | None:
        due = env["blog.ai.generation"]._next_due()
        return due and (due - env.cr.now()).total_seconds()

    def _schedule_rest(self, env) -> None:
        """What is left for lack of time, or due later, wakes the next sweep."""
        due = env["blog.ai.generation"]._next_due()
        if due:
            env["blog.ai.generation"]._wake_pump(due)

    def _unless_away(self, function: Callable, *args):
        """As :meth:`_transact`; None while the database is away and answers that are
        paid for wait for it."""
        try:
            return self._transact(function, *args)
        except Exception as exception:
            if not (self._in_flight or self._ended) or not is_passing(exception):
                raise
            _logger.warning("The database is away: %s", type(exception).__name__)
            return None

    def _transact(self, function: Callable, *args):
        """Call ``function(env, *args)`` in a transaction of its own and commit it.

        Repeated from the start after a conflict with another transaction, and on a
        fresh connection after a lost one.

        :raises psycopg2.Error: when ``TRIES`` were in vain
        """
        for tried in range(1, TRIES + 1):
            try:
                with self.registry.cursor() as cr:
                    return function(api.Environment(cr, SUPERUSER_ID, {}), *args)
            except Exception as exception:
                if tried == TRIES or not is_passing(exception, REPEATED):
                    raise
                _logger.info("Again after %s", type(exception).__name__)
                # Spread over time, so that two pumps do not collide for ever.
                time.sleep(random.uniform(0.01, 0.02) * 2**tried)


def is_passing(exception: BaseException | None, kinds=RETRIED) -> bool:
    """Whether it may succeed when it is repeated.

    What happens while Odoo renders a mail reaches us as the cause of another error.
    """
    while exception and not isinstance(exception, kinds):
        exception = exception.__cause__
    return exception is not None


def given_up(claim: Claim, code: str, detail: str = "") -> Failure:
    """The failure of a call of which the writer itself reports nothing."""
    record = llm.CallRecord(
        kind="article",
        model=claim.account.model,
        model_answered="",
        usage=llm.Usage(),
        milliseconds=0,
        outcome=code,
        http_status=None,
        request_id="",
        prompt_version=llm.PROMPT_VERSION,
        detail=detail,
    )
    return Failure(code, llm.SENTENCES[code], detail, retryable=True, calls=(record,))


def without_mails(refusal: Exception) -> dict:
    """The context in which nobody is mailed, with the reason for an administrator."""
    return {
        "blog_ai_mails_refused": described(refusal),
        "mail_activity_quick_update": True,
    }


def described(exception: Exception) -> str:
    return f"{type(exception).__name__}: {exception}"


def not_stored(exception: Exception, calls) -> Failure:
    """The failure of an article that was written but could not become a post."""
    if isinstance(exception, UserError):
        sentence = _lt(
            "The article was written, but Odoo could not save the post. Fix this, then "
            "press Retry: %(reason)s",
            reason=str(exception),
        )
    else:
        sentence = NOT_SAVED
    return Failure(
        "storage",
        sentence,
        described(exception),
        calls=calls,
    )
