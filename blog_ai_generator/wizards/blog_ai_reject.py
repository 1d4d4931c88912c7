# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError


class BlogAiReject(models.TransientModel):
    """Why a reviewer rejects a draft, and whether it is written again."""

    _name = "blog.ai.reject"
    _description = "Reject a Draft"

    generation_id = fields.Many2one(
        "blog.ai.generation", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Text(required=True)
    again = fields.Boolean("Write it again", default=True)

    def action_reject(self):
        self.ensure_one()
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(
                self.env._("Say why: the next version is written with it in mind.")
            )
        again = self.generation_id._reject(reason, self.again)
        if not again:
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.act_window",
            "res_model": "blog.ai.generation",
            "res_id": again.id,
            "views": [(False, "form")],
        }
