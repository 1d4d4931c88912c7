# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Keys by which the database finds the titles that may resemble another one.

A title is stored with a key for each piece of its words. Two titles that
:mod:`.similar` calls similar share certain keys, so an index on them leaves a few
titles to compare, however many there are. If you change the rules of ``similar``,
check these bounds and compute the stored keys anew.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple
from zlib import crc32

from .similar import LONGER, SAME, STEM, STEM_ALIKE, WORDS_CONTAINED, title_of

# Groups of words, of each of which a similar title has one; more of them would hardly
# leave fewer titles.
GROUPS = 4
# Two or three words that begin alike are looked for in titles of at most so many words;
# the longer ones, which have too many pairs, share a key.
TOGETHER, LONG_TITLE = 9, "+"
# Short words are found if one letter differs, long ones if one does in the first or in
# the last letters. Words between belong to both.
SHORT, LONG, END = 9, 8, 6
# Scripts without blanks: a “word” is a phrase, which is found if a part is the same.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
PART = 3
# Stands for a title of few words that are repeated, such as “Bora Bora Bora”.
REPEATED = "*"
# Words of a title; with more, not all triples are looked for.
MANY = 16


def _most_lost() -> float:
    """Return the share of a title's letters that a similar one may lack.

    A word is at most ``longer`` times as long as one that counts as the same. So the
    lost letters are at most a part ``1 - SAME`` of both titles together.
    """
    longer = 2 / STEM_ALIKE - 1
    allowed = 1 - SAME
    return allowed * (1 + longer) / (1 + allowed * longer)


MOST_LOST = _most_lost()


class Probe(NamedTuple):
    """The keys that a similar title has: some of each in ``all_of``, or ``contained``.

    Each is a list of keys, of which one is enough.
    """

    all_of: tuple[list[int], ...]
    contained: list[int]


def title_keys(*texts: str) -> list[int]:
    """Return the keys under which these titles of one record are found."""
    found: set[int] = set()
    for text in texts:
        words = title_of(text).words
        for word in words:
            found |= _keys(text, _pieces(word))
        found |= _keys(text, _together(words) | _core(words) | _ruling(words))
    return sorted(found)


def whole_words(text: str) -> list[int]:
    """Return keys that every title with the same words has; empty without words."""
    return sorted(_keys(text, set(title_of(text).words)))


def probe(text: str) -> Probe | None:
    """Return how to find the titles that may resemble this one; None if none can."""
    words = title_of(text).words
    if not words:
        return None
    groups = [{p for word in group for p in _pieces(word)} for group in _groups(words)]
    groups.insert(0, _rare(words) or groups[0])
    conditions = (sorted(_keys(text, pieces)) for pieces in groups)
    return Probe(tuple(conditions), sorted(_keys(text, _cores(words))))


def _keys(text: str, pieces) -> set[int]:
    # Return integers of 32 bits: titles with other numbers have other keys.
    numbers = " ".join(sorted(title_of(text).numbers))
    return {crc32(f"{piece}|{numbers}".encode()) - 2**31 for piece in pieces}


def _pieces(word: str) -> set[str]:
    """Return texts of which two words that count as the same have one in common."""
    pieces = {word, word[:STEM]}
    # Korean is compared by its letters, but people add and drop its syllables; “ß” is
    # compared as “ss”, but is one letter.
    word = unicodedata.normalize("NFC", word).replace("ss", "s")
    size = len(word)
    ends = {word} if size <= SHORT else set()
    if size >= LONG and UNSPACED.search(word):
        pieces |= {word[at : at + PART] for at in range(size - PART + 1)}
    elif size >= LONG:
        ends |= {word[:END], word[-END:]}
    return pieces.union(*map(_without_a_letter, ends)) - {""}


def _without_a_letter(text: str) -> set[str]:
    # Two texts that differ in a letter, or of which one lacks it, share one of these.
    return {text[:at] + text[at + 1 :] for at in range(len(text))} | {text}


def _groups(words: tuple[str, ...]) -> Iterator[list[str]]:
    """Choose groups of words: a similar title has a word of each group.

    A group has more letters than a similar title may lack. The longest words come
    first: they are the rarest.
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    enough = MOST_LOST * sum(map(len, words))
    at, begun = 0, set()
    for _number in range(GROUPS):
        while at % len(ordered) in begun and len(begun) < len(ordered):
            at += 1
        begun.add(at % len(ordered))
        group: list[str] = []
        while sum(map(len, group)) <= enough:
            group.append(ordered[at % len(ordered)])
            at += 1
        yield group


def _ruling(words: tuple[str, ...]) -> set[str]:
    # Pieces of the word, if any, that no similar title may lack.
    enough = (1 - MOST_LOST) * sum(map(len, words))
    ruling = {word for word in words if len(word) >= enough}
    return {f"1 {piece}" for word in ruling for piece in _pieces(word)}


def _rare(words: tuple[str, ...]) -> set[str]:
    """Return texts of which a similar title has one: the rarest that there are."""
    if len(words) == 1:
        return _ruling(words)
    if len({word[:STEM] for word in words}) < len(words) or len(words) > TOGETHER:
        return set()
    most = (1 - MOST_LOST) * sum(map(len, words))
    longest = [len(word) for word in _by_length(words)]
    for size in (3, 2):
        # One word less would be too little. One more may begin with another letter.
        if len(words) >= size + 2 and sum(longest[: size - 1]) < most:
            return {LONG_TITLE, *_stems_together(words, size)}
    return set()


def _together(words: tuple[str, ...]) -> set[str]:
    # The texts of which :func:`_rare` looks for one.
    if len(words) > TOGETHER:
        return {LONG_TITLE}
    return _stems_together(words, 2) | _stems_together(words, 3)


def _stems_together(words: tuple[str, ...], size: int) -> set[str]:
    # The beginnings of each ``size`` words.
    stems = sorted({word[:STEM] for word in words})
    return {" ".join((str(size), *chosen)) for chosen in combinations(stems, size)}


def _core(words: tuple[str, ...]) -> set[str]:
    # The text by which a longer title finds one that it contains.
    if len(words) < WORDS_CONTAINED:
        return set()
    longest = _by_length(words)[:WORDS_CONTAINED]
    return {" ".join(longest) if len(longest) == WORDS_CONTAINED else REPEATED}


def _cores(words: tuple[str, ...]) -> set[str]:
    # The texts of :func:`_core` of all titles that this one may contain.
    ordered = _by_length(words)
    if len(ordered) > MANY:
        # A title in it has so many words that its longest are not the last here.
        least = -int(-len(words) // LONGER)
        ordered = ordered[: len(ordered) - (least - WORDS_CONTAINED)]
    chosen = combinations(ordered, WORDS_CONTAINED)
    return {REPEATED, *map(" ".join, chosen)}


def _by_length(words: tuple[str, ...]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))
