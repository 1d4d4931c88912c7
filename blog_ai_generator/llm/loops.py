# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Notice a text that goes round in circles, as small models write it."""

import re

from .text import bare_words

_SENTENCE_END = re.compile(r"(?<=[.!?\u0964\u0965])\s+|(?<=[\u3002\uff01\uff1f])|\n+")
_TABLE_ROW = re.compile(r"^\s*\|.*$", re.MULTILINE)
# Sentences that are shorter may well recur: "Yes.", "Step 1". Characters for scripts
# without blanks.
_LEAST_WORDS, _LEAST_CHARACTERS = 4, 12
_MOST_IN_A_ROW = 4
_LEAST_REPEATED = 60
# Words of the longest phrase that is looked for, and words that it may fill.
_LONGEST_PHRASE, _MOST_WORDS = 12, 40


def is_looping(text: str) -> bool:
    """Return whether a sentence comes five times in a row, or half is repetition."""
    seen: set[str] = set()
    before, in_a_row, repeated, total = "", 0, 0, 0
    for sentence in _SENTENCE_END.split(text):
        plain, words = bare_words(sentence), len(sentence.split())
        if words < _LEAST_WORDS and len(plain) < _LEAST_CHARACTERS:
            continue
        in_a_row = in_a_row + 1 if plain == before else 1
        if in_a_row > _MOST_IN_A_ROW:
            return True
        total += len(plain)
        repeated += len(plain) if plain in seen else 0
        seen.add(plain)
        before = plain
    return repeated > max(total / 2, _LEAST_REPEATED) or _has_cycle(text)


def _has_cycle(text: str) -> bool:
    words = [bare_words(word) for word in _TABLE_ROW.sub("", text).split()]
    words = [word for word in words if word]
    for period in range(1, _LONGEST_PHRASE + 1):
        run = 0
        for word, earlier in zip(words[period:], words, strict=False):
            run = run + 1 if word == earlier else 0
            if run >= _MOST_WORDS:
                return True
    return False
