# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The voice of a blog: how it speaks.

It is data like the notes of a brief. The prompt quotes it behind the fixed rules, which
it cannot change.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .text import clean

# Tokens of a voice that is quoted: each post pays for them.
VOICE_TOKENS = 250
# Characters that are quoted at most, whatever is stored.
VOICE_LIMIT = 2000
SAMPLES = 2
POINTS_OF_VIEW = {
    "we": "we, the company",
    "one": "I, the author",
    "none": "nobody speaks of themselves (no “we”, no “I”)",
}
TERM_RULES = ("always", "never", "as")


@dataclass(frozen=True)
class Term:
    """One line of a glossary.

    :param rule: one of :data:`TERM_RULES`
    :param instead: what to write instead of the word, with the rule ``as``
    """

    word: str
    rule: str
    instead: str = ""


@dataclass(frozen=True)
class Voice:
    """The way in which a blog speaks; every field may be empty.

    :param point_of_view: a key of :data:`POINTS_OF_VIEW`
    :param do: what to do, one thing a line; ``dont`` likewise
    :param samples: paragraphs whose style is to be met
    """

    audience: str = ""
    tone: str = ""
    point_of_view: str = ""
    do: str = ""
    dont: str = ""
    glossary: tuple[Term, ...] = ()
    samples: tuple[str, ...] = ()

    @classmethod
    def of(cls, content: Mapping[str, object] | None) -> "Voice":
        """Return the voice that was stored as JSON; what it lacks is empty."""
        content = content or {}
        texts = ("audience", "tone", "point_of_view", "do", "dont")
        return cls(
            **{name: str(content.get(name) or "") for name in texts},
            glossary=tuple(
                Term(*map(str, term)) for term in _listed(content.get("glossary"))
            ),
            samples=tuple(map(str, _listed(content.get("samples")))),
        )


def _listed(value: object) -> Iterable[Iterable[object]]:
    return value if isinstance(value, (list, tuple)) else ()


def voice_text(voice: Voice) -> str:
    """Return the lines that tell a model about a voice; empty for an empty one."""
    lines = {
        "Audience": _line(voice.audience),
        "Tone": _line(voice.tone),
        "Point of view": POINTS_OF_VIEW.get(voice.point_of_view, ""),
        "Do": _joined(voice.do),
        "Don't": _joined(voice.dont),
        **_glossary_lines(voice.glossary),
    }
    told = [f"{label}: {text}" for label, text in lines.items() if text]
    samples = filter(None, map(_line, voice.samples[:SAMPLES]))
    return "\n".join([*told, *(f"Sample: {sample}" for sample in samples)])


def _glossary_lines(glossary: Iterable[Term]) -> dict[str, str]:
    words: dict[str, list[str]] = {rule: [] for rule in TERM_RULES}
    for term in glossary:
        word, instead = _line(term.word), _line(term.instead)
        if word and term.rule in words:
            told = f"“{instead}”, not “{word}”" if term.rule == "as" else f"“{word}”"
            words[term.rule].append(told)
    return {
        "Always use the words": ", ".join(words["always"]),
        "Never use the words": ", ".join(words["never"]),
        "Write": "; ".join(words["as"]),
    }


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _joined(text: str) -> str:
    lines = (_line(line).lstrip("-•* ").rstrip(".;") for line in text.splitlines())
    return "; ".join(filter(None, lines))
