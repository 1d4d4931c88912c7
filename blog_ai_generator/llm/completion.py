# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One request to a provider, and the checks that every answer has to pass."""

from collections.abc import Iterator
from contextlib import contextmanager

from .deadline import Cancellation, Deadline
from .errors import LLMError
from .json_object import NoObjectError
from .protocols import adapter_of
from .secrets import holds_key
from .text import clean
from .truncation import CUT_OFF, cut_off, is_cut_off
from .types import Account, Prompt, Reply


def complete(
    prompt: Prompt, account: Account, cancellation: Cancellation | None = None
) -> Reply:
    with Deadline(account.deadline, cancellation) as deadline:
        return adapter_of(account).complete(prompt, account, deadline)


def check_finish(reply: Reply) -> None:
    why = f": {reply.why}" if reply.why else ""
    if reply.finish == "refused":
        raise LLMError("refused", f"the model refused{why}")
    if reply.finish == "failed":
        raise LLMError("overloaded", f"the model failed{why}")


def check_key(text: str, account: Account) -> None:
    if holds_key(text, account.api_key):
        raise LLMError("unusable", "the answer contains the API key", reason="key")


@contextmanager
def complete_text(reply: Reply, prompt: Prompt) -> Iterator[None]:
    """Check that the model has ended by itself, around the check of its text."""
    check_finish(reply)
    limit = prompt.max_output_tokens
    if reply.finish in CUT_OFF:
        raise cut_off(reply, limit)
    if not clean(reply.text) and not is_cut_off(reply, limit):
        raise LLMError("unusable", "no text", reason="empty")
    is_complete = True
    try:
        yield
    except NoObjectError:
        if not is_cut_off(reply, limit):
            raise
        is_complete = False
    if not is_complete:
        raise cut_off(reply, limit)
