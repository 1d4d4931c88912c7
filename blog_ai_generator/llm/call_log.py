# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The record of every request that one call makes."""

import time
from collections.abc import Sequence
from functools import reduce
from operator import add
from types import TracebackType

from .errors import LLMError
from .secrets import scrub
from .types import Account, CallRecord, Note, Refusal, Reply, Usage


class CallLog:
    """The requests of one call; use as a context manager around it.

    When the context ends, :attr:`calls` is complete. An :class:`LLMError` that ends
    it leaves with the records, and without the API key.

    :param kind: ``article``, ``translation``, ``social``, ``ideas``, ``titles``,
        ``section``, ``outline``, ``refresh``, ``picture``, ``test`` or ``models``
    :param version: of the prompt that is sent, if it has one
    """

    def __init__(self, kind: str, account: Account, version: str = "") -> None:
        self.calls: tuple[CallRecord, ...] = ()
        self._kind = kind
        self._account = account
        self._version = version
        self._started = time.monotonic()
        self._answered: float | None = None
        self._reply: Reply | None = None

    @property
    def usage(self) -> Usage:
        return reduce(add, (call.usage for call in self.calls), Usage())

    def answered(self, reply: Reply) -> Reply:
        """Note the provider's answer, which may still be rejected; return it."""
        self._reply = reply
        self._answered = time.monotonic()
        return reply

    def __enter__(self) -> "CallLog":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None:
            self.calls = self._records(self._reply or Reply(""))
        elif isinstance(error, LLMError):
            self.calls = self._records(self._reply or _no_reply(error), error)
            error.close(self.calls, self._account.api_key)

    def _records(
        self, reply: Reply, failure: LLMError | None = None
    ) -> tuple[CallRecord, ...]:
        ended = self._answered or time.monotonic()
        elapsed = int((ended - self._started) * 1000)
        earlier = [self._refused(refusal) for refusal in reply.earlier]
        rest = elapsed - sum(call.milliseconds for call in earlier)
        return (*earlier, self._last(reply, failure, rest))

    def _refused(self, refusal: Refusal) -> CallRecord:
        reply = Reply(
            "", http_status=refusal.http_status, request_id=refusal.request_id
        )
        return self._record(reply, refusal.code, [refusal.detail], refusal.milliseconds)

    def _last(
        self, reply: Reply, failure: LLMError | None, milliseconds: int
    ) -> CallRecord:
        code, details = "ok", []
        if failure:
            code, details = failure.code, [failure.detail]
        return self._record(reply, code, [*details, *reply.notes], milliseconds)

    def _record(
        self,
        reply: Reply,
        outcome: str,
        details: Sequence[str | Note],
        milliseconds: int,
    ) -> CallRecord:
        key = self._account.api_key
        return CallRecord(
            kind=self._kind,
            model=self._account.model,
            model_answered=scrub(reply.model, key),
            usage=reply.usage,
            milliseconds=milliseconds,
            outcome=outcome,
            http_status=reply.http_status,
            request_id=scrub(reply.request_id, key),
            prompt_version=self._version,
            detail=scrub(" ".join(map(str, details)), key),
        )


def _no_reply(error: LLMError) -> Reply:
    return Reply(
        "",
        error.usage,
        http_status=error.http_status,
        request_id=error.request_id,
        earlier=error.earlier,
    )
