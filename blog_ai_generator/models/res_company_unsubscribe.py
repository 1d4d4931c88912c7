# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.fields import Command
from odoo.tools import hmac


class ResCompanyUnsubscribe(models.Model):
    """Let recipients of emails about a company's posts stop them."""

    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    def _blog_ai_token(self, partner_id: int) -> str:
        scope = "blog_ai_generator.unsubscribe"
        return hmac(self.env(su=True), scope, f"{self.id}/{partner_id}")

    def _blog_ai_unsubscribe(self, partner_id: int) -> None:
        """Remove a partner wherever recipients of the company's posts are chosen."""
        # Archived slots, blogs and partners come back, and “Write with changes” copies
        # the recipients of a post that was announced long ago.
        company = self.with_context(active_test=False)
        leave = [Command.unlink(partner_id)]
        company.blog_ai_recipient_ids = leave
        mine = [("company_id", "=", self.id), ("recipient_ids", "in", [partner_id])]
        for model in ("blog.ai.slot", "blog.ai.generation"):
            company.env[model].search(mine).recipient_ids = leave
        blogs = company.env["blog.blog"].search(
            [
                "|",
                ("website_id", "=", False),
                ("website_id.company_id", "=", self.id),
                ("blog_ai_recipient_ids", "in", [partner_id]),
            ]
        )
        blogs.blog_ai_recipient_ids = leave
        partner = self.env["res.partner"].browse(partner_id)
        partner._message_log(
            body=self.env._(
                "Unsubscribed from emails about new posts of %s.", self.name
            )
        )
