# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ast import literal_eval
from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..messages import Message
from ..pump import Failure
from .common import BlogAiCase, create_provider

REFUSED = Failure("authentication", Message.of_text("The key is refused."), "HTTP 401")


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

    def test_what_a_provider_says_is_text_in_the_note(self):
        self.attempt(
            self.ask(), Failure("quota", Message.of_text("<b>Pay</b> first & <later>."))
        )
        note = self.warnings(self.offline).note
        self.assertIn("&lt;b&gt;Pay&lt;/b&gt; first &amp; &lt;later&gt;.", note)

    def alerted(self):
        """Return a provider whose key was refused, and the alert about it."""
        provider = create_provider(self.env, "sk-1", name="Box", preset="openai")
        self.attempt(self.ask(provider_id=provider.id), REFUSED)
        alert = self.warnings(provider)
        self.assertEqual(len(alert), 1)
        return provider

    def test_another_key_or_address_settles_the_alert(self):
        for name, value in (
            ("api_key", "sk-2"),
            ("base_url", "https://llm.example.com/v1"),
            ("preset", "groq"),
        ):
            with self.subTest(name):
                provider = self.alerted()
                with Form(provider) as form:
                    setattr(form, name, value)
                self.assertFalse(self.warnings(provider))

    def test_what_leaves_the_account_as_it_was_settles_nothing(self):
        provider = self.alerted()
        provider.set_api_key("sk-1")
        provider.write({"base_url": provider.base_url, "name": "B"})
        self.assertTrue(self.warnings(provider))

    def test_a_connection_test_that_succeeds_settles_the_alert(self):
        self.attempt(self.ask(), REFUSED)
        self.press(self.offline, "action_test_connection")
        self.assertFalse(self.warnings(self.offline))
        self.attempt(self.ask("Figs on a wall"), REFUSED)
        self.assertTrue(self.warnings(self.offline))

    def test_a_busy_provider_alerts_nobody(self):
        generation = self.ask()
        generation.attempt_limit = 1
        self.attempt(
            generation, Failure("overloaded", Message.of_text("Busy."), retryable=True)
        )
        self.assertEqual(generation.state, "failed")
        self.assertFalse(self.warnings(self.offline))

    def a_slot(self):
        slot = self.env["blog.ai.slot"].create(
            {"blog_id": self.blog.id, "provider_id": self.offline.id, "lang": "en_US"}
        )
        slot.day_ids.unlink()
        return slot

    def live_through(self, slot, *states):
        """Let the days of the slot end one after the other, each as given."""
        for state in states:
            day = date(2026, 6, 1) + timedelta(days=len(slot.day_ids))
            slot_day = self.env["blog.ai.slot.day"].create(slot._prepare_day(day))
            if state not in ("failed", "written"):
                slot_day.state = state
                continue
            generation = self.ask(
                f"Variety {day}", slot_id=slot.id, slot_day=day, user_id=False
            )
            slot_day.write({"state": "writing", "generation_id": generation.id})
            failure = (
                Failure("refused", Message("refused")) if state == "failed" else None
            )
            self.attempt(generation, failure)
            self.assertEqual(slot_day.state, state)

    def test_a_slot_that_fails_three_days_running_alerts_an_administrator_once(self):
        slot = self.a_slot()
        for number in range(4):
            self.assertEqual(len(self.warnings(slot)), int(number >= 3))
            self.live_through(slot, "failed")
        self.assertEqual(len(self.warnings(slot)), 1)

    def test_days_without_a_try_do_not_hide_that_a_slot_fails(self):
        slot = self.a_slot()
        self.live_through(slot, "failed", "empty", "failed", "missed", "cancelled")
        self.assertFalse(self.warnings(slot))
        self.live_through(slot, "failed")
        self.assertTrue(self.warnings(slot))

    def test_a_slot_that_writes_again_settles_its_alert_and_may_alert_anew(self):
        slot = self.a_slot()
        self.live_through(slot, "failed", "failed", "failed")
        alert = self.warnings(slot)
        self.live_through(slot, "written")
        self.assertFalse(self.warnings(slot))
        self.live_through(slot, "failed", "failed")
        self.assertFalse(self.warnings(slot))
        self.live_through(slot, "failed")
        self.assertEqual(len(self.warnings(slot) - alert), 1)

    def test_archiving_a_slot_settles_its_alert(self):
        slot = self.a_slot()
        self.live_through(slot, "failed", "failed", "failed")
        slot.hour = 9
        self.assertTrue(self.warnings(slot))
        slot.with_user(self.writer).active = False
        self.assertFalse(self.warnings(slot))

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

    def not_mailed(self, *generations):
        """Return those that the filter shows."""
        view = self.env.ref("blog_ai_generator.blog_ai_generation_view_search")
        (filter_,) = view._get_combined_arch().xpath("//filter[@name='mail_not_sent']")
        ids = [generation.id for generation in generations]
        return self.env["blog.ai.generation"].search(
            [("id", "in", ids), *literal_eval(filter_.get("domain"))]
        )

    def test_generations_whose_mail_failed_are_found_by_a_filter(self):
        published, reviewed, fine = (
            self.ask("Lemons", publish=True, recipient_ids=[(6, 0, self.reader.ids)]),
            self.ask("Figs", reviewer_id=self.writer.id),
            self.ask("Olives", publish=True, recipient_ids=[(6, 0, self.reader.ids)]),
        )
        all_three = published, reviewed, fine
        for generation in all_three:
            self.attempt(generation)
        self.assertFalse(self.not_mailed(*all_three))
        posts = (published + reviewed).post_ids
        mails = self.env["mail.mail"].search(
            [("model", "=", "blog.post"), ("res_id", "in", posts.ids)]
        )
        self.assertEqual(len(mails), 2)
        mails.state = "exception"
        shown = self.not_mailed(*all_three)
        self.assertEqual(shown, published + reviewed)
        self.assertTrue(all(shown.mapped("mail_error")))
        generations = self.env["blog.ai.generation"].with_user(self.writer)
        found = generations.search([("mail_error", "!=", False)])
        self.assertEqual(found & shown, shown)
        found = generations.search([("mail_error", "=", False)])
        self.assertFalse(found & shown)
        self.assertIn(fine, found)
        worded = generations.search([("mail_error", "ilike", "asks for a review")])
        self.assertEqual(worded & shown, reviewed)
        reviewed.post_id.is_published = True
        self.assertEqual(self.not_mailed(*all_three), published)
        published.post_id.active = False
        self.assertFalse(self.not_mailed(*all_three))

    def test_a_mail_to_the_reviewer_that_failed_is_seen_too(self):
        generation = self.ask(reviewer_id=self.writer.id)
        self.attempt(generation)
        self.assertFalse(generation.mail_error)
        mail = self.env["mail.mail"].search(
            [("recipient_ids", "in", self.writer.partner_id.ids)]
        )
        mail.write({"state": "exception", "failure_reason": "Mailbox is full"})
        generation.invalidate_recordset(["mail_error"])
        self.assertIn("Mailbox is full", generation.mail_error)

    def test_an_administrator_opens_the_mail_that_failed(self):
        generation = self.ask(publish=True, recipient_ids=[(6, 0, self.reader.ids)])
        self.attempt(generation)
        seen = generation.with_user(self.env.ref("base.user_admin"))
        with self.assertRaisesRegex(UserError, "Reload the page"):
            seen.action_open_mail()
        mail = self.env["mail.mail"].search(
            [("model", "=", "blog.post"), ("res_id", "=", generation.post_id.id)]
        )
        mail.state = "exception"
        generation.invalidate_recordset(["mail_error"])
        self.assertIn("Press “Open the email” here", seen.mail_error)
        action = seen.action_open_mail()
        self.assertEqual((action["res_model"], action["res_id"]), (mail._name, mail.id))
        with self.assertRaises(AccessError):
            generation.with_user(self.writer).action_open_mail()

    def test_nobody_groups_filters_or_exports_by_what_is_shown_to_nobody(self):
        fields_of = self.env["blog.ai.generation"].with_user(self.writer).fields_get
        technical = (
            "lease_token lease_until attempt_limit error_message repair_notes"
        ).split()
        for name in technical:
            with self.subTest(name):
                found = fields_of([name])[name]
                hidden = ("groupable", "searchable", "exportable")
                self.assertFalse(any(found[attribute] for attribute in hidden))
        self.assertTrue(fields_of(["state"])["state"]["groupable"])
        self.assertEqual(
            fields_of(["lease_until"], ["string"])["lease_until"]["string"],
            "Lease Until",
        )

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

    def test_a_retry_of_two_that_are_alike_asks_first(self):
        failed = self.ask("Lemons in pots") + self.ask("In pots: lemons")
        for generation in failed:
            self.attempt(generation, REFUSED)
        action = failed.with_user(self.writer).action_retry()
        self.assertEqual(set(failed.mapped("state")), {"failed"})
        self.assertEqual(
            action["context"]["default_question"].count("which is being written"), 1
        )

    def mixed(self):
        """Return generations: one failed, one done, one queued, one without a key."""
        keyless = create_provider(self.env, "sk-1", name="Box", preset="openai")
        failed, done, queued = self.ask("Lemons"), self.ask("Figs"), self.ask("Olives")
        blocked = self.ask("Quinces", provider_id=keyless.id)
        self.attempt(failed, REFUSED)
        self.attempt(blocked, REFUSED)
        self.attempt(done)
        keyless.sudo().api_key = False
        return failed, done, queued, blocked

    def test_retry_on_a_mix_retries_what_can_be_and_says_what_not(self):
        mix = failed, done, queued, blocked = self.mixed()
        selection = self.env["blog.ai.generation"].union(*mix)
        told = selection.with_user(self.writer).action_retry()
        self.assertEqual(failed.state, "queued")
        self.assertEqual((done.state, blocked.state), ("done", "failed"))
        self.assertEqual(queued.attempts, 0)
        message = told["params"]["message"]
        self.assertIn("3 of 4 were left as they are:", message)
        for words in ("Done 1", "Queued 1", "Failed 1", "Box has no API key"):
            self.assertIn(words, message)

    def test_cancel_on_a_mix_says_what_had_ended(self):
        mix = failed, _done, queued, _blocked = self.mixed()
        selection = self.env["blog.ai.generation"].union(*mix)
        told = selection.with_user(self.writer).action_cancel()
        self.assertEqual(queued.state, "cancelled")
        self.assertEqual(failed.state, "failed")
        self.assertIn("3 of 4 were left as they are", told["params"]["message"])

    def test_a_button_that_leaves_the_only_one_as_it_is_says_so(self):
        _failed, done, *_others = self.mixed()
        for press in (done.action_retry, done.action_cancel):
            told = press()["params"]["message"]
            self.assertEqual(told, "“Figs” was left as it is: Done.")

    def test_where_nothing_is_left_out_nothing_is_said(self):
        failed, _done, queued, blocked = self.mixed()
        self.assertIs(failed.with_user(self.writer).action_retry(), True)
        self.assertIs(failed.action_cancel(), True)
        with self.assertRaisesRegex(UserError, "Box has no API key"):
            blocked.action_retry()
        self.assertIs(queued.action_cancel(), True)

    def test_a_question_before_a_retry_names_those_left_out(self):
        failed, done, *_others = self.mixed()
        self.attempt(self.ask("Lemons"))
        action = (failed + done).action_retry()
        question = action["context"]["default_question"]
        self.assertIn("resembles the draft", question)
        self.assertIn("1 of 2 were left", question)

    def test_a_blogs_own_recipients_come_before_the_companys(self):
        self.env.company.blog_ai_recipient_ids = self.writer.partner_id
        self.assertEqual(self.blog._blog_ai_recipients(), self.writer.partner_id)
        self.blog.blog_ai_recipient_ids = self.reader
        self.assertEqual(self.blog._blog_ai_recipients(), self.reader)
