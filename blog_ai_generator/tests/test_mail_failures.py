# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from ..models.blog_ai_generation_state import UPDATED
from .common import BlogAiCase

NO_VALID_RECIPIENT = IrMail_Server.NO_VALID_RECIPIENT
REFUSING = ConnectionRefusedError("Nobody listens")
FULL = OSError("Mailbox is full")


@tagged("post_install", "-at_install")
class TestMailFailures(BlogAiCase):
    """An open form shows what becomes of the emails of its generation."""

    def queued(self, **values):
        """Return a published generation and the email about its post."""
        values = {"recipient_ids": [(6, 0, self.reader.ids)], **values}
        generation = self.ask(publish=True, **values)
        self.attempt(generation)
        return generation, self.env["mail.mail"].search(
            [("model", "=", "blog.post"), ("res_id", "=", generation.post_id.id)]
        )

    def announced(self, act, *args, **kwargs):
        sent = self.sent_on_bus(UPDATED, act, *args, **kwargs)
        return [content["ids"] for content in sent]

    def send(self, mails, connect=None, deliver=None):
        """Send as Odoo's queue does, to a server that raises the given errors."""
        server = type(self.env["ir.mail_server"])
        with (
            patch.object(server, "_disable_send", return_value=False),
            patch.object(server, "_connect__", side_effect=connect, return_value=None),
            patch.object(
                server, "send_email", side_effect=deliver, return_value="<sent>"
            ),
            mute_logger("odoo.addons.mail.models.mail_mail"),
        ):
            return self.announced(mails.process_email_queue, mails.ids)

    def test_an_email_that_the_server_refuses_is_shown(self):
        generation, mail = self.queued()
        self.assertEqual(self.send(mail, deliver=FULL), [generation.ids])
        self.assertIn("Mailbox is full", generation.mail_error)

    def remarks(self, generations):
        """Return the remarks of the list and the number of statements they take."""
        self.env.flush_all()
        self.env.invalidate_all()
        generations.fetch(["error_code", "review_state"])
        before = self.env.cr.sql_log_count
        remarks = generations.mapped("remark")
        return remarks, self.env.cr.sql_log_count - before

    def test_an_email_that_was_not_sent_is_a_remark_of_the_list(self):
        told, mail = self.queued()
        other = self.ask("Figs on a wall")
        self.attempt(other)
        both = told + other
        self.assertEqual(self.remarks(both), ([False, False], 1))
        self.send(mail, deliver=FULL)
        self.assertEqual(self.remarks(both)[0], ["unsent", False])
        mail.cancel()
        self.assertEqual(self.remarks(both), ([False, False], 1))

    def test_an_unreachable_mail_server_is_shown(self):
        generation, mail = self.queued()
        self.assertEqual(self.send(mail, connect=REFUSING), [generation.ids])
        self.assertIn("Nobody listens", generation.mail_error)

    def test_a_recipient_without_an_address_is_shown(self):
        generation, mail = self.queued()
        self.reader.email = False
        sent = self.send(mail, deliver=AssertionError(NO_VALID_RECIPIENT))
        self.assertEqual(sent, [generation.ids])
        self.assertIn("Enter one in the contacts", generation.mail_error)

    def test_an_email_without_a_sender_is_shown_before_there_is_a_server(self):
        generation, mail = self.queued()
        for sender, said in ((False, "has no sender"), ("us@example.com", "Nobody")):
            with self.subTest(sender):
                mail.write({"email_from": sender, "state": "outgoing"})
                self.send(mail, connect=REFUSING)
                generation.invalidate_recordset(["mail_error"])
                self.assertIn(said, generation.mail_error)

    def test_an_email_that_odoo_gives_a_sender_lacks_none(self):
        generation, mail = self.queued()
        mail.email_from = False
        server = type(self.env["ir.mail_server"])
        self.patch(server, "_get_default_from_address", lambda server: "us@example.com")
        self.send(mail, connect=REFUSING)
        self.assertIn("Nobody listens", generation.mail_error)

    def test_an_email_that_is_sent_notifies_nobody(self):
        generation, mail = self.queued()
        self.assertEqual(self.send(mail), [])
        self.assertEqual(mail.state, "sent")

    def test_a_failed_email_that_is_retried_or_cancelled_is_shown(self):
        for button in ("action_retry", "cancel"):
            with self.subTest(button):
                generation, mail = self.queued(topic=button)
                self.send(mail, deliver=FULL)
                self.assertEqual(
                    self.announced(getattr(mail, button)), [generation.ids]
                )
                generation.invalidate_recordset(["mail_error"])
                self.assertFalse(generation.mail_error)

    def test_a_failed_email_about_something_else_notifies_nobody(self):
        _generation, mail = self.queued()
        post = self.env["blog.post"].create(
            {"name": "By hand", "blog_id": self.blog.id}
        )
        for about in (post, self.reader):
            with self.subTest(about._name):
                other = mail.copy({"model": about._name, "res_id": about.id})
                other.state = "outgoing"
                self.assertEqual(self.send(other, deliver=FULL), [])
                self.assertEqual(other.state, "exception")

    def test_a_comment_that_could_not_be_emailed_is_not_our_email(self):
        generation, mail = self.queued()
        comment = mail.copy({"is_notification": True})
        comment.state = "outgoing"
        self.send(comment, deliver=FULL)
        self.assertEqual(comment.state, "exception")
        self.assertFalse(generation.mail_error)

    def test_a_failed_email_about_a_deleted_post_notifies_nobody(self):
        generation, mail = self.queued()
        post_id = generation.post_id.id
        generation.post_id.unlink()
        self.assertFalse(mail.exists())
        late = mail.create(
            {
                "model": "blog.post",
                "res_id": post_id,
                "recipient_ids": [(6, 0, self.reader.ids)],
            }
        )
        self.assertEqual(self.send(late, deliver=FULL), [])
        self.assertEqual(late.state, "exception")
