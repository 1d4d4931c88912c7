# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..internals import clear_cache, fill_cache, ormcache

ATTACHED = ("attachment_ids", "report_template_ids")


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def write(self, vals):
        if not vals.keys().isdisjoint(ATTACHED):
            clear_cache(self.env)
        return super().write(vals)

    @ormcache("self.id")
    def _blog_ai_is_bare(self) -> bool:
        return not any(self[name] for name in ATTACHED)

    def _blog_ai_fetch_attached(self) -> None:
        """Cache that the template has no attachments.

        Odoo queries files and reports of a template for each email. Ours has none
        until somebody adds one.
        """
        if self._blog_ai_is_bare():
            for name in ATTACHED:
                fill_cache(self, name, [()])
