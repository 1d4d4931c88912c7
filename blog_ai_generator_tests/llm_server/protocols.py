# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The two wire protocols, as strict as the services that speak them.

Written from the protocols' documentation, not from the product's client, so that
a mistake of the client cannot hide behind the same mistake here.
"""

import re
import time
from dataclasses import dataclass, field

# kind: (status, type, code) in OpenAI's words, (status, type) in Anthropic's.
OPENAI_FAULTS = {
    "authentication": (401, "invalid_request_error", "invalid_api_key"),
    "permission": (403, "invalid_request_error", "model_not_allowed"),
    "quota": (429, "insufficient_quota", "insufficient_quota"),
    "credit": (402, "invalid_request_error", 402),
    "rate_limit": (429, "requests", "rate_limit_exceeded"),
    "overloaded": (503, "server_error", "service_unavailable"),
    "server_error": (500, "server_error", None),
    "bad_request": (400, "invalid_request_error", None),
    "not_found": (404, "invalid_request_error", "model_not_found"),
}
ANTHROPIC_FAULTS = {
    "authentication": (401, "authentication_error"),
    "permission": (403, "permission_error"),
    "quota": (402, "billing_error"),
    "credit": (400, "invalid_request_error"),
    "rate_limit": (429, "rate_limit_error"),
    "overloaded": (529, "overloaded_error"),
    "server_error": (500, "api_error"),
    "bad_request": (400, "invalid_request_error"),
    "not_found": (404, "not_found_error"),
}

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
# What neither service accepts in a strict schema.
FORBIDDEN_IN_SCHEMA = frozenset(
    {"minLength", "maxLength", "minimum", "maximum", "oneOf", "$schema"}
)


@dataclass
class Fault(Exception):
    """An error answer in the making; the protocol gives it its shape.

    ``kind`` is a key of the tables above; ``status`` overrules the table's.
    """

    kind: str
    message: str
    headers: dict = field(default_factory=dict)
    status: int | None = None
    param: str | None = None


@dataclass(frozen=True)
class Written:
    """What a model produced: text, why it stopped, and what it cost in tokens."""

    text: str
    finish: str  # "stop", "length" or "refusal"
    tokens_in: int
    tokens_out: int
    cached: int = 0
    reasoning: int = 0


class OpenAI:
    """Chat Completions."""

    name = "openai_chat"
    request_id_header = "x-request-id"
    request_id_prefix = "req_"

    @staticmethod
    def key(headers):
        scheme, _space, key = headers.get("authorization", "").partition(" ")
        return key.strip() if scheme.lower() == "bearer" else ""

    @staticmethod
    def error(fault, request_id):
        status, type_, code = OPENAI_FAULTS[fault.kind]
        error = {"message": fault.message, "type": type_, "param": fault.param}
        return fault.status or status, {"error": {**error, "code": code}}

    @classmethod
    def check(cls, body, headers):
        check_common(body, OPENAI_FIELDS, "Unrecognized request argument: {}")
        if "max_tokens" in body and "max_completion_tokens" in body:
            raise bad("Set either max_tokens or max_completion_tokens.", "max_tokens")
        roles = {"system", "developer", "user", "assistant", "tool"}
        for message in body["messages"]:
            if message.get("role") not in roles:
                raise bad(f"Unknown role {message.get('role')!r}.", "messages")
        cls._check_format(body)

    @staticmethod
    def _check_format(body):
        wanted = body.get("response_format", {"type": "text"})
        if not isinstance(wanted, dict) or "type" not in wanted:
            raise bad("response_format needs a type.", "response_format")
        if wanted["type"] == "json_schema":
            schema = wanted.get("json_schema")
            if not isinstance(schema, dict) or not re.fullmatch(
                r"[a-zA-Z0-9_-]{1,64}", str(schema.get("name", ""))
            ):
                raise bad("json_schema needs a name and a schema.", "response_format")
            check_schema(schema.get("schema"), "response_format", schema.get("strict"))
        elif wanted["type"] == "json_object":
            if "json" not in all_text(body).lower():
                raise bad("The messages must mention JSON.", "messages")
        elif wanted["type"] != "text":
            raise bad("Unknown response_format.", "response_format")

    @staticmethod
    def limit(body):
        return body.get("max_completion_tokens") or body.get("max_tokens")

    @staticmethod
    def reply(model, written, number):
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
    def models(names):
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
    def key(headers):
        return headers.get("x-api-key", "").strip()

    @staticmethod
    def error(fault, request_id):
        status, type_ = ANTHROPIC_FAULTS[fault.kind]
        error = {"type": type_, "message": fault.message}
        answer = {"type": "error", "error": error, "request_id": request_id}
        return fault.status or status, answer

    @staticmethod
    def check(body, headers):
        version = headers.get("anthropic-version")
        if version not in ANTHROPIC_VERSIONS:
            raise bad("anthropic-version: a valid version is required")
        known = ANTHROPIC_FIELDS
        if version < "2026":
            known = known | ANTHROPIC_SAMPLING
        check_common(body, known, "{}: Extra inputs are not permitted")
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
    def limit(body):
        return body["max_tokens"]

    @classmethod
    def reply(cls, model, written, number):
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
                "service_tier": "standard",
            },
        }

    @staticmethod
    def models(names):
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


def bad(message, param=None):
    return Fault("bad_request", message, param=param)


def check_common(body, known, unknown):
    """Raise the first complaint that both protocols share."""
    if not isinstance(body, dict):
        raise bad("The request body must be a JSON object.")
    for name in ("model", "messages"):
        if not body.get(name):
            raise bad(f"{name}: Field required", name)
    for name in body:
        if name not in known:
            raise bad(unknown.format(name), name)
    if not isinstance(body["model"], str):
        raise bad("model: must be a string", "model")
    messages = body["messages"]
    if not isinstance(messages, list) or not all(
        isinstance(message, dict) and message.get("content") for message in messages
    ):
        raise bad("messages: each needs a role and some content", "messages")
    if body.get("stream"):
        raise bad("This server does not stream.", "stream")


def check_schema(schema, param, strict):
    """Refuse what the strict structured output of the services refuses."""
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise bad("The schema must describe an object.", param)
    properties = schema.get("properties", {})
    if strict and set(schema.get("required", ())) != set(properties):
        raise bad("In a strict schema every property is required.", param)
    if strict and schema.get("additionalProperties") is not False:
        raise bad("A strict schema needs additionalProperties: false.", param)
    for rules in (schema, *properties.values()):
        for word in FORBIDDEN_IN_SCHEMA & set(rules):
            raise bad(f"The schema must not contain {word}.", param)


def text_of(content):
    """Return the text of a message's content: a string or a list of blocks."""
    if isinstance(content, str):
        return content
    return "\n".join(
        block["text"]
        for block in (content if isinstance(content, list) else ())
        if isinstance(block, dict) and block.get("type") == "text"
    )


def all_text(body):
    texts = [text_of(body.get("system"))]
    texts += [text_of(message.get("content")) for message in body["messages"]]
    return "\n".join(texts)


def line_of(body, label):
    """Return what stands behind ``<label>: `` in the last user message, or ""."""
    messages = body.get("messages")
    texts = [
        text_of(message.get("content"))
        for message in (messages if isinstance(messages, list) else ())
        if isinstance(message, dict) and message.get("role") == "user"
    ]
    found = re.search(rf"^{label}:[ \t]*(.+)$", texts[-1] if texts else "", re.M)
    return found[1].strip() if found else ""
