# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .. import llm
from ..llm.errors import LONGEST_RETRY_AFTER
from ..models import blog_ai_provider_hold
from ..models.blog_ai_ask import ALIVE
from ..pump import Failure, Limits
from .common import BlogAiCase

WRONG = (-300, 300)  # seconds


@tagged("post_install", "-at_install")
class TestClock(BlogAiCase):
    """A server whose clock is wrong: calls in flight follow that of the database."""

    def wrong_clocks(self):
        for seconds in WRONG:
            at = datetime.now(timezone.utc) + timedelta(seconds=seconds)
            with self.subTest(seconds), freeze_time(at, tick=True):
                yield seconds

    def claim(self):
        return self.env["blog.ai.generation"]._claim(8, Limits())

    def now(self):
        self.env.cr.execute("SELECT clock_timestamp() AT TIME ZONE 'UTC'")
        return self.env.cr.fetchone()[0]

    def test_it_takes_no_call_in_flight_for_lost(self):
        generation = self.ask()
        self.assertEqual(len(self.claim()), 1)
        for _seconds in self.wrong_clocks():
            generation._requeue_lost()
            self.assertFalse(self.claim())
            self.assertEqual(generation.state, "writing")
            self.assertEqual(generation.call_ids.mapped("outcome"), ["pending"])

    def test_its_leases_last_as_long_as_those_of_others(self):
        for _seconds in self.wrong_clocks():
            generation = self.ask()
            self.claim()
            lease = (generation.lease_until - self.now()).total_seconds()
            expected = generation.provider_id.time_limit + 30
            self.assertAlmostEqual(lease, expected, delta=5)

    def test_what_it_is_asked_for_is_due_at_once(self):
        for _seconds in self.wrong_clocks():
            generation = self.ask()
            due = generation._next_due(Limits())
            self.assertLess(abs((due - self.now()).total_seconds()), 60)
            self.assertTrue(generation._has_due())
            self.assertFalse(generation._has_due([generation.id + 1]))
            self.assertTrue(self.claim())
            self.assertFalse(generation._has_due())

    def test_it_wakes_the_scheduled_action_at_once(self):
        triggers = self.env["ir.cron.trigger"]
        for _seconds in self.wrong_clocks():
            triggers.search([]).unlink()
            self.env["blog.ai.generation"]._wake_pump()
            (trigger,) = triggers.search([])
            self.assertLess(abs((trigger.call_at - self.now()).total_seconds()), 60)

    def test_a_hold_ends_when_it_ends_for_others(self):
        for _seconds in self.wrong_clocks():
            self.offline.hold_until = self.now() - timedelta(seconds=1)
            generation = self.ask()
            (claim,) = self.claim()
            self.assertEqual(claim.generation_id, generation.id)

    def test_a_person_is_not_told_that_a_call_that_runs_is_lost(self):
        asks = self.env["blog.ai.ask"]
        with patch.object(type(asks), "_start"):
            asked = self.press_test()
            ask = asks.browse(asked)
            self.assertTrue(ask._begin())
            for _seconds in self.wrong_clocks():
                self.assertEqual(ask.look()["state"], "asking")
                self.assertEqual(self.press_test(), asked)
                ask._set_alive()
                left = (ask.alive_until - self.now()).total_seconds()
                self.assertAlmostEqual(left, ALIVE.total_seconds(), delta=3)

    def press_test(self) -> int:
        return self.offline.action_test_connection()["params"]["id"]

    def test_a_refused_post_waits_for_the_end_of_the_hold(self):
        self.patch(blog_ai_provider_hold, "JITTER", (0.0, 0.0))
        seconds = LONGEST_RETRY_AFTER - 60.0
        refused = Failure.of(llm.LLMError("rate_limit", retry_after=seconds))
        for wrong in self.wrong_clocks():
            generation = self.ask(f"Clock {wrong}")
            self.attempt(generation, refused)
            generation.invalidate_recordset()
            self.assertEqual(generation.state, "queued")
            self.offline.action_lift_hold()
            generation.action_cancel()
            self.env.flush_all()

    def test_what_is_lost_wakes_the_second_pump(self):
        # The first one may be locked by a server that has frozen.
        generation = self.ask()
        self.claim()
        generation.lease_until = self.now() - timedelta(seconds=1)
        self.env["ir.cron.trigger"].search([]).unlink()
        generation._requeue_lost()
        self.assertEqual(generation.state, "queued")
        woken = self.env["ir.cron.trigger"].search([]).cron_id
        self.assertIn(self.env.ref("blog_ai_generator.cron_pump_relay"), woken)
