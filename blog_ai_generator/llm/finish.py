# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The reasons why a model stops, in the words of all providers."""

from collections.abc import Mapping
from typing import NamedTuple

# Words of a provider, in lower case -> ``finish`` of a Reply. They are of mistralai
# 3.7.0, google-genai 3.6.1, anthropic 2.14.0, DeepSeek, vLLM and gateways.
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(
        "stop end_turn stop_sequence eos eos_token completed complete end tool_calls "
        "tool_use function_call pause_turn none finish_reason_unspecified".split(),
        "stop",
    ),
    **dict.fromkeys("length max_tokens max_output_tokens max_length".split(), "length"),
    **dict.fromkeys(
        "model_length model_context_window_exceeded context_length_exceeded".split(),
        "context",
    ),
    **dict.fromkeys(
        "content_filter content_filtered safety refusal refused recitation blocklist "
        "prohibited_content spii image_safety guardrail_intervened".split(),
        "refused",
    ),
    **dict.fromkeys(
        "error abort aborted insufficient_system_resource network_error".split(),
        "failed",
    ),
}


class Finish(NamedTuple):
    """The end of an answer.

    :param kind: ``finish`` of a :class:`~.types.Reply`
    :param words: the provider's own
    :param is_known: False if ``kind`` is a guess
    """

    kind: str
    words: str
    is_known: bool = True


def finish_of(reason: object, native: object = None) -> Finish:
    """Return the end of an answer.

    :param reason: the provider's reason; "content_filter: PROHIBITED_CONTENT" is of the
        kind in front of the colon
    :param native: the reason that a gateway got itself and translated to ``reason``
    """
    said, meant = _read(reason), _read(native)
    if said.kind == "stop" and meant.is_known and meant.kind != "stop":
        return meant
    return said


def _read(reason: object) -> Finish:
    if reason is None:
        return Finish("stop", "")
    words = " ".join(str(reason).split())[:200]
    for word in (words, words.partition(":")[0]):
        if kind := _KINDS.get(word.strip().lower()):
            return Finish(kind, words)
    return Finish("stop", words, False)
