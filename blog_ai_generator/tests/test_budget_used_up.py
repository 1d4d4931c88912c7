# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.blog_ai_generator.messages import render

from .budget_case import WORST, BudgetCase
from .slot_case import SlotCase


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
            "is written until Dec 1. Ask an administrator to raise it for this "
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
        self.assertIn("this post will wait until Dec 1.", wizard.budget_note)

    def test_there_is_no_button_that_would_try_in_vain(self):
        generation = self.ask(provider_id=self.paid.id)
        generation._set_state_queued(datetime(2026, 12, 1), error_code="budget")
        self.assertTrue(generation.is_over_budget)
        self.assertFalse(generation.can_try_now)
        generation.error_code = "overloaded"
        self.assertTrue(generation.can_try_now)

    def test_the_wizard_says_to_administrators_where_to_raise_it(self):
        self.limit(1.0)
        self.spend(1.0)
        note = (
            self.env["blog.ai.write"]
            .new(
                {
                    "topic": "Lemons",
                    "blog_id": self.blog.id,
                    "provider_id": self.paid.id,
                }
            )
            .budget_note
        )
        self.assertIn("under Website ▸ Configuration ▸ AI Budgets to have", note)

    def test_a_connection_test_is_not_refused(self):
        self.limit(1.0)
        self.spend(1.0)
        self.assertTrue(self.press(self.paid, "action_test_connection"))

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
