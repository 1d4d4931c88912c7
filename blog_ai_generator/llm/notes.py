# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Notes on an answer, as codes that the caller puts into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# Every code of a note, with the names of its values.
NOTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # ``field`` is one of FIELDS.
        "field_tags_removed": ("field",),
        "field_replaced": ("field",),  # missing or too short
        "field_cut": ("field",),
        "field_address_removed": ("field",),
        "field_links_removed": ("field",),  # links, mentions or markup
        "body_line_breaks_fixed": (),
        "body_title_removed": (),  # or made a heading of a lower level
        "body_links_removed": ("count",),
        "body_images_removed": ("count",),
        "body_tags_removed": ("count",),
        "keywords_missing": (),
        "keywords_cut": (),  # too many, or one too long
        # ``name`` and ``other`` are fields of the request as the protocol names them,
        # where it matters with the value that was refused.
        "parameter_omitted": ("name",),
        "parameter_replaced": ("name", "other"),
        "usage_missing": (),
    }
)
FIELDS = (
    "title",
    "teaser",
    "seo_title",
    "seo_description",
    "keywords",
    "social.x",
    "social.bluesky",
    "social.mastodon",
    "social.linkedin",
)


@dataclass(frozen=True)
class Note:
    """One thing that was mended, or left out of a request.

    :param code: a key of :data:`NOTES`
    :param values: plain strings by the names that :data:`NOTES` lists
    """

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, frozenset(self.values.items())))

    def __str__(self) -> str:
        """Return the text for a technical log: ``field_cut: field=title``."""
        values = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code}: {values}" if values else self.code
