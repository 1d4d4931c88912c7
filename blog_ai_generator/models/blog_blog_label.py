# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class BlogBlogLabel(models.Model):
    """Settings for the label that says that a model wrote a post."""

    _inherit = "blog.blog"  # pylint: disable=consider-merging-classes-inherited

    # They have no groups: a visitor's page reads them with the other columns of a blog.
    blog_ai_label = fields.Selection(
        [
            ("unreviewed", "Unless reviewed"),
            ("always", "Always"),
            ("never", "Never"),
        ],
        "AI Label",
        default="unreviewed",
        required=True,
        help="Posts that a language model wrote say so at the beginning: always, "
        "never, or until a person takes editorial responsibility for the text.",
    )
    blog_ai_label_text = fields.Char(
        "Text of the AI Label",
        translate=True,
        help="Leave empty for a sentence that says whether a person edited or reviewed "
        "the text.",
    )
