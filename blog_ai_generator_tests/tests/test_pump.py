# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import threading
import time
from contextlib import suppress
from unittest.mock import patch

from odoo import api
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from odoo.addons.blog_ai_generator.pump import Pump
from odoo.addons.blog_ai_generator.pump.limits import STORE_MARGIN, Limits

from .odoo_process import OdooProcess
from .pump_case import LIMITS, PATIENCE, PumpCase

DONE = ("done", 1)
# While that call is in flight there is no room, so no look at the queue: those are
# transactions, too, and come every 20 ms.
ONE_CALL = LIMITS._replace(width=1)
REASON = "Posts about this fruit are not allowed."


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestPump(PumpCase):
    def test_eight_pumps_write_forty_posts_and_no_more(self):
        ids = self.ask(*(f"Apple variety {number}" for number in range(40)))
        barrier = threading.Barrier(8)

        def run():
            barrier.wait(PATIENCE)
            self.pump(Limits(width=4))

        threads = [threading.Thread(target=run, daemon=True) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        self.assertFalse([t for t in threads if t.is_alive()], "A pump hangs.")
        rows = self.look_at(ids, "state", "attempts")
        self.assertEqual({(r["state"], r["attempts"]) for r in rows}, {DONE})
        self.assertEqual(self.count_posts(), 40)
        self.assertEqual(self.outcomes(ids), ["ok"] * 40)
        self.assertEqual(len(self.llm.requests), 40)

    def test_calls_are_in_flight_side_by_side(self):
        ids = self.ask(*(f"Pear variety {n}" for n in range(8)), model="hold")
        with self.pump_beside():
            self.llm.wait_for_requests(8)
            self.assertEqual(self.llm.in_flight, 8)
            self.llm.release()
        self.assertEqual({r["state"] for r in self.look_at(ids, "state")}, {"done"})

    def test_no_more_calls_than_the_width(self):
        self.ask(*(f"Plum variety {n}" for n in range(6)), model="hold")
        with self.pump_beside(Limits(width=2)):
            for begun in (2, 4, 6):
                self.llm.wait_for_requests(begun)
                self.llm.release()
        self.assertEqual(self.llm.max_in_flight, 2)
        self.assertEqual(self.count_posts(), 6)

    def test_the_next_call_begins_before_an_answer_is_stored(self):
        ids = self.ask("First medlar", "Second medlar")
        store = Pump._store_in

        def wait_and_store(pump, *args):
            self.llm.wait_for_requests(2)
            store(pump, *args)

        with patch.object(Pump, "_store_in", wait_and_store):
            self.pump(Limits(width=1))
        self.assertEqual({r["state"] for r in self.look_at(ids, "state")}, {"done"})

    def test_answers_of_a_fast_provider_do_not_pile_up(self):
        self.ask(*(f"Fast fig {number}" for number in range(30)))
        unstored, store = [], Pump._store_in

        def count_and_store(pump, *args):
            unstored.append(len(self.llm.requests) - len(unstored))
            store(pump, *args)

        with patch.object(Pump, "_store_in", count_and_store):
            self.pump(Limits(width=4))
        self.assertEqual(len(unstored), 30)
        self.assertLessEqual(max(unstored), 9)

    def test_no_more_are_leased_than_there_is_room_for_whatever_the_plan(self):
        """A nested loop, which small tables get, would run a subquery for each row."""
        self.ask(*(f"Quince variety {n}" for n in range(6)))
        with self.committed() as env:
            for method in ("hashjoin", "mergejoin", "hashagg", "sort", "material"):
                env.cr.execute(f"SET LOCAL enable_{method} = off")
            claims = env["blog.ai.generation"]._claim(2, LIMITS)
        self.assertEqual(len(claims), 2)

    def test_no_transaction_is_open_while_a_provider_is_called(self):
        self.ask("Idle quinces", model="hold")
        # Opened first, so that it does not get the pump's own connection.
        with self.committed() as env:
            before = self.connections(env)
            with self.pump_beside(ONE_CALL):
                self.llm.wait_for_requests(1)
                during = self.connections(env)
                self.llm.release()
        self.assertEqual(during["busy"], before["busy"])
        self.assertTrue(during["idle"], "The pump's own connection is there and idle")
        self.assertEqual(self.count_posts(), 1)

    def connections(self, env) -> dict[str, set[int]]:
        """This process's other connections: busy with a transaction, or idle."""
        # PostgreSQL shows one and the same picture for the whole of a transaction.
        env.cr.commit()
        env.cr.execute(
            """
            SELECT pid, state FROM pg_stat_activity
             WHERE application_name = %s AND datname = current_database()
               AND pid <> pg_backend_pid()
            """,
            [f"odoo-{os.getpid()}"],
        )
        found = {"busy": set(), "idle": set()}
        for pid, state in env.cr.fetchall():
            found["idle" if state == "idle" else "busy"].add(pid)
        return found

    def test_a_lease_that_ran_out_is_taken_again(self):
        (generation,) = self.ask("Abandoned medlars")
        with self.committed() as env:
            env["blog.ai.generation"]._claim(1, LIMITS)
        self.pump()
        self.assertEqual(self.values(generation, "state", "attempts"), ("writing", 1))
        self.let_time_pass([generation])
        self.pump()
        self.assertEqual(self.values(generation, "state", "attempts"), ("done", 2))
        self.assertEqual(self.outcomes([generation]), ["lost", "ok"])
        self.assertEqual(self.count_posts(), 1)

    def test_a_late_answer_of_a_lost_lease_is_logged_and_not_stored(self):
        (generation,) = self.ask("Late figs", model="hold")
        with self.pump_beside():
            self.llm.wait_for_requests(1)
            self.let_time_pass([generation])
            # In one transaction: the pump would take it up again in between.
            with self.committed() as env:
                env["blog.ai.generation"]._requeue_lost()
                env["blog.ai.generation"].browse(generation).action_cancel()
            self.llm.release()
        self.assertEqual(self.values(generation, "state"), ("cancelled",))
        self.assertEqual(self.count_posts(), 0)

    def test_a_worker_killed_in_mid_call_loses_nothing_and_doubles_nothing(self):
        (generation,) = self.ask("Quinces at midnight", model="hold")
        odoo = OdooProcess(get_db_name())
        self.addCleanup(odoo.close)
        self.wake_until_called()
        with self.committed() as env:
            env.cr.execute(
                """
                SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
                 WHERE relation = 'blog_ai_generation'::regclass
                   AND application_name = %s
                   -- Later transactions are looks at the queue.
                   AND xact_start < (SELECT create_date AT TIME ZONE 'UTC'
                                       FROM blog_ai_call WHERE generation_id = %s)
                """,
                [f"odoo-{odoo.pid}", generation],
            )
            self.assertEqual(env.cr.fetchone(), (0,), "A lock is held during a call")
        self.assertEqual(self.values(generation, "state"), ("writing",))
        odoo.kill()
        self.assertEqual(self.outcomes([generation]), ["pending"])
        self.let_time_pass([generation])
        self.llm.release()
        with self.committed() as env:
            env["blog.ai.generation"].browse(generation).model = "good"
        self.pump()
        self.assertEqual(self.values(generation, "state", "attempts"), ("done", 2))
        self.assertEqual(self.outcomes([generation]), ["lost", "ok"])
        self.assertEqual(self.count_posts(), 1)

    def wake_until_called(self):
        """A server that is still starting hears nothing: wake it until it has heard."""
        for _second in range(PATIENCE):
            with self.committed() as env:
                env["blog.ai.generation"]._wake_pump()
            with suppress(TimeoutError):
                self.llm.wait_for_requests(1, timeout=1)
                return
        self.fail("The second Odoo does not work off its queue.")

    def test_cancelled_while_it_is_written_leaves_no_post_and_the_bill(self):
        (generation,) = self.ask("Unwanted cherries", model="hold")
        with self.pump_beside():
            self.llm.wait_for_requests(1)
            with self.committed() as env:
                env["blog.ai.generation"].browse(generation).action_cancel()
            self.llm.release()
        state, tokens, cost = self.values(generation, "state", "tokens_out", "cost")
        self.assertEqual(state, "cancelled")
        self.assertGreater(tokens, 0)
        self.assertGreater(cost, 0)
        self.assertEqual(self.outcomes([generation]), ["ok"])
        self.assertEqual(self.count_posts(), 0)

    def test_a_database_connection_lost_during_the_call_does_no_harm(self):
        (generation,) = self.ask("Storm-proof plums", model="hold")
        with self.committed() as env, mute_logger("odoo.sql_db"):
            self.connections(env)
            with self.pump_beside(ONE_CALL):
                self.llm.wait_for_requests(1)
                idle = self.connections(env)["idle"]
                self.assertTrue(idle)
                for pid in idle:
                    env.cr.execute("SELECT pg_terminate_backend(%s)", [pid])
                self.llm.release()
        self.assertEqual(self.values(generation, "state", "attempts"), DONE)
        self.assertEqual(self.count_posts(), 1)

    def test_a_rate_limit_is_waited_out_without_anybodys_help(self):
        (generation,) = self.ask("Patient apricots", model="rate-limit-once-1")
        self.pump(linger=5.0)
        self.assertEqual(self.values(generation, "state", "attempts"), ("done", 2))
        self.assertEqual(self.outcomes([generation]), ["rate_limit", "ok"])

    def test_attempts_are_bounded(self):
        (generation,) = self.ask("Hopeless grapes", model="error-500")
        for attempt in (1, 2, 3):
            self.pump()
            self.assertEqual(self.values(generation, "attempts"), (attempt,))
            self.let_time_pass([generation])
        self.pump()
        self.assertEqual(
            self.values(generation, "state", "attempts", "error_code"),
            ("failed", 3, "overloaded"),
        )
        self.assertEqual(len(self.llm.requests), 3)

    def test_what_nobody_can_mend_by_waiting_fails_at_once(self):
        (generation,) = self.ask("Penniless olives", model="quota")
        self.pump()
        state, attempts, error = self.values(generation, "state", "attempts", "error")
        self.assertEqual((state, attempts), ("failed", 1))
        self.assertIn("Top it up", error)

    def test_pauses_grow_from_attempt_to_attempt(self):
        (generation,) = self.ask("Slow walnuts", model="error-500")
        pauses = []
        for _attempt in (1, 2):
            self.pump()
            with self.committed() as env:
                row = env["blog.ai.generation"].browse(generation)
                pauses.append((row.next_try_at - row.write_date).total_seconds())
            self.let_time_pass([generation])
        self.assertAlmostEqual(pauses[0], 10, delta=2)
        self.assertAlmostEqual(pauses[1], 40, delta=2)

    def test_a_post_that_can_not_be_saved_harms_no_other(self):
        Post = self.registry["blog.post"]
        create = Post.create

        @api.model_create_multi
        def refuse_one(self, vals_list):
            if any("Forbidden" in vals["name"] for vals in vals_list):
                raise ValidationError(REASON)
            return create(self, vals_list)

        good, bad = self.ask("Welcome peaches", "Forbidden fruit")
        with (
            patch.object(Post, "create", refuse_one),
            mute_logger("odoo.addons.blog_ai_generator.pump"),
        ):
            self.pump()
        self.assertEqual(self.values(good, "state"), ("done",))
        state, code, error = self.values(bad, "state", "error_code", "error")
        self.assertEqual((state, code), ("failed", "storage"))
        self.assertIn(REASON, error)
        self.assertEqual(self.outcomes([bad]), ["ok"], "The money is spent and logged")

    def test_a_generation_that_can_not_be_asked_for_harms_no_other(self):
        Generation = self.registry["blog.ai.generation"]
        prepare = Generation._prepare_request

        def break_one(self):
            if "Poison" in self.topic:
                raise ValueError("broken by another addon")
            return prepare(self)

        bad, good = self.ask("Poison berries", "Sweet berries")
        with (
            patch.object(Generation, "_prepare_request", break_one),
            mute_logger(
                "odoo.addons.blog_ai_generator.models.blog_ai_generation_claim"
            ),
        ):
            self.pump()
        self.assertEqual(self.values(good, "state"), ("done",))
        self.assertEqual(self.values(bad, "state"), ("failed",))

    def test_no_call_is_begun_that_could_outlive_the_sweep(self):
        (generation,) = self.ask("Belated dates")
        self.pump(end=0.0)
        self.assertEqual(self.values(generation, "state", "attempts"), ("queued", 0))
        with self.committed() as env:
            cron = env.ref("blog_ai_generator.cron_pump")
            triggers = env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(len(triggers), 2, "Asked for, and woken again for the rest")

    def test_a_server_that_stops_begins_no_more_calls(self):
        (generation,) = self.ask("Asked for too late")
        self.pump(goes_on=lambda: False)
        self.assertEqual(self.values(generation, "state", "attempts"), ("queued", 0))

    def test_what_a_pump_has_no_time_for_another_one_writes(self):
        self.ask("The last slow call", model="hold")
        relays = []

        def relay(env):
            relays.append(env.cr.dbname)
            self.llm.release()

        limits = Limits(width=1, call_timeout=30.0)
        with self.pump_beside(limits, relay=relay) as pump:
            self.llm.wait_for_requests(1)
            (late,) = self.ask("Asked for meanwhile", model="hold")
            # From the next moment on, a call could end too late.
            pump.end = time.monotonic() + limits.call_timeout + STORE_MARGIN
        self.assertTrue(relays)
        self.assertEqual(self.values(late, "state"), ("queued",))

    def test_calls_of_ended_generations_of_dead_workers_are_closed(self):
        for deleted in (False, True):
            (generation,) = self.ask("Abandoned and cancelled")
            with self.committed() as env:
                (claim,) = env["blog.ai.generation"]._claim(1, LIMITS)
            with self.committed() as env:
                env["blog.ai.generation"].browse(generation).action_cancel()
                if deleted:
                    env["blog.ai.generation"].browse(generation).unlink()
                env["blog.ai.call"]._set_outcome_lost(
                    LIMITS._replace(call_timeout=-60.0)
                )
                call = env["blog.ai.call"].browse(claim.call_id)
                self.assertEqual(call.outcome, "lost")

    def test_write_post_writes_at_once_and_only_its_own(self):
        (other,) = self.ask("Somebody else's melons")
        with self.committed() as env:
            generation = env["blog.ai.generation"].write_post(
                "Melons right now",
                blog=env["blog.blog"].browse(self.blog_id),
                provider_id=self.provider_id,
                publish=True,
            )
            self.assertEqual(generation.state, "done")
            self.assertTrue(generation.post_id.is_published)
            self.assertIn("Melons right now", generation.post_id.name)
        self.assertEqual(self.values(other, "state"), ("queued",))
