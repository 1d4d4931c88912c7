# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Choose the pictures of a library whose words go best with a post."""

from collections.abc import Sequence

from ..similar import title_of

# A word of a tag or keyword counts as two of the title; so many are needed.
ENOUGH = 2
# Letters of a word that tells something, and of a stem.
LEAST = 4
# Words that cameras and people give to any picture.
MEANINGLESS = frozenset("image images photo picture jpeg copy cover final".split())


def best_pictures(
    title: str, tags: Sequence[str], names: Sequence[str], most: int = 1
) -> list[int]:
    """Return the places of the best names in ``names``, none that does not fit.

    :param tags: and keywords of the post
    :param names: what is known of each picture; among equals, the first one wins
    """
    wanted = dict.fromkeys(_words(title), 1)
    wanted.update((word, 2) for tag in tags for word in _words(tag))
    scores = [_score(wanted, _words(name)) for name in names]
    places = sorted(range(len(scores)), key=lambda place: -scores[place])
    return [place for place in places[:most] if scores[place] >= ENOUGH]


def _score(wanted: dict[str, int], words: set[str]) -> int:
    found = (w for w in wanted if any(_is_alike(w, word) for word in words))
    return sum(wanted[word] for word in found)


def _is_alike(one: str, other: str) -> bool:
    # Words of one stem: “window”, “windows”.
    length = max(LEAST, min(len(one), len(other)) - 1)
    return one[:length] == other[:length]


def _words(text: str) -> set[str]:
    """Return the telling words; the name of a file may join them by underscores."""
    words = title_of(text.replace("_", " ")).words
    return {w for w in words if len(w) >= LEAST and not w.isdigit()} - MEANINGLESS
