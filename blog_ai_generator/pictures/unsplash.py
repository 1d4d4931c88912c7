# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Find a photo on Unsplash, as its guidelines for programs ask.

A use is reported to Unsplash, and the photographer is named with a link. Odoo's own
addon for it serves the dialog of the website editor, within a request of a person.
"""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

from ..llm import Deadline, LLMError
from ..llm.text import storable
from ..llm.transport import HttpAnswer, KeyAuth, download, exchange
from .checked import MOST_BYTES, refusal_of

_logger = logging.getLogger(__name__)

API = "https://api.unsplash.com"
# Addresses of files; an answer of the service can't send us anywhere else.
FILES = ("https://images.unsplash.com/", "https://plus.unsplash.com/")
PROFILES = "https://unsplash.com/"
CAMPAIGN = "utm_source=blog_ai_generator&utm_medium=referral"
UNSPLASH = f"{PROFILES}?{CAMPAIGN}"
# The service makes a file as wide as a screen.
FORM = "w=1920&fit=max&fm=jpg&q=80"
# Seconds for a search and its files together.
TIME_LIMIT = 30.0
NAME_LIMIT, WORDS_LIMIT = 100, 200


@dataclass(frozen=True)
class PhotoSearch:
    """A search for a photo, as plain data that may cross threads.

    :param key: access key of an account
    :param seconds: for the search and its files together
    """

    words: str
    key: str = field(repr=False)
    api: str = API
    files: tuple[str, ...] = FILES
    seconds: float = TIME_LIMIT


class Photo(NamedTuple):
    """A photo with the name of who made it, and the address of their page.

    ``use`` is the address to which its use is reported. ``raw`` is empty if the file
    can't be used, or did not come in time.
    """

    raw: bytes
    photographer: str
    link: str
    use: str = ""


class PhotoError(Exception):
    """There is no photo.

    :param reason: ``none``, ``key``, ``limit`` or ``failed``
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def find_photo(search: PhotoSearch) -> Photo:
    """Return the photo that goes best with some words, and report its use.

    :raise PhotoError: if there is none
    """
    (photo,) = find_photos(search, 1)
    report_use(search, photo.use)
    return photo


def find_photos(search: PhotoSearch, most: int) -> tuple[Photo, ...]:
    """Return photos that go with some words, the best one first.

    :return: at least one of them with its file
    :raise PhotoError: if there is none
    """
    with Deadline(search.seconds) as deadline:
        try:
            found = _found(search, most, deadline)
        except LLMError as error:
            _logger.info("No photo: %s", error)
            reason = "key" if error.code == "authentication" else "failed"
            raise PhotoError(reason) from None
        files = _files(found, search, deadline)
    if not any(files):
        raise PhotoError("failed")
    return tuple(_photo(one, raw) for one, raw in zip(found, files, strict=True))


def report_use(search: PhotoSearch, use: str) -> None:
    """Tell Unsplash that a photo is used; the photo stays if that fails."""
    if not use.startswith(f"{search.api}/photos/"):
        return
    try:
        with Deadline(TIME_LIMIT) as deadline:
            _asked(use, search, deadline)
    except (LLMError, PhotoError) as error:
        _logger.warning("The use of a photo could not be reported: %s", error)


def _found(
    search: PhotoSearch, most: int, deadline: Deadline
) -> list[Mapping[str, object]]:
    query = {
        "query": search.words[:WORDS_LIMIT],
        "per_page": most,
        "orientation": "landscape",
        "content_filter": "high",
    }
    answer = _asked(f"{search.api}/search/photos?{urlencode(query)}", search, deadline)
    results = answer.json().get("results")
    found = results[:most] if isinstance(results, list) else []
    photos: list[Mapping[str, object]] = [it for it in found if isinstance(it, dict)]
    if not photos:
        raise PhotoError("none")
    return photos


def _asked(url: str, search: PhotoSearch, deadline: Deadline) -> HttpAnswer:
    auth = KeyAuth("client-id", search.key)
    answer = exchange("GET", url, auth, {"Accept-Version": "v1"}, deadline)
    if answer.status in (403, 429) and "rate limit" in answer.text.lower():
        raise PhotoError("limit")
    if answer.status in (401, 403):
        raise PhotoError("key")
    if answer.status != 200:
        raise PhotoError("failed")
    return answer


def _files(
    found: Sequence[Mapping[str, object]], search: PhotoSearch, deadline: Deadline
) -> list[bytes]:
    """Return the files of photos, loaded at once: a slow one delays no other one."""
    files = [b""] * len(found)

    def load(number: int) -> None:
        files[number] = _file(found[number], search, deadline)

    # Daemons, unlike those of a pool: a server that stops does not wait for them.
    threads = [
        threading.Thread(target=load, args=(number,), daemon=True)
        for number in range(len(found))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return files


def _file(
    found: Mapping[str, object], search: PhotoSearch, deadline: Deadline
) -> bytes:
    """Return the file of a photo; empty if it can't be used."""
    url = _text(_part(found, "urls"), "raw")
    if not url.startswith(search.files):
        return b""
    url = f"{url}{'&' if '?' in url else '?'}{FORM}"
    try:
        status, raw = download(url, deadline, MOST_BYTES)
    except LLMError as error:
        _logger.info("No file of a photo: %s", error)
        return b""
    return b"" if status != 200 or refusal_of(raw) else raw


def _photo(found: Mapping[str, object], raw: bytes) -> Photo:
    use = _text(_part(found, "links"), "download_location")
    return Photo(raw, *_credit(_part(found, "user")), use)


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
