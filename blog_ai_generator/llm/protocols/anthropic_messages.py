# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..types import Reply, Usage
from .base import SCHEMA_WORDS, HttpAdapter, count, joined_text, mapping, refused

_FINISH = {
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "refusal": "refused",
    "content_filter": "refused",
}


class AnthropicMessages(HttpAdapter):
    """Anthropic Messages."""

    path = "/messages"
    models_path = "/models?limit=1000"
    required = HttpAdapter.required | {"max_tokens"}

    def payload(self, prompt, account, preset):
        payload = {
            "model": account.model.strip(),
            "max_tokens": prompt.max_output_tokens,
            "messages": [{"role": "user", "content": prompt.user}],
        }
        if prompt.system:
            payload["system"] = prompt.system
        if prompt.schema and preset.schema_mode == "json_schema":
            schema = {"type": "json_schema", "schema": prompt.schema}
            payload["output_config"] = {"format": schema}
        return payload

    def without(self, payload, name, text):
        if name == "output_config" and SCHEMA_WORDS.search(text):
            del payload[name]
            return refused(name)
        return super().without(payload, name, text)

    def reply(self, answer, data):
        content = data.get("content")
        if not isinstance(content, list):
            raise answer.unusable("no content")
        return Reply(
            joined_text(content),
            _usage(mapping(data.get("usage"))),
            finish=_FINISH.get(str(data.get("stop_reason")), "stop"),
        )


def _usage(usage):
    cached = count(usage.get("cache_read_input_tokens"))
    written = count(usage.get("cache_creation_input_tokens"))
    details = mapping(usage.get("output_tokens_details"))
    return Usage(
        # The provider counts the cached part apart; the log wants the whole.
        count(usage.get("input_tokens")) + written + cached,
        count(usage.get("output_tokens")),
        cached,
        count(details.get("reasoning_tokens")),
    )
