# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Errors by status, and refused parameters."""

import email.utils
import json
import math
import time
from functools import partial

from ..call import Call
from ..checks import Json
from ..faults import Fault
from .registry import behaviour


@behaviour("quota", "429 insufficient_quota (Anthropic: 402 billing_error)")
def quota(call: Call) -> None:
    raise Fault("quota", "You exceeded your current quota, check your plan.")


@behaviour("credit", "402 as OpenRouter says it (Anthropic: 400, credit balance)")
def credit(call: Call) -> None:
    raise Fault("credit", "Your credit balance is too low. Purchase more credits.")


@behaviour("rate-limit-2", "429 with Retry-After: 2 (without a number: no header)")
def rate_limit(call: Call, seconds: float | None = None) -> None:
    headers = {} if seconds is None else {"Retry-After": f"{seconds:.12g}"}
    raise Fault("rate_limit", "Rate limit reached for requests.", headers)


@behaviour("allows-5-6", "5 calls in 6 seconds; to more, 429 with a true Retry-After")
def allows(call: Call, most: float = 5.0, seconds: float = 6.0) -> None:
    wait = call.allowance.take(int(most), seconds)
    if wait:
        rate_limit(call, math.ceil(wait))


@behaviour("rate-limit-date-60", "429 with Retry-After as a date 60 seconds ahead")
def rate_limit_date(call: Call, seconds: float = 60.0) -> None:
    date = email.utils.formatdate(time.time() + seconds, usegmt=True)
    raise Fault("rate_limit", "Rate limit reached.", {"Retry-After": date})


@behaviour("rate-limit-once-1", "a topic's first call: 429, Retry-After: 1; then good")
def rate_limit_once(call: Call, seconds: float = 1.0) -> None:
    if call.nth == 1:
        rate_limit(call, seconds)


@behaviour("flaky-2", "the first 2 calls of a topic: 500; then good")
def flaky(call: Call, failures: float = 1.0) -> None:
    if call.nth <= failures:
        error(call)


@behaviour("error-500", "that status, with the protocol's error body")
def error(call: Call, status: float = 500.0) -> None:
    raise Fault("server_error", "The server had an error.", status=int(status))


@behaviour("overloaded", "503 (Anthropic: 529)")
def overloaded(call: Call) -> None:
    raise Fault("overloaded", "Overloaded")


@behaviour("bad-request", "400 that names no parameter")
def bad_request(call: Call) -> None:
    raise Fault("bad_request", "This request cannot be served.")


@behaviour("list-error", "400 whose body is a JSON list, as Gemini sends it")
def list_error(call: Call) -> None:
    call.status = 400
    call.encode = lambda payload: json.dumps(
        [{"error": {"code": 400, "message": "Bad value", "status": "INVALID_ARGUMENT"}}]
    )


@behaviour("ok-error", "status 200 with an error in the body, as OpenRouter sends it")
def ok_error(call: Call) -> None:
    call.encode = lambda payload: json.dumps(
        {"error": {"code": 502, "message": "Provider returned error"}}
    )


@behaviour("choice-error", "status 200 with an error inside the choice (OpenRouter)")
def choice_error(call: Call) -> None:
    failure = {"error": {"code": 502, "message": "Provider disconnected"}}
    call.change(lambda payload: payload.update(choices=[failure], content=None))


@behaviour("redirect", "307 to another address of this server")
def redirect(call: Call) -> None:
    call.status = 307
    call.reply_headers["Location"] = "/v1/redirected"


def refuse(call: Call, status: int, message: str, *names: str) -> None:
    for name in names:
        if name in call.fields:
            raise Fault("bad_request", message.format(name), status=status, param=name)


@behaviour("no-json-schema", "400 to structured output by schema; good without")
def no_json_schema(call: Call) -> None:
    if call.fields.get("response_format", {}).get("type") != "json_object":
        no_response_format(call)


@behaviour("no-response-format", "400 to any structured output; good without")
def no_response_format(call: Call) -> None:
    message = "This model does not support {}"
    refuse(call, 400, message, "response_format", "output_config")


@behaviour("no-max-tokens", "400 to max_tokens, wants max_completion_tokens (OpenAI)")
def no_max_tokens(call: Call) -> None:
    if call.protocol.name == "openai_chat":
        message = "Unsupported parameter: '{}'. Use 'max_completion_tokens' instead."
        refuse(call, 400, message, "max_tokens")


@behaviour("strict-extra", "422 extra_forbidden to what only OpenAI knows (Mistral)")
def strict_extra(call: Call) -> None:
    allowed = {"model", "messages", "max_tokens", "response_format", "system"}
    for name in set(call.fields) - allowed:
        detail = {"type": "extra_forbidden", "loc": ["body", name]}
        error = {"object": "error", "message": {"detail": [detail]}}
        call.status, call.encode = 422, partial(encode_as, error)


def encode_as(error: Json, _payload: Json) -> str:
    return json.dumps(error)
