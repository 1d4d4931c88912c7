# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MailMail(models.Model):
    """Refresh open generations when an email fails, or is sent again or cancelled."""

    _inherit = "mail.mail"

    def _postprocess_sent_message(self, *args, **kwargs):
        # First: Odoo deletes some failed emails.
        self._blog_ai_notify_failed()
        return super()._postprocess_sent_message(*args, **kwargs)

    def mark_outgoing(self):
        self._blog_ai_notify_failed()
        return super().mark_outgoing()

    def cancel(self):
        self._blog_ai_notify_failed()
        return super().cancel()

    def _blog_ai_notify_failed(self) -> None:
        # The state of sent emails is in the cache: they cost no query.
        failed = self.sudo().filtered(
            lambda mail: mail.state == "exception" and mail.model == "blog.post"
        )
        if failed:
            posts = failed.env["blog.post"].browse(failed.mapped("res_id"))
            posts.exists().blog_ai_generation_id._notify_updated()
