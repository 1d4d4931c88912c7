# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers that were cut off: why, and what the next attempt should change.

An equal request would be cut off again, and paid for again.
"""

import re
from dataclasses import replace

from .errors import LLMError
from .types import Account, Reply

# An answer that is shorter than this share of its limit was not cut off by the limit.
NEAR_THE_LIMIT = 0.9
# ``finish`` of replies that are not complete.
CUT_OFF = frozenset(("length", "context"))
# Tokens. A model whose own maximum nobody knows is asked for no more than this.
HIGHEST_LIMIT = 65_536
# The next lower level that differs enough to be worth an attempt.
_LESS_THINKING = {"": "low", "high": "low", "medium": "low", "low": "none"}
# Options that win over the level of the account.
_THINKING_OPTIONS = frozenset(
    "reasoning_effort reasoning thinking output_config chat_template_kwargs".split()
)
_THOUGHT = re.compile(r"\s*<think>")
_OBJECT = re.compile(r'\{\s*"')


def cut_off(reply: Reply, limit: int) -> LLMError:
    """Return the error for an answer that was cut off.

    :param limit: output limit of the call, in tokens
    """
    tokens = reply.usage.tokens_out
    reason = _reason(reply, limit)
    detail = f"cut off after {tokens} tokens of {limit}"
    if reply.usage.tokens_reasoning:
        detail += f", {reply.usage.tokens_reasoning} of them for thinking"
    return LLMError("truncated", detail, reason=reason)


def _reason(reply: Reply, limit: int) -> str:
    tokens = reply.usage.tokens_out
    if _was_mostly_thinking(reply):
        return "thinking"
    if reply.finish == "context":
        return "context"
    is_far_below = 0 < tokens < limit * NEAR_THE_LIMIT
    if reply.finish == "length":
        return "context" if is_far_below else "limit"
    return "" if is_far_below or not tokens else "limit"


def _was_mostly_thinking(reply: Reply) -> bool:
    usage = reply.usage
    if usage.tokens_reasoning:
        return usage.tokens_reasoning * 2 >= usage.tokens_out
    is_still_thinking = _THOUGHT.match(reply.text) and "</think>" not in reply.text
    return bool(is_still_thinking) or reply.thought > len(reply.text)


def is_cut_off(reply: Reply, limit: int) -> bool:
    """Return whether a text without a complete JSON object was cut off.

    Some servers and gateways report an ordinary end even then.
    """
    return reply.usage.tokens_out >= limit or ends_inside(reply.text)


def ends_inside(text: str) -> bool:
    """Return whether ``text`` ends inside its first JSON object."""
    start = _OBJECT.search(text)
    if not start:
        return False
    depth, in_string, escaped = 0, False, False
    for character in text[start.start() :]:
        if in_string:
            in_string = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            in_string = True
        elif character in "{[":
            depth += 1
        elif character in "}]":
            depth -= 1
            if not depth:
                return False
    return True


def next_account(account: Account, error: LLMError, maximum: int = 0) -> Account | None:
    """Return the account for the next attempt after ``error``.

    It is ``account`` itself if nothing has to change. After an answer that was cut off
    it has less thinking or twice the output limit.

    :param maximum: output tokens that the model can have, if known
    :return: None if the error is bound to recur
    """
    if not error.retryable:
        return None
    if error.code != "truncated" or not error.reason:
        return account
    if error.reason == "thinking" and (less := _less_thinking(account)):
        if less == "none":
            # The level before changed little: the server may not know such levels.
            return replace(_longer(account, maximum) or account, thinking=less)
        return replace(account, thinking=less)
    if error.reason == "context":
        return None
    return _longer(account, maximum)


def _less_thinking(account: Account) -> str:
    if _THINKING_OPTIONS & account.options.keys():
        return ""
    return _LESS_THINKING.get(account.thinking, "")


def _longer(account: Account, maximum: int) -> Account | None:
    limit = min(account.max_output_tokens * 2, maximum or HIGHEST_LIMIT)
    if limit <= account.max_output_tokens:
        return None
    return replace(account, max_output_tokens=limit)
