# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..internals import default_sender
from ..messages import Message, render
from ..utils import open_form

# Emails about a post, without the messages that people write to each other.
FAILED_MAIL = (
    Domain("model", "=", "blog.post")
    & Domain("state", "=", "exception")
    & Domain("is_notification", "=", False)
)


class BlogAiGenerationMail(models.Model):
    """The emails of a generation that were not sent, why, and what to do about it."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    mail_error = fields.Char(
        "Email Not Sent", compute="_compute_mail_error", search="_search_mail_error"
    )

    @api.depends("post_ids.is_published", "notified_at", "review_state")
    @api.depends_context("lang", "uid")
    def _compute_mail_error(self):
        failed = self._failed_mails()
        for generation in self:
            mail = failed.filtered(lambda m, g=generation: m.res_id in g.post_ids.ids)
            generation.mail_error = (
                f"{self._mail_name_of(mail[0])} {self._mail_remedy_of(mail[0])}"
                if mail
                else generation._why_no_email()
            )

    def _why_no_email(self) -> str | bool:
        post = self.post_id.sudo()
        if (
            self.notified_at
            or not self.recipient_ids
            or not post.is_published
            or post.blog_ai_announce_at
        ):
            return False
        key = "email.not_saved" if self.sudo().error_detail else "email.not_made"
        return render(self.env, Message(key))

    @api.model
    def _search_mail_error(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        failing = self._search_unsent(Domain.TRUE)
        if operator == "in" and False in value:
            return Domain("id", "not in", failing.ids)
        found = failing.filtered_domain(Domain("mail_error", operator, value))
        return Domain("id", "in", found.ids)

    @api.model
    def _search_unsent(self, among: Domain):
        """Search those with an email that was not sent; one statement if there is none.

        It goes from the failed emails, which are few, to their generations.
        """
        mails = self.env["mail.mail"].sudo()
        failed = mails._search(FAILED_MAIL)
        about = failed.subselect(mails._field_to_sql(failed.table, "res_id", failed))
        failing = self._search(among & Domain("post_ids", "any", [("id", "in", about)]))
        published = [("is_published", "=", True), ("blog_ai_announce_at", "=", False)]
        without_email = self._search(
            among
            & Domain("notified_at", "=", False)
            & Domain("recipient_ids", "!=", False)
            & Domain("post_ids", "any", published)
        )
        # PostgreSQL takes an OR for expensive and compiles it, for half a second.
        either = SQL("(%s UNION %s)", failing.subselect(), without_email.subselect())
        return self.search(Domain("id", "in", either)).filtered("mail_error")

    def _failed_mails(self):
        """Return the emails about these posts that were not sent, the latest first.

        Emails to the reviewer (recognized by their activity type) count until the
        review is decided. Messages between people are ignored: Odoo reports their
        failures itself.
        """
        asking = self.filtered(lambda g: g.review_state == "pending").post_ids
        told = self.filtered("notified_at").post_ids
        to_reviewer = Domain("mail_activity_type_id", "!=", False)
        return (
            self.env["mail.mail"]
            .sudo()
            .search(
                FAILED_MAIL
                & (
                    (to_reviewer & Domain("res_id", "in", asking.ids))
                    | (~to_reviewer & Domain("res_id", "in", told.ids))
                )
            )
        )

    @api.model
    def _mail_name_of(self, mail) -> str:
        if mail.mail_activity_type_id:
            return self.env._(
                "The email that asks for a review of this draft could not be sent. "
                "Notify the reviewer yourself, or have it sent again."
            )
        return self.env._(
            "An email that notifies recipients of this published post could not be "
            "sent."
        )

    @api.model
    def _mail_remedy_of(self, mail) -> str:
        if mail.failure_type == "mail_from_missing" or not self._sender_of(mail):
            return render(self.env, Message("email.no_sender"))
        if mail.failure_type in ("mail_email_missing", "mail_email_invalid"):
            return render(self.env, Message("email.no_address"))
        text = render(self.env, Message("email.not_accepted"))
        return f"{text} ({mail.failure_reason})" if mail.failure_reason else text

    @api.model
    def _sender_of(self, mail) -> str:
        """Return the sender as Odoo finds it once it is connected to a mail server."""
        return (
            mail.email_from
            or mail.record_alias_domain_id.default_from_email
            or default_sender(self.env)
        )

    def action_open_mail(self):
        """Open the email that was not sent in Odoo's own form, which has a “Retry”."""
        self.ensure_one()
        mail = self._failed_mails()[:1].sudo(False)
        if not mail:
            raise UserError(
                self.env._("No email is left to be sent again. Reload the page.")
            )
        mail.check_access("read")
        return open_form(mail)
