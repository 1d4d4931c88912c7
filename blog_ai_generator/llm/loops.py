# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Notice a text that goes round in circles, as small models write it."""

import re

from .text import bare_words

# Match the blank first: a lookbehind alone would be tried at every character.
_SENTENCE_END = re.compile(r"\s(?<=[.!?\u0964\u0965]\s)\s*|\n+")
_SENTENCE_END_WIDE = re.compile(rf"{_SENTENCE_END.pattern}|(?<=[\u3002\uff01\uff1f])")
_TABLE_ROW = re.compile(r"^\s*\|.*$", re.MULTILINE)
# Sentences that are shorter may well recur: "Yes.", "Step 1". Characters for scripts
# without blanks.
_LEAST_WORDS, _LEAST_CHARACTERS = 4, 12
_MOST_IN_A_ROW = 4
# A form to fill in has rows without a word: a line for each day of a month.
_MOST_EMPTY = 31
_LEAST_REPEATED = 60
# Words of the longest phrase that is looked for, and words that it may fill.
_LONGEST_PHRASE, _MOST_WORDS = 12, 40
_WINDOW = _MOST_WORDS // 2


# The ASCII characters that are neither letter, digit nor blank.
_MARKS = dict.fromkeys(
    code for code in range(128) if not (chr(code).isalnum() or chr(code).isspace())
)


class _Bare(dict[str, str]):
    """A cache from words to their letters and digits."""

    def __missing__(self, word: str) -> str:
        return self.setdefault(word, bare_words(word))

    def words(self, text: str) -> list[str]:
        if text.isascii():
            return text.lower().translate(_MARKS).split()
        return [self[word] for word in text.split() if self[word]]


def is_looping(text: str) -> bool:
    """Return whether a sentence comes five times in a row, or half is repetition.

    Lines without a word, such as empty rows of a table, may come 31 times.
    """
    bare = _Bare()
    seen: set[str] = set()
    before, in_a_row, repeated, total = "", 0, 0, 0
    is_wide = any(map(text.__contains__, "\u3002\uff01\uff1f"))
    for sentence in (_SENTENCE_END_WIDE if is_wide else _SENTENCE_END).split(text):
        plain = "".join(bare.words(sentence))
        if len(sentence.split()) < _LEAST_WORDS and len(plain) < _LEAST_CHARACTERS:
            continue
        in_a_row = in_a_row + 1 if plain == before else 1
        if in_a_row > (_MOST_IN_A_ROW if plain else _MOST_EMPTY):
            return True
        total += len(plain)
        repeated += len(plain) if plain in seen else 0
        seen.add(plain)
        before = plain
    return repeated > max(total / 2, _LEAST_REPEATED) or _has_cycle(text, bare)


def _has_cycle(text: str, bare: _Bare) -> bool:
    prose = _TABLE_ROW.sub("", text) if "|" in text else text
    words = [word for line in prose.splitlines() for word in bare.words(line)]
    # Wherever a cycle is, one of these windows lies within it.
    windows = (words[at : at + _WINDOW] for at in range(0, len(words), _WINDOW))
    if all(len(window) < _WINDOW or _is_varied(window) for window in windows):
        return False
    for period in range(1, _LONGEST_PHRASE + 1):
        run = 0
        for word, earlier in zip(words[period:], words, strict=False):
            run = run + 1 if word == earlier else 0
            if run >= _MOST_WORDS:
                return True
    return False


def _is_varied(window: list[str]) -> bool:
    return len(set(window)) > _LONGEST_PHRASE
