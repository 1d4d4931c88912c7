# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The request to look at an older post again, and what comes of it."""

from dataclasses import dataclass
from typing import ClassVar

from .types import CallRecord, Link, Request
from .voice import Voice


@dataclass(frozen=True)
class PresentSection:
    """A section of a post as it is now: plain text without its heading."""

    heading: str
    text: str


@dataclass(frozen=True)
class RefreshRequest(Request):
    """The request to say whether a post still holds, and to renew what does not.

    :param sections: of the post, in their order
    :param published: day of the publication, in ISO 8601
    :param today: in ISO 8601
    :param language: Odoo or BCP 47 code
    :param links: of the present text, which may stay
    :param link_hosts: as for :class:`ArticleRequest`
    """

    kind: ClassVar[str] = "refresh"

    sections: tuple[PresentSection, ...]
    published: str = ""
    today: str = ""
    language: str = "en_US"
    blog_name: str = ""
    links: tuple[Link, ...] = ()
    link_hosts: frozenset[str] = frozenset()
    voice: Voice = Voice()


@dataclass(frozen=True)
class Renewal:
    """The changes that a post needs; none if it still holds.

    :param why: plain text
    :param sections: new texts by the number of the section, from 0: HTML that is not
        yet sanitized by Odoo
    """

    why: str
    sections: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Refresh:
    """A renewal with the calls that it took."""

    renewal: Renewal
    calls: tuple[CallRecord, ...]
