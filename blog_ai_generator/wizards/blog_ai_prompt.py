# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class BlogAiPrompt(models.TransientModel):
    """“Show the prompt” of a generation."""

    _name = "blog.ai.prompt"
    _description = "Show the Prompt"
    _inherit = ["blog.ai.prompt.mixin"]

    generation_id = fields.Many2one(
        "blog.ai.generation", required=True, readonly=True, ondelete="cascade"
    )
    prompt_sent_note = fields.Char(compute="_compute_prompt_sent_note")

    @api.depends("generation_id")
    def _compute_prompt(self):
        return super()._compute_prompt()

    @api.depends("generation_id")
    @api.depends_context("lang")
    def _compute_prompt_sent_note(self):
        for wizard in self:
            wizard.prompt_sent_note = wizard._generation_shown()._shown_note()

    def _generation_shown(self):
        self.generation_id.check_access("read")
        return self.generation_id
