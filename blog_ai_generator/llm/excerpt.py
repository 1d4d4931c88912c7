# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Short texts that are made from longer ones: whole sentences and phrases."""

import re
import unicodedata
from collections.abc import Iterator

from .profiles import SMALL_WORDS
from .text import cut, paragraphs, without_addresses

_SENTENCE = re.compile(
    r".+?(?:[.!?\u2026\u0964\u0965]+[\"'”’»)]*(?=\s|\Z)|[。！？]+[」』”）]*|\Z)"
)
_END = re.compile(r"[.!?\u2026\u0964\u0965。！？][\"'”’»)」』）]*\Z")
_SEPARATOR = re.compile(r"\s*[:：|｜–—]\s*|\s+-\s+")
# Characters of a phrase that can be a title of its own; half as many wide ones.
_LEAST_PHRASE = 20
_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def sentences(text: str) -> list[str]:
    return [match[0].strip() for match in _SENTENCE.finditer(text) if match[0].strip()]


def excerpt(body: str, limit: int, start: str = "") -> str:
    """Return the first whole sentences of a Markdown text, at most ``limit`` long.

    Sentences that announce something that is left out do not count.

    :param start: a text to go on from, which is not repeated
    """
    taken = start
    for sentence in _announcing_nothing(body):
        longer = f"{taken} {sentence}" if taken else sentence
        if sentence in taken:
            continue
        if len(longer) > limit:
            return taken if _END.search(taken) else cut(longer, limit)
        taken = longer
        if not start and len(taken) > limit / 2:
            break
    return taken


def _announcing_nothing(body: str) -> Iterator[str]:
    for paragraph in paragraphs(body):
        for sentence in sentences(without_addresses(paragraph)):
            if sentence[-1] not in ":：":
                yield sentence if _END.search(sentence) else _ended(sentence)


def _ended(sentence: str) -> str:
    """Return a sentence with the full stop of its script."""
    sentence = sentence.rstrip(" ,;\u2013\u2014-\u3001，；")
    last = sentence[-1:]
    if not last or unicodedata.category(last)[0] not in "LMN":
        return sentence
    if _WIDE.match(last):
        return sentence + "。"
    if "\u0e00" <= last <= "\u0eff":  # Thai and Lao have none
        return sentence
    return sentence + ("\u0964" if "\u0900" <= last <= "\u09ff" else ".")


def cut_phrase(text: str, limit: int) -> str:
    """Return a title cut where a phrase ends, never behind an article or the like."""
    if len(text) <= limit:
        return text
    least = _LEAST_PHRASE // 2 if _WIDE.search(text[:limit]) else _LEAST_PHRASE
    ends = [match.start() for match in _SEPARATOR.finditer(text[: limit + 1])]
    ends = [end for end in ends if least <= end <= limit]
    if ends:
        return text[: ends[-1]]
    words = cut(text, limit, ellipsis="")
    while " " in words and words.rpartition(" ")[2].casefold() in SMALL_WORDS:
        words = words.rpartition(" ")[0].rstrip(" ,;:\u2013\u2014-")
    return words
