# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import fixtures
from .pump_case import PumpCase

REFUSE = "ALTER TABLE mail_mail ADD CONSTRAINT of_another_addon CHECK (FALSE) NOT VALID"
ACCEPT = "ALTER TABLE mail_mail DROP CONSTRAINT IF EXISTS of_another_addon"


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestMailsRefused(PumpCase):
    """The database refuses every email, for a reason that does not pass."""

    def setUp(self):
        # Delete the people once nothing refers to them: after the case's own purge.
        self.addCleanup(self._forget_people)
        super().setUp()
        self.addCleanup(self.execute, ACCEPT)
        with self.committed() as env:
            self.user_id = fixtures.writer(env, "rosa").id
            reader = env["res.partner"].create(
                {"name": "Reader", "email": "reader@example.com"}
            )
            self.reader_id = reader.id
            env["blog.blog"].browse(self.blog_id).message_subscribe(
                reader.ids, env.ref("website_blog.mt_blog_blog_published").ids
            )

    def _forget_people(self):
        with self.committed() as env:
            user = env["res.users"].browse(self.user_id)
            partners = user.partner_id | env["res.partner"].browse(self.reader_id)
            env["mail.mail"].search([("recipient_ids", "in", partners.ids)]).unlink()
            env.cr.execute(
                "DELETE FROM mail_message WHERE author_id = ANY(%s)", [partners.ids]
            )
            user.unlink()
            partners.unlink()

    def execute(self, statement: str) -> None:
        with self.committed() as env:
            env.cr.execute(statement)

    def pump_refused(self) -> None:
        self.execute(REFUSE)
        with mute_logger("odoo.sql_db", "odoo.addons.blog_ai_generator.pump"):
            self.pump()
        self.execute(ACCEPT)

    def mails(self) -> int:
        with self.committed() as env:
            recipients = [("recipient_ids", "in", [self.reader_id])]
            return env["mail.mail"].search_count(recipients)

    def test_a_post_is_published_all_the_same_and_its_recipients_are_told_later(self):
        (generation,) = self.ask(
            "Posted pears", publish=True, recipient_ids=[(6, 0, [self.reader_id])]
        )
        self.pump_refused()
        state, told, unsent, repairs, detail = self.values(
            generation, "state", "notified_at", "mail_error", "repairs", "error_detail"
        )
        self.assertEqual((state, told), ("done", False))
        self.assertIn("Odoo could not save the email", unsent)
        self.assertIn("No emails were sent", repairs)
        self.assertIn("of_another_addon", detail)
        self.assertEqual(self.outcomes([generation]), ["ok"])
        self.assertEqual(self.mails(), 0)
        with self.committed() as env:
            post = env["blog.ai.generation"].browse(generation).post_id
            self.assertTrue(post.is_published)
            post.is_published = False
            post.is_published = True
        told, unsent = self.values(generation, "notified_at", "mail_error")
        self.assertTrue(told)
        self.assertFalse(unsent)

    def test_a_draft_waits_for_its_reviewer_all_the_same(self):
        (generation,) = self.ask("Drafted dates", reviewer_id=self.user_id)
        self.pump_refused()
        state, review, repairs = self.values(
            generation, "state", "review_state", "repairs"
        )
        self.assertEqual((state, review), ("done", "pending"))
        self.assertIn("No emails were sent", repairs)
        with self.committed() as env:
            post = env["blog.ai.generation"].browse(generation).post_id
            self.assertEqual(post.activity_ids.user_id.id, self.user_id)

    def test_a_post_that_is_taken_at_once_says_nothing_of_mails(self):
        (generation,) = self.ask(
            "Plain plums", publish=True, recipient_ids=[(6, 0, [self.reader_id])]
        )
        self.pump()
        self.assertTrue(self.values(generation, "notified_at")[0])
        repairs, detail = self.values(generation, "repairs", "error_detail")
        self.assertNotIn("No emails were sent", repairs or "")
        self.assertFalse(detail)
