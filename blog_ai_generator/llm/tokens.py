# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""About how many tokens a text has, without the tokenizer of any model."""

import re

# Characters a token of prose: of Latin letters (in German; English has 4.5), of other
# alphabets, and of the scripts from Thai on, whose signs are often tokens of their own.
_WORDS = re.compile(r"[\x20-\x7e]+")
_LETTERS = re.compile(r"[\x80-\u0dff]+")
LATIN, OTHER, WIDE = 3.5, 2.2, 1.2


def estimated_tokens(text: str) -> int:
    """Return about how many tokens a text has, rather too many than too few."""
    latin = sum(map(len, _WORDS.findall(text)))
    other = sum(map(len, _LETTERS.findall(text)))
    wide = len(text) - latin - other
    return round(latin / LATIN + other / OTHER + wide / WIDE)
