# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Notice a text that is clearly in another language than the requested one.

The check looks at the script first and then at small words and letters, in the whole
text and in each part of it. It objects only when there is no doubt: a text in an
unknown language passes, and so does one in a close relative of the requested one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from .errors import LLMError
from .language import LANGUAGES, base_code, script_of
from .profiles import LETTERS, SIMPLIFIED, TRADITIONAL, WORDS
from .prose import prose, without_quotations
from .scripts import CHARACTERS, LANGUAGE_OF_SCRIPT, RANGES, RUN, SCRIPTS, WORD

# Languages without words of their own, by script, use those of a close relative.
_SAME = {
    "Latn": {"no": "nb", "bs": "hr", "sr": "hr", "ms": "id", "tl": "fil"},
    "Cyrl": {"bs": "sr"},
}
# Languages in which a text is accepted instead of the one asked for.
_CLOSE = {
    "af": "nl", "da": "nb nn", "gl": "es pt", "lb": "de", "nb": "da nn", "nn": "da nb",
}  # fmt: skip
_BASIC = frozenset("abcdefghijklmnopqrstuvwxyz\u0301")
# Common in Chinese, rare in Japanese.
_CHINESE = frozenset("的了是这這们們你您吗嗎很得里裡也就让讓把呢")
# Measured on Odoo's translations in some 60 languages: none of 87,622 texts that are in
# their language was refused; of 25,315 in another one, of 30 words or more, 94 % were.
# Words: of a title; of a section; of all sections in another script; of all in another
# language; of a text in which a tenth of small words is enough; of a part of a section.
LEAST_OF_TITLE, LEAST_OF_PART, LEAST_OF_SCRIPT = 5, 8, 15
LEAST, LEAST_OF_TEXT, PART = 25, 50, 80
# Words: of a title that has none but names in another script.
MOST_NAMES = 10
# A share of words. Other scripts borrow Latin words, in 240 posts in Chinese, Japanese
# and Korean up to half of all; posts in English have at least 0.98 of their own.
LEAST_LATIN, LEAST_OTHER, MOST_FOREIGN = 0.55, 0.2, 0.6


def check_language(text: str, code: str, least: int = LEAST) -> None:
    """Raise an :class:`LLMError` if ``text``, or a part, clearly is not in ``code``.

    :param text: Markdown
    :param code: Odoo or BCP 47 code
    :param least: words; a shorter text passes
    """
    text = prose(text)
    found = _other_language(text, code, least) or _other_part(text, code)
    if found:
        reason, name = (
            ("script", "script") if found in RANGES else ("language", "found")
        )
        raise LLMError(
            "unusable",
            f"language is {found}",
            reason=reason,
            values={name: found, "wanted": code},
        )


def other_language(text: str, code: str, least: int = LEAST) -> str:
    """Return the language of ``text`` if it clearly is not ``code``.

    :param least: words; a shorter text passes
    :return: an ISO 639 code, or ``zh_CN`` or ``zh_TW``; an ISO 15924 code if only the
        script is clear; empty if the language is the right one or in doubt
    """
    return _other_language(prose(text), code, least)


def _other_language(text: str, code: str, least: int = LEAST) -> str:
    wanted, words = base_code(code), _Words(text)
    if wanted not in LANGUAGES or words.total < least:
        return ""
    script = script_of(code)
    scripts = "" if wanted == "zh" else script
    return (
        words.other_script(wanted, (scripts or SCRIPTS.get(wanted, "Latn")).split())
        or words.other_chinese(wanted, script)
        or words.other_words(wanted)
    )


def _other_part(text: str, code: str) -> str:
    """Return the other language of a part, or of some short ones together."""
    votes: Counter[str] = Counter()
    for part, words in _parts(text):
        if found := _other_language(part, code, LEAST_OF_PART):
            votes[found] += round(words)
    found, words = max(votes.items(), key=lambda vote: vote[1], default=("", 0))
    is_script = found in RANGES or found in LANGUAGE_OF_SCRIPT.values()
    return found if words >= (LEAST_OF_SCRIPT if is_script else LEAST) else ""


def _parts(text: str) -> Iterator[tuple[str, float]]:
    """Yield the sections, and of long ones some paragraphs at a time, with words."""
    text = without_quotations(text)
    part, words = "", 0.0
    for paragraph in re.split(r"\n\s*\n|\n(?=#)", text):
        if words >= (LEAST_OF_PART if paragraph.startswith("#") else PART):
            yield part, words
            part, words = "", 0.0
        part += paragraph + "\n\n"
        words += _word_count(paragraph)
    yield part, words


def _word_count(text: str) -> float:
    return len(RUN.findall(text)) if text.isascii() else _Words(text).total


class _Words:
    """The words of a text, by their scripts."""

    def __init__(self, text: str) -> None:
        self._all: dict[str, Counter[str]] = defaultdict(Counter)
        runs = Counter(RUN.findall(text.lower()))
        if text.isascii():
            self._all["Latn"], runs = runs, Counter()
        for run, times in runs.items():
            if run.isascii():
                self._all["Latn"][run] += times
                continue
            for word in WORD.finditer(run):
                self._all[str(word.lastgroup)][word[0]] += times
        self._weights = {script: self._weight(script) for script in self._all}
        self.total = sum(self._weights.values())

    def _weight(self, script: str) -> float:
        words = self._all[script]
        if characters := CHARACTERS.get(script):
            return sum(len(word) * words[word] for word in words) / characters
        return words.total()

    def other_script(self, wanted: str, scripts: list[str]) -> str:
        weights = dict(self._weights)
        if weights.get("Hrkt", 0) > self.total * 0.15:
            # Japanese is full of Chinese characters, Chinese never has kana.
            weights["Hrkt"] += weights.pop("Hani", 0)
        elif wanted == "ja" and self._is_chinese():
            return "zh"
        own = sum(weights.get(script, 0) for script in scripts)
        found = max(weights, key=lambda script: weights[script])
        share = LEAST_LATIN if "Latn" in scripts else LEAST_OTHER
        if found in scripts or own > self.total * share:
            return ""
        if "Latn" not in scripts and weights[found] < self.total * MOST_FOREIGN:
            return ""
        likely = self._likely(found)
        # A title may consist of names.
        names = LEAST if own else MOST_NAMES
        if found == "Latn" and self.total < names and not likely:
            return ""
        return likely or LANGUAGE_OF_SCRIPT.get(found, found)

    def _is_chinese(self) -> bool:
        characters = self._characters("Hani")
        total = characters.total()
        typical = sum(characters[character] for character in _CHINESE)
        return total > self.total * 1.2 and typical > total * 0.05

    def _characters(self, script: str) -> Counter[str]:
        characters: Counter[str] = Counter()
        for word, times in self._all.get(script, {}).items():
            for character in word:
                characters[character] += times
        return characters

    def other_chinese(self, wanted: str, script: str) -> str:
        if wanted != "zh" or not script:
            return ""
        found = self._characters("Hani")
        simplified = sum(found[character] for character in SIMPLIFIED)
        traditional = sum(found[character] for character in TRADITIONAL)
        theirs, ours, name = simplified, traditional, "zh_CN"
        if script == "Hans":
            theirs, ours, name = traditional, simplified, "zh_TW"
        return name if theirs > max(found.total() * 0.05, 4 * ours, 2) else ""

    def _likely(self, script: str) -> str:
        words = self._all[script]
        scores = {
            code: sum(words[word] for word in WORDS[code])
            - _with_other_letters(words, code)
            for code in _IN_SCRIPT.get(script, [])
        }
        best = max(scores, key=lambda code: scores[code], default="")
        if not best:
            return ""
        known = sum(len(word) > 1 and word in WORDS[best] for word in words)
        least = 0.1 if self.total >= LEAST else 0.15 if known > 2 else 0.3
        return best if scores[best] > words.total() * least else ""

    def other_words(self, wanted: str) -> str:
        """Return the language whose small words and letters clearly outnumber ours."""
        script = max(self._weights, key=lambda name: self._weights[name], default="")
        close = _CLOSE.get(wanted, "").split()
        wanted = _SAME.get(script, {}).get(wanted, wanted)
        known = _IN_SCRIPT.get(script, [])
        if not known:
            return ""
        words = self._all[script]
        total = words.total()
        share, times = _needed(total)
        if wanted not in known:
            # Notice only English if the profile of the language has no words.
            known, share = ["en"], max(share, 0.25)
        special = [word for word in words if not word.isascii()]
        letters = sum(words[word] for word in special)
        hits = _hits(words, wanted)
        best, most = "", total * share
        for other in known if max(hits.values(), default=0) + letters > most else ():
            if hits.get(other, 0) + letters <= most:
                continue
            if other == wanted or other in close:
                continue
            theirs, ours = _evidence(words, special, wanted, other)
            if theirs > max(most, times * ours):
                best, most = other, theirs
        return best


def _needed(words: int) -> tuple[float, int]:
    """Return which share of words must speak for another language, and how often.

    The second is the number of words against each one for the requested language.
    """
    if words < LEAST:
        return 0.2, 5
    return (0.1 if words >= LEAST_OF_TEXT else 0.15), 4


def _hits(words: Counter[str], wanted: str) -> dict[str, int]:
    hits: dict[str, int] = {}
    own = WORDS.get(wanted, frozenset())
    for word in _LANGUAGES_OF_WORD.keys() & words.keys():
        for code in _LANGUAGES_OF_WORD[word] if word not in own else ():
            hits[code] = hits.get(code, 0) + words[word]
    return hits


def _evidence(
    words: Counter[str], special: list[str], wanted: str, other: str
) -> tuple[int, int]:
    """Return how many words speak for ``other`` and how many for ``wanted``."""
    theirs, ours = _telling(wanted, other)
    found = {word for word in theirs if word in words}
    if not any(len(word) > 1 for word in found):
        return 0, 0
    against = {word for word in ours if word in words}
    if wanted in LETTERS and other in LETTERS:
        found |= _with_letters(special, LETTERS[other] - LETTERS[wanted])
        against |= _with_letters(special, LETTERS[wanted] - LETTERS[other])
    if sum(len(word) > 1 for word in found) < 3:
        return 0, 0
    return sum(words[word] for word in found), sum(words[word] for word in against)


@lru_cache(maxsize=4096)
def _telling(wanted: str, other: str) -> tuple[frozenset[str], frozenset[str]]:
    none: frozenset[str] = frozenset()
    own, others = WORDS.get(wanted, none), WORDS[other]
    return others - own, own - others


def _with_letters(words: list[str], letters: frozenset[str]) -> set[str]:
    return {word for word in words if not letters.isdisjoint(word)}


def _with_other_letters(words: Counter[str], code: str) -> int:
    if code not in LETTERS:
        return 0
    known = LETTERS[code] | _BASIC
    return sum(words[word] for word in words if not known.issuperset(word))


def _in_script() -> dict[str, list[str]]:
    languages: dict[str, list[str]] = {}
    for code, words in WORDS.items():
        found = WORD.finditer(" ".join(words))
        scripts = Counter(str(word.lastgroup) for word in found)
        languages.setdefault(scripts.most_common(1)[0][0], []).append(code)
    return languages


_LANGUAGES_OF_WORD: dict[str, list[str]] = {}
for _code, _words in WORDS.items():
    for _word in _words:
        _LANGUAGES_OF_WORD.setdefault(_word, []).append(_code)
# Languages with words of their own, by the script of these.
_IN_SCRIPT = _in_script()
