# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The request for the outline of an article, and what comes of it."""

from dataclasses import dataclass, fields
from typing import ClassVar

from .types import BriefRequest, CallRecord


@dataclass(frozen=True)
class OutlineRequest(BriefRequest):
    """The request for the headings of an article that is not written yet."""

    kind: ClassVar[str] = "outline"

    @classmethod
    def of(cls, request: BriefRequest) -> "OutlineRequest":
        return cls(**{it.name: getattr(request, it.name) for it in fields(cls)})


@dataclass(frozen=True)
class Outline:
    """The headings of an article in their order, with the calls that they took."""

    headings: tuple[str, ...]
    calls: tuple[CallRecord, ...]
