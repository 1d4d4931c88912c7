# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..utils import day_text, selection_labels


class BlogAiGenerationPostStatus(models.Model):
    """Tell what visitors see of the post, in the words of the editorial calendar."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    post_status = fields.Selection(
        [
            ("draft", "Draft"),
            ("approved", "Approved for later"),
            ("published", "Published"),
        ],
        compute="_compute_post_status",
    )
    post_status_note = fields.Char(compute="_compute_post_status")

    @api.depends("post_ids.is_published", "post_ids.post_date", "post_ids.active")
    @api.depends_context("lang", "tz")
    def _compute_post_status(self):
        self.post_status = self.post_status_note = False
        labels = selection_labels(self, "post_status")
        # One statement, where ``post_ids`` takes two.
        posts = self.env["blog.post"].sudo()
        for post in posts.search_fetch(
            [("blog_ai_generation_id", "in", self.ids)],
            ["blog_ai_generation_id", "is_published", "post_date"],
        ):
            generation = self.browse(post.blog_ai_generation_id.id)
            is_ahead = post.is_published and post._blog_ai_is_ahead()
            status = "published" if post.is_published else "draft"
            generation.post_status = "approved" if is_ahead else status
            generation.post_status_note = (
                self._from_day(post) if is_ahead else labels[status]
            )

    @api.model
    def _from_day(self, post) -> str:
        local = fields.Datetime.context_timestamp(self, post.post_date)
        return self.env._("From %(day)s", day=day_text(self.env, local.date()))
