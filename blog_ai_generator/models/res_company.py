# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    blog_ai_provider_id = fields.Many2one(
        "blog.ai.provider", "Default AI Provider", ondelete="set null"
    )
    blog_ai_recipient_ids = fields.Many2many(
        "res.partner",
        "res_company_blog_ai_recipient_rel",
        string="Recipients of AI Posts",
    )

    def _blog_ai_default_provider(self):
        """The company's choice while it lasts; else the first that can be used."""
        self.ensure_one()
        chosen = self.sudo().blog_ai_provider_id
        if chosen.active:
            return chosen.sudo(False)
        providers = self.env["blog.ai.provider"].search(
            [("company_id", "in", [self.id, False])]
        )
        return (providers.filtered("is_ready") or providers)[:1]
