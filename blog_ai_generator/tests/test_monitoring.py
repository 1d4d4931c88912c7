# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo import fields
from odoo.tests import tagged

from ..pump import Failure
from .common import BlogAiCase

REFUSED = Failure("authentication", "The key is refused.", "HTTP 401")


@tagged("post_install", "-at_install")
class TestMonitoring(BlogAiCase):
    def warnings(self, record):
        return record.activity_search(["mail.mail_activity_data_warning"])

    def test_a_refused_key_alerts_an_administrator_once(self):
        for topic in ("Lemons in pots", "Figs on a wall"):
            self.attempt(self.ask(topic), REFUSED)
        alert = self.warnings(self.offline)
        self.assertEqual(len(alert), 1)
        self.assertTrue(alert.user_id.has_group("base.group_system"))
        self.assertIn("The key is refused.", alert.note)

    def test_a_busy_provider_alerts_nobody(self):
        generation = self.ask()
        generation.attempt_limit = 1
        self.attempt(generation, Failure("overloaded", "Busy.", retryable=True))
        self.assertEqual(generation.state, "failed")
        self.assertFalse(self.warnings(self.offline))

    def test_a_slot_that_fails_three_days_running_alerts_an_administrator_once(self):
        slot = self.env["blog.ai.slot"].create(
            {"blog_id": self.blog.id, "provider_id": self.offline.id, "lang": "en_US"}
        )
        slot.day_ids.unlink()
        for number in range(4):
            self.assertEqual(len(self.warnings(slot)), int(number >= 3))
            day = date(2026, 6, 1) + timedelta(days=number)
            slot_day = self.env["blog.ai.slot.day"].create(slot._prepare_day(day))
            generation = self.ask(
                f"Variety {number}", slot_id=slot.id, slot_day=day, user_id=False
            )
            slot_day.write({"state": "writing", "generation_id": generation.id})
            self.attempt(generation, Failure("refused", "Reword it."))
            self.assertEqual(slot_day.state, "failed")
        self.assertEqual(len(self.warnings(slot)), 1)

    def test_old_calls_are_deleted_and_totals_stay(self):
        generation = self.ask()
        self.attempt(generation)
        tokens = generation.tokens_out
        call = generation.call_ids
        old = fields.Datetime.now() - timedelta(days=400)
        self.env.cr.execute(
            "UPDATE blog_ai_call SET create_date = %s WHERE id = %s", [old, call.id]
        )
        self.env["blog.ai.call"]._gc_old_calls()
        self.assertFalse(call.exists())
        self.assertEqual(generation.tokens_out, tokens)

    def test_young_calls_and_those_in_progress_are_kept(self):
        generation = self.ask()
        self.attempt(generation)
        self.env["blog.ai.call"]._gc_old_calls()
        self.assertTrue(generation.call_ids)

    def test_a_mail_that_failed_is_seen_on_the_generation(self):
        generation = self.ask(publish=True, recipient_ids=[(6, 0, self.reader.ids)])
        self.attempt(generation)
        self.assertFalse(generation.mail_error)
        mail = self.env["mail.mail"].search(
            [("model", "=", "blog.post"), ("res_id", "=", generation.post_id.id)]
        )
        mail.write({"state": "exception", "failure_reason": "Mailbox is full"})
        generation.invalidate_recordset(["mail_error"])
        self.assertIn("Mailbox is full", generation.mail_error)

    def test_a_retry_asks_first_when_the_like_was_written_meanwhile(self):
        failed = self.ask("Lemons in pots")
        self.attempt(failed, REFUSED)
        self.attempt(self.ask("In pots: lemons"))
        action = failed.with_user(self.writer).action_retry()
        self.assertEqual(failed.state, "failed")
        wizard = (
            self.env["blog.ai.retry"]
            .with_user(self.writer)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("resembles the draft", wizard.question)
        wizard.action_retry()
        self.assertEqual(failed.state, "queued")

    def test_a_blogs_own_recipients_come_before_the_companys(self):
        self.env.company.blog_ai_recipient_ids = self.writer.partner_id
        self.assertEqual(self.blog._blog_ai_recipients(), self.writer.partner_id)
        self.blog.blog_ai_recipient_ids = self.reader
        self.assertEqual(self.blog._blog_ai_recipients(), self.reader)
