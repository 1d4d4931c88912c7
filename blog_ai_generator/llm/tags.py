# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Remove the tags from HTML that a model wrote instead of text or Markdown.

Made for readers, not for safety: the rest is text, and escaped where it is shown.
Every pattern stops at the next ``<``, so that hostile input takes linear time.

No library does it: to markdownify, html2text and lxml “The <video> element” has a tag.
On 12 kB of nested lists, markdownify 1.2 ends in a ``RecursionError``. On 100 kB of
them, html2text 2025.4 takes 20 s and returns 100 MB, while this takes 0.1 s.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .text import clean

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Elements that start a new line in a browser.
_BLOCKS = frozenset(
    (
        *HEADINGS,
        *"address article aside blockquote body br caption center dd details".split(),
        *"dialog div dl dt fieldset figcaption figure footer form head header".split(),
        *"hgroup hr html legend li main nav ol option p pre section summary".split(),
        *"table tbody tfoot thead title tr ul".split(),
    )
)
_OTHERS = (
    "a abbr acronym area audio b base bdi bdo big button canvas cite code col colgroup"
    " data datalist del dfn em embed font frame frameset g i iframe img input ins kbd"
    " label link map mark math meta meter nobr noscript object optgroup output param"
    " path picture progress q rp rt ruby s samp script select slot small source span"
    " strike strong style sub sup svg td template textarea th time track tt u var"
    " video wbr"
).split()
# Elements that go with their content.
DROPPED = ("script", "style")
# Elements that do something without attributes and without an end.
_BARE = ("br", "hr", "img", "wbr")
_NAMES = "|".join(sorted((*_BLOCKS, *_OTHERS), key=len, reverse=True))
# Looks at the next character first: a page of "<" would try each name at each of them.
_TAG = re.compile(
    rf"<(?=[a-z/])(?P<end>/?)(?P<name>{_NAMES})(?=[\s/>])"
    r"(?P<more>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*|[^<>]*)>"
    r"|<!--|<!doctype\b[^<>]*>",
    re.IGNORECASE,
)
_CODE_SPAN = re.compile(r"`[^`\n]+`")


class Tag(NamedTuple):
    """A part of a text to be taken out.

    :param name: in lower case, with ``/`` in front for an end tag; empty for a comment
    :param end: position after the tag; scripts and styles end after their content
    """

    name: str
    match: re.Match[str]
    end: int


class Tags:
    """Tell the tags of one text from words that only look like them."""

    def __init__(self, text: str) -> None:
        # A tag in a code span is meant to be read.
        self._text = text = _CODE_SPAN.sub(lambda code: "`" * len(code[0]), text)
        closing = [match for match in _TAG.finditer(text) if match["end"]]
        self._last = {match["name"].lower(): match for match in closing}
        self._last_comment = text.rfind("-->")

    def closed(self, name: str, position: int) -> bool:
        return name in self._last and self._last[name].start() > position

    def at(self, position: int) -> Tag | None:
        match = _TAG.match(self._text, position)
        return self._tag(match, False) if match else None

    def all(self, blocks: bool = False) -> Iterator[Tag]:
        """Yield the tags in the order of the text. “The <video> element” has none.

        :param blocks: take the likes of ``<p>`` for tags even if nothing closes them
        """
        position = 0
        for match in _TAG.finditer(self._text):
            tag = self._tag(match, blocks) if match.start() >= position else None
            if tag:
                position = tag.end
                yield tag

    def _tag(self, match: re.Match[str], blocks: bool) -> Tag | None:
        name, start, end = (match["name"] or "").lower(), match.start(), match.end()
        if match["end"]:
            return Tag("/" + name, match, end)
        if not name:
            return self._comment(match)
        if name in DROPPED and self.closed(name, start):
            return Tag(name, match, self._end_of(name, end))
        if (
            "=" in match["more"]
            or name in _BARE
            or (blocks and name in _BLOCKS)
            or self.closed(name, start)
        ):
            return Tag(name, match, end)
        return None

    def _comment(self, match: re.Match[str]) -> Tag | None:
        if match[0] != "<!--":
            return Tag("", match, match.end())
        if match.start() < self._last_comment:
            return Tag("", match, self._text.index("-->", match.start()) + 3)
        return None

    def _end_of(self, name: str, start: int) -> int:
        for match in _TAG.finditer(self._text, start):
            if match["end"] and match["name"].lower() == name:
                return match.end()
        return start


def starts_line(name: str) -> bool:
    return name.lstrip("/") in _BLOCKS


def is_html(text: str) -> bool:
    """Return whether all of ``text`` is HTML, from its first to its last character."""
    first, last = _TAG.match(text), _TAG.match(text, text.rfind("<"))
    return (
        "`" not in text
        and first is not None
        and (not first["name"] or first["name"].lower() in _BLOCKS)
        and last is not None
        and bool(last["end"])
        and last.end() == len(text)
    )


def without_tags(text: str) -> str:
    pieces, position = [], 0
    for name, match, end in Tags(text).all():
        pieces += [text[position : match.start()], "\n" if starts_line(name) else ""]
        position = end
    return clean("".join(pieces) + text[position:]) if pieces else text
