# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pictures of a post: plain Python without records, which may run in a thread."""

from .cover import HEIGHT, WIDTH, Cover, Style, draw_cover
from .library import best_picture
from .source_type import ALGORITHM, MODEL, has_provenance, with_source_type

__all__ = [
    "ALGORITHM",
    "HEIGHT",
    "MODEL",
    "WIDTH",
    "Cover",
    "Style",
    "best_picture",
    "draw_cover",
    "has_provenance",
    "with_source_type",
]
