# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..utils import notification, too_late


class BlogAiTitle(models.TransientModel):
    """A title that a provider proposed, which a post may take."""

    _name = "blog.ai.title"
    _description = "Title to Choose"

    ask_id = fields.Many2one(
        "blog.ai.ask", required=True, readonly=True, ondelete="cascade", index=True
    )
    name = fields.Char("Title", required=True, readonly=True)

    def action_use(self):
        self.ensure_one()
        self.check_access("read")
        ask = self.sudo().ask_id
        post = ask.post_id.with_user(self.env.user)
        is_ours = ask.generation_id or not post
        if is_ours and (why := ask.generation_id._gone_note()):
            return too_late(self.env, why)
        post = post.with_context(lang=post.sudo()._blog_ai_text_lang())
        post.name = self.name
        return notification(
            self.env._("The post has this title now."),
            following={"type": "ir.actions.act_window_close"},
        )
