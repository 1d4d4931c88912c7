# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The outcome of an attempt: an answer, or the reason why there is none."""

import contextlib
import dataclasses
import logging
from dataclasses import dataclass
from typing import NamedTuple

from odoo.exceptions import UserError

from .. import llm, pictures
from ..messages import Message, failure_message
from ..utils import described
from .claim import Claim

_logger = logging.getLogger(__name__)

# Service unavailable; "site is overloaded" of several services.
OVERLOADED = (503, 529)


class Failure(NamedTuple):
    """The reason why an attempt produced no post.

    :param code: an ``LLMError.code``, or one of the addon's own: lost, storage
    :param message: what the person who asked reads
    :param detail: technical, for an administrator
    :param retryable: whether another attempt may succeed
    :param retry_after: seconds that the provider asks to wait, if it does
    :param calls: the requests that were made
    :param is_refusal: whether the provider takes no requests from anybody now, or from
        this account
    :param following: what the next attempt calls, if not the same
    """

    code: str
    message: Message
    detail: str = ""
    retryable: bool = False
    retry_after: float | None = None
    calls: tuple[llm.CallRecord, ...] = ()
    is_refusal: bool = False
    following: llm.Account | None = None

    @classmethod
    def of(
        cls,
        error: llm.LLMError,
        account: llm.Account | None = None,
        maximum: int = 0,
    ) -> "Failure":
        """Return the failure that an error means.

        :param account: what was called; with it, an error that is bound to recur is not
            retryable, and the next attempt may be made in another way
        :param maximum: output tokens that the model can have, if known
        """
        following = account and llm.next_account(account, error, maximum)
        return cls(
            error.code,
            failure_message(error),
            error.detail,
            error.retryable if account is None else following is not None,
            error.retry_after,
            error.calls,
            _is_refusal(error),
            None if following is account else following,
        )

    @classmethod
    def not_stored(
        cls, exception: Exception, calls: tuple[llm.CallRecord, ...] = ()
    ) -> "Failure":
        """Return the failure of an article that Odoo refused to save as a post."""
        if isinstance(exception, UserError):
            message = Message("storage.reason", {"reason": str(exception)})
        else:
            message = Message("storage")
        return cls("storage", message, described(exception), calls=calls)


@dataclass(frozen=True)
class _Outcome:
    """The part that both outcomes have.

    :param emails_refused: why the outcome has to be stored without emails, as technical
        detail; empty at the first try
    """

    claim: Claim
    emails_refused: str = dataclasses.field(default="", kw_only=True)


@dataclass(frozen=True)
class Answered(_Outcome):
    """The provider wrote the article, or translated one.

    :param cover: drawn for it, if the claim asks for one and nothing was in the way
    """

    answer: llm.Answer | llm.Translated
    cover: pictures.Cover | None = None

    @property
    def calls(self) -> tuple[llm.CallRecord, ...]:
        return self.answer.calls

    @property
    def is_refusal(self) -> bool:
        return False


@dataclass(frozen=True)
class Failed(_Outcome):
    """There is no article, or Odoo refused to save it."""

    failure: Failure

    @property
    def calls(self) -> tuple[llm.CallRecord, ...]:
        return self.failure.calls

    @property
    def is_refusal(self) -> bool:
        return self.failure.is_refusal


# Exactly one of the two.
Outcome = Answered | Failed


def call(claim: Claim, cancellation: llm.Cancellation) -> llm.Unchecked | Failed:
    """Call the provider and return what it answered, or why it did not."""
    try:
        if isinstance(claim.request, llm.TranslationRequest):
            return llm.request_translation(claim.request, claim.account, cancellation)
        return llm.request_article(claim.request, claim.account, cancellation)
    except Exception as error:
        return _failed(claim, error)


def draw_ahead(claim: Claim) -> None:
    """Draw the cover of a post as far as it is known before the answer.

    A failure is not logged here: the drawing is tried again once the title is known.
    """
    if claim.cover is not None:
        with contextlib.suppress(Exception):
            pictures.draw_backdrop(claim.cover, _seed(claim))


def checked(claim: Claim, answer: llm.Unchecked) -> Outcome:
    """Check an answer and draw the cover of its post."""
    try:
        found = answer.checked()
    except Exception as error:
        return _failed(claim, error)
    if isinstance(found, llm.Translated):
        return Answered(claim, found)
    return Answered(claim, found, _draw_cover(claim, found.article.title))


def _failed(claim: Claim, error: Exception) -> Failed:
    if isinstance(error, llm.LLMError):
        return Failed(claim, Failure.of(error, claim.account, claim.output_maximum))
    # An adapter of another addon may raise anything; the attempt must end.
    _logger.error("Call %s broke", claim.call_id, exc_info=error)
    return given_up(claim, "unusable", type(error).__name__)


def _draw_cover(claim: Claim, title: str) -> pictures.Cover | None:
    """Return a cover if the claim asks for one; no post is lost for want of it."""
    if claim.cover is None:
        return None
    try:
        return pictures.draw_cover(title, claim.cover, _seed(claim))
    except Exception:
        _logger.exception("No cover could be drawn for call %s", claim.call_id)
        return None


def _seed(claim: Claim) -> str:
    return str(claim.generation_id)


def _is_refusal(error: llm.LLMError) -> bool:
    """Return whether other calls to the provider would end the same way now.

    A plain error of the server may have to do with the one request.
    """
    if error.code == "overloaded":
        says_so = error.http_status in OVERLOADED or error.reason == "cooldown"
        return says_so or error.retry_after is not None
    return error.code == "rate_limit"


def given_up(claim: Claim, code: str, detail: str = "") -> Failed:
    """Return the outcome of a call about which the writer itself reports nothing."""
    record = llm.CallRecord(
        kind=claim.request.kind,
        model=claim.account.model,
        model_answered="",
        usage=llm.Usage(),
        milliseconds=0,
        outcome=code,
        http_status=None,
        request_id="",
        prompt_version=llm.PROMPT_VERSIONS[claim.request.kind],
        detail=detail,
    )
    failure = Failure(code, Message(code), detail, retryable=True, calls=(record,))
    return Failed(claim, failure)


def without_emails(outcome: Outcome, refusal: Exception) -> Outcome:
    return dataclasses.replace(outcome, emails_refused=described(refusal))


def not_stored(outcome: Outcome, refusal: Exception) -> Failed:
    """Return the failure that replaces an outcome which Odoo refused for good."""
    failure = Failure.not_stored(refusal, outcome.calls)
    return Failed(outcome.claim, failure, emails_refused=outcome.emails_refused)


def without_texts(outcome: Outcome) -> Failed:
    """Return a failure with the cost of the calls and nothing that others wrote."""
    calls = tuple(
        dataclasses.replace(call, model_answered="", request_id="", detail="")
        for call in outcome.calls
    )
    failure = Failure("storage", Message("storage"), calls=calls)
    return Failed(outcome.claim, failure, emails_refused=outcome.emails_refused)
