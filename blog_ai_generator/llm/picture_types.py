# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The request for pictures, and what comes of it."""

from dataclasses import dataclass
from typing import ClassVar

from .types import CallRecord, Request


@dataclass(frozen=True)
class PictureRequest(Request):
    """The request for pictures to stand above a post.

    :param teaser: of the post
    :param style: how the pictures of the blog look; a person's words
    :param count: of pictures; a service may make fewer at once
    """

    kind: ClassVar[str] = "picture"

    teaser: str = ""
    style: str = ""
    count: int = 1


@dataclass(frozen=True)
class Pictures:
    """The files of one or more pictures as they came, with the calls they took."""

    files: tuple[bytes, ...]
    calls: tuple[CallRecord, ...]
