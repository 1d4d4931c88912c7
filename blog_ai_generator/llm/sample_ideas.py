# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ideas of the offline writer, as the JSON object that a model would send.

``{it}`` is the subject that was asked for, or else a tag of the blog's posts. It comes
first in each title, where its capital letter is right and no verb depends on it. Each
pattern has words of its own, so that no idea resembles another one.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import cycle

from .ideas_types import IdeasRequest
from .text import clean, cut

# Characters of a subject within a title.
SUBJECT_LIMIT = 40
DEFAULT = "our daily work"
SAMPLE = "Sample idea of the offline writer: {angle}"
# Tags that ideas are about where nobody gave a direction.
MOST_TAGS = 3

PATTERNS = (
    ("{it}: seven questions that newcomers ask", "short answers for beginners"),
    ("{it}: mistakes we made so that you need not", "an honest look back"),
    ("{it}: the true price over five years", "a calculation for careful buyers"),
    ("{it} when the weather turns", "what changes with cold, rain and short days"),
    ("{it}: a morning behind the scenes", "who does what, told in pictures and names"),
    ("{it}: tools that are worth their money", "what to buy first, and what never"),
    ("{it} on a small budget", "a good result with little money"),
    ("{it}, explained to a curious child", "simple words, and something to try out"),
    ("{it}: nine myths, checked", "what is true, and what is only repeated"),
    ("{it} from A to Z: a glossary", "twenty technical terms in everyday language"),
    ("{it}: when to call a professional", "where do-it-yourself should stop"),
    ("{it}: three visitors tell how they began", "short interviews"),
    ("{it}: a history in ten minutes", "where it comes from, for the curious"),
    ("{it} with nothing thrown away", "repair, reuse and what is left over"),
    ("{it}: a plan, month by month", "a calendar to hang on the wall"),
    ("{it}: safety comes first", "rules that prevent most injuries"),
    ("{it}: old and modern ways, compared", "strengths and weaknesses of both"),
    ("{it}: books for long evenings", "a reading list with a line about each"),
    ("{it} abroad", "customs of other countries"),
    ("{it}: letters from readers, answered", "the most surprising ones"),
)
SEARCHED = ("{it}, explained step by step", "the answer to a search that led here")


def ideas_of(request: IdeasRequest) -> dict[str, object]:
    """Return always the same ideas for a request; searches come first."""
    searched = [_idea(*SEARCHED, search) for search in request.searches]
    subjects = [_subject(request.topic)] if _subject(request.topic) else _tags(request)
    patterns = _shuffled(subjects[0])
    more = [
        _idea(*pattern, subject)
        for pattern, subject in zip(patterns, cycle(subjects), strict=False)
    ]
    known = "\n".join((*request.posts, *request.waiting)).casefold()
    new = [idea for idea in (*searched, *more) if idea["title"].casefold() not in known]
    return {"ideas": new[: request.count]}


def _tags(request: IdeasRequest) -> list[str]:
    """Return the most frequent tags; the name of a blog is no subject."""
    tags = Counter(tag for post in request.posts for tag in _tags_of(post))
    return [tag for tag, _count in tags.most_common(MOST_TAGS)] or [DEFAULT]


def _tags_of(post: str) -> Iterator[str]:
    tagged = re.search(r"\(([^()]+)\)$", post)
    for tag in tagged[1].split(", ") if tagged else ():
        # A title may end in a year.
        if any(map(str.isalpha, tag)) and _subject(tag):
            yield _subject(tag)


def _idea(title: str, angle: str, subject: str) -> dict[str, str]:
    it = _subject(subject) or DEFAULT
    text = title.format(it=it)
    return {
        "title": text[:1].upper() + text[1:],
        "angle": SAMPLE.format(angle=f"{angle}."),
    }


def _subject(text: str) -> str:
    return cut(" ".join(clean(text).split()).strip(" .,;:!?"), SUBJECT_LIMIT, "")


def _shuffled(subject: str) -> list[tuple[str, str]]:
    def rank(pattern: tuple[str, str]) -> bytes:
        text = f"{subject}|{pattern[0]}"
        return hashlib.sha256(text.encode("utf-8", "replace")).digest()

    return sorted(PATTERNS, key=rank)
