# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import models

from .. import mail_frame


class ResCompanyMail(models.Model):
    """The frame of emails in the look of a company, for the templates."""

    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    def _blog_ai_mail_top(self, preheader: str) -> Markup:
        logo = f"/logo.png?company={self.id}"
        return mail_frame.top(self.name, logo, preheader or "")

    def _blog_ai_mail_button(self) -> str:
        accent = self.email_secondary_color or self.secondary_color
        return mail_frame.button(accent, self.email_primary_color)

    def _blog_ai_mail_foot(self) -> Markup:
        sender = filter(None, [self.name, self.phone, self.email])
        return mail_frame.foot(" · ".join(sender))

    def _blog_ai_mail_end(self, ends: bool = False) -> Markup:
        """Return the end of an email.

        :param ends: True to offer the address that ends the emails
        """
        url = f"/blog_ai/unsubscribe/{self.id}" if ends else ""
        return mail_frame.end(url, self.env._("Unsubscribe"))
