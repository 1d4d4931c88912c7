# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class BlogAiVoiceChoiceMixin(models.AbstractModel):
    """Write again: in the voice as it was then, or as it is today."""

    _name = "blog.ai.voice.choice.mixin"
    _description = "Voice of Then or Today"

    voice_choice = fields.Selection(
        [("now", "As it is today"), ("then", "As it was then")],
        "Voice to Write In",
        required=True,
        default="now",
    )
    voice_note = fields.Char(compute="_compute_voice_note")

    @api.depends_context("lang")
    def _compute_voice_note(self):
        """Say how the voice has changed since; nothing if there is no choice."""
        for record in self:
            changed = record._generations_of_then()._with_changed_voice()
            record.voice_note = changed[:1]._voice_note()

    def _generations_of_then(self):
        return self.env["blog.ai.generation"]
