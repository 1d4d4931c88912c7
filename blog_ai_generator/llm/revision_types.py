# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Requests for other titles or another section, and what comes of them."""

from dataclasses import dataclass
from typing import ClassVar

from .types import CallRecord, Link, Request
from .voice import Voice


@dataclass(frozen=True)
class TitlesRequest(Request):
    """The request for other titles of a post.

    :param language: Odoo or BCP 47 code
    :param article: plain text of the post; only its beginning is sent
    """

    kind: ClassVar[str] = "titles"

    language: str = "en_US"
    blog_name: str = ""
    teaser: str = ""
    article: str = ""
    voice: Voice = Voice()


@dataclass(frozen=True)
class SectionRequest(Request):
    """The request for another text of one section of a post.

    :param heading: of the section
    :param present: plain text of the section, without its heading
    :param reason: why it is written again; a person's words
    :param language: Odoo or BCP 47 code
    :param links: of the present text, which may stay
    :param link_hosts: as for :class:`ArticleRequest`
    """

    kind: ClassVar[str] = "section"

    heading: str
    present: str
    reason: str
    language: str = "en_US"
    blog_name: str = ""
    links: tuple[Link, ...] = ()
    link_hosts: frozenset[str] = frozenset()
    voice: Voice = Voice()


@dataclass(frozen=True)
class Titles:
    """One to three titles in plain text, with the calls that they took."""

    titles: tuple[str, ...]
    calls: tuple[CallRecord, ...]


@dataclass(frozen=True)
class Section:
    """The HTML of a section, not yet sanitized by Odoo, with its calls."""

    html: str
    calls: tuple[CallRecord, ...]
