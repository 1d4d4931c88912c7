# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Posts in ``posts/``, written by hand, as the answers of models.

A post begins with ``===``, a name and its marks, such as ``head=3`` for the number of
its headings, ``refused=language`` (a reason), ``held=1`` (kept as a draft) or
``questions=1`` (lines in bold that are no headings). Nine fields follow, one a
line, and the body. Text in ⟦ ⟧ must not reach the page.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from textwrap import indent

from ...llm.prompt import ANSWER_KEYS

FOLDER = Path(__file__).parent / "posts"
ANSWERS = 200
_FIELDS = {
    "T": "title",
    "E": "teaser",
    "S": "seo_title",
    "D": "seo_description",
    "K": "keywords",
    "X": "x",
    "B": "bluesky",
    "M": "mastodon",
    "L": "linkedin",
}
_CODE = re.compile(r"^( *)(```|~~~).*?\n(.*?)^ *\2 *$|`[^`\n]+`", re.M | re.S)


@dataclass(frozen=True)
class Post:
    name: str
    language: str
    fields: dict[str, str]
    body: str
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def headings(self) -> int:
        return int(self.marks.get("head", 0))

    @property
    def is_good(self) -> bool:
        return "refused" not in self.marks

    def values(self) -> dict[str, str]:
        """Return the ten fields that a model answers with."""
        values = {**self.fields, "body": re.sub("[⟦⟧]", "", self.body)}
        return {key: values[key] for key in ANSWER_KEYS}


def posts() -> Iterator[Post]:
    for path in sorted(FOLDER.glob("*.txt")):
        for text in re.split(r"^=== ", path.read_text("utf-8"), flags=re.M)[1:]:
            head, _end, rest = text.partition("\n")
            lines, _end, body = f"\n{rest}".partition("\n\n")
            name, *marks = head.split()
            values = dict(mark.split("=") for mark in marks)
            yield Post(
                name,
                values.get("lang", path.stem),
                {_FIELDS[line[0]]: line[2:].strip() for line in lines.split("\n")[1:]},
                body.strip("\n"),
                values,
            )


def answer_of(post: Post) -> str:
    return post.body if "raw" in post.marks else _json(post.values())


def answers() -> Iterator[tuple[Post, str]]:
    """Return :data:`ANSWERS` good posts, each as the text of an answer.

    First each post as it was written, then as many as are missing in other Markdown.
    """
    good = [post for post in posts() if post.is_good]
    forms, dresses = [*FORMS.items()], [*DRESSES.items()]
    for number in range(ANSWERS):
        post = good[number % len(good)]
        if number >= len(good):
            name, dress = dresses[number % len(dresses)]
            is_unclear = "questions" in post.marks and name == "bold lines"
            body = post.body if is_unclear else _outside_code(dress, post)
            post = replace(post, name=f"{post.name} {name}", body=body)
        name, form = forms[number % len(forms)]
        yield replace(post, name=f"{post.name} ({name})"), form(post.values())


def _outside_code(dress: Callable[[str, str], str], post: Post) -> str:
    codes: list[str] = []

    def keep(match: re.Match[str]) -> str:
        codes.append(match[0])
        return f"\ue000{len(codes) - 1}\ue001"

    is_whole = "⟦```" in post.body or dress is DRESSES["indented"]
    body = post.body if is_whole else _CODE.sub(keep, post.body)
    body = dress(body, post.fields["title"])
    return re.sub("\ue000(\\d+)\ue001", lambda match: codes[int(match[1])], body)


def _headings(template: str) -> Callable[[str, str], str]:
    def dress(body: str, _title: str) -> str:
        pattern = r"^(⟦?)(#{2,6}) ?(?!#)(.*?)(⟧?)$"
        return re.sub(
            pattern,
            lambda m: m[1] + template.format(m[2], m[3].strip("* ")) + m[4],
            body,
            flags=re.M,
        )

    return dress


def _top(template: str) -> Callable[[str, str], str]:
    return lambda body, title: f"⟦{template.format(title)}⟧\n\n{body}"


# The same body in other Markdown, by name.
DRESSES: dict[str, Callable[[str, str], str]] = {
    "lower": _headings("{0}# {1}"),
    "closed": _headings("{0} {1} {0}"),
    "bold headings": _headings("{0} **{1}**"),
    "bold lines": _headings("**{1}**"),
    "tight": _headings("{0}{1}"),
    "setext": _headings("{1}\n---"),
    "html": _headings("<h2>{1}</h2>"),
    "italic headings": _headings("{0} *{1}*"),
    "first level": _headings("# {1}"),
    "h1 title": _top("# {}"),
    "bold title": _top("**{}**"),
    "title in capitals": lambda body, title: f"⟦# {title.upper()}⟧\n\n{body}",
    "two titles": lambda body, title: f"⟦# {title}⟧\n\n⟦## {title}⟧\n\n{body}",
    "title label": _top("**Title:** {}"),
    "crlf": lambda body, _title: body.replace("\n", "\r\n"),
    "stars": lambda body, _title: re.sub(r"^( *)- (?!-)", r"\1* ", body, flags=re.M),
    "bullets": lambda body, _title: re.sub(r"^- (?!\[)", "• ", body, flags=re.M),
    "rules": lambda body, _title: re.sub(
        r"^(#{2,3}[^#])", r"---\n\n\1", body, flags=re.M
    ),
    "indented": lambda body, _title: indent(body, "    "),
    "loose": lambda body, _title: re.sub(
        r"^([-*] +\*\*.+)$", r"\1\n", body, flags=re.M
    ),
}


def _json(values: dict[str, object], **options: object) -> str:
    return json.dumps(values, ensure_ascii=False, **options)


def _pretty(values: dict[str, str]) -> str:
    return _json(values, indent=2)


def _raw(values: dict[str, str], change: Callable[[str], str]) -> str:
    """Return an object whose body a model forgot to escape."""
    good = _json(dict(values, body="\ue002"))
    return good.replace("\ue002", change(values["body"]))


def _sections(values: dict[str, str]) -> list[dict[str, str]]:
    parts = re.split(r"\n\n(?=## )", values["body"])
    return [{"text": part} for part in parts]


def _draft(values: dict[str, str]) -> str:
    return _json({"title": values["title"], "body": values["teaser"]})


def _social(values: dict[str, str]) -> str:
    networks = {name: values[name] for name in ("x", "bluesky", "mastodon", "linkedin")}
    rest = {name: text for name, text in values.items() if name not in networks}
    return _json({**rest, "social": networks})


def _escape(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


# Ways in which models wrap an object, or fail to write JSON, by name.
FORMS: dict[str, Callable[[dict[str, str]], str]] = {
    "plain": _json,
    "pretty": _pretty,
    "ascii": json.dumps,
    "fence": lambda v: f"```json\n{_pretty(v)}\n```",
    "fence and chat": lambda v: f"Sure! Here is the JSON you asked for:\n\n```json\n"
    f"{_pretty(v)}\n```\n\nLet me know if you need anything else {{e.g. images}}!",
    "fence without end": lambda v: f"```json\n{_pretty(v)}",
    "word": lambda v: f"json\n{_json(v)}",
    "thoughts": lambda v: f"<think>\nDraft: {_draft(v)}\n</think>\n\n{_json(v)}",
    "thoughts never opened": lambda v: f"{{ten}} keys. {_draft(v)}</think>{_json(v)}",
    "thoughts never closed": lambda v: f"<think>The user wants a post.\n{_pretty(v)}",
    "answer tags": lambda v: f"<answer>\n{_json(v)}\n</answer>",
    "channels": lambda v: "<|channel|>analysis<|message|>We need JSON.<|end|><|start|>"
    f"assistant<|channel|>final <|constrain|>json<|message|>{_json(v)}<|return|>",
    "trailing comma": lambda v: _pretty(v)[:-2] + ",\n}",
    "comments": lambda v: _pretty(v).replace(
        '\n  "body"', '\n  // the article itself\n  "body"', 1
    ),
    "no brace": lambda v: _pretty(v)[:-2],
    "no quote and brace": lambda v: _json(v)[:-2],
    "two braces": lambda v: _json(v) + "}",
    "twice": lambda v: _json(_json(v)),
    "article": lambda v: _json({"article": _json(v)}),
    "result": lambda v: _json({"result": {"status": "ok", "post": v}}),
    "list": lambda v: _json([v]),
    "tool call": lambda v: _json({"name": "write_post", "arguments": v}),
    "tool call as text": lambda v: "<tool_call>\n"
    f"{_json({'name': 'write', 'arguments': v})}\n</tool_call>",
    "capitals": lambda v: _json({key.title(): text for key, text in v.items()}),
    "content": lambda v: _json(
        {
            {"body": "content", "seo_title": "meta_title"}.get(k, k): t
            for k, t in v.items()
        }
    ),
    "camel case": lambda v: _json(
        {re.sub(r"_(\w)", lambda m: m[1].upper(), k): t for k, t in v.items()}
    ),
    "paragraphs": lambda v: _json({**v, "body": v["body"].split("\n\n")}),
    "sections": lambda v: _json({**v, "body": _sections(v)}),
    "keywords": lambda v: _json({**v, "keywords": re.split("[,、] ?", v["keywords"])}),
    "networks": _social,
    "raw lines": lambda v: _raw(v, lambda t: _escape(t).replace("\\n", "\n")),
    "raw quotes": lambda v: _raw(v, lambda t: _escape(t).replace('\\"', '"')),
    "lone backslashes": lambda v: _raw(
        v, lambda t: re.sub(r"(?<=[a-z])-(?=[a-z])", r"\\-", _escape(t))
    ),
    "python": lambda v: repr(v),
    "no-break blanks": lambda v: _pretty(v).replace("\n  ", "\n\u00a0\u00a0"),
    "mark of order": lambda v: f"\ufeff{_json(v)}",
}


_MARKS = re.compile(
    r"\*\*|(?<!_)__(?!_)|(?m:^\s*#{1,6}\s*\w)|(?m:^\s*[•●])|\[\^|\[[ xX]\]|```|==\w|~~"
    r"|\$\$|\\[()\[\]]|\\(?:frac|cdot)|【\d|oaicite|turn\d|\[!\w|\[\[|&#?\w+;"
    r"|</?[a-z]+\d?/?>|(?<!\w)\*\w|\w\*(?!\w)|\]\(|!\["
)
_HEADING = re.compile(r"<h([1-6])[^>]*>(.*?)</h\1>", re.S)
_BLOCK = re.compile(r"<(h[1-6]|p|li|td|th)[^>]*>(.*?)</\1>", re.S)
_INLINE = re.compile(r"</?(?:strong|em|b|i|u|s|del|mark|code|a|kbd|span)\b[^>]*>")


def faults(post: Post, page: str) -> Counter:
    """Return what an editor would object to in the page of a post, by kind."""
    found: Counter = Counter()
    prose = re.sub(r"<(pre|code)\b.*?</\1>", " ", page, flags=re.S)
    found["visible marks"] = len(_MARKS.findall(_text(prose)))
    levels = [int(level) for level, _text in _HEADING.findall(page)]
    found["skipped levels"] = sum(
        level > before + 1 for before, level in zip([1, *levels], levels, strict=False)
    )
    found["other headings"] = abs(len(levels) - post.headings)
    found["bold headings"] = sum(
        "<strong>" in text and not re.sub("<strong>.*?</strong>", "", text).strip()
        for _level, text in _HEADING.findall(page)
    )
    blocks = [_bare(_text(text)) for _tag, text in _BLOCK.findall(page)]
    title = _bare(html.unescape(post.fields["title"]))
    found["doubled titles"] = sum(
        block in {title, "title" + title, "titel" + title} for block in blocks[:3]
    )
    prose = _bare(_text(page))
    found["chat"] = sum(
        _bare(text) in prose
        for text in re.findall("⟦([^⟧]{9,})⟧", post.body)
        if title not in _bare(text)
    )
    found["empty paragraphs"] = len(re.findall(r"<p>\s*</p>", page))
    lost = _words(_source(post.body)) - _words(_text(page))
    found["lost words"] = lost.total()
    return found


def _text(page: str) -> str:
    page = re.sub("<[^>]+>", "\n", _INLINE.sub("", page))
    return html.unescape(page)


def _source(body: str) -> str:
    """Return the text of Markdown whose words must be on the page."""
    body = re.sub("⟦.*?⟧", "", body, flags=re.S)
    body = re.sub(r"^ *(?:```|~~~).*$", "", body, flags=re.M)
    body = re.sub(r"!\[[^\]]*\]\([^)]*\)|(?<=\])\([^)]*\)|<https?:[^>]*>", "", body)
    body = re.sub(
        r"^[ >]*\d+\.\s|\[[xX ]\]|\[\^\d\]:?|\[!\w+\]|\[\[toc\]\]", "", body, flags=re.M
    )
    body = re.sub(r"\\[a-z]+", " ", body)
    return _text(body)


def _words(text: str) -> Counter:
    return Counter(re.findall(r"[^\W_]+", re.sub("[*`]", "", text).casefold()))


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
