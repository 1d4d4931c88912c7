# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestHourly(BlogAiCase):
    """The number of posts that one person may ask for in an hour."""

    def allow(self, count):
        key = "blog_ai_generator.posts_per_hour"
        self.env["ir.config_parameter"].set_param(key, str(count))

    def click(self, user=None):
        wizards = self.env["blog.ai.write"].with_user(user or self.writer)
        values = {"blog_id": self.blog.id, "provider_id": self.offline.id}
        action = wizards.create({**values, "topic": "Figs", "warned": True})
        return self.env["blog.ai.generation"].browse(action.action_write()["res_id"])

    def test_there_is_no_limit_by_default(self):
        for _click in range(5):
            self.click()

    def test_one_more_is_refused_with_the_time_when_it_is_not(self):
        self.allow(2)
        first, _second = self.click(), self.click()
        with self.assertRaisesRegex(UserError, r"in an hour \(2\)\. Wait until"):
            self.click()
        first.queued_at -= timedelta(hours=1)
        self.click()

    def test_each_person_has_an_allowance(self):
        self.allow(1)
        self.click()
        self.click(self.new_editor())

    def test_a_rejected_draft_is_not_written_again_beyond_it(self):
        generation = self.click().sudo()
        self.attempt(generation)
        generation.review_state = "pending"
        self.allow(1)
        with self.assertRaisesRegex(UserError, "the limit of posts"):
            generation.with_user(self.writer)._reject("Too long", again=True)

    def failed(self, count):
        generations = self.env["blog.ai.generation"].browse()
        for _time in range(count):
            generations |= self.click().sudo()
        generations._set_state_ended("failed")
        return generations

    def retry(self, generations):
        # They resemble each other, of which the person has been told.
        told = generations.with_context(blog_ai_write_all_the_same=True)
        return told.with_user(self.writer).action_retry()

    def test_retries_keep_within_it_too(self):
        failed = self.failed(3)
        failed.write({"queued_at": failed[0].queued_at - timedelta(hours=2)})
        self.click()
        self.allow(2)
        with self.assertRaisesRegex(UserError, r"in an hour is 2\. Select no more"):
            self.retry(failed)
        with self.assertRaisesRegex(UserError, r"in an hour \(2\)\. Wait until"):
            self.retry(failed[:2])
        self.assertEqual(set(failed.mapped("state")), {"failed"})
        self.retry(failed[0])
        self.assertEqual(failed.mapped("state"), ["queued", "failed", "failed"])
        with self.assertRaisesRegex(UserError, r"Wait until"):
            self.retry(failed[1])

    def test_a_post_of_this_hour_counts_once_when_it_is_retried(self):
        failed = self.failed(2)
        self.allow(2)
        self.retry(failed)
        self.assertEqual(set(failed.mapped("state")), {"queued"})
