# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answer a call: check it, let its behaviours act, and send the answer."""

import json
import re
from collections.abc import Callable
from http.client import responses

from . import behaviours
from .call import Call
from .checks import Json, all_text
from .faults import Fault
from .protocols import Written
from .unsplash import ROOT, Unsplash, file_of

PATH = re.compile(
    r"(?:/v1|/api/v1|/v1beta/openai|/openai/v1)"
    r"/(chat/completions|messages|models|images/generations)"
    r"|/(?:v1|v1beta)/models/[^/]+:(generateContent)"
)
ROUTES = {
    ("POST", "chat/completions"),
    ("POST", "messages"),
    ("POST", "images/generations"),
    ("POST", "generateContent"),
    ("GET", "models"),
}
TOKENS_PER_WORD = 1.33


def serve(call: Call, ended: Callable[[Call], None]) -> bool:
    """Answer, and return whether the connection can be used again.

    :param ended: called before the last byte is sent
    :raise ClientGone: the client did not wait for the answer
    """
    body = encoded(call)
    head = head_of(call, len(body))
    if call.deliver:
        call.deliver(head, body)
        return False
    # The call ends before its last byte is sent: a client that sends its next one at
    # once must not be counted twice.
    call.stop_clock()
    ended(call)
    call.send(head + body)
    return True


def encoded(call: Call) -> bytes:
    """Return the body of the answer; set status and headers on the way."""
    number = call.rng.getrandbits(80)
    request_id = f"{call.spoken.request_id_prefix}{number:020x}"
    call.reply_headers[call.spoken.request_id_header] = request_id
    try:
        # Two steps: the payload's behaviours choose the encoding.
        answer = payload(call, number)
        body = call.encode(answer)
    except Fault as fault:
        call.status, answer = call.spoken.error(fault, request_id)
        call.reply_headers.update(fault.headers)
        body = json.dumps(answer)
    return body if isinstance(body, bytes) else body.encode()


def payload(call: Call, number: int) -> Json | bytes:
    if call.is_photo:
        return unsplash(call)
    found = PATH.fullmatch(call.path)
    if not found or (call.method, found[1] or found[2]) not in ROUTES:
        raise Fault("not_found", f"Unknown request: {call.method} {call.path}")
    check_key(call.key)
    names = "good"
    if call.method == "POST":
        call.spoken.check(call.body, call.headers)
        names = call.model
    if call.key.startswith("as-"):
        names = call.key[3:]
    behaviours.apply(names, call)
    if call.painter:
        return call.painter.reply(call)
    if call.method == "GET":
        return call.protocol.models(behaviours.examples())
    return call.protocol.reply(f"{call.model}-2026-10-01", written(call), number)


def unsplash(call: Call) -> Json | bytes:
    if call.path.startswith(f"{ROOT}/files/"):
        call.encode = lambda file: file
        return file_of(call)
    check_key(call.key)
    if call.key.startswith("as-"):
        behaviours.apply(call.key[3:], call)
    Unsplash.check(call.body, call.headers)
    return Unsplash.reply(call)


def check_key(key: str) -> None:
    # The message repeats the key, as a careless service would: it must not reach any
    # log on the other side.
    if not key or key.startswith("bad"):
        raise Fault("authentication", f"Incorrect API key provided: {key}")
    if key.startswith("forbidden"):
        raise Fault("permission", f"The key {key} may not use this model")


def written(call: Call) -> Written:
    text = "OK"
    if call.ideas:
        text = json.dumps({"ideas": call.composer.ideas(int(call.ideas))})
    elif call.headings:
        text = json.dumps({"headings": call.composer.outline(int(call.headings))})
    elif call.section:
        text = json.dumps(call.composer.new_version())
    elif call.article:
        wanted = copy(call) if call.network else call.article
        text = json.dumps(wanted, ensure_ascii=False)
    text = call.wrap(text)
    limit = call.protocol.limit(call.fields)
    if limit and count_tokens(text) > limit:
        kept = re.findall(r"\s*\S+", text)[: int(limit / TOKENS_PER_WORD)]
        text, call.finish = "".join(kept), "length"
    return Written(
        text=text,
        finish=call.finish,
        tokens_in=count_tokens(all_text(call.fields)) + call.cached,
        tokens_out=(
            count_tokens(text) + call.reasoning
            if call.tokens_out is None
            else call.tokens_out
        ),
        cached=call.cached,
        reasoning=call.reasoning,
    )


def copy(call: Call) -> Json:
    """Return copy for one network, a new one for each call."""
    text = call.article.get(call.network)
    is_text = text and isinstance(text, str)
    return {"text": f"Version {call.nth}: {text}" if is_text else text}


def head_of(call: Call, length: int) -> bytes:
    call.reply_headers.setdefault("Content-Length", str(length))
    if "Transfer-Encoding" in call.reply_headers:
        del call.reply_headers["Content-Length"]
    lines = [f"HTTP/1.1 {call.status} {responses.get(call.status, 'Unknown')}"]
    lines += [f"{name}: {value}" for name, value in call.reply_headers.items()]
    return "\r\n".join((*lines, "", "")).encode("latin-1")


def count_tokens(text: str) -> int:
    """Estimate 1.33 tokens a word, and at least one.

    The real count of a composed article (o200k_base) is about 5 % lower.
    """
    return max(1, round(len(text.split()) * TOKENS_PER_WORD))
