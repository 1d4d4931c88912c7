# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import random
from contextlib import contextmanager
from functools import partial
from itertools import count
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.blog_ai_generator.pump import Limits, Pump

from .pump_case import LIMITS, PATIENCE
from .stress_actors import Person
from .stress_case import StressCase

SEEDS = (19, 1905, 20261122)
# Behaviour of the provider, and state in which a generation ends that nobody cancels or
# retries.
ENDS = {
    "good": "done",
    "latency-0.5": "done",
    "latency-1": "done",
    "latency-2": "done",
    "fenced": "done",
    "flaky-1": "done",
    "rate-limit-once-1": "done",
    "error-500": "failed",
    "rate-limit-1": "failed",
    "disconnect": "failed",
    "disconnect-half-way": "failed",
    "malformed": "failed",
    "quota": "failed",
    "never": "failed",
}
COUNT = 48
MANY = LIMITS._replace(width=64)
IMPATIENT = LIMITS._replace(call_timeout=5.0)
# A pump makes so many calls at once, all of which end at the same moment.
BURST = LIMITS._replace(width=32, call_timeout=10.0)
# Stores of several outcomes whose connection is lost before the commit.
LOST = 4


@tagged("post_install", "-at_install")
class TestStressFaults(StressCase):
    """Providers fail, people change their minds, connections break."""

    def test_eight_pumps_share_ninety_six_records(self):
        ids = self.ask(*(f"Apple variety {n}" for n in range(64)), model="hold")
        ids += self.ask(*(f"Pear variety {n}" for n in range(32)), **self.published())
        with self.at_once(*(partial(self.pump, MANY) for _pump in range(8))):
            # A pump that skips locked records may begin with pears.
            self.llm.wait_until(lambda: self.llm.in_flight == 64, timeout=PATIENCE)
            self.llm.release()
        self.assert_all_written(ids, published=32)
        self.assertEqual(self.llm.max_in_flight, 64)

    def published(self) -> dict:
        return {"publish": True, "recipient_ids": [(6, 0, [self.reader_id])]}

    def test_any_mixture_of_faults_cancels_and_retries_leaves_all_in_order(self):
        for seed in SEEDS:
            with self.subTest(seed=seed):
                self.mix(random.Random(seed))

    def test_bursts_of_any_mixture_of_faults_leave_all_in_order(self):
        for seed in SEEDS:
            self.llm.hold()
            with (
                self.subTest(seed=seed),
                self.batches_lost() as lost,
                self.at_once(self.release_burst),
            ):
                self.mix(random.Random(seed), "hold+", BURST)
                # The number of outcomes in a store depends on how fast the machine is.
                self.assertEqual(len(lost), LOST)
            self.assertEqual(self.llm.max_in_flight, BURST.width)

    def release_burst(self) -> None:
        """Hold the calls until as many as may are in flight."""
        self.llm.wait_until(lambda: self.llm.in_flight == BURST.width, timeout=PATIENCE)
        self.llm.release_all()

    @contextmanager
    def batches_lost(self):
        """Lose the connection of the first batches before their commit."""
        original, lost = Pump._store_in, []

        def store_in_vain(pump, env, *outcomes):
            original(pump, env, *outcomes)
            if len(outcomes) > 1 and len(lost) < LOST:
                lost.append(len(outcomes))
                lose = "SELECT pg_terminate_backend(pg_backend_pid())"
                env.cr.execute(lose, log_exceptions=False)

        with patch.object(Pump, "_store_in", store_in_vain):
            yield lost

    def mix(
        self, rng: random.Random, before: str = "", limits: Limits = IMPATIENT
    ) -> None:
        """Write posts with any faults, while people cancel and retry some of them.

        :param before: what each call does first
        """
        models = {}
        for number in range(COUNT):
            model = rng.choice(list(ENDS))
            (generation,) = self.ask(
                f"Herb {rng.randrange(10**9)}",
                model=before + model,
                attempt_limit=1 if model == "never" else 3,
                **(self.published() if number % 2 else {}),
            )
            models[generation] = model
        touched = set(rng.sample(sorted(models), COUNT // 3))
        cancelled = self.disturb(rng, sorted(touched), limits)
        self.settle(limits)
        states = {
            row["id"]: row["state"] for row in self.look_at(list(models), "state")
        }
        for generation in models.keys() - touched:
            model = models[generation]
            self.assertEqual((model, states[generation]), (model, ENDS[model]))
        self.assertTrue(cancelled)
        self.assertEqual(
            {states[generation] for generation in cancelled}, {"cancelled"}
        )
        self.assert_consistent()

    def disturb(self, rng: random.Random, ids: list[int], limits: Limits) -> set[int]:
        """Let people cancel and retry generations while three pumps write.

        :return: the generations that stay cancelled
        """
        sids = self.sids or self.people(3)
        cancelled = set()
        plans = [
            [
                (rng.choice(("action_cancel", "action_retry")), rng.choice(ids[who::3]))
                for _click in range(20)
            ]
            for who in range(3)
        ]
        with mute_logger("odoo.sql_db"):
            self.all_at_once(
                *(partial(self.pump, limits) for _pump in range(3)),
                *(
                    partial(self.steer, sid, plan, cancelled)
                    for sid, plan in zip(sids, plans, strict=True)
                ),
            )
        return cancelled

    def steer(self, sid: str, plan: list[tuple[str, int]], cancelled: set) -> None:
        model = "blog.ai.generation"
        with Person(sid) as person:
            for action, generation in plan:
                person.click(model, action, [generation])
                (row,) = person.click(model, "read", [generation], ["state"])
                if row["state"] == "cancelled":
                    cancelled.add(generation)
                else:
                    cancelled.discard(generation)

    def test_connections_killed_again_and_again_lose_and_double_nothing(self):
        names = [f"Plum variety {number}" for number in range(64)]
        ids = self.ask(*names, model="latency-0.1", **self.published())
        with (
            mute_logger("odoo.sql_db"),
            self.at_once(*(partial(self.pump, LIMITS) for _pump in range(3))),
        ):
            for requests in range(4, 64, 4):
                self.llm.wait_for_requests(requests, timeout=PATIENCE)
                self.kill_connections()
        self.settle()
        rows = self.look_at(ids, "state", "error", "error_detail")
        self.assertFalse([row for row in rows if row["state"] != "done"])
        self.assertEqual(self.assert_consistent(), 64)

    def kill_connections(self) -> None:
        """Terminate every connection of this process but the one that does so."""
        with self.committed() as env:
            env.cr.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE application_name = %s AND datname = current_database()
                   AND pid <> pg_backend_pid() AND pid <> ALL(%s)
                """,
                [f"odoo-{os.getpid()}", sorted(self.before.backends)],
            )

    def test_a_connection_lost_while_a_mail_is_rendered_costs_no_second_call(self):
        (generation,) = self.ask("Stormy sloes", **self.published())
        Post = self.registry["blog.post"]
        mail, lost = Post._blog_ai_mail, psycopg2.OperationalError("terminated")

        def render_once_in_vain(post, *args):
            nonlocal lost
            if lost:
                cause, lost = lost, None
                raise RuntimeError("Failed to render") from cause
            return mail(post, *args)

        with patch.object(Post, "_blog_ai_mail", render_once_in_vain):
            self.pump()
        self.assert_all_written([generation], published=1)

    def test_two_pumps_that_alert_at_once_both_store_what_the_provider_said(self):
        (generation,) = self.ask("Penniless olives", model="quota")
        Provider = self.registry["blog.ai.provider"]
        alert, others = Provider._alert_refused, []

        def alert_second(provider, *args):
            if not others:
                others.append(True)
                with self.committed() as env:
                    alert(provider.with_env(env), *args)
            alert(provider, *args)

        with (
            patch.object(Provider, "_alert_refused", alert_second),
            mute_logger("odoo.sql_db"),
        ):
            self.pump()
        self.assertEqual(
            self.values(generation, "state", "error_code"), ("failed", "quota")
        )
        self.assertEqual(self.outcomes([generation]), ["quota"])

    def test_a_stored_answer_is_not_counted_twice_when_its_commit_seems_to_fail(self):
        (generation,) = self.ask("Uncertain quinces", **self.published())
        with self.commit_seems_to_fail("_store_in"):
            self.pump()
        self.assert_all_written([generation], published=1)

    def test_what_was_claimed_when_the_commit_seemed_to_fail_is_written_once(self):
        (generation,) = self.ask("Uncertain medlars", **self.published())
        with self.commit_seems_to_fail("_claim_and_begin"):
            self.pump()
        self.settle()
        self.assertEqual(self.values(generation, "state", "attempts"), ("done", 2))
        self.assertEqual(self.outcomes([generation]), ["lost", "ok"])
        self.assertEqual(self.assert_consistent(), 1)

    def test_what_is_paid_for_waits_for_a_database_that_is_away(self):
        ids = self.ask(*(f"Patient pear {n}" for n in range(6)), **self.published())
        with (
            patch("odoo.addons.blog_ai_generator.pump.transaction.TRIES", 1),
            self.away("_store_in", 1, 2, 4),
            self.away("_claim", 2, 3),
            self.assertLogs("odoo.addons.blog_ai_generator.pump", "WARNING") as log,
        ):
            self.pump(LIMITS._replace(width=2))
        self.assert_all_written(ids, published=6)
        self.assertIn("The database is away", log.output[0])

    def away(self, step: str, *times: int):
        """Let the database fail at the given calls of a step, counted from 1."""
        original, made = getattr(Pump, step), count(1)

        def fail_at_times(pump, *args):
            if next(made) in times:
                raise psycopg2.OperationalError("the database system is starting up")
            return original(pump, *args)

        return patch.object(Pump, step, fail_at_times)

    def commit_seems_to_fail(self, step: str):
        """Let the first commit of a step succeed, but report an error."""
        original, done = getattr(Pump, step), []

        def fail():
            raise psycopg2.OperationalError("server closed the connection unexpectedly")

        def commit_and_fail(pump, env, *args):
            # Ahead of all that the step itself does after the commit.
            if not done:
                done.append(env.cr.postcommit.add(fail))
            return original(pump, env, *args)

        return patch.object(Pump, step, commit_and_fail)
