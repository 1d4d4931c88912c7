# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import new_test_user, tagged

from .. import fixtures
from .common import TourCase

WRITER = "vera"


@tagged("post_install", "-at_install")
class TestToursWeek(TourCase):
    """Queue, slots, failures and what people do about them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = cls.env["website"].get_client_action_url("/")

    def box(self, name, model):
        return fixtures.provider(
            self.env, name, self.server.url, fixtures.GOOD_KEY, model
        )

    def test_progress_is_seen_without_a_reload(self):
        self.box("Box, slow", "latency-2.5")
        self.journey("blog_ai_progress_without_reload", WRITER, self.url)

    def test_a_rate_limit_ends_by_itself(self):
        self.box("Box, busy once", "rate-limit-once-3")
        self.journey("blog_ai_rate_limit", WRITER, self.url)

    def test_a_queued_generation_is_cancelled(self):
        self.box("Box, busy for long", "rate-limit-3000")
        self.journey("blog_ai_cancel", WRITER, self.url)
        generation = self.generation("Gooseberries nobody wants")
        self.assertEqual(generation.state, "cancelled")
        self.assertFalse(generation.post_ids)

    def test_each_error_is_explained_and_nothing_is_lost(self):
        fixtures.one_short_attempt(self.env)
        self.box("Box, never answers", "never")
        self.box("Box, broken", "error-500")
        self.box("Box, malformed", "malformed")
        self.box("Box, truncated", "truncated")
        self.journey("blog_ai_errors_are_explained", WRITER, self.url)
        calls = self.env["blog.ai.call"].search([("model", "!=", "good")], order="id")
        self.assertEqual(
            calls.mapped("outcome"), ["timeout", "overloaded", "unusable", "truncated"]
        )

    def test_failed_generations_are_filtered_and_retried(self):
        self.box("Box, no credit", "quota")
        self.journey("blog_ai_filter_and_retry", WRITER, self.url)

    def test_pasted_topics_are_ordered_and_the_slot_takes_the_first(self):
        fixtures.slot(self.env, "Mornings")
        self.journey("blog_ai_paste_order_and_run", WRITER, self.url)
        topics = self.env["blog.ai.topic"].search([])
        self.assertEqual(
            {topic.name: topic.state for topic in topics},
            {
                "Hedgehogs welcome": "written",
                "Mulch in May": "waiting",
                "A bench of oak": "waiting",
            },
        )

    def test_a_duplicate_is_noticed_and_a_person_may_write_it(self):
        self.journey("blog_ai_duplicate_noticed", WRITER, self.url)

    def test_three_daily_slots_are_set_up(self):
        self.journey("blog_ai_three_daily_slots", WRITER, self.url)
        slots = self.env["blog.ai.slot"].search([])
        self.assertEqual(sorted(slots.mapped("hour")), [8.0, 13.0, 18.0])

    def test_an_empty_queue_is_said(self):
        fixtures.slot(self.env, "Mornings")
        self.journey("blog_ai_empty_queue", WRITER, self.url)

    def test_a_restricted_editor_sees_neither_generator_nor_providers(self):
        new_test_user(
            self.env,
            "rita",
            groups="base.group_user,website.group_website_restricted_editor",
        )
        self.journey("blog_ai_restricted_editor", "rita", self.url)


@tagged("post_install", "-at_install")
class TestToursPhone(TourCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_a_post_is_asked_for_on_a_phone(self):
        fixtures.write_with(self.env, "Box")
        self.journey("blog_ai_phone", WRITER, "/odoo/blog-ai-generations")
