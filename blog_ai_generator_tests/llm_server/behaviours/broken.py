# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers that are broken or incomplete, and connections that fail."""

import gzip
import json

from ..call import Call
from .registry import behaviour


@behaviour("malformed", "status 200 and JSON cut off in the middle")
def malformed(call: Call) -> None:
    call.encode = lambda payload: json.dumps(payload)[:-40]


@behaviour("html", "status 200 and a web page")
def html(call: Call) -> None:
    call.reply_headers["Content-Type"] = "text/html; charset=utf-8"
    call.encode = lambda payload: "<!doctype html><title>Sign in</title><p>Sign in"


@behaviour("empty", "status 200 and an empty body")
def empty(call: Call) -> None:
    call.encode = lambda payload: ""


@behaviour("null-choices", "an answer whose choices (Anthropic: content) are null")
def null_choices(call: Call) -> None:
    name = "choices" if call.protocol.name == "openai_chat" else "content"
    call.change(lambda payload: payload.update({name: None}))


@behaviour("wrong-types", "an answer whose usage and choices have other types")
def wrong_types(call: Call) -> None:
    call.change(
        lambda payload: payload.update(usage="many", choices={"0": 1}, content=7)
    )


@behaviour("blank", "a complete answer with an empty text")
def blank(call: Call) -> None:
    call.wrap = lambda text: ""


@behaviour("truncated", "stops in the middle of the text because of the limit")
def truncated(call: Call) -> None:
    call.finish = "length"
    call.tokens_out = call.protocol.limit(call.fields)
    call.wrap = lambda text: text[: len(text) // 2]


@behaviour("refusal", "the model declines to write")
def refusal(call: Call) -> None:
    call.finish = "refusal"
    call.wrap = lambda text: "I cannot help with that."


@behaviour("filtered", "stopped by a content filter (Anthropic: refusal)")
def filtered(call: Call) -> None:
    refusal(call)
    if call.protocol.name == "openai_chat":
        call.finish = "content_filter"


@behaviour("disconnect", "closes the connection without a byte")
def disconnect(call: Call) -> None:
    call.deliver = lambda head, body: None


@behaviour("disconnect-half-way", "closes the connection in the middle of the body")
def disconnect_half_way(call: Call) -> None:
    call.deliver = lambda head, body: call.send(head + body[: len(body) // 2])


@behaviour("drip-1", "sends the body one byte a second")
def drip(call: Call, seconds: float = 1.0) -> None:
    def deliver(head: bytes, body: bytes) -> None:
        call.send(head)
        call.drip(body, seconds)

    call.deliver = deliver


@behaviour("drip-headers-1", "sends even the headers one byte a second")
def drip_headers(call: Call, seconds: float = 1.0) -> None:
    call.deliver = lambda head, body: call.drip(head + body, seconds)


@behaviour("endless", "a body without end, as fast as it is read")
def endless(call: Call) -> None:
    call.reply_headers["Transfer-Encoding"] = "chunked"

    def deliver(head: bytes, body: bytes) -> None:
        call.send(head)
        blanks = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        while True:
            call.send(blanks)

    call.deliver = deliver


@behaviour("bomb", "64 MB of blanks in front of the answer, packed to 64 kB")
def bomb(call: Call) -> None:
    call.reply_headers["Content-Encoding"] = "gzip"
    call.encode = lambda payload: gzip.compress(
        b" " * 0x4000000 + json.dumps(payload).encode()
    )
