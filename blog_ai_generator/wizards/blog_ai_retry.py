# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class BlogAiRetry(models.TransientModel):
    """Ask before a retry that would write the same post again, or in another voice."""

    _name = "blog.ai.retry"
    _description = "Retry All the Same"
    _inherit = ["blog.ai.voice.choice.mixin"]

    generation_ids = fields.Many2many("blog.ai.generation", readonly=True)
    question = fields.Text(readonly=True)

    @api.depends("generation_ids")
    def _compute_voice_note(self):
        return super()._compute_voice_note()

    def _generations_of_then(self):
        return self.generation_ids

    def action_retry(self):
        """Retry without asking again: the person has seen what it resembles."""
        generations = self.generation_ids.with_context(
            blog_ai_write_all_the_same=True,
            blog_ai_voice_of_today=self.voice_choice == "now",
        )
        told = generations.action_retry()
        return told if told is not True else {"type": "ir.actions.act_window_close"}
