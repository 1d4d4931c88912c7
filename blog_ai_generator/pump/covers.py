# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pictures of posts that have just been stored.

A post is stored with a cover that was drawn, so that it waits for no picture. If a
server stops meanwhile, a better cover is lost and nothing else.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from odoo.api import Environment

from ..pictures import PhotoError, PhotoSearch, find_photo, find_photos, report_use
from .ask import ask_of
from .generation_queue import generation_queue
from .limits import LEASE_MARGIN
from .transaction import transact_until

_logger = logging.getLogger(__name__)

Found = TypeVar("Found")


def start_pictures(registry: Any, generation_ids: Sequence[int]) -> None:
    """Look for the pictures of posts in the background."""

    def look() -> None:
        for number in generation_ids:
            _look(registry, number)

    _start(look)


def start_photo(registry: Any, generation_id: int, search: PhotoSearch) -> None:
    """Look for a photo of a post in the background, while no transaction is open."""

    def find() -> None:
        found = _or_reason(partial(find_photo, search))
        _stored(
            registry,
            lambda env: generation_queue(env)._keep_photo(generation_id, found),
        )

    _start(find)


def start_photos(registry: Any, ask_id: int, search: PhotoSearch, most: int) -> None:
    """Look for photos from which a person chooses, as :func:`start_photo` does."""

    def find() -> None:
        found = _or_reason(partial(find_photos, search, most))
        _stored(registry, lambda env: ask_of(env, ask_id)._keep_photos(found))

    _start(find)


def start_report(search: PhotoSearch, use: str) -> None:
    """Report the use of a photo to Unsplash in the background."""
    _start(partial(report_use, search, use))


def _or_reason(find: Callable[[], Found]) -> Found | str:
    """Return what is found, or the reason of a :class:`~..pictures.PhotoError`."""
    try:
        return find()
    except PhotoError as error:
        return error.reason
    except Exception:
        # The post keeps a cover, whatever a stranger's server sends.
        _logger.exception("The search for a photo broke")
        return "failed"


def _start(work: Callable[[], None]) -> None:
    name = "blog_ai_generator.ask.covers"
    threading.Thread(target=work, name=name, daemon=True).start()


def _look(registry: Any, generation_id: int) -> None:
    _stored(
        registry, lambda env: generation_queue(env)._look_for_picture(generation_id)
    )


def _stored(registry: Any, function: Callable[[Environment], None]) -> None:
    try:
        # Wait for a database that is away, but not for long: no text is at stake.
        transact_until(time.monotonic() + LEASE_MARGIN, registry, function)
    except Exception:
        _logger.exception("The picture of a post could not be stored")
