# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading

from odoo import api
from odoo.exceptions import UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import fixtures
from .pump_case import PATIENCE, PumpCase

REVIEWERS = ("rosa", "olaf")


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestReviewCommitted(PumpCase):
    """Two reviewers press their buttons at the same moment, on two servers."""

    def setUp(self):
        super().setUp()
        with self.committed() as env:
            self.users = {login: fixtures.writer(env, login).id for login in REVIEWERS}
            reader = env["res.partner"].create(
                {"name": "Reader", "email": "reader@example.com"}
            )
            self.reader_id = reader.id
            slot = env["blog.ai.slot"].create(
                {
                    "name": "Reviewed",
                    "blog_id": self.blog_id,
                    "provider_id": self.provider_id,
                    "model": "good",
                    "lang": "en_US",
                    "tz": "UTC",
                    "reviewer_id": self.users["rosa"],
                    "recipient_ids": [(6, 0, reader.ids)],
                }
            )
            env["blog.ai.topic"].create(
                {"name": "Two at one gate", "blog_id": self.blog_id}
            )
            self.generation_id = slot.action_run_now()["res_id"]
        self.pump()
        self.assertEqual(self.value("review_state"), "pending")

    def _purge(self):
        with self.committed() as env:
            mails = env["mail.mail"].search([("recipient_ids", "=", self.reader_id)])
            mails.unlink()
            env["blog.ai.slot"].search([("blog_id", "=", self.blog_id)]).unlink()
            env.cr.execute(
                "DELETE FROM blog_ai_topic WHERE blog_id = %s", [self.blog_id]
            )
            archived = env["blog.post"].with_context(active_test=False)
            archived.search([("blog_id", "=", self.blog_id)]).unlink()
        purged = super()._purge()
        with self.committed() as env:
            users = env["res.users"].browse(self.users.values())
            partners = users.partner_id | env["res.partner"].browse(self.reader_id)
            env.cr.execute(
                "DELETE FROM mail_message WHERE author_id = ANY(%s)", [partners.ids]
            )
            users.unlink()
            partners.unlink()
        return purged

    def value(self, name):
        (value,) = self.values(self.generation_id, name)
        return value

    def decide(self, login: str, wizard: str, action: str, **values) -> None:
        """Press a wizard's button, with Odoo's own repetitions."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.users[login], {})

            def click():
                record = env[wizard].create(
                    {"generation_id": self.generation_id, **values}
                )
                getattr(record, action)()

            retrying(click, env)

    def approve(self, login):
        self.decide(login, "blog.ai.approve", "action_approve")

    def reject(self, login):
        self.decide(
            login, "blog.ai.reject", "action_reject", reason="Too vague", again=False
        )

    def at_once(self, *decisions) -> list[str]:
        """Make the decisions at the same moment; return the messages of the losers."""
        barrier = threading.Barrier(len(decisions))
        told, broken = [], []

        def run(decision, login):
            barrier.wait(PATIENCE)
            try:
                decision(login)
            except UserError as error:
                told.append(str(error))
            except BaseException as error:
                broken.append(error)

        threads = [
            threading.Thread(target=run, args=pair, daemon=True)
            for pair in zip(decisions, REVIEWERS, strict=True)
        ]
        with mute_logger("odoo.sql_db", "odoo.service.model"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(PATIENCE)
        self.assertFalse([t for t in threads if t.is_alive()], "A reviewer hangs.")
        self.assertFalse(broken)
        return told

    def mails(self) -> int:
        with self.committed() as env:
            return env["mail.mail"].search_count(
                [("recipient_ids", "=", self.reader_id)]
            )

    def post(self) -> tuple[bool, bool]:
        """Return whether the post is published, and whether it is active."""
        with self.committed() as env:
            generation = env["blog.ai.generation"].browse(self.generation_id)
            posts = generation.with_context(active_test=False).post_ids
            return tuple(posts.mapped("is_published") + posts.mapped("active"))

    def test_two_approvals_at_once_publish_and_mail_once(self):
        (told,) = self.at_once(self.approve, self.approve)
        self.assertIn("has already reviewed this draft", told)
        self.assertEqual(self.value("review_state"), "approved")
        self.assertEqual(self.post(), (True, True))
        self.assertEqual(self.mails(), 1)

    def test_an_approval_and_a_rejection_at_once_are_one_decision(self):
        (told,) = self.at_once(self.approve, self.reject)
        state = self.value("review_state")
        self.assertIn(f"already reviewed this draft: it is {state}", told)
        approved = state == "approved"
        self.assertEqual(self.post(), (approved, approved))
        self.assertEqual(self.mails(), int(approved))

    def test_two_rejections_at_once_archive_once(self):
        (told,) = self.at_once(self.reject, self.reject)
        self.assertIn("it is rejected", told)
        self.assertEqual(self.post(), (False, False))
        self.assertEqual(self.mails(), 0)
