# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Outlines of the offline writer, and the sections of an article that follows one."""

import re
from collections.abc import Iterable, Iterator, Sequence

from .outline import words_of
from .sample_posts import SamplePost
from .text import count_words

# Stands in a section once all sample texts are used up.
FILLER = "More about {q} will follow on {blog}."


def headings_of(post: SamplePost) -> list[str]:
    return re.findall(r"^## (.+)$", post.body, re.MULTILINE)


def is_outline_of(post: SamplePost, outline: Sequence[str]) -> bool:
    """Return whether a whole sample article follows an outline."""
    return [*map(words_of, outline)] == [*map(words_of, headings_of(post))]


def sections_for(
    outline: Sequence[str], ranked: Iterable[tuple[str, str]], words: int
) -> Iterator[tuple[str, str]]:
    """Return sample texts for each heading, its own one first where there is one.

    :param ranked: headings and texts, in the order in which they are used
    :param words: of all texts together, as far as there are texts
    """
    texts = {words_of(heading): text for heading, text in ranked}
    keys = [words_of(heading) for heading in outline]
    others = [text for key, text in texts.items() if key not in keys]
    for key, heading in zip(keys, outline, strict=True):
        chosen = [texts[key]] if key in texts else []
        while others and count_words("\n".join(chosen)) < words / len(keys):
            chosen.append(others.pop(0))
        yield heading, "\n\n".join(chosen or [FILLER])
