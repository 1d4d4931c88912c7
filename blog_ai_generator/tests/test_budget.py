# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.messages import render
from odoo.addons.blog_ai_generator.pump import Answered, Limits, Month

from .common import BlogAiCase, call_that_used, create_provider
from .slot_case import SlotCase

# At the prices of `paid`, one call costs 0.033 at most: 1,000 tokens in, 8,000 out.
WORST = 0.033


class BudgetCase(BlogAiCase):
    """A provider that costs money, and a company with a budget for November 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.paid = cls.provider_of("Paid box")
        cls.startClassPatcher(freeze_time("2026-11-29 12:00:00", tick=True))

    @classmethod
    def provider_of(cls, name, **values):
        return cls.env["blog.ai.provider"].create(
            {
                "name": name,
                "preset": "offline",
                "is_free": False,
                "price_in": 1.0,
                "price_out": 4.0,
                "max_output_tokens": 8000,
                **values,
            }
        )

    def limit(self, amount, zone="Europe/Berlin"):
        """Give the company a budget, and return that of November."""
        self.company.write(
            {"blog_ai_budget": amount, "blog_ai_budget_tz": zone},
        )
        return self.budget_of()

    def budget_of(self, **values):
        values = {"blog_id": False, "month": date(2026, 11, 1), **values}
        domain = [(name, "=", value) for name, value in values.items()]
        domain += [
            ("company_id", "=", self.company.id),
            ("currency_id", "=", self.env.ref("base.USD").id),
        ]
        return self.env["blog.ai.budget"].search(domain)

    def claim(self, *generations):
        self.env.flush_all()
        ids = [generation.id for generation in generations]
        claims = self.env["blog.ai.generation"]._claim(16, Limits.of(self.env), ids)
        self.env.invalidate_all()
        return claims

    def spend(self, cost, generation=None):
        """Store an answer for which a provider reports this cost."""
        generation = generation or self.ask(provider_id=self.paid.id)
        (claim,) = self.claim(generation)
        answer = llm.write(claim.request, claim.account)
        usage = llm.Usage(tokens_in=10, tokens_out=20, cost=cost)
        answer = llm.Answer(answer.article, usage, (call_that_used(usage),))
        generation._store(Answered(claim, answer))
        return generation


@tagged("post_install", "-at_install")
class TestMonth(BlogAiCase):
    def test_a_month_begins_at_midnight_in_its_zone(self):
        month = Month.at(datetime(2026, 11, 30, 23, 30), "Europe/Berlin")
        self.assertEqual(month.first, date(2026, 12, 1))
        self.assertEqual(month.begins, datetime(2026, 11, 30, 23, 0))
        self.assertEqual(month.ends, datetime(2026, 12, 31, 23, 0))

    def test_summer_time_moves_its_end(self):
        month = Month.at(datetime(2026, 3, 10), "Europe/Berlin")
        self.assertEqual(month.begins, datetime(2026, 2, 28, 23, 0))
        self.assertEqual(month.ends, datetime(2026, 3, 31, 22, 0))

    def test_an_unknown_zone_is_utc(self):
        for zone in ("", "Mars/Olympus", "../etc"):
            with self.subTest(zone):
                month = Month.at(datetime(2026, 11, 30, 23, 30), zone)
                self.assertEqual(month.first, date(2026, 11, 1))


@tagged("post_install", "-at_install")
class TestBudget(BudgetCase):
    def test_without_a_budget_there_is_no_row_and_no_limit(self):
        self.spend(25.0)
        self.assertFalse(self.env["blog.ai.budget"].search([]))
        self.assertFalse(self.company._blog_ai_has_budget())

    def test_the_settings_make_this_months_row_and_the_next(self):
        self.limit(20.0)
        budgets = self.env["blog.ai.budget"].search(
            [("company_id", "=", self.company.id)], order="month"
        )
        self.assertEqual(budgets.mapped("amount"), [20.0, 20.0])
        self.assertEqual(
            budgets.mapped("month"), [date(2026, 11, 1), date(2026, 12, 1)]
        )
        self.assertEqual(budgets.mapped("is_current"), [True, False])
        self.assertEqual(budgets[0].ends, budgets[1].begins)

    def test_what_was_spent_before_in_this_month_counts(self):
        self.spend(3.0)
        self.assertEqual(self.limit(20.0).spent, 3.0)

    def test_a_new_amount_counts_at_once(self):
        budget = self.limit(20.0)
        self.assertEqual(self.limit(50.0), budget)
        self.assertEqual(budget.amount, 50.0)
        self.limit(0.0)
        self.assertEqual((budget.amount, budget.limit), (0.0, 0.0))
        self.assertFalse(self.company._blog_ai_has_budget())

    def test_another_time_zone_moves_the_begin(self):
        budget = self.limit(20.0)
        self.limit(20.0, "America/New_York")
        self.assertEqual(budget.begins, datetime(2026, 11, 1, 4, 0))
        self.assertEqual(budget.month, date(2026, 11, 1))

    def test_the_next_month_begins_with_nothing_spent(self):
        self.limit(20.0)
        self.spend(3.0)
        with freeze_time("2026-11-30 23:00:01", tick=True):
            self.spend(1.0)
            december = self.budget_of(month=date(2026, 12, 1))
            self.assertTrue(december.is_current)
            self.env["blog.ai.budget"]._make_months()
            self.assertTrue(self.budget_of(month=date(2027, 1, 1)))
        self.assertEqual((self.budget_of().spent, december.spent), (3.0, 1.0))

    def test_a_stored_answer_adds_its_real_cost(self):
        budget = self.limit(20.0)
        generation = self.spend(0.25)
        self.assertEqual(budget.spent, 0.25)
        self.assertEqual(generation.call_ids.cost, 0.25)
        self.assertEqual(budget.reserved, 0.0)

    def test_an_answer_that_came_too_late_is_paid_for_all_the_same(self):
        budget = self.limit(20.0)
        generation = self.ask(provider_id=self.paid.id)
        (claim,) = self.claim(generation)
        generation.action_cancel()
        generation._store(Answered(claim, llm.write(claim.request, claim.account)))
        self.assertGreater(budget.spent, 0.0)
        self.assertAlmostEqual(budget.spent, generation.cost, 6)

    def test_a_blog_has_its_own_budget_within_the_companys(self):
        self.blog.blog_ai_budget = 5.0
        own = self.budget_of(blog_id=self.blog.id)
        self.assertEqual(own.amount, 5.0)
        company = self.limit(20.0)
        self.spend(0.25)
        other = self.env["blog.blog"].create({"name": "Other blog"})
        self.spend(0.5, self.ask(provider_id=self.paid.id, blog_id=other.id))
        self.assertEqual((own.spent, company.spent), (0.25, 0.75))

    def test_a_provider_in_another_currency_has_a_row_too(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.provider_of("Euro box", currency_id=euro.id)
        self.limit(20.0)
        budgets = self.env["blog.ai.budget"].search(
            [("company_id", "=", self.company.id), ("currency_id", "=", euro.id)]
        )
        rate = self.env.ref("base.USD")._convert(20.0, euro, self.company, date.today())
        self.assertEqual(budgets.mapped("amount"), [rate, rate])

    def test_another_companys_calls_are_not_counted(self):
        budget = self.limit(20.0)
        other = self.env["res.company"].create({"name": "Other house"})
        self.paid.company_id = False
        self.spend(0.5, self.ask(provider_id=self.paid.id, company_id=other.id))
        self.assertEqual(budget.spent, 0.0)

    def test_a_budget_is_not_negative_and_not_lowered_by_hand(self):
        with self.assertRaises(ValidationError):
            self.company.blog_ai_budget = -1
        with self.assertRaises(ValidationError):
            self.blog.blog_ai_budget = -1


@tagged("post_install", "-at_install")
class TestBudgetUsedUp(BudgetCase):
    def obstacle(self, provider=None, **values):
        found = self.env["blog.ai.budget"]._obstacle(
            self.company, self.blog, provider or self.paid, **values
        )
        return found and render(self.env(user=self.writer), found)

    def test_there_is_room_until_the_next_call_could_exceed_it(self):
        self.limit(1.0)
        self.spend(1.0 - WORST - 0.001)
        self.assertFalse(self.obstacle())
        self.spend(0.001, self.ask(provider_id=self.paid.id))
        self.budget_of().spent += 0.001
        self.assertEqual(
            self.obstacle(),
            f"The budget of {self.company.name} is used up: nothing that costs money "
            "is written until December 1. Ask an administrator to raise it for this "
            "month, or wait.",
        )

    def test_what_is_free_of_charge_goes_on(self):
        self.limit(1.0)
        self.spend(1.0)
        self.assertFalse(self.obstacle(self.offline))
        self.paid.fallback_id = self.offline
        self.assertFalse(self.obstacle())

    def test_without_a_price_the_budget_cannot_limit_a_provider(self):
        unknown = self.provider_of("Unknown", price_in=0, price_out=0)
        self.assertFalse(self.obstacle(unknown))
        self.limit(1.0)
        self.assertIn("The prices of Unknown are not known", self.obstacle(unknown))

    def test_the_wizard_says_it_before_the_post_is_requested(self):
        self.limit(1.0)
        wizard = self.env["blog.ai.write"].with_user(self.writer)
        wizard = wizard.new(
            {"topic": "Lemons", "blog_id": self.blog.id, "provider_id": self.paid.id}
        )
        self.assertFalse(wizard.budget_note)
        self.spend(1.0)
        wizard.invalidate_recordset(["budget_note"])
        self.assertIn("this post will wait until December 1", wizard.budget_note)

    def test_a_connection_test_is_not_refused(self):
        self.limit(1.0)
        self.spend(1.0)
        self.patch(self.env.cr, "commit", lambda: None)
        self.assertTrue(self.paid.action_test_connection())

    def test_only_administrators_raise_a_budget(self):
        budget = self.limit(20.0)
        with self.assertRaises(AccessError):
            budget.with_user(self.writer).action_raise()
        with self.assertRaises(AccessError):
            budget.with_user(self.writer).raised = 5

    def test_one_click_raises_the_budget_for_this_month_alone(self):
        budget = self.limit(20.0)
        budget.action_raise()
        self.assertEqual((budget.raised, budget.limit), (10.0, 30.0))
        december = self.budget_of(month=date(2026, 12, 1))
        self.assertEqual(december.limit, 20.0)

    def test_after_one_click_there_is_room_however_much_was_overspent(self):
        budget = self.limit(1.0)
        self.spend(7.0)
        budget.action_raise()
        self.assertFalse(self.obstacle())

    def test_administrators_are_told_once_at_80_percent(self):
        admin = self.env.ref("base.user_admin")
        admin.email = "admin@example.com"
        budget = self.limit(1.0)
        self.spend(0.79)
        self.assertFalse(budget.activity_ids)
        mails = self.env["mail.mail"].search([])
        self.spend(0.02)
        self.spend(0.02)
        self.assertEqual(len(budget.activity_ids), 1)
        self.assertEqual(
            budget.activity_ids.summary,
            f"Most of the AI budget of {self.company.name} for this month is spent",
        )
        new = self.env["mail.mail"].search([]) - mails
        new = new.filtered(lambda mail: mail.model == "blog.ai.budget")
        self.assertEqual(len(new), 1)
        self.assertIn(admin.partner_id, new.recipient_ids)
        self.assertIn("0.81 USD of 1.00 USD", new.body_html)


@tagged("post_install", "-at_install")
class TestBudgetOfClaims(BudgetCase):
    def test_a_claim_reserves_the_worst_case_until_the_answer_is_stored(self):
        budget = self.limit(1.0)
        generation = self.ask("Figs", provider_id=self.paid.id)
        (claim,) = self.claim(generation)
        worst = self.paid._worst_cost(octets=len("Figs"))
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
            f"Queued until December 1: the budget of {self.company.name} is used up. "
            "Ask an administrator to raise it, or wait.",
        )
        self.assertFalse(generation.call_ids)
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


@tagged("post_install", "-at_install")
class TestBudgetOfSlots(SlotCase, BudgetCase):
    def test_a_slot_leaves_its_topic_in_the_queue(self):
        self.limit(1.0)
        self.spend(1.0)
        slot = self.slot(provider_id=self.paid.id)
        (topic,) = self.topics("Figs on a wall")
        day = slot._today()
        day._run()
        self.assertEqual((day.state, topic.state), ("unpaid", "waiting"))
        self.assertIn("is used up", day.error)
        self.assertFalse(day.generation_id)

    def test_run_now_says_why_it_does_not_run(self):
        self.limit(1.0)
        self.spend(1.0)
        slot = self.slot(provider_id=self.paid.id)
        self.topics("Figs on a wall")
        with self.assertRaisesRegex(UserError, "is used up"):
            slot.action_run_now()
