# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sections of a post: what follows a heading, up to the next one.

The text before the first heading is a section, too, and so is one without headings.
"""

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from lxml import html
from lxml.html.defs import block_tags
from markupsafe import escape

from .content import UNSEEN

HEADING = "h2"
ENDS = ("h1", HEADING)
# Elements in which the website editor puts blocks of text.
BOXES = ("div", "section", "article", "main")
# Elements that stay when the text around them is replaced.
KEPT = ("figure", "img", "picture", "video", "audio", "iframe", "form")
# Elements whose text is no part of the article.
UNREAD = ("script", "style", "form")
# Elements that begin and end a line.
LINES = {*block_tags, "br", "td", "th"}
# Levels of headings, the lowest one first, and what they become within a section.
DEMOTED = {"h5": "h6", "h4": "h5", "h3": "h4", "h2": "h3", "h1": "h3"}
# The end of a sentence, or of a phrase that goes on in the next block.
ENDED = re.compile(r"[.!?:;,…।。！？：；，、؟][\"'”’»)\]]*$")
# Control characters, such as line breaks of other programs, that lxml refuses.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# Tags of a whole page, as people paste one: lxml takes a single body, and not without.
PAGE = re.compile(r"</?(?:html|head|body)\b[^<>]*>|<!doctype[^<>]*>?", re.IGNORECASE)


class Section(NamedTuple):
    """One section of a post, as the page has it; its heading may be empty."""

    heading: str
    html: str

    @property
    def text(self) -> str:
        return text_of(self.html)

    @property
    def line(self) -> str:
        return line_of(self.html)

    @property
    def links(self) -> list[tuple[str, str]]:
        """Return text and address of each link."""
        anchors = _parsed(self.html).iter("a")
        return [(a.text_content(), a.get("href")) for a in anchors if a.get("href")]


class _Place(NamedTuple):
    """The place of a section in a page: its heading or box, and its elements."""

    heading: html.HtmlElement | None
    box: html.HtmlElement
    elements: list[html.HtmlElement]

    @property
    def lead(self) -> str:
        """Return the text in front of the first element."""
        return (self.box.text if self.heading is None else self.heading.tail) or ""

    def section(self) -> Section:
        heading = "" if self.heading is None else self.heading.text_content()
        elements = [html.tostring(it, encoding="unicode") for it in self.elements]
        markup = str(escape(self.lead)) + "".join(elements)
        return Section(" ".join(heading.split()), markup)

    def fill(self, new: html.HtmlElement) -> None:
        """Put other elements here; pictures and forms stay behind them."""
        place = self._start()
        for element in self.elements:
            kept = _kept(element)
            for picture in kept:
                picture.tail = None
                if picture is not element:
                    element.addprevious(picture)
            if element not in kept:
                self.box.remove(element)
        if self.heading is None:
            self.box.text = new.text
        else:
            self.heading.tail = new.text
        self.box[place:place] = list(new)

    def _start(self) -> int:
        if self.heading is not None:
            return self.box.index(self.heading) + 1
        return self.box.index(self.elements[0]) if self.elements else 0


def text_of(content: str) -> str:
    """Return the words of HTML, each block on a line of its own."""
    lines = "".join(_pieces(_parsed(content))).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if UNSEEN.sub("", line))


def line_of(content: str) -> str:
    """Return the words of HTML on one line.

    A dot is between two blocks, such as the cells of a table, unless the first one ends
    as a sentence does: else their words would read as one sentence.
    """
    *blocks, last = text_of(content).split("\n")
    parts = (it + (" " if ENDED.search(it) else " · ") for it in blocks)
    return "".join((*parts, last))


def sections_of(content: str) -> list[Section]:
    """Return the sections of a post in their order; none without any text."""
    return [place.section() for place in _places(_parsed(content))]


def with_section(content: str, number: int, text: str) -> str:
    """Return ``content`` with another text of a section; heading and pictures stay.

    :param number: of the section, from 0
    :param text: HTML; its headings become those of a section
    """
    root = _parsed(content)
    new = _parsed(text)
    for element in new.iter(*DEMOTED):
        element.tag = DEMOTED[element.tag]
    _places(root)[number].fill(new)
    return _inner_html(root)


def _parsed(content: str) -> html.HtmlElement:
    text = PAGE.sub("", CONTROL.sub(" ", content or ""))
    return html.fragment_fromstring(text, create_parent="div")


def _places(root: html.HtmlElement) -> list[_Place]:
    headed = [
        _Place(heading, heading.getparent(), [*_after(heading)])
        for heading in root.iter(HEADING)
    ]
    boxes = takewhile(lambda it: it.tag != HEADING, root.iter())
    # A page may have several blocks in front: the one with most words is the text.
    first = max(
        (_Place(None, box, _before(box)) for box in boxes if box.tag in BOXES),
        key=lambda place: len(place.section().text),
    )
    return [first, *headed] if first.section().text else headed


def _after(heading: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return takewhile(_is_inside, heading.itersiblings())


def _before(box: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the texts that a box has itself, up to the first heading."""
    front = takewhile(lambda it: not [*it.iter(HEADING)], box)
    return [it for it in front if it.tag not in (*ENDS, *BOXES)]


def _is_inside(element: html.HtmlElement) -> bool:
    """Return whether a section goes on: a box with a heading has its own ones."""
    return element.tag not in ENDS and not [*element.iter(HEADING)]


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    """Return the words of an element, with a line break around each block."""
    yield element.text or ""
    for child in element:
        # Comments and instructions of a page have no tag.
        if isinstance(child.tag, str) and child.tag not in UNREAD:
            edge = "\n" if child.tag in LINES else ""
            yield edge
            yield from _pieces(child)
            yield edge
        yield child.tail or ""


def _kept(element: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the pictures, the forms and the building blocks without words."""
    if element.tag in KEPT:
        return [element]
    blocks = element.xpath("descendant-or-self::*[@data-snippet]")
    is_block = blocks or any(True for _it in element.iter(*KEPT))
    if is_block and not "".join(_pieces(element)).strip():
        return [element]
    return [kept for child in element for kept in _kept(child)]


def _inner_html(root: html.HtmlElement) -> str:
    children = [html.tostring(child, encoding="unicode") for child in root]
    return str(escape(root.text or "")) + "".join(children)
