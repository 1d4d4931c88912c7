# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The protocol of OpenAI Chat Completions."""

import re
from collections.abc import Mapping
from dataclasses import replace

from ..deadline import Deadline
from ..finish import Finish, finish_of
from ..output_limit import allowed_limit
from ..presets import Preset, preset_of
from ..thinking import thinking_fields
from ..transport import HttpAnswer
from ..types import Account, Note, Prompt, Reply, Usage
from .base import (
    SCHEMA_WORDS,
    HttpAdapter,
    Payload,
    answer_format,
    as_json,
    count,
    joined_text,
    mapping,
    mentions,
    money,
    one_line,
    refused,
    refused_token_field,
    reported,
    unknown_finish,
)
from .pictures import PAINTERS

_OTHER_TOKEN_FIELD = {
    "max_tokens": "max_completion_tokens",
    "max_completion_tokens": "max_tokens",
}
# Words in which a server refuses a schema and takes a JSON object.
_REFUSED_SCHEMA = re.compile("json_schema|properties|json_object")
_THINKING_FIELDS = frozenset(("reasoning_effort", "thinking", "chat_template_kwargs"))
_THINKING_WORDS = re.compile(
    r"\b(?:reasoning_effort|reasoning|thinking|enable_thinking|chat_template_kwargs)\b"
)


class OpenAIChat(HttpAdapter):
    """OpenAI Chat Completions, which nearly every provider speaks."""

    path = "/chat/completions"

    def payload(self, prompt: Prompt, account: Account, preset: Preset) -> Payload:
        turns = (("system", prompt.system), ("user", prompt.user))
        payload: Payload = {
            "model": account.model.strip(),
            "messages": [
                {"role": role, "content": text} for role, text in turns if text
            ],
            preset.token_field: prompt.max_output_tokens,
            **thinking_fields(account, preset),
        }
        kind = answer_format(account, preset) if prompt.schema else ""
        if kind == "json_schema":
            schema = {"name": "article", "strict": True, "schema": prompt.schema}
            payload["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif kind == "json_object":
            payload["response_format"] = {"type": "json_object"}
        return payload

    def draw(self, prompt: Prompt, account: Account, deadline: Deadline) -> Reply:
        painter = PAINTERS.get(preset_of(account).pictures)
        if painter is None:
            return super().draw(prompt, account, deadline)
        # The further fields are those of a request for text.
        return painter.complete(prompt, replace(account, options={}), deadline)

    def without(self, payload: Payload, name: str, text: str) -> Note | None:
        if name in _OTHER_TOKEN_FIELD:
            return self._other_limit(payload, name, text)
        if name == "response_format" and SCHEMA_WORDS.search(text):
            return self._looser_format(payload, text)
        if name in _THINKING_FIELDS and _THINKING_WORDS.search(text):
            return self._other_thinking(payload, name, text)
        return super().without(payload, name, text)

    def _other_limit(self, payload: Payload, name: str, text: str) -> Note | None:
        if note := self.lower_limit(payload, name, text):
            return note
        if allowed_limit(text, 10**9) is not None:
            return None  # the prompt alone is too long
        return refused_token_field(payload, name, _OTHER_TOKEN_FIELD[name], text)

    def _other_thinking(self, payload: Payload, name: str, text: str) -> Note:
        """Leave a refused level out, or think as little as the server allows."""
        value = payload.pop(name)
        for word in ("minimal", "low") if value == "none" else ():
            if mentions(text, word):
                payload[name] = word
                return Note(
                    "parameter_replaced", {"name": f"{name} {value}", "other": word}
                )
        return refused(name)

    def _looser_format(self, payload: Payload, text: str) -> Note:
        """Go one step down from a schema, if it is the schema that is refused."""
        kind = mapping(payload.pop("response_format")).get("type")
        if kind == "json_schema" and _REFUSED_SCHEMA.search(text):
            payload["response_format"] = {"type": "json_object"}
            name = "response_format json_schema"
            return Note("parameter_replaced", {"name": name, "other": "json_object"})
        return refused(f"response_format {kind}")

    def reply(self, answer: HttpAnswer, data: Mapping[str, object]) -> Reply:
        choices = data.get("choices")
        if not isinstance(choices, list) or not choices:
            raise answer.unusable("no choices")
        choice = mapping(choices[0])
        if choice.get("error"):
            raise reported(answer, choice)
        message = mapping(choice.get("message"))
        finish = _finish(choice, message)
        if not message and finish.kind in ("stop", "length"):
            raise answer.unusable("no message")
        return Reply(
            _text(choice, message),
            self.usage(data),
            finish=finish.kind,
            why=finish.words,
            thought=len(_thoughts(message)),
            notes=unknown_finish(finish),
        )

    def usage(self, data: Mapping[str, object]) -> Usage:
        return _usage(mapping(data.get("usage")))


def _finish(choice: Mapping[str, object], message: Mapping[str, object]) -> Finish:
    """Return why the model stopped; a gateway may have kept the truth beside it."""
    natives = (
        mapping(holder.get("provider_specific_fields")).get("native_finish_reason")
        for holder in (choice, message)
    )
    native = next(filter(None, natives), choice.get("native_finish_reason"))
    finish = finish_of(choice.get("finish_reason"), native)
    if refusal := one_line(message.get("refusal")):
        return Finish("refused", refusal)
    return finish


def _text(choice: Mapping[str, object], message: Mapping[str, object]) -> str:
    # Some servers force an answer into a tool, or read it themselves.
    if text := joined_text(message.get("content")).strip():
        return text
    calls = message.get("tool_calls")
    functions = [
        mapping(mapping(call).get("function")).get("arguments")
        for call in (calls if isinstance(calls, list) else [])
    ]
    others = [
        message.get("parsed"),
        *functions,
        mapping(message.get("function_call")).get("arguments"),
        choice.get("text"),
        _answer_among_thoughts(message),
    ]
    return next(filter(None, map(as_json, others)), "")


def _answer_among_thoughts(message: Mapping[str, object]) -> str:
    """Return thoughts that begin as an answer does; empty for any other.

    vLLM takes all that a model says for thoughts if it is asked not to think (its issue
    19222).
    """
    thoughts = _thoughts(message)
    return thoughts if thoughts.lstrip().startswith("{") else ""


def _thoughts(message: Mapping[str, object]) -> str:
    thoughts = message.get("reasoning_content") or message.get("reasoning")
    return thoughts if isinstance(thoughts, str) else ""


def _usage(usage: Mapping[str, object]) -> Usage:
    # Some servers use the names of the Responses API, or those of Anthropic.
    tokens_in = count(usage.get("prompt_tokens"), usage.get("input_tokens"))
    tokens_out = count(usage.get("completion_tokens"), usage.get("output_tokens"))
    total = count(usage.get("total_tokens"))
    details_in, details_out = (
        mapping(usage.get(f"{first}_details") or usage.get(f"{second}_details"))
        for first, second in (
            ("prompt_tokens", "input_tokens"),
            ("completion_tokens", "output_tokens"),
        )
    )
    # Moonshot and DeepSeek have names of their own.
    names = ("cached_tokens", "prompt_cache_hit_tokens")
    cached = count(details_in.get("cached_tokens"), *map(usage.get, names))
    reasoning = count(details_out.get("reasoning_tokens"))
    if cached > tokens_in or 0 < cached == total - tokens_in - tokens_out != reasoning:
        tokens_in += cached  # Portkey counts them apart, as Anthropic does
    # Some servers leave reasoning out of the completion; the total has it.
    hidden = max(total - tokens_in - tokens_out, 0)
    return Usage(
        tokens_in,
        tokens_out + hidden,
        cached,
        max(reasoning, hidden),
        _cost(usage),
    )


def _cost(usage: Mapping[str, object]) -> float | None:
    """Return what OpenRouter charges, and what its user's own key is charged besides.

    With such a key, ``cost`` is its fee only, often nothing.
    """
    cost = money(usage.get("cost"))
    if cost is None or usage.get("is_byok") is not True:
        return cost
    details = mapping(usage.get("cost_details"))
    upstream = money(details.get("upstream_inference_cost"))
    return None if upstream is None else cost + upstream
