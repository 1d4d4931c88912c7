# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..fields import PlainChar
from .blog_ai_voice import SAVING


class BlogAiVoiceTerm(models.Model):
    """One word of a voice's glossary: always, never, or another one instead."""

    _name = "blog.ai.voice.term"
    _description = "Word of a Glossary"
    _order = "sequence, id"
    _rec_name = "word"

    voice_id = fields.Many2one(
        "blog.ai.voice", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    word = PlainChar(required=True)
    rule = fields.Selection(
        [("always", "always"), ("never", "never"), ("as", "write instead:")],
        required=True,
        default="never",
    )
    instead = PlainChar("Instead")

    @api.constrains("rule", "instead")
    def _check_instead(self):
        for term in self:
            if term.rule == "as" and not term.instead:
                raise ValidationError(
                    self.env._(
                        "Enter what to write instead of “%(word)s”, or choose “always” "
                        "or “never”.",
                        word=term.word,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        terms = super().create(vals_list)
        terms._keep_version()
        return terms

    def write(self, vals):
        result = super().write(vals)
        self._keep_version()
        return result

    def unlink(self):
        voices = self.voice_id
        result = super().unlink()
        self.browse()._keep_version(voices)
        return result

    def _keep_version(self, voices=None) -> None:
        """Keep a version of the voice, unless it is saved together with its words."""
        if not self.env.context.get(SAVING):
            voices = voices or self.voice_id
            voices._check_length()
            voices._keep_version()
