# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api

from ..benchmark.queries import measure
from ..benchmark.queries_posts import REFUSED
from .query_case import QueryCase

# Promised for a generation from the claim to the closed log.
PROMISE = 50
# Stage: all statements, and those on the addons' own tables. “plain” is the same post
# and email made with plain Odoo, for comparison.
BUDGET = {
    "wizard_open": (8, 2),
    "wizard_type": (2, 1),
    "wizard_write": (13, 7),
    "claim": (6, 3),
    "store_draft": (15, 4),
    "store_published": (27, 4),
    "store_failed": (7, 4),
    "store_burst": (28, 4),
    "mail_sent": (17, 0),
    "pump": (36, 10),
    "plain": (29, 0),
    "retry": (13, 6),
    "cancel": (9, 4),
    "slot_day": (20, 16),
    "slot_tick": (38, 23),
    # One reads what the blog says about labels, for the hint in the window.
    # The search for activities names the generations: those of translations stay.
    # One looks for translations that wait; two name who gets the email; three read the
    # post, whose day in the calendar the window proposes.
    "approve": (73, 20),
    # One looks for translations that wait, which would be paid for in vain; one is for
    # the title that the window shows.
    "reject": (54, 22),
    "paste": (14, 7),
}


class TestQueriesOfStages(QueryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The first round fills the registry's caches.
        cls.shop.stages()
        cls.stages = cls.shop.stages()

    def test_each_stage_takes_exactly_its_budget(self):
        self.assertEqual(set(self.stages), set(BUDGET))
        for name, texts in self.stages.items():
            with self.subTest(stage=name):
                self.assertCount(texts, *BUDGET[name], name)

    def test_a_whole_generation_keeps_the_promise(self):
        self.assertLess(self.count("claim") + self.count("store_published"), PROMISE)

    def test_the_pump_adds_three_looks_to_claim_and_store(self):
        """Add one look for lost leases and two for due generations.

        The first of these two comes before the store, since the claim took all that
        there was room for.
        """
        looks = self.count("pump") - self.count("claim") - self.count("store_published")
        self.assertEqual(looks, 3)

    def count(self, stage: str) -> int:
        return len(self.stages[stage])

    def test_a_report_adds_the_stages_up(self):
        with self.registry.cursor() as cr:
            report = measure(api.Environment(cr, SUPERUSER_ID, {}))
        counts = {name: len(texts) for name, texts in self.stages.items()}
        wizard = [counts[name] for name in counts if name.startswith("wizard_")]
        generation = counts["claim"] + counts["store_published"]
        self.assertEqual(
            report, {**counts, "generation": generation, "wizard": sum(wizard)}
        )

    def test_a_claim_costs_the_same_for_any_number(self):
        self.assertSlope(lambda n: self.shop.claim(self.shop.ask(n)), 6, 0, (1, 10, 32))

    def test_storing_grows_by_the_same_for_each(self):
        self.assertSlope(
            lambda n: self.shop.store(self.shop.ask(n, publish=True)), 0, 27
        )

    def test_storing_a_burst_costs_the_same_for_any_number(self):
        self.assertSlope(
            lambda n: self.shop.burst(self.shop.ask(n, publish=True)), 28, 0, (2, 16)
        )

    def test_drafts_to_review_cost_the_same_for_any_number_in_a_burst(self):
        reviewer = {"reviewer_id": self.shop.user_id}
        self.assertSlope(
            lambda n: self.shop.burst(self.shop.ask(n, **reviewer)), 27, 0, (2, 16)
        )

    def test_failing_grows_by_one_for_each_in_a_burst(self):
        """Add the look for an alert that is still open."""
        self.assertSlope(
            lambda n: self.shop.burst(self.shop.ask(n), REFUSED), 6, 1, (1, 16, 32)
        )

    def test_failing_grows_by_the_same_for_each(self):
        self.assertSlope(lambda n: self.shop.store(self.shop.ask(n), REFUSED), 0, 7)

    def test_cancelling_a_selection_costs_the_same_for_any_number(self):
        self.assertSlope(
            lambda n: self.shop.click("action_cancel", self.shop.ask(n)), 9, 0
        )

    def test_retrying_a_selection_costs_the_same_for_any_number(self):
        self.assertSlope(
            lambda n: self.shop.click("action_retry", self.shop.failed(n)), 13, 0
        )

    def test_asking_for_many_costs_the_same_for_any_number(self):
        self.assertSlope(self.shop.ask_counted, 9, 0)

    def test_slots_grow_by_the_same_for_each(self):
        self.assertSlope(self.shop.run_slot_days, 0, 20)

    def test_a_tick_grows_by_three_statements_at_most_for_each_slot_that_is_due(self):
        """Choose each slot's topic and lock it; all else is done for all together."""
        self.shop.tick(1)
        one, ten = len(self.shop.tick(1)), len(self.shop.tick(10))
        self.assertLessEqual(ten - one, 9 * 3)

    def test_a_tick_costs_the_same_however_many_slots_rest(self):
        """Plan and wake all slots together, each of them at an hour of its own."""
        self.assertSlope(lambda n: self.shop.tick(1, n), 38, 0, (1, 10, 22))

    def test_publishing_costs_the_same_for_any_number_of_recipients(self):
        self.assertSlope(self.shop.publish_for, 27, 0)

    def test_publishing_grows_by_a_mail_for_each_language(self):
        self.assertSlope(lambda n: self.shop.publish_for(10, n), 24, 3, (1, 2))

    def test_sending_a_mail_costs_the_same_for_any_number_of_recipients(self):
        self.assertSlope(self.shop.mail_to, 17, 0)

    def test_a_mail_server_of_its_own_is_read_once_for_a_mail(self):
        """Count one statement more where a company has a mail server of its own."""
        with self.shop.committed() as env:
            values = {"name": self.shop.mark, "smtp_host": "localhost"}
            server = env["ir.mail_server"].create(values).id
        try:
            self.assertSlope(self.shop.mail_to, 18, 0, (1, 10))
        finally:
            with self.shop.committed() as env:
                env["ir.mail_server"].browse(server).unlink()

    def test_retrying_all_the_same_costs_the_same_for_any_number(self):
        self.assertSlope(self.shop.retry_all_the_same, 15, 0)

    def test_pasting_topics_costs_the_same_for_any_number_of_lines(self):
        self.assertSlope(self.shop.paste, 14, 0)
