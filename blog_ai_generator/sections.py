# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sections of a post: what follows a heading, up to the next one.

The text before the first heading is a section, too, and so is one without headings.
"""

from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from lxml import html
from markupsafe import escape

HEADING = "h2"
ENDS = ("h1", HEADING)
# Elements in which the website editor puts blocks of text.
BOXES = ("div", "section", "article", "main")
# Elements that stay when the text around them is replaced.
PICTURES = ("figure", "img", "picture", "video", "iframe")
# Levels of headings, the lowest one first, and what they become within a section.
DEMOTED = {"h5": "h6", "h4": "h5", "h3": "h4", "h2": "h3", "h1": "h3"}


class Section(NamedTuple):
    """One section of a post, as the page has it; its heading may be empty."""

    heading: str
    html: str

    @property
    def text(self) -> str:
        blocks = [block.text_content() for block in _parsed(self.html)]
        return "\n".join(filter(None, (" ".join(text.split()) for text in blocks)))

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

    @property
    def words(self) -> int:
        texts = [self.lead, *(element.text_content() for element in self.elements)]
        return sum(len(text.strip()) for text in texts)

    def section(self) -> Section:
        heading = "" if self.heading is None else self.heading.text_content()
        elements = [html.tostring(it, encoding="unicode") for it in self.elements]
        markup = str(escape(self.lead)) + "".join(elements)
        return Section(" ".join(heading.split()), markup)

    def fill(self, new: html.HtmlElement) -> None:
        """Put other elements here; pictures stay behind them."""
        place = self._start()
        for element in self.elements:
            if _is_picture(element):
                element.tail = None
            else:
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
    return html.fragment_fromstring(content or "", create_parent="div")


def _places(root: html.HtmlElement) -> list[_Place]:
    headed = [
        _Place(heading, heading.getparent(), [*_after(heading)])
        for heading in root.iter(HEADING)
    ]
    boxes = takewhile(lambda it: it.tag != HEADING, root.iter())
    # A page may have several blocks in front: the one with most words is the text.
    first = max(
        (_Place(None, box, _before(box)) for box in boxes if box.tag in BOXES),
        key=lambda place: place.words,
    )
    return [first, *headed] if first.words else headed


def _after(heading: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return takewhile(lambda it: it.tag not in ENDS, heading.itersiblings())


def _before(box: html.HtmlElement) -> list[html.HtmlElement]:
    """Return the texts that a box has itself, up to the first heading."""
    front = takewhile(lambda it: not [*it.iter(HEADING)], box)
    texts = (it for it in front if isinstance(it.tag, str))  # Comments have none.
    return [it for it in texts if it.tag not in (*ENDS, *BOXES)]


def _is_picture(element: html.HtmlElement) -> bool:
    has_picture = any(True for _it in element.iter(*PICTURES))
    return element.tag in PICTURES or (
        has_picture and not element.text_content().strip()
    )


def _inner_html(root: html.HtmlElement) -> str:
    children = [html.tostring(child, encoding="unicode") for child in root]
    return str(escape(root.text or "")) + "".join(children)
