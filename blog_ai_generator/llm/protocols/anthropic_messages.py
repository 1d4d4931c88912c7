# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The protocol of Anthropic Messages."""

from collections.abc import Mapping

from ..finish import Finish, finish_of
from ..presets import Preset
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
    one_line,
    refused,
    unknown_finish,
)


class AnthropicMessages(HttpAdapter):
    """Anthropic Messages."""

    path = "/messages"
    models_path = "/models?limit=1000"
    required = HttpAdapter.required | {"max_tokens"}

    def payload(self, prompt: Prompt, account: Account, preset: Preset) -> Payload:
        payload: Payload = {
            "model": account.model.strip(),
            "max_tokens": prompt.max_output_tokens,
            "messages": [{"role": "user", "content": prompt.user}],
        }
        if prompt.system:
            payload["system"] = prompt.system
        config: Payload = {}
        if prompt.schema and answer_format(account, preset) == "json_schema":
            config["format"] = {"type": "json_schema", "schema": prompt.schema}
        if account.thinking == "none":
            payload["thinking"] = {"type": "disabled"}
        elif account.thinking:
            config["effort"] = account.thinking
        if config:
            payload["output_config"] = config
        return payload

    def without(self, payload: Payload, name: str, text: str) -> Note | None:
        if name == "output_config":
            return self._less_config(payload, text)
        return super().without(payload, name, text)

    def _less_config(self, payload: Payload, text: str) -> Note | None:
        """Remove the refused part of ``output_config``, and keep the other one."""
        config = dict(mapping(payload["output_config"]))
        gone = [part for part in config if mentions(text, part)]
        if not gone and mentions(text, "output_config"):
            gone = list(config)
        elif not gone and SCHEMA_WORDS.search(text):
            gone = [part for part in config if part == "format"]
        if not gone:
            return None
        rest = {part: value for part, value in config.items() if part not in gone}
        payload.pop("output_config")
        if rest:
            payload["output_config"] = rest
        return refused(", ".join(f"output_config.{part}" for part in gone))

    def reply(self, answer: HttpAnswer, data: Mapping[str, object]) -> Reply:
        content = data.get("content")
        finish = finish_of(data.get("stop_reason"))
        if not isinstance(content, list) and finish.kind in ("stop", "length"):
            raise answer.unusable("no content")
        return Reply(
            joined_text(content) or _tool_input(content),
            self.usage(data),
            finish=finish.kind,
            why=_why(finish, mapping(data.get("stop_details"))),
            thought=_thought(content),
            notes=unknown_finish(finish),
        )

    def usage(self, data: Mapping[str, object]) -> Usage:
        return _usage(mapping(data.get("usage")))


def _why(finish: Finish, details: Mapping[str, object]) -> str:
    parts = (finish.words, details.get("category"), details.get("explanation"))
    return ", ".join(one_line(part) for part in parts if part)


def _tool_input(content: object) -> str:
    # Some gateways have an answer come as the arguments of a tool.
    blocks = content if isinstance(content, list) else []
    inputs = (as_json(mapping(block).get("input")) for block in blocks)
    return next(filter(None, inputs), "")


def _thought(content: object) -> int:
    """Return the number of characters in blocks of thinking."""
    blocks = content if isinstance(content, list) else []
    texts = (mapping(block).get("thinking") for block in blocks)
    return sum(len(text) for text in texts if isinstance(text, str))


def _usage(usage: Mapping[str, object]) -> Usage:
    cached = count(usage.get("cache_read_input_tokens"))
    written = count(usage.get("cache_creation_input_tokens"))
    details = mapping(usage.get("output_tokens_details"))
    return Usage(
        # The provider counts cached tokens apart; the log needs the sum.
        count(usage.get("input_tokens")) + written + cached,
        count(usage.get("output_tokens")),
        cached,
        count(details.get("thinking_tokens")),
    )
