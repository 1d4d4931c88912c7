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
        leave = [Command.unlink(partner_id)]
        self.blog_ai_recipient_ids = leave
        mine = [("company_id", "=", self.id), ("recipient_ids", "in", [partner_id])]
        self.env["blog.ai.slot"].search(mine).recipient_ids = leave
        untold = [*mine, ("notified_at", "=", False)]
        self.env["blog.ai.generation"].search(untold).recipient_ids = leave
        blogs = self.env["blog.blog"].search(
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
