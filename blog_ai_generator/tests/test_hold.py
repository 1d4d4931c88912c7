# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.models.blog_ai_provider_hold import WAITS
from odoo.addons.blog_ai_generator.pump import Failed, Failure, Limits

from .common import BlogAiCase

REFUSED = Failure.of(llm.LLMError("rate_limit", retry_after=1800.0))
BROKEN = Failure.of(llm.LLMError("overloaded", http_status=500))


@tagged("post_install", "-at_install")
class TestHold(BlogAiCase):
    """People see that a provider is held, and can do something about it."""

    def refused(self):
        generation = self.ask()
        self.attempt(generation, REFUSED)
        generation.invalidate_recordset()
        return generation

    def note(self, generation) -> str:
        return generation.with_user(self.writer).with_context(tz="UTC").state_note

    def test_a_waiting_post_says_until_when_and_why(self):
        for generation in (self.refused(), self.ask("Not tried")):
            self.assertRegex(
                self.note(generation),
                r"^Waiting until \d+:\d\d\xa0[AP]M: Offline sample takes no more "
                r"requests now\.$",
            )

    def test_a_held_post_is_not_forgotten(self):
        self.refused()
        generation = self.ask("Not tried")
        generation.next_try_at = fields.Datetime.now() - timedelta(hours=1)
        self.assertIn("Waiting until", self.note(generation))

    def test_an_administrator_lifts_the_hold_and_a_writer_may_not(self):
        generation = self.refused()
        with self.assertRaises(AccessError):
            self.offline.with_user(self.writer).action_lift_hold()
        administrator = new_test_user(
            self.env, "unit-admin", groups="base.group_system,base.group_user"
        )
        self.assertTrue(self.offline.is_on_hold)
        self.offline.with_user(administrator).action_lift_hold()
        self.assertFalse(self.offline.is_on_hold)
        self.assertLessEqual(generation.next_try_at, self.env.cr.now())
        self.env.flush_all()
        self.attempt(generation)
        self.assertEqual((generation.state, generation.attempts), ("done", 1))

    def notified(self, act, *args) -> list[list[int]]:
        return [sent["providers"] for sent in self.sent_on_bus(WAITS, act, *args)]

    def test_open_forms_hear_of_the_begin_and_the_end_of_a_hold(self):
        held = [self.offline.ids]
        first, second, proof = self.ask(), self.ask("Second"), self.ask("Third")
        self.env.flush_all()
        # Both calls were begun before the hold.
        claims = first._claim(2, Limits(), (first + second).ids)
        for claim, heard in zip(claims, (held, []), strict=True):
            outcome = Failed(claim, REFUSED)
            self.assertEqual(self.notified(first._store, outcome), heard)
        self.assertEqual(self.notified(self.offline.action_lift_hold), held)
        self.offline.hold_refusals = 1
        self.offline.hold_since = fields.Datetime.now() - timedelta(minutes=1)
        self.env.flush_all()
        self.assertEqual(self.notified(self.attempt, proof), held)

    def test_open_forms_hear_that_the_database_is_confirmed(self):
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(self.notified(settings.action_blog_ai_use_database), [[]])

    def test_try_now_ends_a_pause(self):
        generation = self.ask()
        self.attempt(generation, BROKEN)
        generation.invalidate_recordset()
        mine = generation.with_user(self.writer)
        self.assertTrue(mine.can_try_now)
        mine.action_try_now()
        self.assertFalse(mine.can_try_now)
        self.attempt(generation)
        self.assertEqual((generation.state, generation.attempts), ("done", 2))

    def test_try_now_of_a_writer_does_not_lift_a_hold(self):
        mine = self.refused().with_user(self.writer)
        self.assertFalse(mine.can_try_now)
        with self.assertRaisesRegex(UserError, "ask an administrator to lift the hold"):
            mine.action_try_now()

    def test_try_now_of_an_administrator_lifts_the_hold(self):
        generation = self.refused()
        self.assertTrue(generation.can_try_now)
        generation.action_try_now()
        self.assertFalse(self.offline.is_on_hold)

    def test_another_account_ends_the_hold(self):
        provider = self.env["blog.ai.provider"].create(
            {"name": "Keyed", "preset": "openai"}
        )
        provider.hold_until = fields.Datetime.now() + timedelta(minutes=5)
        provider.base_url = "https://llm.example.com/v1"
        self.assertFalse(provider.is_on_hold)

    def test_patience_with_one_post_is_bounded(self):
        generation = self.refused()
        generation.refused_since -= timedelta(hours=7)
        self.offline._lift_hold()
        self.env.flush_all()
        self.attempt(generation, REFUSED)
        self.assertEqual(generation.state, "failed")
        self.assertIn("too many requests", generation.error)

    def test_which_failures_hold_the_provider(self):
        refusals = {
            ("rate_limit", 429): True,
            ("overloaded", 503): True,
            ("overloaded", 529): True,
            ("overloaded", 500): False,
            ("timeout", None): False,
            ("quota", 429): False,
        }
        for (code, status), is_refusal in refusals.items():
            with self.subTest(code=code, status=status):
                error = llm.LLMError(code, http_status=status)
                self.assertEqual(Failure.of(error).is_refusal, is_refusal)

    def test_calls_at_once_follow_the_service(self):
        create = self.env["blog.ai.provider"].create
        for preset, calls in (("openai", 16), ("ollama", 2)):
            provider = create({"name": preset, "preset": preset})
            self.assertEqual(provider.calls_at_once, calls)

    def test_a_held_provider_is_not_claimed_from(self):
        self.refused()
        generation = self.ask("Not tried")
        generation.flush_recordset()
        self.assertFalse(generation._claim(1, Limits(), generation.ids))
        self.assertEqual((generation.state, generation.attempts), ("queued", 0))
