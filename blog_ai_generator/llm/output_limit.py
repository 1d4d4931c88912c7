# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read from a refusal which output limit a server would have taken."""

import re

# Tokens. With less room no text fits, and the answer would be paid for in vain.
LEAST_LIMIT = 500

_N = r"`?'?([0-9][0-9,]{0,9})`?'?"
# Context, and tokens of the prompt.
_CONTEXT_AND_PROMPT = tuple(
    re.compile(pattern)
    for pattern in (
        # vLLM, LM Studio, OpenAI.
        rf"maximum context length is {_N} tokens.{{0,80}}?\({_N} in the messages",
        rf"maximum context length is {_N} tokens.{{0,80}}?{_N} input tokens",
    )
)
# Context, and tokens of prompt and limit together.
_CONTEXT_AND_ALL = re.compile(
    rf"maximum context length is {_N}(?: tokens)?.{{0,60}}?requested {_N}"
)
# Anthropic: "… exceed context limit: 199000 + 8000 > 200000".
_SUM = re.compile(rf"context limit: {_N} \+ {_N} > {_N}")
# The highest limit itself.
_HIGHEST = tuple(
    re.compile(rf"max_(?:completion_|output_)?tokens\b.{{0,120}}?{pattern}")
    for pattern in (
        rf"[0-9] > {_N}",
        rf"at most {_N}",
        rf"less than or equal to {_N}",
        rf"valid range.{{0,40}}\[1, ?{_N}\]",
        rf"maximum (?:is|of|value is|allowed is) {_N}",
    )
)


def allowed_limit(text: str, sent: int) -> int | None:
    """Return the highest output limit that a refusal leaves, in tokens.

    :param text: the refusal in lower case
    :param sent: the limit that was refused
    :return: None if it names none; 0 if there is no room for a text
    """
    room = _room(text, sent)
    if room is None or room >= sent:
        return None
    return room if room >= LEAST_LIMIT else 0


def _room(text: str, sent: int) -> int | None:
    for pattern in _CONTEXT_AND_PROMPT:
        if match := pattern.search(text):
            return _number(match[1]) - _number(match[2])
    if match := _CONTEXT_AND_ALL.search(text):
        return _number(match[1]) - (_number(match[2]) - sent)
    if match := _SUM.search(text):
        return _number(match[3]) - _number(match[1])
    for pattern in _HIGHEST:
        if match := pattern.search(text):
            return _number(match[1])
    return None


def _number(text: str) -> int:
    return int(text.replace(",", ""))
