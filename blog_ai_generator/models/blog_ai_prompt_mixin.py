# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .. import llm


class BlogAiPromptMixin(models.AbstractModel):
    """The prompt of a post, part by part, exactly as it is sent."""

    _name = "blog.ai.prompt.mixin"
    _description = "Prompt That Is Shown"

    prompt_system = fields.Text("Rules", compute="_compute_prompt")
    prompt_user = fields.Text("Your Post", compute="_compute_prompt")
    prompt_form = fields.Text("Form of the Answer", compute="_compute_prompt")
    prompt_note = fields.Char("Length of the Prompt", compute="_compute_prompt")

    @api.depends_context("lang")
    def _compute_prompt(self):
        for record in self:
            generation = record._generation_shown()
            sent = generation._shown() if generation else llm.Shown("", "", "")
            record.prompt_system, record.prompt_user, record.prompt_form = sent
            record.prompt_note = generation and record._prompt_note(sent)

    def _generation_shown(self):
        """Return the generation whose prompt is shown; empty to show none."""
        return self.env["blog.ai.generation"]

    def _prompt_note(self, sent: llm.Shown) -> str:
        return self.env._(
            "about %(count)s tokens, %(own)s of them for your post",
            count=sent.tokens,
            own=llm.estimated_tokens(sent.user),
        )
