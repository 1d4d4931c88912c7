# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every code of a note, and every field that a note can name."""

from collections.abc import Mapping
from types import MappingProxyType

from .social_networks import NETWORKS

# Names of the values, by code.
NOTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # ``field`` is one of FIELDS.
        "field_tags_removed": ("field",),
        "field_language_removed": ("field",),  # text in another language
        "field_replaced": ("field",),  # missing or too short
        "field_cut": ("field",),
        "field_address_removed": ("field",),
        "field_links_removed": ("field",),  # links, mentions or markup
        "answer_mended": (),  # its JSON was broken, or had other keys or types
        "body_line_breaks_fixed": (),
        "body_title_removed": (),  # or made a heading of a lower level
        "body_simplified": (),  # more parts or marks than a page has
        "body_links_removed": ("count",),
        "body_images_removed": ("count",),
        # Citations of a chat, footnotes, LaTeX, words to whoever asked.
        "body_marks_removed": ("count",),
        "body_tags_removed": ("count",),
        # ``name`` as it is in the text, which must not be published like that.
        "placeholder": ("name",),
        "keywords_missing": (),
        "keywords_cut": (),  # too many, or one too long
        # ``name`` has the words of the voice's glossary.
        "glossary_always": ("name",),  # missing
        "glossary_never": ("name",),  # present, as those below
        "glossary_as": ("name",),
        # ``name`` has headings.
        "outline_missing": ("name",),
        "outline_added": ("name",),
        "outline_order": (),
        # Notes about a translation.
        "texts_missing": ("count",),
        "formatting_lost": (),
        # ``name`` and ``other`` are fields of the request as the protocol names them,
        # where it matters with the value that was refused.
        "parameter_omitted": ("name",),
        "parameter_replaced": ("name", "other"),
        "usage_missing": (),
        "finish_unknown": ("name",),  # why the answer ended, as the provider says it
    }
)
FIELDS = (
    "title",
    "teaser",
    "seo_title",
    "seo_description",
    "keywords",
    *(f"social.{key}" for key in NETWORKS),
)
