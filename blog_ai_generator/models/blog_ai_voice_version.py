# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import llm


class BlogAiVoiceVersion(models.Model):
    """A voice as it was saved once. It never changes: posts were written in it."""

    _name = "blog.ai.voice.version"
    _description = "Version of a Voice"
    _order = "id desc"

    voice_id = fields.Many2one(
        "blog.ai.voice", required=True, ondelete="cascade", index=True, readonly=True
    )
    company_id = fields.Many2one(related="voice_id.company_id")
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    # The name of the voice at that time, and the number.
    name = fields.Char(required=True, readonly=True)
    # Read by ``llm.Voice.of``.
    content = fields.Json(readonly=True)
    # Length of what is told, in UTF-8: the budget counts with it.
    octets = fields.Integer(readonly=True, aggregator=None)
    told = fields.Text("What the Model Is Told", compute="_compute_told")

    _once = models.UniqueIndex(
        "(voice_id, number)",
        "Somebody saved this voice at the same moment. Reload the page.",
    )

    @api.depends("name", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            end = f" ({version.number})"
            version.display_name = self.env._(
                "%(voice)s, version %(number)s",
                voice=(version.name or "").removesuffix(end),
                number=version.number,
            )

    @api.depends("content")
    def _compute_told(self):
        for version in self:
            version.told = llm.voice_text(version._voice())

    def _voice(self) -> llm.Voice:
        return llm.Voice.of(self.content or None)

    def write(self, vals):
        if vals:
            raise UserError(
                self.env._(
                    "A version of a voice is never changed. Change the voice: saving "
                    "it makes a new version."
                )
            )
        return super().write(vals)
