# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.blog_ai_generator.pump.limits import Limits

from .. import fixtures
from .pump_case import LIMITS, PATIENCE, PumpCase

PUMPS = 8
# Seconds of a call: long enough for all pumps to look at the queue meanwhile.
SHORT_CALL = "latency-0.1"


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestPumpLimits(PumpCase):
    """Calls at once, of a provider and of the database, whoever makes them."""

    def eight_pumps(self, limits: Limits) -> None:
        barrier = threading.Barrier(PUMPS)

        def run():
            barrier.wait(PATIENCE)
            # Repeat until nothing is due: a pump without room ends.
            while self.next_due(limits):
                self.pump(limits)

        threads = [threading.Thread(target=run, daemon=True) for _ in range(PUMPS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        self.assertFalse([t for t in threads if t.is_alive()], "A pump hangs.")

    def next_due(self, limits: Limits = LIMITS):
        with self.committed() as env:
            return env["blog.ai.generation"]._next_due(limits)

    def set_provider(self, **values) -> None:
        with self.committed() as env:
            env["blog.ai.provider"].browse(self.provider_id).write(values)

    def second_provider(self) -> int:
        with self.committed() as env:
            provider = fixtures.provider(env, "Second", self.llm.url, "sk-second")
        self.addCleanup(self._purge_second)
        return provider.id

    def _purge_second(self) -> None:
        with self.committed() as env:
            second = env["blog.ai.provider"].search([("name", "=", "Second")])
            env["blog.post"].search([("blog_id", "=", self.blog_id)]).unlink()
            for table in ("call", "generation"):
                env.cr.execute(
                    f"DELETE FROM blog_ai_{table} WHERE provider_id = %s", [second.id]
                )
            second.unlink()

    def test_eight_pumps_keep_to_the_limit_of_a_provider(self):
        self.set_provider(calls_at_once=3)
        ids = self.ask(*(f"Damson {n}" for n in range(24)), model=SHORT_CALL)
        self.eight_pumps(Limits(width=16))
        self.assertEqual(self.llm.max_in_flight, 3)
        self.assertEqual(self.outcomes(ids), ["ok"] * 24)

    def test_eight_pumps_keep_to_the_limit_of_the_database(self):
        second = self.second_provider()
        ids = self.ask(*(f"Gooseberry {n}" for n in range(12)), model=SHORT_CALL)
        ids += self.ask(
            *(f"Currant {n}" for n in range(12)), model=SHORT_CALL, provider_id=second
        )
        self.eight_pumps(Limits(width=3))
        self.assertEqual(self.llm.max_in_flight, 3)
        self.assertEqual(self.outcomes(ids), ["ok"] * 24)

    def test_a_claim_that_did_not_see_another_one_is_repeated(self):
        self.set_provider(calls_at_once=1)
        first, second = self.ask("Seen", "Not seen")
        with self.registry.cursor() as cr:
            # From now on, it sees nothing that others commit.
            cr.execute("SELECT")
            with self.committed() as env:
                env["blog.ai.generation"]._claim(1, LIMITS, [first])
            late = api.Environment(cr, SUPERUSER_ID, {})["blog.ai.generation"]
            with self.assertRaises(SerializationFailure):
                late._claim(1, LIMITS, [second])
            cr.rollback()
            self.assertFalse(late._claim(1, LIMITS, [second]))

    def test_a_claim_leaves_the_queue_to_another_one(self):
        first, second = self.ask("Being claimed", "Left alone")
        with self.committed() as env:
            env["blog.ai.generation"]._claim(1, LIMITS, [first])
            with self.committed() as other:
                self.assertFalse(other["blog.ai.generation"]._claim(1, LIMITS))
        self.pump(only=[second])
        self.assertEqual(self.values(second, "state"), ("done",))

    def test_a_full_provider_is_not_in_the_way_of_another_one(self):
        self.set_provider(calls_at_once=2)
        second = self.second_provider()
        self.ask(*(f"First {n}" for n in range(20)), model="hold")
        self.ask(*(f"Then {n}" for n in range(4)), model="hold", provider_id=second)
        with self.pump_beside():
            calls = self.llm.wait_for_requests(6)
            self.assertEqual(
                sorted(call.topic.split()[0] for call in calls),
                ["First"] * 2 + ["Then"] * 4,
            )
            self.cancel_queued()
            self.llm.release()

    def cancel_queued(self) -> None:
        with self.committed() as env:
            mine = [("blog_id", "=", self.blog_id), ("state", "=", "queued")]
            env["blog.ai.generation"].search(mine).action_cancel()

    def test_a_lease_that_ran_out_takes_no_room(self):
        self.set_provider(calls_at_once=1)
        first, second = self.ask("Dead", "Alive")
        with self.committed() as env:
            self.assertEqual(len(env["blog.ai.generation"]._claim(2, LIMITS)), 1)
            self.assertFalse(env["blog.ai.generation"]._claim(2, LIMITS))
        self.let_time_pass([first])
        with self.committed() as env:
            (claim,) = env["blog.ai.generation"]._claim(2, LIMITS)
        self.assertEqual(claim.generation_id, second)

    def test_a_pump_without_room_ends_and_is_woken_again(self):
        self.set_provider(calls_at_once=1)
        self.ask("Taken", model="hold")
        with self.pump_beside():
            self.llm.wait_for_requests(1)
            (waiting,) = self.ask("Waiting", model="good")
            self.pump()
            self.assertEqual(self.values(waiting, "state"), ("queued",))
            with self.committed() as env:
                now = env.cr.now()
            self.assertGreater(self.next_due(), now, "No reason to look at once")
            self.llm.release()
        self.assertEqual(self.values(waiting, "state"), ("done",))

    def test_time_in_the_queue_of_a_provider_is_no_part_of_the_deadline(self):
        self.set_provider(calls_at_once=1)
        ids = self.ask(*(f"Slow {n}" for n in range(4)), model="latency-0.5")
        self.pump(Limits(call_timeout=1.0))
        self.assertEqual(self.outcomes(ids), ["ok"] * 4)
