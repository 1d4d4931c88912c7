# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.blog_ai_generator.messages import Message
from odoo.addons.blog_ai_generator.pump import Failure, Limits

from .common import BlogAiCase, create_provider

REFUSED = Failure("authentication", Message("authentication"))
BUSY = Failure("rate_limit", Message("rate_limit"), retryable=True, retry_after=1.0)


@tagged("post_install", "-at_install")
class TestFallback(BlogAiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second, cls.third = (
            create_provider(cls.env, "k", name=name, preset="openai", model=f"{name}-1")
            for name in ("second", "third")
        )
        cls.first = cls.second.copy({"name": "first", "fallback_id": cls.second.id})
        cls.first.set_api_key("k")

    def fail(self, generation, failure):
        generation.next_try_at = "2000-01-01"
        claim = self.attempt(generation, failure)
        generation.invalidate_recordset()
        return claim

    def test_another_provider_takes_over_with_its_own_model(self):
        generation = self.ask(provider_id=self.first.id, model="first-large")
        self.fail(generation, REFUSED)
        self.assertEqual(generation.state, "queued")
        self.assertEqual(generation.provider_id, self.second)
        self.assertEqual(generation.fallback_for_id, self.first)
        claim = self.fail(generation, REFUSED)
        self.assertEqual(claim.account.model, "second-1")
        calls = generation.call_ids.sorted("id")
        self.assertEqual(calls.mapped("model"), ["first-large", "second-1"])

    def test_the_form_says_of_each_call_which_provider_was_asked(self):
        arch = self.env["blog.ai.generation"].get_view(view_type="form")["arch"]
        columns = etree.fromstring(arch).xpath("//field[@name='call_ids']/list/field")
        shown = [it.get("name") for it in columns if it.get("optional") != "hide"]
        self.assertIn("provider_id", shown)

    def test_it_has_failed_when_nobody_is_left(self):
        generation = self.ask(provider_id=self.first.id)
        self.fail(generation, REFUSED)
        self.fail(generation, REFUSED)
        self.assertEqual(generation.state, "failed")
        self.assertIn("did not accept the API key", generation.error)

    def test_attempts_are_used_up_before_another_one_is_asked(self):
        generation = self.ask(provider_id=self.first.id, attempt_limit=2)
        self.fail(generation, BUSY)
        self.assertEqual(generation.provider_id, self.first)
        self.fail(generation, BUSY)
        self.assertEqual(generation.provider_id, self.second)
        self.assertGreater(generation.attempt_limit, generation.attempts)

    def test_providers_in_a_circle_are_asked_once_each(self):
        self.second.fallback_id = self.third
        self.third.fallback_id = self.second
        generation = self.ask(provider_id=self.first.id)
        for provider in (self.first, self.second, self.third):
            self.assertEqual(generation.provider_id, provider)
            self.fail(generation, REFUSED)
        self.assertEqual(generation.state, "failed")

    def test_one_that_can_not_write_is_passed_over(self):
        self.second.fallback_id = self.third
        self.second.api_key = False
        generation = self.ask(provider_id=self.first.id)
        self.fail(generation, REFUSED)
        self.assertEqual(generation.provider_id, self.third)

    def test_retry_asks_the_first_one_again(self):
        generation = self.ask(provider_id=self.first.id, model="first-large")
        self.fail(generation, REFUSED)
        self.fail(generation, REFUSED)
        generation.action_retry()
        self.assertEqual(generation.provider_id, self.first)
        self.assertFalse(generation.fallback_for_id)
        self.assertEqual(self.fail(generation, BUSY).account.model, "first-large")

    def test_a_rejected_draft_is_asked_of_the_first_one_again_with_its_model(self):
        self.first.fallback_id = self.offline
        generation = self.ask(
            provider_id=self.first.id, model="first-large", reviewer_id=self.writer.id
        )
        self.fail(generation, REFUSED)
        self.attempt(generation)
        self.assertEqual(generation.fallback_for_id, self.first)
        self.offline.active = False
        again = generation.with_user(self.writer)._reject("Too vague.", again=True)
        self.assertEqual(again.provider_id, self.first)
        self.assertEqual(again._requested_model(), "first-large")
        self.assertFalse(again.fallback_for_id)

    def test_a_failure_that_is_not_the_providers_fault_stays_with_it(self):
        generation = self.ask(provider_id=self.first.id)
        generation._set_state_from_failure(Failure("storage", Message("storage")))
        self.assertEqual(generation.state, "failed")
        self.assertEqual(generation.provider_id, self.first)

    def test_an_administrator_is_alerted_of_the_key_despite_the_fallback(self):
        self.fail(self.ask(provider_id=self.first.id), REFUSED)
        self.assertIn("first", self.first.activity_ids.summary)
        self.assertFalse(self.second.activity_ids)

    def test_a_slot_whose_provider_lacks_its_key_writes_by_the_other_one(self):
        self.first.api_key = False
        self.env["blog.ai.topic"].create({"name": "Limes", "blog_id": self.blog.id})
        slot = self.env["blog.ai.slot"].create(
            {"blog_id": self.blog.id, "provider_id": self.first.id, "tz": "UTC"}
        )
        action = slot.action_run_now()
        generation = self.env["blog.ai.generation"].browse(action["res_id"])
        generation.flush_recordset()
        self.env["blog.ai.generation"]._claim(1, Limits.of(self.env), generation.ids)
        generation.invalidate_recordset()
        self.assertEqual(generation.provider_id, self.second)

    def test_a_provider_does_not_replace_itself(self):
        with self.assertRaisesRegex(ValidationError, "can't replace itself"):
            self.first.fallback_id = self.first

    def test_both_have_prices_in_one_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        with self.assertRaisesRegex(ValidationError, "Enter both in the same currency"):
            self.second.currency_id = euro

    def test_a_shared_provider_falls_back_to_a_shared_one(self):
        with self.assertRaisesRegex(ValidationError, "same company or a shared one"):
            self.first.company_id = False
