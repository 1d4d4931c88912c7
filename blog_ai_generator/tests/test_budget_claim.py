# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import BESIDE_OCTETS, Answered

from .budget_case import WORST, BudgetCase
from .common import create_provider


@tagged("post_install", "-at_install")
class TestBudgetOfClaims(BudgetCase):
    def test_a_claim_reserves_the_worst_case_until_the_answer_is_stored(self):
        budget = self.limit(1.0)
        generation = self.ask("Figs", provider_id=self.paid.id)
        (claim,) = self.claim(generation)
        worst = self.paid._worst_cost(octets=len("Figs") + BESIDE_OCTETS)
        self.assertAlmostEqual(generation.call_ids.reserved, worst, 6)
        self.assertAlmostEqual(claim.reserved, worst, 6)
        self.assertAlmostEqual(budget.reserved, worst, 6)
        generation._store(Answered(claim, llm.write(claim.request, claim.account)))
        budget.invalidate_recordset()
        self.assertEqual(budget.reserved, 0.0)

    def test_no_more_are_claimed_than_can_be_paid_for(self):
        self.limit(3.5 * WORST)
        asked = [self.ask(f"Figs {n}", provider_id=self.paid.id) for n in range(5)]
        self.assertEqual(len(self.claim(*asked)), 3)
        self.assertFalse(self.claim(*asked), "The money is reserved.")
        states = [generation.state for generation in asked]
        self.assertEqual(states, ["writing"] * 3 + ["queued"] * 2)
        self.assertFalse(any(asked[n].is_over_budget for n in (3, 4)), "For a moment")

    def test_what_no_longer_fits_waits_until_the_next_month(self):
        budget = self.limit(1.0)
        self.spend(1.0 - WORST / 2)
        generation = self.ask(provider_id=self.paid.id)
        self.assertFalse(self.claim(generation))
        self.assertEqual((generation.state, generation.attempts), ("queued", 0))
        self.assertEqual(generation.next_try_at, budget.ends)
        self.assertTrue(generation.is_over_budget)
        self.assertEqual(
            generation.with_user(self.writer).state_note,
            f"Queued until Dec 1: the budget of {self.company.name} is used up. "
            "Ask an administrator to raise it, or wait.",
        )
        self.assertFalse(generation.call_ids)
        # Due by the clock of the database, and in December by that of the test.
        generation.next_try_at = self.env.cr.now() - timedelta(days=1)
        with freeze_time(budget.ends, tick=True):
            self.assertTrue(self.claim(generation))

    def test_administrators_are_told_also_if_the_first_post_does_not_fit(self):
        budget = self.limit(WORST / 2)
        self.claim(self.ask(provider_id=self.paid.id))
        self.assertEqual(len(budget.activity_ids), 1)

    def test_raising_the_budget_lets_it_be_written(self):
        budget = self.limit(1.0)
        self.spend(1.0)
        generation = self.ask(provider_id=self.paid.id)
        self.claim(generation)
        generation.action_raise_budget()
        self.assertEqual(budget.raised, 0.5)
        self.assertFalse(generation.is_over_budget)
        self.assertTrue(self.claim(generation))

    def test_one_click_is_enough_for_the_post_that_waits(self):
        self.limit(WORST / 3)
        generation = self.ask(provider_id=self.paid.id)
        self.claim(generation)
        generation.action_raise_budget()
        self.assertTrue(self.claim(generation))

    def test_a_blogs_budget_does_not_hold_other_blogs_up(self):
        self.blog.blog_ai_budget = WORST / 2
        self.limit(20.0)
        other = self.env["blog.blog"].create({"name": "Other blog"})
        mine = self.ask(provider_id=self.paid.id)
        theirs = self.ask(provider_id=self.paid.id, blog_id=other.id)
        (claim,) = self.claim(mine, theirs)
        self.assertEqual(claim.generation_id, theirs.id)
        self.assertIn("the budget of Unit blog is used up", mine.state_note)

    def test_what_is_free_is_written_all_the_same(self):
        self.limit(1.0)
        self.spend(1.0)
        self.assertTrue(self.claim(self.ask()))

    def test_a_free_fallback_takes_over(self):
        self.limit(1.0)
        self.spend(1.0)
        self.paid.fallback_id = self.offline
        generation = self.ask(provider_id=self.paid.id)
        self.assertFalse(self.claim(generation))
        self.assertEqual(generation.provider_id, self.offline)
        self.assertEqual(generation.fallback_for_id, self.paid)
        self.assertTrue(self.claim(generation))

    def test_a_dearer_model_reserves_its_own_list_price(self):
        self.limit(20.0)
        provider = create_provider(self.env, "k", name="OpenAI", preset="openai")
        dear = llm.list_price("openai", "gpt-4.1-mini")
        generation = self.ask(provider_id=provider.id, model="gpt-4.1-mini")
        (claim,) = self.claim(generation)
        reserved = generation.call_ids.reserved
        self.assertGreater(reserved, 8000 * dear.tokens_out / 1e6)
        self.assertAlmostEqual(claim.reserved, reserved, 5)

    def test_without_a_price_nothing_is_claimed_that_a_budget_should_limit(self):
        self.limit(20.0)
        unknown = self.provider_of("Unknown", price_in=0, price_out=0)
        generation = self.ask(provider_id=unknown.id)
        self.assertFalse(self.claim(generation))
        self.assertIn("The prices of Unknown are not known", generation.error)
