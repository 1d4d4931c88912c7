# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class BlogAiRetry(models.TransientModel):
    """Ask before a retry that would write nearly the same post again."""

    _name = "blog.ai.retry"
    _description = "Retry All the Same"

    generation_ids = fields.Many2many("blog.ai.generation", readonly=True)
    question = fields.Text(readonly=True)

    def action_retry(self):
        """Retry without asking again: the person has seen what it resembles."""
        generations = self.generation_ids.with_context(blog_ai_write_all_the_same=True)
        told = generations.action_retry()
        return told if told is not True else {"type": "ir.actions.act_window_close"}
