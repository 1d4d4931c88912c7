# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.tests import new_test_user, tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.messages import MESSAGES
from odoo.addons.blog_ai_generator.pump import Failure

from .common import BlogAiCase

# Part of “administrator” in each language; no message calls its reader that.
SENT_ON = "dministra"


@tagged("post_install", "-at_install")
class TestAdministrator(BlogAiCase):
    """An administrator reads what to do; others read whom to ask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env,
            "unit-administrator",
            groups="base.group_user,base.group_system,website.group_website_designer",
        )

    def both(self, record, field):
        """Return what an editor and what an administrator read."""
        return [record.with_user(u)[field] for u in (self.writer, self.administrator)]

    def failed(self, code):
        generation = self.ask()
        generation.attempt_limit = 1
        self.attempt(generation, Failure.of(llm.LLMError(code)))
        return generation

    def test_a_failure_says_to_each_what_they_can_do(self):
        asks, does = self.both(self.failed("authentication"), "error")
        self.assertIn("Ask an administrator to enter a valid key", asks)
        self.assertIn("Enter a valid key in the provider's settings", does)
        self.assertNotIn(SENT_ON, does)

    def test_so_does_the_day_of_a_slot(self):
        self.offline.preset = "openai"
        slot = self.env["blog.ai.slot"].create(
            {"blog_id": self.blog.id, "provider_id": self.offline.id}
        )
        day = slot.day_ids[0]
        day._run(late=True)
        asks, does = self.both(day, "error")
        self.assertIn("Ask an administrator to enter it under", asks)
        self.assertIn("Enter it under", does)

    def test_so_does_a_generation_that_no_pump_takes(self):
        generation = self.ask()
        generation.next_try_at = fields.Datetime.subtract(
            fields.Datetime.now(), minutes=4
        )
        asks, does = self.both(generation, "state_note")
        self.assertIn("Ask an administrator to check", asks)
        self.assertIn("Check Odoo's cron workers", does)

    def test_so_does_an_email_that_was_not_sent(self):
        generation = self.ask(publish=True, recipient_ids=self.reader.ids)
        self.attempt(generation)
        mail = self.env["mail.mail"].search(
            [("model", "=", "blog.post"), ("res_id", "=", generation.post_id.id)]
        )
        mail.write({"state": "exception", "failure_reason": "Mailbox is full"})
        asks, does = self.both(generation, "mail_error")
        self.assertIn("Ask an administrator to press “Open the email”", asks)
        self.assertIn("Press “Open the email” here and then Retry.", does)

    def test_so_does_an_alert(self):
        self.failed("quota")
        alert = self.offline.activity_ids
        self.assertIn("Top it up", alert.note)
        self.assertNotIn(SENT_ON, alert.note)

    def test_who_is_sent_to_an_administrator_reads_something_else_as_one(self):
        for lang in ("en_US", "fr_FR", "de_DE", "es_ES"):
            self.env["res.lang"]._activate_lang(lang)
            env = self.env(context={"lang": lang})
            sending = [
                key for key, w in MESSAGES.items() if SENT_ON in env._(w.remedy or "")
            ]
            self.assertGreater(len(sending), 15)
            for key, wording in MESSAGES.items():
                with self.subTest(lang=lang, key=key):
                    self.assertEqual(bool(wording.own_remedy), key in sending)
                    self.assertNotIn(SENT_ON, env._(wording.cause))
                    self.assertNotIn(SENT_ON, env._(wording.own_remedy or ""))
