# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..fields import PlainText
from ..models.blog_ai_brief_mixin_texts import MAX_NOTES
from ..utils import open_form, selection_labels


class BlogAiReject(models.TransientModel):
    """Reject a draft with a reason, and optionally have it written again."""

    _name = "blog.ai.reject"
    _description = "Reject a Draft"
    _inherit = ["blog.ai.voice.choice.mixin"]

    generation_id = fields.Many2one(
        "blog.ai.generation", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(related="generation_id.kind")
    post_id = fields.Many2one(related="generation_id.post_id")
    lang = fields.Selection(related="generation_id.lang")
    reason = PlainText(required=True)
    again = fields.Boolean("Write it again", default=True)
    topic_id = fields.Many2one(related="generation_id.topic_id")
    requeue = fields.Boolean(
        "Back into the queue",
        help="A slot writes about the topic again, without knowing your reason. "
        "Otherwise the topic is dropped.",
    )

    edited_copy = fields.Char(compute="_compute_edited_copy")

    @api.depends("generation_id")
    def _compute_edited_copy(self):
        for wizard in self:
            edited = wizard.generation_id.post_ids.social_ids.filtered("is_edited")
            networks = selection_labels(edited, "network")
            names = [networks[copy.network] for copy in edited]
            wizard.edited_copy = bool(names) and self.env._(
                "Text that was edited by hand (%(networks)s) stays with the archived "
                "draft; the new post gets new text.",
                networks=", ".join(names),
            )

    @api.depends("generation_id")
    def _compute_voice_note(self):
        return super()._compute_voice_note()

    def _generations_of_then(self):
        return self.generation_id

    @api.constrains("reason")
    def _check_reason(self):
        for wizard in self:
            if len(wizard.reason or "") > MAX_NOTES:
                raise ValidationError(
                    self.env._(
                        "The reason has %(count)s characters. Shorten it to %(most)s.",
                        count=len(wizard.reason),
                        most=MAX_NOTES,
                    )
                )

    def action_reject(self):
        self.ensure_one()
        if late := self.generation_id._decided_in_window(or_plain=True):
            return late
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Enter a reason: the next version takes it into account.")
                if self.again
                else self.env._("Enter a reason: it is kept with the rejected draft.")
            )
        again = self.generation_id._reject(reason, self.again, self.requeue)
        if not again:
            return {"type": "ir.actions.act_window_close"}
        if self.voice_choice == "then":
            again.voice_version_id = self.generation_id.sudo().voice_version_id
        # Without `active_id` the address would contain the wizard's id.
        return open_form(again, context={"active_id": False})
