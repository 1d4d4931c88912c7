# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sections of a post: what follows a heading, up to the next one."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import html
from markupsafe import escape

HEADING = "h2"
# Levels of headings, the lowest one first, and what they become within a section.
DEMOTED = {"h5": "h6", "h4": "h5", "h3": "h4", "h2": "h3", "h1": "h3"}


class Section(NamedTuple):
    """One section of a post, as the page has it."""

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


def sections_of(content: str) -> list[Section]:
    """Return the sections of a post in their order; empty without headings."""
    return [
        Section(" ".join(heading.text_content().split()), _html_after(heading))
        for heading in _parsed(content).iter(HEADING)
    ]


def with_section(content: str, number: int, text: str) -> str:
    """Return ``content`` with another text of a section; its heading stays.

    :param number: of the section, from 0
    :param text: HTML; its headings become those of a section
    """
    root = _parsed(content)
    heading = [*root.iter(HEADING)][number]
    for element in [*_after(heading)]:
        element.getparent().remove(element)
    new = _parsed(text)
    for element in new.iter(*DEMOTED):
        element.tag = DEMOTED[element.tag]
    heading.tail = new.text
    for element in reversed(new):
        heading.addnext(element)
    return _inner_html(root)


def _parsed(content: str) -> html.HtmlElement:
    return html.fragment_fromstring(content or "", create_parent="div")


def _after(heading: html.HtmlElement) -> Iterator[html.HtmlElement]:
    for element in heading.itersiblings():
        if element.tag in ("h1", HEADING):
            return
        yield element


def _html_after(heading: html.HtmlElement) -> str:
    following = [html.tostring(it, encoding="unicode") for it in _after(heading)]
    return str(escape(heading.tail or "")) + "".join(following)


def _inner_html(root: html.HtmlElement) -> str:
    children = [html.tostring(child, encoding="unicode") for child in root]
    return str(escape(root.text or "")) + "".join(children)
