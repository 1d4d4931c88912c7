# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The request for the outline of an article, and what comes of it."""

from dataclasses import dataclass
from typing import ClassVar

from .types import CallRecord, Request
from .voice import Voice


@dataclass(frozen=True)
class OutlineRequest(Request):
    """The request for the headings of an article that is not written yet.

    :param language: Odoo or BCP 47 code
    :param words: length of the article
    """

    kind: ClassVar[str] = "outline"

    notes: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "en_US"
    words: int = 800
    blog_name: str = ""
    voice: Voice = Voice()


@dataclass(frozen=True)
class Outline:
    """The headings of an article in their order, with the calls that they took."""

    headings: tuple[str, ...]
    calls: tuple[CallRecord, ...]
