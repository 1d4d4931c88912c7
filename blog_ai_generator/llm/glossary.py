# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compare an article with the glossary of its voice."""

import re
from collections.abc import Iterable
from html import unescape

from .types import Article, Note
from .voice import Term

_TAG = re.compile(r"<[^<>]*>")
# From here on, words of many scripts stand side by side without a blank.
_UNSPACED = "\u0e00"


def glossary_notes(glossary: Iterable[Term], article: Article) -> tuple[Note, ...]:
    """Return a note for each rule that the article breaks, naming the words."""
    text = _read(article)
    broken: dict[str, list[str]] = {"always": [], "never": [], "as": []}
    for term in glossary:
        is_there = bool(_pattern(term).search(text))
        if term.word and term.rule in broken and is_there == (term.rule != "always"):
            said = f"{term.word} → {term.instead}" if term.rule == "as" else term.word
            broken[term.rule].append(said)
    return tuple(
        Note(f"glossary_{rule}", {"name": ", ".join(words)})
        for rule, words in broken.items()
        if words
    )


def _read(article: Article) -> str:
    """Return all that people read, without addresses of links."""
    return "\n".join(
        (
            article.title,
            article.teaser,
            unescape(_TAG.sub(" ", article.body_html)),
            article.seo_title,
            article.seo_description,
            *article.social.values(),
        )
    )


def _pattern(term: Term) -> re.Pattern[str]:
    """Return how a word is found: as a whole one, and “IT” not as “it”."""
    word = term.word
    pattern = r"\s+".join(map(re.escape, word.split()))
    if word[:1].isalnum() and word[0] < _UNSPACED:
        pattern = rf"(?<!\w){pattern}"
    if word[-1:].isalnum() and word[-1] < _UNSPACED:
        pattern = rf"{pattern}(?!\w)"
    is_exact = term.rule == "always" or word[1:] != word[1:].lower()
    return re.compile(pattern, re.RegexFlag(0) if is_exact else re.IGNORECASE)
