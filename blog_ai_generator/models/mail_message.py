# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain

from .blog_blog_message import UNTIL


class MailMessage(models.Model):
    """Let the email about a message refer to none that was posted after it."""

    _inherit = "mail.message"

    @api.model
    def _search(self, domain, *args, **kwargs):
        if until := self.env.context.get(UNTIL):
            domain = Domain(domain) & Domain("id", "<=", until)
        return super()._search(domain, *args, **kwargs)
