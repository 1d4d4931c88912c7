# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Inline tags of HTML as numbered marks, so that a model translates the text alone.

``Ask <b class="x">us</b>`` is sent as ``Ask <1>us</1>``. The tags of the original come
back in the place of the marks; whatever else the model wrote is text, and escaped.
"""

import html
import re
from typing import NamedTuple

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
)
_MARK = re.compile(r"<(?P<end>/?)(?P<number>\d{1,3})(?P<alone>/?)>")
_ALONE = frozenset(("br", "img", "input", "wbr", "keygen"))


class Masked(NamedTuple):
    """A text with marks.

    :param tags: the tag of each mark
    """

    text: str
    tags: dict[str, str]


def masked(term: str) -> Masked:
    """Return the text of ``term`` with marks instead of its tags.

    :param term: HTML as a serializer writes it
    """
    parts: list[str] = []
    tags: dict[str, str] = {}
    still_open: list[int] = []
    end, number = 0, 0
    for tag in _TAG.finditer(term):
        parts.append(html.unescape(term[end : tag.start()]))
        end = tag.end()
        if tag["end"]:
            mark = f"</{still_open.pop()}>" if still_open else ""
        else:
            number += 1
            is_alone = tag["name"].lower() in _ALONE
            mark = f"<{number}/>" if is_alone else f"<{number}>"
            still_open += [] if is_alone else [number]
        if mark:
            parts.append(mark)
            tags[mark] = tag[0]
    parts.append(html.unescape(term[end:]))
    return Masked("".join(parts), tags)


def unmasked(text: str, tags: dict[str, str]) -> str | None:
    """Return HTML with the tags of the original in the place of their marks.

    :return: None if a mark is missing, doubled or in a wrong place
    """
    parts: list[str] = []
    still_open: list[str] = []
    seen: set[str] = set()
    end = 0
    for mark in _MARK.finditer(text):
        name = mark[0]
        if name not in tags or name in seen:
            return None
        if mark["end"] and (not still_open or still_open.pop() != mark["number"]):
            return None
        if not mark["end"] and not mark["alone"]:
            still_open.append(mark["number"])
        seen.add(name)
        parts += [html.escape(text[end : mark.start()], quote=False), tags[name]]
        end = mark.end()
    if still_open or seen != tags.keys():
        return None
    return "".join([*parts, html.escape(text[end:], quote=False)])


def has_tags_of(text: str, term: str) -> bool:
    """Return whether all tags in the HTML ``text`` are tags of ``term``."""
    known = {tag[0] for tag in _TAG.finditer(term)}
    return "<" not in _TAG.sub(lambda tag: "" if tag[0] in known else tag[0], text)


def without_marks(text: str) -> str:
    """Return HTML of the text alone."""
    return html.escape(" ".join(_MARK.sub("", text).split()), quote=False)
