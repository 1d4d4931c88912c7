# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ideas of the offline writer, as the JSON object that a model would send.

``{it}`` is the subject that was asked for. Each pattern has words of its own, so that
no idea resembles another one.
"""

import hashlib

from .ideas_types import IdeasRequest
from .text import clean, cut

# Characters of a subject within a title.
SUBJECT_LIMIT = 40
DEFAULT = "our daily work"
SAMPLE = "Sample idea of the offline writer: {angle}"

PATTERNS = (
    ("Seven questions newcomers ask about {it}", "short answers for beginners"),
    ("{it}: mistakes we made so that you need not", "an honest look back"),
    ("What {it} costs over five years", "a plain calculation for careful buyers"),
    ("{it} in winter", "what changes with cold, rain and short days"),
    ("Behind the scenes of {it}", "who does what, told in pictures and names"),
    ("Tools worth their money for {it}", "what to buy first, and what never"),
    ("{it} for small budgets", "a good result with little money"),
    ("How children see {it}", "a family afternoon, with something to try out"),
    ("Myths around {it}, checked", "what is true, and what is only repeated"),
    ("A glossary for {it}", "twenty technical terms in everyday language"),
    ("When {it} needs a professional", "where do-it-yourself should stop"),
    ("Visitors tell: my first encounter with {it}", "three short interviews"),
    ("The history of {it} in ten minutes", "where it comes from, for the curious"),
    ("{it} without wasting anything", "repair, reuse and what is left over"),
    ("Planning a year with {it}", "a calendar month by month"),
    ("Safety first: {it} without accidents", "rules that prevent most injuries"),
    ("Compared: old and modern ways of {it}", "strengths and weaknesses of both"),
    ("Our favorite books on {it}", "a reading list for long evenings"),
    ("{it} abroad", "customs of three other countries"),
    ("Letters from readers about {it}", "the most surprising ones, answered"),
)
SEARCHED = ("{it}, explained step by step", "the answer to a search that led here")


def ideas_of(request: IdeasRequest) -> dict[str, object]:
    """Return always the same ideas for a request; searches come first."""
    searched = [_idea(*SEARCHED, search) for search in request.searches]
    subject = _subject(request.topic) or _subject(request.blog_name) or DEFAULT
    more = [_idea(*pattern, subject) for pattern in _shuffled(subject)]
    known = "\n".join((*request.posts, *request.waiting)).casefold()
    new = [idea for idea in (*searched, *more) if idea["title"].casefold() not in known]
    return {"ideas": new[: request.count]}


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
