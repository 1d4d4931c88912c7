# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Decide whether two titles are about the same subject.

Case, accents, punctuation, word order and small changes of words do not matter. Numbers
do: “Budget 2026” is not “Budget 2027”.
"""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple, TypeVar

import regex

# Two titles are the same if at least this share of their letters is in common words.
# Chosen by trying it on rewordings of a title and on titles of one series.
SAME = 0.85
# Two words are the same if this share of them is equal; less is enough if they begin
# alike (“prune”, “pruning”). Covers plurals, endings and typing errors.
WORD_ALIKE, STEM_ALIKE, STEM = 0.8, 0.6, 4
# A longer title with at least so many words of a shorter one has the same subject.
WORDS_CONTAINED = 3
# It may have at most so many words per word of the shorter one, as with a subtitle.
LONGER = 2.5
# Words without a subject of their own, in the languages of the interface.
NOISE = frozenset(
    "a an and are at by for from how in is of on or our the this to we what when why "
    "with you your au aux comment dans de des du en et la le les mon notre nos pour "
    "que sur un une votre vos am auf aus das dem den der die ein eine einen im ist mit "
    "unser unsere und von warum was wie zu zum zur con como cuando del el los las no "
    "nuestro para por se su sus una uno y".split()
)

# A word with its vowel signs, which are no letters for ``re``: without them the Hindi
# words for lentils and for heart are the same. Thai and Lao have no blanks between
# words. There a sign ends a piece, so that phrases that begin alike are not one word.
_WORD = regex.compile(
    r"(?![\p{M}\u200d])[^\W\u200c\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    r"\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\ufe00-\ufe0f]+"
)

Key = TypeVar("Key")


class Title(NamedTuple):
    words: tuple[str, ...]
    numbers: frozenset[str]


@lru_cache(maxsize=4096)
def title_of(text: str) -> Title:
    """Return the words that matter, without case and accents, and the numbers."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = _WORD.findall(plain)
    telling = [word for word in words if word not in NOISE] or words
    return Title(
        tuple(telling),
        frozenset(word for word in words if any(map(str.isdigit, word))),
    )


def find_similar(text: str, titles: Iterable[tuple[Key, str]]) -> Key | None:
    """Return the key of the title that resembles ``text`` most, or None.

    :param titles: pairs of key and title; among equals, the first one wins
    """
    best, found = 0.0, None
    for key, title in titles:
        if (likeness := _likeness(text, title)) > best:
            best, found = likeness, key
    return found


def _likeness(one: str, other: str) -> float:
    """Return how alike two titles are, as a reader may take them for one article.

    :return: 0 for different ones, 2 for the same title
    """
    left, right = title_of(one), title_of(other)
    if not left.words or not right.words or left.numbers != right.numbers:
        return 0.0
    if (share := _share(left, right)) >= SAME:
        return share + (one.casefold() == other.casefold())
    return SAME * _contained(left, right)


def _contained(left: Title, right: Title) -> float:
    """Return the shorter title's share of a longer one that contains all its words."""
    short, long = sorted((left.words, right.words), key=len)
    if (
        len(short) < WORDS_CONTAINED
        or not set(short) <= set(long)
        or len(long) > LONGER * len(short)
    ):
        return 0.0
    return len(short) / len(long)


def _share(left: Title, right: Title) -> float:
    """Return the share of all letters that is in words which both titles have."""
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
            # Stop early: too few letters are left, as for nearly all pairs of titles.
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
    # Letters that the other word lacks match nothing: a far cheaper check comes first.
    if len(one) - len(set(one) - set(other)) < enough * both / 2:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= enough
