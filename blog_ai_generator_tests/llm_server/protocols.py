# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The two wire protocols, as strict as the services that use them.

Written from the protocols' documentation, not from the product's client: a mistake of
the client cannot hide behind the same mistake here.
"""

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .checks import Json, all_text, check_common, check_schema
from .faults import ANTHROPIC_FAULTS, OPENAI_FAULTS, Fault, bad

OPENAI_FIELDS = frozenset(
    "model messages audio frequency_penalty function_call functions logit_bias logprobs"
    " max_completion_tokens max_tokens metadata modalities n parallel_tool_calls"
    " prediction presence_penalty prompt_cache_key reasoning_effort response_format"
    " safety_identifier seed service_tier stop store stream stream_options temperature"
    " tool_choice tools top_logprobs top_p user verbosity web_search_options".split()
)
ANTHROPIC_FIELDS = frozenset(
    "model max_tokens messages system metadata service_tier stop_sequences stream"
    " thinking tool_choice tools output_config container context_management".split()
)
# Removed by the version of October 2026.
ANTHROPIC_SAMPLING = frozenset({"temperature", "top_p", "top_k"})
ANTHROPIC_VERSIONS = frozenset({"2023-01-01", "2023-06-01", "2026-10-21"})


@dataclass(frozen=True)
class Written:
    """The output of a model: text, reason to stop, and tokens."""

    text: str
    finish: str  # "stop", "length" or "refusal"
    tokens_in: int
    tokens_out: int
    cached: int = 0
    reasoning: int = 0


class OpenAIService:
    """The key and the errors of each of OpenAI's services."""

    request_id_header = "x-request-id"
    request_id_prefix = "req_"

    @staticmethod
    def key(headers: Mapping[str, str]) -> str:
        scheme, _space, key = headers.get("authorization", "").partition(" ")
        return key.strip() if scheme.lower() == "bearer" else ""

    @staticmethod
    def error(fault: Fault, request_id: str) -> tuple[int, Json]:
        status, type_, code = OPENAI_FAULTS[fault.kind]
        error = {"message": fault.message, "type": type_, "param": fault.param}
        return fault.status or status, {"error": {**error, "code": code}}


class OpenAI(OpenAIService):
    """Chat Completions."""

    name = "openai_chat"

    @classmethod
    def check(cls, body: Json | None, headers: Mapping[str, str]) -> None:
        body = check_common(body, OPENAI_FIELDS, "Unrecognized request argument: {}")
        if "max_tokens" in body and "max_completion_tokens" in body:
            raise bad("Set either max_tokens or max_completion_tokens.", "max_tokens")
        roles = {"system", "developer", "user", "assistant", "tool"}
        for message in body["messages"]:
            if message.get("role") not in roles:
                raise bad(f"Unknown role {message.get('role')!r}.", "messages")
        cls._check_format(body)

    @staticmethod
    def _check_format(body: Json) -> None:
        wanted = body.get("response_format", {"type": "text"})
        if not isinstance(wanted, dict) or "type" not in wanted:
            raise bad("response_format needs a type.", "response_format")
        if wanted["type"] == "json_schema":
            schema = wanted.get("json_schema")
            if not isinstance(schema, dict) or not re.fullmatch(
                r"[a-zA-Z0-9_-]{1,64}", str(schema.get("name", ""))
            ):
                raise bad("json_schema needs a name and a schema.", "response_format")
            strict = bool(schema.get("strict"))
            check_schema(schema.get("schema"), "response_format", strict)
        elif wanted["type"] == "json_object":
            if "json" not in all_text(body).lower():
                raise bad("The messages must mention JSON.", "messages")
        elif wanted["type"] != "text":
            raise bad("Unknown response_format.", "response_format")

    @staticmethod
    def limit(body: Json) -> int | None:
        return body.get("max_completion_tokens") or body.get("max_tokens")

    @staticmethod
    def reply(model: str, written: Written, number: int) -> Json:
        refused = written.finish == "refusal"
        return {
            "id": f"chatcmpl-{number:024x}",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": model,
            "choices": [
                {
                    "index": 0,
                    "message": {
                        "role": "assistant",
                        "content": None if refused else written.text,
                        "refusal": written.text if refused else None,
                    },
                    "logprobs": None,
                    "finish_reason": "stop" if refused else written.finish,
                }
            ],
            "usage": {
                "prompt_tokens": written.tokens_in,
                "completion_tokens": written.tokens_out,
                "total_tokens": written.tokens_in + written.tokens_out,
                "prompt_tokens_details": {"cached_tokens": written.cached},
                "completion_tokens_details": {"reasoning_tokens": written.reasoning},
            },
            "system_fingerprint": None,
        }

    @staticmethod
    def models(names: Sequence[str]) -> Json:
        rows = [
            {"id": name, "object": "model", "created": 1790000000, "owned_by": "fake"}
            for name in names
        ]
        return {"object": "list", "data": rows}


class Anthropic:
    """Messages."""

    name = "anthropic_messages"
    request_id_header = "request-id"
    request_id_prefix = "req_01"
    finish = {"stop": "end_turn", "length": "max_tokens", "refusal": "refusal"}

    @staticmethod
    def key(headers: Mapping[str, str]) -> str:
        return headers.get("x-api-key", "").strip()

    @staticmethod
    def error(fault: Fault, request_id: str) -> tuple[int, Json]:
        status, type_ = ANTHROPIC_FAULTS[fault.kind]
        error = {"type": type_, "message": fault.message}
        answer = {"type": "error", "error": error, "request_id": request_id}
        return fault.status or status, answer

    @staticmethod
    def check(body: Json | None, headers: Mapping[str, str]) -> None:
        version = headers.get("anthropic-version")
        if version not in ANTHROPIC_VERSIONS:
            raise bad("anthropic-version: a valid version is required")
        known = ANTHROPIC_FIELDS
        if version < "2026":
            known |= ANTHROPIC_SAMPLING
        body = check_common(body, known, "{}: Extra inputs are not permitted")
        if not isinstance(body.get("max_tokens"), int) or body["max_tokens"] < 1:
            raise bad("max_tokens: Field required")
        roles = [message.get("role") for message in body["messages"]]
        if not set(roles) <= {"user", "assistant"}:
            raise bad("messages: roles must be user or assistant")
        if roles[-1] != "user":
            raise bad("messages: prefilling an answer is not supported")
        wanted = body.get("output_config", {}).get("format")
        if wanted:
            if wanted.get("type") != "json_schema":
                raise bad("output_config.format.type: must be json_schema")
            check_schema(wanted.get("schema"), "output_config", strict=True)

    @staticmethod
    def limit(body: Json) -> int | None:
        return int(body["max_tokens"])

    @classmethod
    def reply(cls, model: str, written: Written, number: int) -> Json:
        text = {"type": "text", "text": written.text}
        return {
            "id": f"msg_01{number:022x}",
            "type": "message",
            "role": "assistant",
            "model": model,
            "content": [] if written.finish == "refusal" else [text],
            "stop_reason": cls.finish[written.finish],
            "stop_sequence": None,
            "usage": {
                # In this protocol the cache is not part of input_tokens.
                "input_tokens": written.tokens_in - written.cached,
                "cache_creation_input_tokens": 0,
                "cache_read_input_tokens": written.cached,
                "output_tokens": written.tokens_out,
                "output_tokens_details": {"thinking_tokens": written.reasoning},
                "service_tier": "standard",
            },
        }

    @staticmethod
    def models(names: Sequence[str]) -> Json:
        rows = [
            {
                "type": "model",
                "id": name,
                "display_name": name.capitalize(),
                "created_at": "2026-10-01T00:00:00Z",
            }
            for name in names
        ]
        ends = {"first_id": names[0], "last_id": names[-1]}
        return {"data": rows, "has_more": False, **ends}


Protocol = type[OpenAI] | type[Anthropic]
