# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class BlogAiApprove(models.TransientModel):
    """Approve a draft and decide when it becomes visible."""

    _name = "blog.ai.approve"
    _description = "Approve a Draft"

    generation_id = fields.Many2one(
        "blog.ai.generation", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(related="generation_id.kind")
    post_id = fields.Many2one(related="generation_id.post_id")
    lang = fields.Selection(related="generation_id.lang")
    when = fields.Selection(
        [("now", "Publish at once"), ("later", "Publish at a date")],
        required=True,
        default="now",
    )
    publish_at = fields.Datetime("Visible from")
    responsible = fields.Boolean(
        "I have examined the content and take editorial responsibility"
    )
    blog_ai_label = fields.Selection(related="generation_id.blog_id.blog_ai_label")
    tz = fields.Char("Time Zone", compute="_compute_tz")
    same_title = fields.Text(compute="_compute_same_title")

    def _compute_tz(self):
        self.tz = self.env.user.tz or "UTC"

    @api.depends("generation_id")
    def _compute_same_title(self):
        for wizard in self:
            title = wizard.generation_id._title_taken()
            wizard.same_title = title and self.env._(
                "The blog has another post or draft with the title “%(title)s”. Change "
                "the title of this draft first, or approve it all the same.",
                title=title,
            )

    def action_approve(self):
        self.ensure_one()
        at = None
        if self.when == "later":
            at = self.publish_at
            if not at or at <= fields.Datetime.now():
                raise UserError(
                    self.env._("Choose a date in the future, or “Publish at once”.")
                )
        self.generation_id._approve(at, self.responsible)
        return {"type": "ir.actions.act_window_close"}
