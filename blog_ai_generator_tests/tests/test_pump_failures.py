# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from dataclasses import replace
from unittest.mock import patch

from odoo import api
from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from odoo.addons.blog_ai_generator.llm.writer import UncheckedArticle

from .odoo_process import OdooProcess
from .pump_case import LIMITS, ONE_CALL, PATIENCE, PumpCase

DONE = ("done", 1)
REASON = "Posts about this fruit are not allowed."


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestPumpFailures(PumpCase):
    """Pumps, providers and connections that fail."""

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
        self.without_looks_for_cancelled()
        (generation,) = self.ask("Late figs", model="hold")
        with self.pump_beside():
            self.llm.wait_for_requests(1)
            self.let_time_pass([generation])
            # Use one transaction: the pump could claim it again between two.
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

    def test_an_answer_before_a_cancel_is_seen_leaves_no_post_and_the_bill(self):
        self.without_looks_for_cancelled()
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

    def test_a_claim_that_breaks_loses_no_answer_that_is_on_its_way(self):
        claim = self.registry["blog.ai.generation"]._claim
        (generation,) = self.ask("Sturdy gooseberries", model="hold")
        broken = threading.Event()

        def claim_once(queue, *args):
            if self.llm.requests:
                broken.set()
                raise ValueError("an addon broke the claim")
            return claim(queue, *args)

        claiming = patch.object(
            self.registry["blog.ai.generation"], "_claim", claim_once
        )
        with claiming, self.assertRaisesRegex(ValueError, "broke the claim"):
            with self.pump_beside():
                self.llm.wait_for_requests(1)
                self.ask("Later gooseberries")
                self.assertTrue(broken.wait(PATIENCE))
                self.llm.release()
        self.assertEqual(self.values(generation, "state", "attempts"), DONE)
        self.assertEqual(self.outcomes([generation]), ["ok"])

    def test_a_rate_limit_is_waited_out_without_anybodys_help(self):
        (generation,) = self.ask("Patient apricots", model="rate-limit-once-1")
        self.pump(linger=5.0)
        self.assertEqual(self.values(generation, "state", "attempts"), DONE)
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
        self.assertAlmostEqual(pauses[0], 15, delta=2)
        self.assertAlmostEqual(pauses[1], 60, delta=2)

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

    def test_a_record_that_no_database_takes_is_stored_without_its_texts(self):
        (generation,) = self.ask("Peaches of an odd adapter")
        check = UncheckedArticle.checked

        def check_oddly(unchecked):
            answer = check(unchecked)
            calls = tuple(replace(c, request_id="a\0b") for c in answer.calls)
            return replace(answer, calls=calls)

        with (
            patch.object(UncheckedArticle, "checked", check_oddly),
            mute_logger("odoo.addons.blog_ai_generator.pump", "odoo.sql_db"),
        ):
            self.pump()
        found = self.values(generation, "state", "error_code")
        self.assertEqual(found, ("failed", "storage"))
        self.assertEqual(self.outcomes([generation]), ["ok"])

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

    def test_calls_of_ended_generations_of_dead_workers_are_closed(self):
        for deleted in (False, True):
            (generation,) = self.ask("Abandoned and cancelled")
            with self.committed() as env:
                (claim,) = env["blog.ai.generation"]._claim(1, LIMITS)
            with self.committed() as env:
                env["blog.ai.generation"].browse(generation).action_cancel()
                if deleted:
                    env["blog.ai.generation"].browse(generation).unlink()
                call = env["blog.ai.call"].browse(claim.call_id)
                env["blog.ai.call"]._set_outcome_lost()
                self.assertEqual(call.outcome, "pending", "The lease has not ended")
                env.cr.execute(
                    "UPDATE blog_ai_call SET create_date = create_date - interval "
                    "'3 minutes' WHERE id = %s",
                    [call.id],
                )
                call.invalidate_recordset()
                env["blog.ai.call"]._set_outcome_lost()
                self.assertEqual(call.outcome, "lost")
