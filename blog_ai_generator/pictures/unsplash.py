# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Find a photo on Unsplash, as its guidelines for programs ask.

A use is reported to Unsplash, and the photographer is named with a link. Odoo's own
addon for it serves the dialog of the website editor, within a request of a person.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from ..llm import Deadline, LLMError
from ..llm.text import storable
from ..llm.transport import HttpAnswer, KeyAuth, download, exchange
from .checked import MOST_BYTES, refusal_of

_logger = logging.getLogger(__name__)

API = "https://api.unsplash.com"
# Where the files are; an answer of the service can't send us anywhere else.
FILES = ("https://images.unsplash.com/", "https://plus.unsplash.com/")
PROFILES = "https://unsplash.com/"
CAMPAIGN = "utm_source=blog_ai_generator&utm_medium=referral"
# As wide as a screen; the service makes the file.
FORM = "w=1920&fit=max&fm=jpg&q=80"
# Seconds for search and file together.
TIME_LIMIT = 30.0
NAME_LIMIT, WORDS_LIMIT = 100, 200


@dataclass(frozen=True)
class PhotoSearch:
    """A search for a photo, as plain data that may cross threads.

    :param key: access key of an account
    """

    words: str
    key: str = field(repr=False)
    api: str = API
    files: tuple[str, ...] = FILES


class Photo(NamedTuple):
    """A photo with the name of who made it, and the address of their page."""

    raw: bytes
    photographer: str
    link: str


class PhotoError(Exception):
    """Why there is no photo.

    :param reason: ``none``, ``key``, ``limit`` or ``failed``
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def find_photo(search: PhotoSearch) -> Photo:
    """Return the photo that goes best with some words.

    :raise PhotoError: if there is none
    """
    try:
        with Deadline(TIME_LIMIT) as deadline:
            found = _found(search, deadline)
            raw = _file(found, search, deadline)
            _report(found, search, deadline)
    except LLMError as error:
        _logger.info("No photo: %s", error)
        raise PhotoError("failed") from None
    return Photo(raw, *_credit(_part(found, "user")))


def _found(search: PhotoSearch, deadline: Deadline) -> Mapping[str, object]:
    query = {
        "query": search.words[:WORDS_LIMIT],
        "per_page": 1,
        "orientation": "landscape",
        "content_filter": "high",
    }
    answer = _asked(f"{search.api}/search/photos?{urlencode(query)}", search, deadline)
    results = answer.json().get("results")
    first = results[0] if isinstance(results, list) and results else None
    if not isinstance(first, dict):
        raise PhotoError("none")
    return first


def _asked(url: str, search: PhotoSearch, deadline: Deadline) -> HttpAnswer:
    headers = {"Authorization": f"Client-ID {search.key}", "Accept-Version": "v1"}
    answer = exchange("GET", url, KeyAuth("none", ""), headers, deadline)
    if answer.status in (403, 429) and "rate limit" in answer.text.lower():
        raise PhotoError("limit")
    if answer.status in (401, 403):
        raise PhotoError("key")
    if answer.status != 200:
        raise PhotoError("failed")
    return answer


def _file(
    found: Mapping[str, object], search: PhotoSearch, deadline: Deadline
) -> bytes:
    url = _text(_part(found, "urls"), "raw")
    if not url.startswith(search.files):
        raise PhotoError("failed")
    url = f"{url}{'&' if '?' in url else '?'}{FORM}"
    status, raw = download(url, deadline, MOST_BYTES)
    if status != 200 or refusal_of(raw):
        raise PhotoError("failed")
    return raw


def _report(
    found: Mapping[str, object], search: PhotoSearch, deadline: Deadline
) -> None:
    """Tell Unsplash that the photo is used; the photo stays if that fails."""
    url = _text(_part(found, "links"), "download_location")
    if not url.startswith(f"{search.api}/photos/"):
        return
    try:
        _asked(url, search, deadline)
    except (LLMError, PhotoError) as error:
        _logger.warning("The use of a photo could not be reported: %s", error)


def _credit(user: Mapping[str, object]) -> tuple[str, str]:
    name = " ".join(_text(user, "name").split())[:NAME_LIMIT] or "Unsplash"
    link = _text(_part(user, "links"), "html")
    if not link.startswith(PROFILES) or set(link) & set(" \"'<>?#"):
        link = PROFILES
    return name, f"{link}?{CAMPAIGN}"


def _part(found: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = found.get(name)
    return value if isinstance(value, dict) else {}


def _text(found: Mapping[str, object], name: str) -> str:
    value = found.get(name)
    return storable(value) if isinstance(value, str) else ""
