# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MailMail(models.Model):
    """Open forms and lists of generations see at once that a mail has failed, and that
    a failed one is sent again or given up."""

    _inherit = "mail.mail"

    def _postprocess_sent_message(self, *args, **kwargs):
        # Before Odoo deletes some of those that failed.
        self._blog_ai_notify_failed()
        return super()._postprocess_sent_message(*args, **kwargs)

    def mark_outgoing(self):
        self._blog_ai_notify_failed()
        return super().mark_outgoing()

    def cancel(self):
        self._blog_ai_notify_failed()
        return super().cancel()

    def _blog_ai_notify_failed(self) -> None:
        """Of mails that were sent, nothing is asked: their state is at hand."""
        failed = self.sudo().filtered(
            lambda mail: mail.state == "exception" and mail.model == "blog.post"
        )
        if failed:
            posts = failed.env["blog.post"].browse(failed.mapped("res_id"))
            posts.exists().blog_ai_generation_id._notify_updated()
