# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read the text of a model as an article, check it, and mend what can be mended.

Nothing is taken on trust. A missing title or body, a far too short body or another
language make the answer unusable; everything else is mended and noted.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from .body import mended as mended_body
from .body import unfenced, without_title
from .bounds import bounded
from .chat import without_chat
from .cleaning import plain_field
from .code import Code
from .detection import LEAST_OF_TITLE, check_language, other_language
from .errors import LLMError
from .excerpt import cut_phrase, excerpt
from .json_object import find_object
from .keys import text_of, with_known_keys
from .loops import is_looping
from .markdown import markdown_of
from .placeholders import placeholder_in
from .prompt import ANSWER_KEYS, asked_words
from .render import render
from .social_networks import NETWORKS
from .tags import without_tags
from .text import (
    clean,
    count_words,
    cut,
    one_line,
    tidy,
    weight_on_x,
    without_addresses,
    without_links,
)
from .types import Article, ArticleRequest, Note

# Letters or digits: a single one, in any script, tells no reader what it is about.
LEAST_TITLE = 2
TITLE_LIMIT = 120
TEASER_LIMIT = 300
BODY_LIMIT = 30_000
LEAST_SHARE_OF_WORDS = 0.4
# Odoo warns above 65 and 160 characters, search pages cut earlier.
SEO_TITLE_LIMIT = 60
SEO_DESCRIPTION_LENGTHS = (50, 156)
KEYWORDS, KEYWORD_LIMIT = 10, 50
# Characters of any field but the body; keeps the patterns fast on hostile input.
FIELD_LIMIT = 2500
COLONS = (":", "\uff1a")
# The fields of one line or paragraph, by their keys in the answer, as notes name them.
_FIELDS = {
    "title": "title",
    "teaser": "teaser",
    "seo_title": "seo_title",
    "seo_description": "seo_description",
    "keywords": "keywords",
    **{network: f"social.{network}" for network in NETWORKS},
}
_BETWEEN_KEYWORDS = re.compile(r"[,;\n\u3001\uff0c\uff1b\u060c]|\s+(?=#)")
_WORD = re.compile(r"[^\W_]")


def parse(text: str) -> tuple[dict[str, str], bool]:
    """Return the cleaned fields of an answer by their keys; missing ones are empty.

    Accepts what models like to put around the object: a code fence, a preamble, the
    model's thoughts, a wrapping object.

    :return: with True if the object was not in the form that was asked for
    """
    data, is_mended = find_object(text, ANSWER_KEYS, _completeness, "an article")
    values, has_other_keys = with_known_keys(data)
    is_list = not isinstance(values.get("body"), str)
    return {key: _string(key, values.get(key)) for key in ANSWER_KEYS}, (
        is_mended or has_other_keys or is_list
    )


def _completeness(data: Mapping[str, object]) -> int:
    values = with_known_keys(data)[0]
    if not {"title", "body"} <= values.keys():
        return 0
    return 1 + sum(bool(text_of(key, value)) for key, value in values.items())


def _string(name: str, value: object) -> str:
    text = text_of(name, value)
    if name != "body":
        text = text[:FIELD_LIMIT]
    elif len(text) > BODY_LIMIT:
        raise LLMError("unusable", f"body of {len(text)} characters", reason="long")
    return clean(text)


def check(text: str, request: ArticleRequest, language: str = "") -> Article:
    """Return the article from the text of a model.

    :param language: the language that the text claims to be in, if it knowingly is
        not the requested one
    :raise LLMError: if the text is unusable
    """
    fields, is_mended = parse(text)
    draft = _Draft(fields, is_mended)
    language = language or request.language
    draft.drop_other_languages(language)
    title = draft.title()
    if not other_language(request.topic, language, LEAST_OF_TITLE):
        check_language(title, language, LEAST_OF_TITLE)
    body = draft.body()
    plain = without_tags(body)
    _check_body(plain, request, language)
    html, notes = render(body, request.links, request.link_hosts, draft.tags)
    draft.repairs += [note for note in notes if note not in draft.repairs]
    teaser = draft.teaser(title, plain)
    draft.note_placeholder(body)
    return Article(
        title=title,
        teaser=teaser,
        body_markdown=body,
        body_html=html,
        seo_title=draft.seo_title(title),
        seo_description=draft.seo_description(teaser, plain),
        seo_keywords=draft.keywords(request.keywords),
        social={name: draft.social(name, title, teaser) for name in NETWORKS},
        repairs=tuple(draft.repairs),
    )


def _check_body(body: str, request: ArticleRequest, language: str) -> None:
    words, asked = count_words(body), asked_words(request)
    if words < asked * LEAST_SHARE_OF_WORDS:
        raise LLMError("unusable", f"{words} words instead of {asked}", reason="short")
    check_language(body, language)
    if is_looping(body):
        raise LLMError("unusable", "the text repeats itself", reason="repetition")


class _Draft:
    """The fields of an answer, and what had to be mended on the way."""

    def __init__(self, fields: dict[str, str], is_mended: bool) -> None:
        self._fields = fields
        self.repairs = [Note("answer_mended")] if is_mended else []
        self.tags = 0
        for key in _FIELDS:
            text = without_tags(fields[key])
            if text != fields[key]:
                # A broken tag may leave marks that say nothing.
                text = text if _WORD.search(text) else ""
                self._note("field_tags_removed", key)
            fields[key] = plain_field(key, text)

    def drop_other_languages(self, language: str) -> None:
        """Empty the fields that can be made from title and body."""
        for key in ("teaser", "seo_title", "seo_description", *NETWORKS):
            if other_language(self._fields[key], language, LEAST_OF_TITLE):
                self._fields[key] = ""
                self._note("field_language_removed", key)

    def _note(self, code: str, key: str = "") -> None:
        self.repairs.append(Note(code, {"field": _FIELDS[key]} if key else {}))

    def note_placeholder(self, body: str) -> None:
        texts = [*map(self._fields.__getitem__, _FIELDS), body]
        if placeholder_in(texts) and (
            name := placeholder_in([*texts[:-1], Code(body).text])
        ):
            self.repairs.append(Note("placeholder", {"name": name}))

    def _fitting(
        self,
        key: str,
        text: str,
        spare: str,
        limit: int,
        *,
        weigh: Callable[[str], int] = len,
    ) -> str:
        fitting = cut(text or spare, limit, weigh=weigh)
        if not text:
            self._note("field_replaced", key)
        elif fitting != text:
            self._note("field_cut", key)
        return fitting

    def _line(self, key: str) -> str:
        text = one_line(self._fields[key])
        line = one_line(without_addresses(text))
        if line != text:
            self._note("field_address_removed", key)
        return line

    def title(self) -> str:
        title = self._line("title")
        if len(_WORD.findall(title)) < LEAST_TITLE:
            raise LLMError("unusable", f"no title: {title}" if title else "no title")
        return self._fitting("title", title, "", TITLE_LIMIT)

    def body(self) -> str:
        body = self._fields["body"]
        if "\n" not in body and body.count("\\n") > 1:
            body = body.replace("\\n", "\n")
            self._note("body_line_breaks_fixed")
        body, said = without_chat(body)
        body, self.tags = markdown_of(unfenced(body))
        body, is_simplified = bounded(body)
        if not body:
            raise LLMError("unusable", "no body")
        untitled = without_title(body, one_line(self._fields["title"]))
        if untitled != body:
            self._note("body_title_removed")
        mended, marks = mended_body(untitled)
        if said + marks:
            self._count("body_marks_removed", said + marks)
        if is_simplified:
            self._note("body_simplified")
        return mended

    def _count(self, code: str, count: int) -> None:
        self.repairs.append(Note(code, {"count": str(count)}))

    def _sentence(self, key: str) -> str:
        """Return a line, or nothing if it introduces what does not follow."""
        line = self._line(key)
        return "" if line.endswith(COLONS) else line

    def teaser(self, title: str, body: str) -> str:
        text = self._sentence("teaser")
        spare = "" if text else excerpt(body, TEASER_LIMIT) or title
        return self._fitting("teaser", text, spare, TEASER_LIMIT)

    def seo_title(self, title: str) -> str:
        text = self._line("seo_title")
        line = cut_phrase(text or title, SEO_TITLE_LIMIT)
        if line != (text or title) or not text:
            self._note("field_cut" if text else "field_replaced", "seo_title")
        return line

    def seo_description(self, teaser: str, body: str) -> str:
        least, most = SEO_DESCRIPTION_LENGTHS
        text = self._sentence("seo_description")
        if len(text) < least:
            text = ""
        spare = teaser
        if not text and len(teaser) < least:
            spare = excerpt(body, most, teaser)
        return self._fitting("seo_description", text, spare, most)

    def keywords(self, wanted: Iterable[str]) -> tuple[str, ...]:
        given = _BETWEEN_KEYWORDS.split(self._fields["keywords"])
        lines = _keywords(given)
        if not lines:
            self._note("keywords_missing")
            lines = _keywords(wanted)
        words = [cut(line, KEYWORD_LIMIT, ellipsis="") for line in lines]
        found = {word.casefold(): word for word in words}
        if words != lines or len(found) > KEYWORDS:
            self._note("keywords_cut")
        return tuple(found.values())[:KEYWORDS]

    def social(self, name: str, title: str, teaser: str) -> str:
        text = without_links(self._fields[name])
        if text and text != tidy(self._fields[name]):
            self._note("field_links_removed", name)
        spare = ""
        if not text:
            parts = filter(None, map(without_links, (title, teaser)))
            spare = ": ".join(parts) or title
        weigh = weight_on_x if name == "x" else len
        return self._fitting(name, text, spare, NETWORKS[name].limit, weigh=weigh)


def _keywords(words: Iterable[str]) -> list[str]:
    lines = (one_line(without_addresses(clean(word))).lstrip("# ") for word in words)
    return [line for line in lines if line]
