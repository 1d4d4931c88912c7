# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged, users, warmup

from .. import fixtures
from ..benchmark.queries_posts import REFUSED
from .count_case import ADMINISTRATOR, LIMITS, MANY, WRITER, CountPostsCase

COUNTS = (1, MANY)


@tagged("post_install", "-at_install", "blog_ai_queries")
class TestQueryCountOfStages(CountPostsCase):
    """Stages in the life of a post, with warm caches of the registry alone.

    Steps of people are counted for a writer and for an administrator.
    """

    def cool(self) -> None:
        """Empty the caches of records."""
        self.env.flush_all()
        self.env.invalidate_all()

    @warmup
    def test_a_claim_of_one_and_of_ten(self):
        for count in COUNTS:
            ids = self.ask(count).ids
            self.cool()
            with self.assertBudget(5, 3):
                self.generations._claim(count, LIMITS, ids)

    @warmup
    def test_a_draft(self):
        outcomes = self.outcomes(self.ask())
        with self.assertBudget(13, 4):
            self.store(outcomes)

    @warmup
    def test_a_published_post_with_its_email(self):
        outcomes = self.outcomes(self.ask(publish=True))
        with self.assertBudget(24, 4):
            self.store(outcomes)

    @warmup
    def test_a_failure(self):
        # The first one also asks the administrators to act.
        self.store(self.outcomes(self.ask(), REFUSED))
        outcomes = self.outcomes(self.ask(), REFUSED)
        with self.assertBudget(6, 4):
            self.store(outcomes)

    @users(WRITER, ADMINISTRATOR)
    @warmup
    def test_a_request_from_the_wizard(self):
        values = {
            "topic": "Bicycles",
            "blog_id": self.blog.id,
            "provider_id": self.provider.id,
        }
        with self.assertBudget(counted_writer=(10, 6), counted_administrator=(9, 5)):
            self.env["blog.ai.write"].action_write_values(values)

    @users(WRITER, ADMINISTRATOR)
    @warmup
    def test_a_cancel_of_one_and_of_ten(self):
        for count in COUNTS:
            generations = self.mine(self.ask(count))
            with self.assertBudget(5, 4):
                generations.action_cancel()

    @users(WRITER, ADMINISTRATOR)
    @warmup
    def test_a_retry_of_one_and_of_ten(self):
        for count in COUNTS:
            asked = self.ask(count)
            self.store(self.outcomes(asked, REFUSED))
            generations = self.mine(asked)
            with self.assertBudget(8, 6):
                generations.action_retry()
            self.assertEqual(set(generations.mapped("state")), {"queued"})

    def mine(self, generations):
        """Return them as the user finds them, with cold caches."""
        self.cool()
        return self.env["blog.ai.generation"].browse(generations.ids)

    @users(WRITER, ADMINISTRATOR)
    @warmup
    def test_an_approval(self):
        approval = self.decision("blog.ai.approve")
        with self.assertBudget(counted_writer=(44, 12), counted_administrator=(47, 12)):
            approval.action_approve()

    @users(WRITER, ADMINISTRATOR)
    @warmup
    def test_a_rejection(self):
        rejection = self.decision("blog.ai.reject", reason="Dry")
        with self.assertBudget(34, 15):
            rejection.action_reject()

    def decision(self, window: str, **values):
        """Return the filled-in window of a draft that the user reviews."""
        draft = self.ask(reviewer_id=self.env.uid)
        self.store(self.outcomes(draft))
        window = self.env[window].create({"generation_id": draft.id, **values})
        self.cool()
        return window

    @users(WRITER, ADMINISTRATOR)
    @warmup
    def test_one_and_ten_topics_pasted(self):
        self.env["blog.ai.topic"].create({"name": "Owls", "blog_id": self.blog.id})
        for count in COUNTS:
            values = {"blog_id": self.blog.id, "lines": "\n".join(self.topics(count))}
            paste = self.env["blog.ai.topic.paste"].create(values)
            self.cool()
            with self.assertBudget(7, 6):
                paste.action_add()

    @warmup
    def test_a_slots_day(self):
        slot = self.env["blog.ai.slot"].create(
            {
                "name": "Counted",
                "blog_id": self.blog.id,
                "provider_id": self.provider.id,
                "lang": "en_US",
                "tz": fixtures.noon_zone(),
            }
        )
        (topic,) = self.topics(1)
        self.env["blog.ai.topic"].create({"name": topic, "blog_id": self.blog.id})
        slot.day_ids.unlink()
        due = fields.Datetime.now() - timedelta(minutes=1)
        values = slot._prepare_day(slot._local_now().date())
        day = self.env["blog.ai.slot.day"].create({**values, "planned_at": due})
        self.cool()
        with self.assertBudget(17, 16):
            day._run_locked()
