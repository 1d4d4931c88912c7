# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules of the Markdown parser for what is within a line: emphasis and HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from .tags import Tags, starts_line

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# Elements that keep their meaning, and how they are written.
KEPT = {
    "b": "strong",
    "strong": "strong",
    "em": "em",
    "i": "em",
    "sub": "sub",
    "sup": "sup",
}
# Scripts that have no blanks between words, and Korean, whose endings follow at once.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
# "**Cost:**from": a pair of marks that ends a phrase.
_PHRASE_END = ':.!?,;%)\u2026"\u201d\u00bb\u2019'


class Emphasis:
    """The rule for ``*`` and ``_``, which needs blanks or punctuation around them.

    It follows the proposal of markdown-cjk-friendly: a character of a script without
    blanks is an edge as punctuation is.

    :param tokenize: the parser's own rule
    """

    def __init__(self, tokenize: Callable[[StateInline, bool], bool]) -> None:
        self._tokenize = tokenize

    def __call__(self, state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.delimiters)
        mark = state.src[start]
        if mark not in "*_" or not self._tokenize(state, silent):
            return False
        if mark == "_":
            return True
        before = state.src[start - 1] if start else " "
        after = state.src[state.pos] if state.pos < state.posMax else " "
        length = state.pos - start
        for delimiter in state.delimiters[count:]:
            delimiter.open = delimiter.open or _opens(before, after)
            delimiter.close = delimiter.close or _closes(before, after, length)
        return True


def _is_mark(char: str) -> bool:
    return not char.isalnum() and not char.isspace()


def _opens(before: str, after: str) -> bool:
    return bool(_UNSPACED.match(before)) and _is_mark(after)


def _closes(before: str, after: str, length: int) -> bool:
    if not _is_mark(before):
        return False
    if _UNSPACED.match(after):
        return True
    return length == 2 and before in _PHRASE_END and after.isalnum()


class Untag:
    """The parser's rule for HTML within text: skip tags, keep the rest.

    It replaces the rule that would let HTML through. Tags of :data:`KEPT` become
    tokens, which :meth:`balanced` lets through in pairs only.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._tags: dict[str, Tags] = {}

    def __call__(self, state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "<":
            return False
        if state.src not in self._tags:
            self._tags[state.src] = Tags(state.src)
        tag = self._tags[state.src].at(state.pos)
        if not tag or tag.end > state.posMax:
            return False
        state.pos = tag.end
        if not silent:
            self._leave(state, tag.name)
        return True

    def _leave(self, state: StateInline, name: str) -> None:
        if name == "br":
            state.push("hardbreak", "br", 0)
        elif kept := KEPT.get(name.lstrip("/")):
            state.push("tag_close" if name[0] == "/" else "tag_open", kept, 0)
        else:
            self.count += 1
            if starts_line(name):
                state.pending += " "

    def balanced(self, tokens: list[Token]) -> list[Token]:
        """Return ``tokens`` without tags that have no partner at the same depth."""
        paired: set[int] = set()
        opened: list[int] = []
        for index, token in enumerate(tokens):
            if token.type == "tag_open" or token.nesting == 1:
                opened.append(index)
            elif token.type == "tag_close":
                top = tokens[opened[-1]] if opened else token
                if top.type == "tag_open" and top.tag == token.tag:
                    top.nesting, token.nesting = 1, -1
                    paired |= {opened.pop(), index}
            elif token.nesting == -1:
                while opened and tokens[opened.pop()].type == "tag_open":
                    pass
        kept = [
            token
            for index, token in enumerate(tokens)
            if index in paired or not token.type.startswith("tag_")
        ]
        self.count += len(tokens) - len(kept)
        return kept
