# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Compare an article or a translation with the glossary of its voice."""

import re
from collections.abc import Iterable

import regex

from .text import LETTER, without_markup
from .translation_types import Translation
from .types import Article, Note
from .voice import Term

# The first script whose words have no blank between them, as in many that follow.
_UNSPACED = "\u0e00"


def glossary_notes(
    glossary: Iterable[Term], written: Article | Translation
) -> tuple[Note, ...]:
    """Return a note for each rule that a text breaks, naming the words."""
    text = _read(written)
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


def _read(written: Article | Translation) -> str:
    """Return all that people read, without addresses of links."""
    if isinstance(written, Translation):
        pieces = (without_markup(it, " ") for it in written.terms.values())
        parts = [*written.fields.values(), *pieces, *written.labels.values()]
        return "\n".join(parts)
    return "\n".join(
        (
            written.title,
            written.teaser,
            without_markup(written.body_html, " "),
            written.seo_title,
            written.seo_description,
            *written.social.values(),
        )
    )


def _pattern(term: Term) -> regex.Pattern[str]:
    """Return how a word is found: as a whole one, and “IT” not as “it”."""
    word = term.word
    pattern = r"\s+".join(map(re.escape, word.split()))
    if regex.match(LETTER, word[:1]) and word[0] < _UNSPACED:
        pattern = rf"(?<!{LETTER}){pattern}"
    if regex.match(LETTER, word[-1:]) and word[-1] < _UNSPACED:
        pattern = rf"{pattern}(?!{LETTER})"
    is_exact = term.rule == "always" or word[1:] != word[1:].lower()
    return regex.compile(pattern, 0 if is_exact else regex.IGNORECASE)
