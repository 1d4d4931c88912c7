# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The request for ideas, and what comes of it."""

from dataclasses import dataclass
from typing import ClassVar

from .types import CallRecord, Request


@dataclass(frozen=True)
class IdeasRequest(Request):
    """The request for ideas for posts.

    :param topic: the direction, in one line; empty for anything that suits the blog
    :param posts: titles of posts, with their tags
    :param waiting: titles of topics that wait to be written
    :param rejected: titles that nobody wanted, and why drafts were rejected
    :param searches: what people searched for before they came to the site
    """

    kind: ClassVar[str] = "ideas"

    count: int = 10
    language: str = "en_US"
    blog_name: str = ""
    posts: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Idea:
    """Something to write about, in plain text: a title, and what to say to whom."""

    title: str
    angle: str = ""


@dataclass(frozen=True)
class Ideas:
    """One idea or more, each with another title, with the calls that it took."""

    ideas: tuple[Idea, ...]
    calls: tuple[CallRecord, ...]
