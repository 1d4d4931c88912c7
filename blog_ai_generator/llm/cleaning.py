# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Make plain text of the fields that have no markup: all but the body."""

import html
import re
from collections.abc import Callable

from .social_networks import NETWORKS
from .tags import without_tags
from .text import clean, cut, one_line, without_addresses

# Labels that models write in front of a value, by field.
_LABELS = {
    "title": "title|titel|titre|t[ií]tulo|titolo|tytuł|заголовок|标题|標題",
    "teaser": "teaser|excerpt|summary|intro(?:duction)?|résumé|resumen|zusammenfassung",
    "seo_title": "(?:seo|meta)[ -]?(?:title|titel)|titre seo|title tag|title|titel",
    "seo_description": "(?:seo |meta[ -]?)?(?:description|beschreibung|descripci[oó]n)",
    "keywords": "(?:seo |meta[ -]?)?(?:keywords?|tags?|mots-clés|palabras clave)",
    **{
        key: "|".join((rf"{key}(?:[ -]post)?|post for {key}", *network.nicknames))
        for key, network in NETWORKS.items()
    },
}
_LABEL = {
    key: re.compile(rf"\W{{0,4}}(?:{words})\W{{0,3}}[:：][*_\s]*(?=\S)", re.IGNORECASE)
    for key, words in _LABELS.items()
}
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|```\w*[ \t]*$)", re.MULTILINE)
# Marks around words, in the order in which they are taken off.
_MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w*])\*\*\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*\*\*(?![\w*])",
        r"\*\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*\*",
        r"(?<!\w)__(?=\S)([^_\n]{1,300}?)(?<=\S)__(?!\w)",
        r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,300}?)(?<=[^\s*])\*(?![\w*])",
        r"(?<![\w_])_(?=[^\s_])([^_\n]{1,300}?)(?<=[^\s_])_(?![\w_])",
        r"(?<!`)`{1,3}([^`\n]{1,300})`{1,3}(?!`)",
        r"~~(?=\S)([^~\n]{1,300}?)(?<=\S)~~",
        r"(?<!=)==(?=[^\s=])([^=\n]{1,200})(?<=[^\s=])==(?!=)",
    )
)
_SIGN = re.compile(r"[*_`~=]")
_ESCAPED = re.compile(r"\\([*_`#\[\]()~>|&!.-])")
_DOUBLED = re.compile(r"\\u([0-9a-fA-F]{4})")
# No sign of a tag is left, and “Home > Garden” is still read.
_ANGLES = str.maketrans("<>", "\u2039\u203a")
_QUOTES = ("\u201c\u201d", "\u201e\u201c", "\xab\xbb", "「」", "『』")


def plain_field(key: str, text: str) -> str:
    """Return the value of a field as plain text.

    :param key: one of the keys of an answer but ``body``
    """
    for step in _STEPS:
        text = step(text)
    text = clean(text)
    if label := _LABEL[key].match(text):
        text = text[label.end() :]
    for quotes in _QUOTES:
        inner = text[1:-1]
        if text[:1] + text[-1:] == quotes and not set(quotes) & set(inner):
            text = inner.strip()
    return text


def plain_label(text: str) -> str:
    """Return the text of an attribute on one line, without any sign of a tag.

    Odoo knows the texts of a page by their words alone: the translation of an ``alt``
    also replaces a paragraph with the same words, and there it is HTML.
    """
    plain = clean(_without_entities(without_tags(text)))
    return one_line(plain.translate(_ANGLES))


def plain_line(key: str, value: object, limit: int) -> str:
    """Return the value of a field on one line, without addresses of pages.

    :param key: as for :func:`plain_field`
    :param limit: characters at most
    :return: empty if the value is no text
    """
    if not isinstance(value, str):
        return ""
    plain = without_addresses(plain_field(key, value[: 10 * limit]))
    return cut(" ".join(plain.split()), limit)


def _without_doubled_escapes(text: str) -> str:
    if "\\" not in text:
        return text
    text = _DOUBLED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\\n\\n", "\n\n").replace('\\"', '"')


def _without_entities(text: str) -> str:
    for _twice in range(2):
        text = html.unescape(text) if "&" in text else text
    return text


def _without_markdown(text: str) -> str:
    text = _LINE_MARK.sub("", text)
    for pattern in _MARKS if _SIGN.search(text) else ():
        text = pattern.sub(r"\1", text)
    return _ESCAPED.sub(r"\1", text)


_STEPS: tuple[Callable[[str], str], ...] = (
    _without_doubled_escapes,
    without_tags,
    _without_entities,
    _without_markdown,
)
