# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Titles as a blog has them: a few words are in very many, most are in few."""

import random
from itertools import accumulate

SYLLABLES = """
ba be bor da den do fa fel ga ger ha hel ka ken ko la lis lo ma mer mi na nel no pa
per pol ra ren ri sa ser so ta ter ti to va ven vi wal win za zel
""".split()
WORDS = 20_000
# The word at place n is in a share of 1 / (n + FIRST) of the titles: the most frequent
# one is in about 4 of 100.
FIRST = 12


def titles(count: int, seed: int = 1) -> list[str]:
    """Return titles of three to eight different words, the same ones each time."""
    chance = random.Random(seed)
    words = _words(random.Random(0))
    weights = list(accumulate(1 / (place + FIRST) for place in range(WORDS)))
    found = []
    for _number in range(count):
        chosen = dict.fromkeys(chance.choices(words, cum_weights=weights, k=12))
        found.append(" ".join(list(chosen)[: chance.randint(3, 8)]).capitalize())
    return found


def _words(chance: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < WORDS:
        words["".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3, 4))))] = None
    return list(words)
