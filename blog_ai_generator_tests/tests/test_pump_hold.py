# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .. import fixtures
from .pump_case import LIMITS, PumpCase

# Odoo runs the pump again later; a test stays in it for the length of a hold.
STAY = 30.0


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestPumpHold(PumpCase):
    """A provider that refuses calls is held, whoever wants to ask it."""

    def hold(self, *names: str):
        with self.committed() as env:
            (row,) = env["blog.ai.provider"].browse(self.provider_id).read([*names])
        return tuple(row[name] for name in names)

    def set_provider(self, **values) -> None:
        with self.committed() as env:
            env["blog.ai.provider"].browse(self.provider_id).write(values)

    def end_hold(self) -> None:
        """Let the time of the hold pass, for the provider and for what waits."""
        with self.committed() as env:
            env.cr.execute(
                "UPDATE blog_ai_provider SET hold_until = hold_until - interval '1 day'"
                ", hold_since = hold_since - interval '1 day' WHERE id = %s",
                [self.provider_id],
            )
            env.cr.execute(
                "UPDATE blog_ai_generation "
                "SET next_try_at = next_try_at - interval '1 day' "
                "WHERE provider_id = %s AND state = 'queued'",
                [self.provider_id],
            )

    def seconds_of_hold(self) -> float:
        until, since = self.hold("hold_until", "hold_since")
        return (until - since).total_seconds()

    def test_thirty_posts_at_a_provider_that_takes_five_calls_at_a_time(self):
        self.set_provider(calls_at_once=16)
        ids = self.ask(*(f"Sorrel {n}" for n in range(30)), model="allows-5-1")
        self.pump(LIMITS._replace(width=16), linger=STAY)
        rows = self.look_at(ids, "state", "attempts")
        self.assertEqual({(r["state"], r["attempts"]) for r in rows}, {("done", 1)})
        outcomes = self.outcomes(ids)
        self.assertEqual(outcomes.count("ok"), 30)
        self.assertLessEqual(outcomes.count("rate_limit"), 20)

    def test_a_refusal_holds_the_provider_and_costs_no_attempt(self):
        (first,) = self.ask("Refused", model="rate-limit-1800")
        (second,) = self.ask("Not even tried")
        self.pump(LIMITS._replace(width=1))
        self.assertEqual(
            self.values(first, "state", "attempts", "error_code"),
            ("queued", 0, "rate_limit"),
        )
        self.assertEqual(self.values(second, "state", "attempts"), ("queued", 0))
        self.assertEqual(len(self.llm.requests), 1)
        self.assertGreaterEqual(self.seconds_of_hold(), 1800)
        self.assertLess(self.seconds_of_hold(), 1800 * 1.2)
        with self.committed() as env:
            (until,) = self.hold("hold_until")
            cron = env.ref("blog_ai_generator.cron_pump")
            moments = env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
            self.assertIn(until, moments.mapped("call_at"))
            due = env["blog.ai.generation"]._next_due(LIMITS)
            self.assertEqual(due.replace(microsecond=0), until.replace(microsecond=0))

    def test_the_hold_of_one_provider_is_no_hold_of_another_one(self):
        self.ask("Refused", model="overloaded")
        with self.committed() as env:
            other = env.ref("blog_ai_generator.provider_offline").id
        (free,) = self.ask("Free", provider_id=other)
        self.addCleanup(self._purge_offline, free)
        self.pump()
        self.assertEqual(self.values(free, "state"), ("done",))

    def _purge_offline(self, generation: int) -> None:
        with self.committed() as env:
            env["blog.post"].search([("blog_id", "=", self.blog_id)]).unlink()
            env["blog.ai.call"].search([("generation_id", "=", generation)]).unlink()
            env["blog.ai.generation"].browse(generation).unlink()

    def test_without_a_header_the_hold_grows_to_more_than_a_minute(self):
        self.ask("Overloaded", model="overloaded")
        holds = []
        for _refusal in range(4):
            self.pump()
            holds.append(self.seconds_of_hold())
            self.end_hold()
        self.assertGreater(holds[0] + holds[1], 60)
        self.assertEqual(holds, sorted(holds))
        self.assertGreaterEqual(holds[3], 600)

    def test_a_retry_after_of_zero_is_no_reason_to_come_back_at_once(self):
        self.ask("Zero", model="rate-limit-0")
        self.pump()
        self.assertGreaterEqual(self.seconds_of_hold(), 15)

    def test_a_provider_that_promises_too_much_is_asked_less_and_less(self):
        self.ask("Too soon", model="rate-limit-1")
        for _refusal in range(4):
            self.pump()
            hold = self.seconds_of_hold()
            self.end_hold()
        self.assertGreaterEqual(hold, 64)

    def test_calls_that_were_in_flight_count_as_one_refusal(self):
        self.set_provider(calls_at_once=16)
        self.ask(*(f"At once {n}" for n in range(8)), model="rate-limit-60")
        self.pump()
        self.assertEqual(self.hold("hold_refusals", "hold_pace"), (1, 2))
        self.assertEqual(len(self.llm.requests), 8)

    def test_an_answer_ends_the_row_of_refusals(self):
        (generation,) = self.ask("Once", model="rate-limit-once-1")
        self.pump()
        self.assertEqual(self.hold("hold_refusals"), (1,))
        self.end_hold()
        self.pump()
        self.assertEqual(self.values(generation, "state"), ("done",))
        self.assertEqual(self.hold("hold_refusals"), (0,))

    def test_a_refusal_that_is_stored_last_is_known_before_the_next_call(self):
        self.set_provider(calls_at_once=4)
        self.ask(*(f"Queue {n}" for n in range(20)), model="allows-2-60")
        self.pump(LIMITS._replace(width=4))
        refused = [call for call in self.llm.requests if call.status == 429]
        self.assertLessEqual(len(refused), 4)

    def test_a_long_hold_fails_what_waits_with_its_sentence_and_no_call(self):
        ids = self.ask("A day", "Another day", model="rate-limit-90000")
        self.pump(LIMITS._replace(width=1))
        self.assertEqual(len(self.llm.requests), 1)
        for generation in ids:
            state, error = self.values(generation, "state", "error")
            self.assertEqual(state, "failed")
            self.assertIn("takes no more requests", error)
        self.assertEqual(self.outcomes(ids), ["rate_limit"])

    def test_another_provider_takes_over_what_waits_without_a_call(self):
        with self.committed() as env:
            spare = fixtures.provider(env, "Spare", self.llm.url, "sk-spare-0123")
            spare_id = spare.id
        self.addCleanup(self._purge_spare, spare_id)
        self.set_provider(fallback_id=spare_id)
        ids = self.ask(*(f"Passed on {n}" for n in range(6)), model="overloaded")
        for _refusal in range(3):
            self.pump(LIMITS._replace(width=1))
            if self.values(ids[-1], "state") != ("done",):
                self.end_hold()
        self.pump()
        rows = self.look_at(ids, "state")
        self.assertEqual({row["state"] for row in rows}, {"done"})
        self.assertEqual(self.outcomes(ids).count("overloaded"), 3)

    def _purge_spare(self, spare_id: int) -> None:
        with self.committed() as env:
            env["blog.post"].search([("blog_id", "=", self.blog_id)]).unlink()
            for table in ("call", "generation"):
                env.cr.execute(
                    f"DELETE FROM blog_ai_{table} WHERE provider_id = %s", [spare_id]
                )
            env["blog.ai.provider"].browse(self.provider_id).fallback_id = False
            env["blog.ai.provider"].browse(spare_id).unlink()

    def test_an_administrator_lifts_the_hold(self):
        (generation,) = self.ask("Lifted", model="rate-limit-once-1800")
        self.pump()
        self.assertEqual(self.values(generation, "state"), ("queued",))
        with self.committed() as env:
            env["blog.ai.provider"].browse(self.provider_id).action_lift_hold()
        self.pump()
        self.assertEqual(self.values(generation, "state", "attempts"), ("done", 1))
