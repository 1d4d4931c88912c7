# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Output limits, contexts, plans and thinking, as servers of late 2026 have them."""

import json
from typing import Any

from ..call import Call
from ..faults import Fault
from .registry import behaviour


def limit_of(call: Call) -> int:
    return call.protocol.limit(call.fields) or 4096


def cut(call: Call, tokens: int, reasoning: int = 0) -> None:
    """Cut the text in half after ``tokens`` of output."""
    call.finish, call.tokens_out, call.reasoning = "length", tokens, reasoning
    call.wrap = lambda text: text[: len(text) // 2]


@behaviour("context-2900", "cut off by a full context after 2900 tokens of output")
def context(call: Call, tokens: float = 2900.0) -> None:
    cut(call, int(tokens))


@behaviour("long-9000", "needs an output limit of 9000 tokens, else it is cut off")
def long(call: Call, tokens: float = 9000.0) -> None:
    if limit_of(call) < tokens:
        cut(call, limit_of(call))


@behaviour("overthinks", "thinks until its limit, unless told to think less")
def overthinks(call: Call) -> None:
    effort = call.fields.get("output_config", {}).get("effort")
    effort = call.fields.get("reasoning_effort", effort)
    is_off = call.fields.get("thinking", {}).get("type") == "disabled"
    if not is_off and effort not in ("none", "minimal", "low"):
        cut(call, limit_of(call), limit_of(call))
        call.wrap = lambda text: ""


@behaviour("says-stop", "cut off by its limit, but says that it has ended (gateways)")
def says_stop(call: Call) -> None:
    cut(call, limit_of(call))
    call.finish = "stop"


@behaviour("small-context-4096", "400 to a limit that does not fit the context (vLLM)")
def small_context(call: Call, size: float = 4096.0) -> None:
    limit, prompt = limit_of(call), 400
    if limit + prompt > size:
        raise Fault(
            "bad_request",
            f"This model's maximum context length is {size:.0f} tokens. However, you "
            f"requested {limit + prompt} tokens ({prompt} in the messages, {limit} in "
            "the completion).",
            status=400,
        )


@behaviour("plan-8000", "413 to more tokens than a plan has in a minute (Groq)")
def plan(call: Call, tokens: float = 8000.0) -> None:
    limit, prompt = limit_of(call), 1123
    if limit + prompt > tokens:
        raise Fault(
            "bad_request",
            "Request too large for model on tokens per minute (TPM): Limit "
            f"{tokens:.0f}, Requested {limit + prompt}, please reduce your message "
            "size and try again.",
            status=413,
        )


@behaviour("regain", "400 until the first of December, as a spend limit (Anthropic)")
def regain(call: Call) -> None:
    raise Fault(
        "bad_request",
        "You have reached your specified API usage limits. You will regain access on "
        "2026-12-01 at 00:00 UTC.",
        status=400,
    )


@behaviour("streamed", "a stream of events, though none was asked for")
def streamed(call: Call) -> None:
    call.reply_headers["Content-Type"] = "text/event-stream"
    is_chat = call.protocol.name == "openai_chat"
    call.encode = lambda payload: events(
        chat_chunks(payload) if is_chat else message_events(payload)
    )


def events(chunks: list[Any]) -> str:
    lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in chunks]
    return "".join((": processing\n\n", *lines, "data: [DONE]\n\n"))


def chat_chunks(payload: Any) -> list[Any]:
    (choice,) = payload["choices"]
    head = {"id": payload["id"], "model": payload["model"]}
    pieces = [
        {"delta": {"content": piece}, "finish_reason": None}
        for piece in pieces_of(choice["message"]["content"] or "")
    ]
    pieces.append({"delta": {}, "finish_reason": choice["finish_reason"]})
    chunks = [{**head, "choices": [piece]} for piece in pieces]
    return [*chunks, {**head, "choices": [], "usage": payload["usage"]}]


def message_events(payload: Any) -> list[Any]:
    text = "".join(block["text"] for block in payload["content"])
    usage = payload["usage"]
    start = {**payload, "content": [], "usage": {**usage, "output_tokens": 1}}
    deltas = [
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": piece}}
        for piece in pieces_of(text)
    ]
    end = {
        "type": "message_delta",
        "delta": {"stop_reason": payload["stop_reason"]},
        "usage": {"output_tokens": usage["output_tokens"]},
    }
    return [{"type": "message_start", "message": start}, *deltas, end]


def pieces_of(text: str, size: int = 200) -> list[str]:
    return [text[start : start + size] for start in range(0, len(text), size)]


@behaviour("zero-usage", "a usage of zeros, as a gateway makes one of none")
def zero_usage(call: Call) -> None:
    def zeros(payload: Any) -> None:
        payload["usage"] = dict.fromkeys(payload["usage"], 0)

    call.change(zeros)
