# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether two titles are about the same thing: the one place that decides it.

Tolerant of case, accents, punctuation, word order and small changes of words. Numbers
count in full: “Budget 2026” is not “Budget 2027”.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple, TypeVar

# Share of the letters, in words that both titles have, from which they are the same.
# Found by trying on rewordings of a title and on titles of one series.
SAME = 0.85
# Words are the same when so much of them is, or less with the same beginning
# (prune, pruning): singular and plural, endings, slips of the pen.
WORD_ALIKE, STEM_ALIKE, STEM = 0.8, 0.6, 4
# So many words must be found in a longer title for it to count as the same subject.
WORDS_CONTAINED = 3
# A longer title may have so many words for each word found in it, as in a subtitle.
LONGER = 2.5
# Words that carry no subject, in the languages that the interface ships in.
NOISE = frozenset(
    "a an and are at by for from how in is of on or our the this to we what when why "
    "with you your au aux comment dans de des du en et la le les mon notre nos pour "
    "que sur un une votre vos am auf aus das dem den der die ein eine einen im ist mit "
    "unser unsere und von warum was wie zu zum zur con como cuando del el los las no "
    "nuestro para por se su sus una uno y".split()
)

Key = TypeVar("Key")


class Title(NamedTuple):
    words: tuple[str, ...]
    numbers: frozenset[str]


@lru_cache(maxsize=4096)
def title_of(text: str) -> Title:
    """The words that matter, without case and accents, and the numbers."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.findall(r"\w+", plain)
    telling = [word for word in words if word not in NOISE] or words
    return Title(
        tuple(telling),
        frozenset(word for word in words if any(map(str.isdigit, word))),
    )


def is_similar(one: str, other: str) -> bool:
    """Whether a reader would take two titles for the same article."""
    return _likeness(one, other) > 0


def find_similar(text: str, titles: Iterable[tuple[Key, str]]) -> Key | None:
    """The key of that of ``(key, title)`` which resembles ``text`` most; of those that
    do so alike, the first one."""
    best, found = 0.0, None
    for key, title in titles:
        if (likeness := _likeness(text, title)) > best:
            best, found = likeness, key
    return found


def _likeness(one: str, other: str) -> float:
    """0 where no reader would take one for the other; 2 for the very same title."""
    left, right = title_of(one), title_of(other)
    if not left.words or not right.words or left.numbers != right.numbers:
        return 0.0
    if (share := _share(left, right)) >= SAME:
        return share + (one.casefold() == other.casefold())
    return SAME * _contained(left, right)


def _contained(left: Title, right: Title) -> float:
    """How much of the longer title the shorter one is, where all of it is in there."""
    short, long = sorted((left.words, right.words), key=len)
    if (
        len(short) < WORDS_CONTAINED
        or not set(short) <= set(long)
        or len(long) > LONGER * len(short)
    ):
        return 0.0
    return len(short) / len(long)


def _share(left: Title, right: Title) -> float:
    """Letters in words that both have, as a share of all letters of both."""
    letters = sum(map(len, left.words + right.words))
    rest, shared, lost = list(right.words), 0, 0
    for word in left.words:
        twin = next((other for other in rest if _same_word(word, other)), None)
        if twin is not None:
            rest.remove(twin)
            shared += len(word) + len(twin)
            continue
        lost += len(word)
        if letters - lost < SAME * letters:
            # Too little is left, as it is for nearly all titles of a blog.
            return 0.0
    return shared / letters


@lru_cache(maxsize=65536)
def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    enough = STEM_ALIKE if one[:STEM] == other[:STEM] else WORD_ALIKE
    both = len(one) + len(other)
    if 2 * min(len(one), len(other)) / both < enough:
        return False
    # A letter that the other word has nowhere matches nothing: far cheaper to see.
    if len(one) - len(set(one) - set(other)) < enough * both / 2:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= enough
