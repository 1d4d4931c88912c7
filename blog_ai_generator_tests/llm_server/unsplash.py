# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Unsplash: a search, a file, and the report that it is used.

Answers have the fields of its documentation that a program needs.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from .checks import Json
from .faults import OPENAI_FAULTS, Fault, bad
from .pictures import picture

ROOT = "/unsplash"
PHOTOGRAPHER = "Ada  Cloud"
SLOW = "/slow"


class Unsplash:
    """The service under ``/unsplash``; the key chooses a behaviour, as in all of it."""

    name = "unsplash"
    request_id_header = "x-request-id"
    request_id_prefix = "req_"

    @staticmethod
    def key(headers: Mapping[str, str]) -> str:
        scheme, _space, key = headers.get("authorization", "").partition(" ")
        return key.strip() if scheme == "Client-ID" else ""

    @staticmethod
    def error(fault: Fault, request_id: str) -> tuple[int, Json]:
        if fault.kind == "rate_limit":
            return 403, {"errors": ["Rate Limit Exceeded"]}
        return fault.status or OPENAI_FAULTS[fault.kind][0], {"errors": [fault.message]}

    @staticmethod
    def check(body: Json | None, headers: Mapping[str, str]) -> None:
        if headers.get("accept-version") != "v1":
            raise bad("Accept-Version: v1 is expected")

    @classmethod
    def reply(cls, call: Any) -> Json:
        if call.path.endswith("/download"):
            return {"url": "https://images.unsplash.com/photo-1"}
        query = parse_qs(call.query)
        if not query.get("query"):
            raise bad("query is missing")
        count = 0 if call.file == b"none" else int(query["per_page"][0])
        photos = [cls.photo(call, number) for number in range(1, count + 1)]
        return {"total": len(photos), "total_pages": 1, "results": photos}

    @staticmethod
    def photo(call: Any, number: int) -> Json:
        root = f"http://{call.headers['host']}{ROOT}"
        files = "http://127.0.0.1:9" if call.file == b"elsewhere" else f"{root}/files"
        if call.file == b"slow" and number == 1:
            files += SLOW
        return {
            "id": f"photo-{number}",
            "alt_description": "A photo",
            "urls": {"raw": f"{files}/photo-{number}?ixid=1"},
            "links": {
                "download_location": f"{root}/photos/photo-{number}/download?ixid=1"
            },
            "user": {
                "name": PHOTOGRAPHER,
                "links": {"html": "https://unsplash.com/@adacloud"},
            },
        }


def file_of(call: Any) -> bytes:
    """Return the file of a photo, for which no key is sent."""
    if SLOW in call.path:
        call.wait(None)
    call.reply_headers["Content-Type"] = "image/jpeg"
    return picture(call.path, 0, "JPEG")
