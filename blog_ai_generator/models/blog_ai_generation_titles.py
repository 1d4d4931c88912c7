# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class BlogAiGenerationTitles(models.Model):
    """About what other titles cost, beside the button that asks for them."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    titles_cost = fields.Char("Cost of Titles", compute="_compute_titles_cost")

    @api.depends("post_id", "provider_id", "model")
    @api.depends_context("lang")
    def _compute_titles_cost(self):
        for generation in self:
            is_article = generation.kind == "article"
            generation.titles_cost = (
                is_article and generation.post_id._blog_ai_titles_cost()
            )
