# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..pictures import Style

COLOR = re.compile(r"#[0-9a-fA-F]{6}")


class BlogBlogCover(models.Model):
    """Settings for the covers of a blog's posts."""

    _inherit = "blog.blog"  # pylint: disable=consider-merging-classes-inherited

    blog_ai_cover = fields.Selection(
        [
            ("drawn", "Drawn from the title"),
            ("library", "From the media library, else drawn"),
            ("none", "No cover"),
        ],
        "Covers of AI Posts",
        default="drawn",
        required=True,
        groups="website.group_website_designer",
        help="From the media library, a post takes the picture whose name or "
        "description has a word of its tags or keywords, or two of its title.",
    )
    blog_ai_cover_color = fields.Char(
        "Color of Covers",
        groups="website.group_website_designer",
        help="Covers are drawn in shades of this color. Leave empty for a color that "
        "is chosen for the blog.",
    )

    @api.constrains("blog_ai_cover_color")
    def _check_blog_ai_cover_color(self):
        for blog in self:
            color = blog.blog_ai_cover_color
            if color and not COLOR.fullmatch(color):
                raise ValidationError(
                    self.env._(
                        "“%(color)s” is not a color. Enter one such as #1D4ED8.",
                        color=color,
                    )
                )

    def _blog_ai_cover_style(self) -> Style | None:
        return None if self.blog_ai_cover == "none" else self._blog_ai_drawing_style()

    def _blog_ai_drawing_style(self) -> Style:
        from_library = self.blog_ai_cover == "library"
        return Style(self.blog_ai_cover_color or "", self.id, self.name, from_library)
