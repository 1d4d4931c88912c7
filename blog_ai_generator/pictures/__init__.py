# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pictures of a post: plain Python without records, which may run in a thread."""

from .cover import HEIGHT, WIDTH, Cover, Style, draw_cover, preview
from .library import best_pictures
from .source_type import ALGORITHM, MODEL, has_provenance, with_source_type

__all__ = [
    "ALGORITHM",
    "HEIGHT",
    "MODEL",
    "WIDTH",
    "Cover",
    "Style",
    "best_pictures",
    "draw_cover",
    "has_provenance",
    "preview",
    "with_source_type",
]
