# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A call for which a person waits: it begins at once and needs no scheduled action.

The request that asks for it ends before the call begins, so neither the time that Odoo
grants a request nor the number of its workers limits the call. One thread waits for a
place at the provider, looks out for a cancellation, and stores the outcome, in short
transactions; another one calls and sees plain data only.
"""

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, TypeVar

from odoo.api import Environment

from .. import llm
from ..pictures import Photo
from .calls import CANCEL_GRACE, GRACE
from .limits import LEASE_MARGIN
from .transaction import is_passing, transact, transact_until

_logger = logging.getLogger(__name__)

# Seconds between two looks for a place, or for a cancellation: the connection is to be
# closed within a second of the click.
LOOK = 0.5

T = TypeVar("T")


class Result(Protocol):
    """The result of a function of ``llm``."""

    @property
    def calls(self) -> tuple[llm.CallRecord, ...]: ...


# Called with an account and the switch that ends the call.
Question = Callable[[llm.Account, llm.Cancellation], Result]


class Reaction(NamedTuple):
    """The end of a call: a result or an error, never both."""

    result: Any = None
    error: llm.LLMError | None = None

    @property
    def calls(self) -> tuple[llm.CallRecord, ...]:
        found: tuple[llm.CallRecord, ...] = (self.error or self.result).calls
        return found


class Ask(Protocol):
    """The record of a call for which a person waits, as ``blog.ai.ask`` implements it.

    Each method works in the transaction of its environment and leaves the commit to the
    caller.
    """

    def _begin(self) -> llm.Account | None:
        """Return the account once the call may begin, and reserve what it may cost."""

    def _goes_on(self) -> bool:
        """Give a sign of life; return False if nobody waits any more."""

    def _end(self, reaction: Reaction, is_kept: bool = True) -> None:
        """Log the calls and keep the result or the failure, once.

        :param is_kept: False once Odoo has refused to keep the result
        """

    def _keep_photos(self, found: tuple[Photo, ...] | str) -> None:
        """Offer photos to the person who asked, or say why there are none."""


def ask_of(env: Environment, ask_id: int) -> Ask:
    ask: Ask = env["blog.ai.ask"].browse(ask_id)
    return ask


def react(
    question: Question, account: llm.Account, cancellation: llm.Cancellation
) -> Reaction:
    try:
        return Reaction(question(account, cancellation))
    except llm.LLMError as error:
        return Reaction(error=error)
    except Exception as exception:
        # An adapter of another addon may raise anything; the call must end.
        _logger.exception("A call broke")
        return Reaction(error=llm.LLMError("unusable", type(exception).__name__))


def start(registry: Any, ask_id: int, question: Question) -> None:
    """Ask in the background.

    The threads are daemons: a server that stops does not wait for a provider.
    """
    threading.Thread(
        target=_Asking(registry, ask_id, question).run,
        name=f"blog_ai_generator.ask.{ask_id}",
        daemon=True,
    ).start()


class _Asking:
    def __init__(self, registry: Any, ask_id: int, question: Question) -> None:
        self._registry = registry
        self._ask_id = ask_id
        self._question = question
        self._cancellation = llm.Cancellation()
        self._reactions: queue.SimpleQueue[Reaction] = queue.SimpleQueue()

    def run(self) -> None:
        """Return when the outcome is stored; an error is logged.

        An outcome waits for a database that is away, until the call counts as lost.
        Then the person is told that nothing comes, as if the server had died.
        """
        try:
            account = self._wait_for_place()
            if account:
                kept_until = time.monotonic() + account.deadline + LEASE_MARGIN
                self._store(self._call(account), kept_until)
        except Exception:
            _logger.exception("Call for a person (%s) broke", self._ask_id)
            # No thread is left to store an answer that is still paid for.
            self._cancellation.cancel("The call broke.")

    def _wait_for_place(self) -> llm.Account | None:
        while True:
            account = self._transact(lambda ask: ask._begin())
            if account or not self._transact(lambda ask: ask._goes_on()):
                return account
            time.sleep(LOOK)

    def _call(self, account: llm.Account) -> Reaction:
        threading.Thread(target=self._react, args=(account,), daemon=True).start()
        overdue = time.monotonic() + account.deadline + GRACE
        while time.monotonic() < overdue:
            with contextlib.suppress(queue.Empty):
                return self._reactions.get(timeout=LOOK)
            if not self._cancellation.reason and not self._is_wanted():
                self._cancellation.cancel("Nobody waits for the answer any more.")
                overdue = min(overdue, time.monotonic() + CANCEL_GRACE)
        # A provider's name may take long to resolve, which can't be interrupted.
        code = "cancelled" if self._cancellation.reason else "timeout"
        return Reaction(error=llm.LLMError(code, self._cancellation.reason))

    def _react(self, account: llm.Account) -> None:
        """Run in a thread of its own: no environment, no cursor, no record."""
        self._reactions.put(react(self._question, account, self._cancellation))

    def _is_wanted(self) -> bool:
        try:
            return self._transact(lambda ask: ask._goes_on())
        except Exception as exception:
            if not is_passing(exception):
                raise
            # It is paid for, and the database may come back.
            return True

    def _store(self, reaction: Reaction, kept_until: float) -> None:
        try:
            transact_until(kept_until, self._registry, self._end, reaction)
        except Exception as exception:
            if is_passing(exception):
                raise
            # The money is spent, and the person waits.
            _logger.exception("The answer to %s can't be kept", self._ask_id)
            transact_until(kept_until, self._registry, self._end, reaction, False)

    def _end(self, env: Environment, reaction: Reaction, is_kept: bool = True) -> None:
        ask_of(env, self._ask_id)._end(reaction, is_kept)

    def _transact(self, function: Callable[[Ask], T]) -> T:
        return transact(self._registry, lambda env: function(ask_of(env, self._ask_id)))
