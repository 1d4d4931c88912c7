# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.models.blog_ai_provider_hold import WAITS
from odoo.addons.blog_ai_generator.pump import Answered, Month

from .budget_case import BudgetCase
from .common import BlogAiCase


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

    def test_open_forms_hear_that_it_was_raised(self):
        budget = self.limit(20.0)
        sent = self.sent_on_bus(WAITS, budget.action_raise)
        self.assertEqual(sent, [{"providers": []}])

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
