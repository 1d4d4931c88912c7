# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..llm.answer import SEO_TITLE_LIMIT
from ..llm.excerpt import cut_phrase
from ..utils import notification


class BlogAiTitle(models.TransientModel):
    """A title that a provider proposed, which a post may take."""

    _name = "blog.ai.title"
    _description = "Title to Choose"

    ask_id = fields.Many2one(
        "blog.ai.ask", required=True, readonly=True, ondelete="cascade", index=True
    )
    name = fields.Char("Title", required=True, readonly=True)

    def action_use(self):
        """Give the post this title, for search engines too if they had the same."""
        self.ensure_one()
        self.check_access("read")
        post = self.sudo().ask_id.post_id.with_user(self.env.user)
        if not post:
            raise UserError(
                self.env._("The post was deleted meanwhile. Close this window.")
            )
        post = post.with_context(lang=post.sudo()._blog_ai_text_lang())
        present = cut_phrase(post.name or "", SEO_TITLE_LIMIT)
        values = {"name": self.name}
        if (post.website_meta_title or present) == present:
            values["website_meta_title"] = cut_phrase(self.name, SEO_TITLE_LIMIT)
        post.write(values)
        return notification(
            self.env._("The post has this title now."),
            following={"type": "ir.actions.act_window_close"},
        )
