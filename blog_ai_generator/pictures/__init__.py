# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pictures of a post: plain Python without records, which may run in a thread."""

from .checked import ENDINGS, mimetype_of, refusal_of
from .cover import HEIGHT, WIDTH, Cover, Style, draw_backdrop, draw_cover, preview
from .library import best_pictures
from .source_type import ALGORITHM, MODEL, has_provenance, with_source_type
from .unsplash import TIME_LIMIT as PHOTO_TIME_LIMIT
from .unsplash import (
    UNSPLASH,
    Photo,
    PhotoError,
    PhotoSearch,
    find_photo,
    find_photos,
    report_use,
)

__all__ = [
    "ALGORITHM",
    "ENDINGS",
    "HEIGHT",
    "MODEL",
    "PHOTO_TIME_LIMIT",
    "UNSPLASH",
    "WIDTH",
    "Cover",
    "Photo",
    "PhotoError",
    "PhotoSearch",
    "Style",
    "best_pictures",
    "draw_backdrop",
    "draw_cover",
    "find_photo",
    "find_photos",
    "has_provenance",
    "mimetype_of",
    "preview",
    "refusal_of",
    "report_use",
    "with_source_type",
]
