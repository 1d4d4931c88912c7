# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From the text of a model to an article: read it, check it, mend what can be mended.

Nothing is taken on trust. A missing title or body, a far too short body or another
language make the answer unusable; everything else is mended and noted.
"""

import json
import re
from itertools import islice

from .errors import LLMError
from .language import language_name, other_language
from .prompt import FIELDS, asked_words
from .render import render
from .sentence import _lt
from .tags import markdown_of, without_tags
from .text import (
    clean,
    count_words,
    cut,
    first_paragraph,
    one_line,
    tidy,
    weight_on_x,
    without_addresses,
    without_links,
)
from .types import Article

# Letters or digits: of one alone, in any script, no reader can tell what it is about.
LEAST_TITLE = 2
TITLE_LIMIT = 120
TEASER_LIMIT = 300
BODY_LIMIT = 30_000
LEAST_SHARE_OF_WORDS = 0.4
# Odoo warns above 65 and 160 characters, search pages cut earlier.
SEO_TITLE_LIMIT = 60
SEO_DESCRIPTION_LENGTHS = (50, 156)
KEYWORDS, KEYWORD_LIMIT = 10, 50
NETWORKS = {
    "x": "X",
    "bluesky": "Bluesky",
    "mastodon": "Mastodon",
    "linkedin": "LinkedIn",
}
# Characters, on X weighted ones. Each leaves room for the link that is added.
SOCIAL_LIMITS = {"x": 250, "bluesky": 250, "mastodon": 450, "linkedin": 1300}
# Nothing but the body needs more; keeps the patterns fast on hostile input.
FIELD_LIMIT = 2500
_LABELS = {
    "title": _lt("Title"),
    "teaser": _lt("Teaser"),
    "seo_title": _lt("SEO title"),
    "seo_description": _lt("SEO description"),
    "keywords": _lt("Keywords"),
    **{
        name: _lt("Text for %(network)s", network=network)
        for name, network in NETWORKS.items()
    },
}
_WORD = re.compile(r"[^\W_]")
_FENCE = re.compile(r" {0,3}(```|~~~)")


def parse(text):
    """The fields of an answer as a dictionary of cleaned strings, never None.

    Accepts what models like to put around the object: a code fence, a preamble, the
    model's thoughts, a wrapping object.
    """
    data = find_object(text, {"title", "body"}, "an article")
    return {name: _string(name, data.get(name)) for name in FIELDS}


def find_object(text, names, what):
    """The first JSON object in ``text`` that has one of ``names`` as a key.

    :param what: is looked for, for the error if there is none
    """
    text = re.sub(r"\A\s*<think>.*?</think>", "", text, flags=re.DOTALL)
    for match in islice(re.finditer(r"\{", text), 20):
        data = _object_at(text, match.start())
        if isinstance(data, dict) and len(data) == 1 and not names & data.keys():
            (data,) = data.values()
        if isinstance(data, dict) and names & data.keys():
            return data
    start = " ".join(text[:200].split()) or "empty text"
    raise LLMError("unusable", f"no JSON object with {what}: {start}")


def _object_at(text, start):
    for strict in (True, False):  # small models leave raw line breaks in strings
        try:
            return json.JSONDecoder(strict=strict).raw_decode(text, start)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _string(name, value):
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    if not isinstance(value, str):
        return ""
    if name != "body":
        value = value[:FIELD_LIMIT]
    elif len(value) > BODY_LIMIT:
        raise LLMError("unusable", f"body of {len(value)} characters", reason="long")
    return clean(value)


def check(text, request, language=""):
    """The :class:`Article` in the text of a model.

    :param language: code of the language the text claims to be in, if that is
        knowingly not the requested one
    """
    draft = _Draft(parse(text))
    title = draft.title()
    body = draft.body(title)
    plain = without_tags(body)
    _check_body(plain, request, language or request.language)
    html, notes = render(body, request.links, request.link_hosts, draft.tags)
    draft.repairs += notes
    teaser = draft.teaser(title, plain)
    return Article(
        title=title,
        teaser=teaser,
        body_markdown=body,
        body_html=html,
        seo_title=draft.seo_title(title),
        seo_description=draft.seo_description(teaser, plain),
        seo_keywords=draft.keywords(request.keywords),
        social={name: draft.social(name, title, teaser) for name in SOCIAL_LIMITS},
        repairs=tuple(draft.repairs),
    )


def _check_body(body, request, language):
    words, asked = count_words(body), asked_words(request)
    if words < asked * LEAST_SHARE_OF_WORDS:
        raise LLMError("unusable", f"{words} words instead of {asked}", reason="short")
    if found := other_language(body, language):
        raise LLMError(
            "unusable",
            f"language is {found}",
            reason="language",
            values={"found": found, "wanted": language_name(language)},
        )


class _Draft:
    """The fields of an answer, and what had to be mended on the way."""

    def __init__(self, fields):
        self._fields = fields
        self.repairs = []
        self.tags = 0
        for name, label in _LABELS.items():
            text = without_tags(fields[name])
            if text != fields[name]:
                # Of a broken tag, marks may be left that say nothing.
                fields[name] = text if _WORD.search(text) else ""
                self.repairs.append(
                    _lt("%(field)s: HTML tags were removed.", field=label)
                )

    def _fitting(self, label, text, spare, limit, **how):
        """``text``, or ``spare`` where it is missing, cut to ``limit``."""
        fitting = cut(text or spare, limit, **how)
        if not text:
            self.repairs.append(
                _lt("%(field)s: missing or too short, was replaced.", field=label)
            )
        elif fitting != text:
            self.repairs.append(_lt("%(field)s: too long, was cut.", field=label))
        return fitting

    def _line(self, name):
        text = one_line(self._fields[name])
        line = one_line(without_addresses(text))
        if line != text:
            self.repairs.append(
                _lt("%(field)s: an address was removed.", field=_LABELS[name])
            )
        return line

    def title(self):
        title = self._line("title")
        if len(_WORD.findall(title)) < LEAST_TITLE:
            raise LLMError("unusable", f"no title: {title}" if title else "no title")
        return self._fitting(_LABELS["title"], title, "", TITLE_LIMIT)

    def body(self, title):
        body = self._fields["body"]
        if "\n" not in body and body.count("\\n") > 1:
            body = body.replace("\\n", "\n")
            self.repairs.append(_lt("Line breaks in the text were corrected."))
        body, self.tags = markdown_of(body)
        if not body:
            raise LLMError("unusable", "no body")
        mended = without_title(body, title)
        if mended != body:
            self.repairs.append(_lt("A title inside the text was removed or lowered."))
        return mended

    def teaser(self, title, body):
        text = self._line("teaser")
        spare = without_addresses(first_paragraph(body)) or title
        return self._fitting(_LABELS["teaser"], text, spare, TEASER_LIMIT)

    def seo_title(self, title):
        text = self._line("seo_title")
        return self._fitting(
            _LABELS["seo_title"], text, title, SEO_TITLE_LIMIT, ellipsis=""
        )

    def seo_description(self, teaser, body):
        least, most = SEO_DESCRIPTION_LENGTHS
        text = self._line("seo_description")
        if len(text) < least:
            text = ""
        spare = teaser
        if len(spare) < least:
            spare = f"{teaser} {without_addresses(first_paragraph(body))}".strip()
        return self._fitting(_LABELS["seo_description"], text, spare, most)

    def keywords(self, wanted):
        given = re.split(r"[,;\n\u3001\uff0c\u060c]", self._fields["keywords"])
        lines = _keywords(given)
        if not lines:
            self.repairs.append(_lt("The keywords were missing."))
            lines = _keywords(wanted)
        words = [cut(line, KEYWORD_LIMIT, ellipsis="") for line in lines]
        found = {word.casefold(): word for word in words}
        if words != lines or len(found) > KEYWORDS:
            self.repairs.append(
                _lt("The keywords were too many or too long: some were cut.")
            )
        return tuple(found.values())[:KEYWORDS]

    def social(self, name, title, teaser):
        label = _LABELS[name]
        text = without_links(self._fields[name])
        if text and text != tidy(self._fields[name]):
            self.repairs.append(
                _lt("%(field)s: links, mentions or markup were removed.", field=label)
            )
        spare = without_links(f"{title}: {teaser}") or title
        weigh = weight_on_x if name == "x" else len
        return self._fitting(label, text, spare, SOCIAL_LIMITS[name], weigh=weigh)


def _keywords(words):
    lines = (one_line(without_addresses(clean(word))).lstrip("# ") for word in words)
    return [line for line in lines if line]


def _bare(heading):
    return one_line(" ".join(heading.split()).strip("# ")).casefold()


def without_title(body, title):
    """``body`` without a leading heading that repeats the title; ``#`` made ``##``."""
    lines = body.split("\n")
    underlined = len(lines) > 1 and re.fullmatch(r"=+|-{2,}", lines[1].strip())
    if _bare(lines[0]) == _bare(title):
        if underlined:
            del lines[:2]
        elif lines[0].startswith("#"):
            del lines[0]
    fenced = ""
    for number, line in enumerate(lines):
        if fence := _FENCE.match(line):
            fenced = "" if fence[1] == fenced else fenced or fence[1]
        elif not fenced and re.match(r" {0,3}#\s", line):
            lines[number] = "#" + line.lstrip()
    return "\n".join(lines).strip()
