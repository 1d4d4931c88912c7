# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
import time
from contextlib import contextmanager
from unittest.mock import patch

import psycopg2

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Answered, Pump
from odoo.addons.blog_ai_generator.pump.calls import Ended
from odoo.addons.blog_ai_generator.pump.limits import Limits
from odoo.addons.blog_ai_generator.pump.store import CHECKED

from .pump_case import PumpCase

BURST = 16
WIDE = Limits(width=64)
PUMP = "odoo.addons.blog_ai_generator.pump"
BAD, REFUSAL = "Bad berries", "No bad berries, please."


class Burst(Pump):
    """A pump whose calls have ended, all at once."""

    def __init__(self, registry, outcomes, keep: float = 60.0):
        super().__init__(registry, WIDE)
        until = time.monotonic() + keep
        self._ended.extend(Ended(outcome, until) for outcome in outcomes)
        # The number of answers in each transaction that was tried.
        self.sizes: list[int] = []

    def _store_in(self, env, *outcomes):
        self.sizes.append(len(outcomes))
        return super()._store_in(env, *outcomes)

    def store(self, most: int = 100) -> None:
        while self._ended and len(self.sizes) < most:
            self._store_next()


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestPumpBatch(PumpCase):
    """Answers that end together are stored together."""

    def burst(self, ids: list[int], **options) -> Burst:
        with self.committed() as env:
            claims = env["blog.ai.generation"]._claim(len(ids), WIDE, ids)
        self.assertEqual(len(claims), len(ids))
        outcomes = [Answered(c, llm.write(c.request, c.account)) for c in claims]
        return Burst(self.registry, outcomes, **options)

    def berries(self, count: int = BURST, **values) -> list[int]:
        return self.ask(*(f"Berry number {n}" for n in range(count)), **values)

    def states(self, ids: list[int]) -> list[str]:
        return [row["state"] for row in self.look_at(ids, "state")]

    def assert_done(self, ids: list[int]) -> None:
        """Check one post and one call for each, in the order of the answers."""
        self.assertEqual(self.states(ids), ["done"] * len(ids))
        self.assertEqual(self.outcomes(ids), ["ok"] * len(ids))
        with self.committed() as env:
            mine = [("blog_id", "=", self.blog_id)]
            posts = env["blog.post"].search(mine, order="id")
            self.assertEqual(
                [g for g in posts.blog_ai_generation_id.ids if g in ids], ids
            )

    def test_the_first_post_of_a_burst_is_stored_alone_and_the_rest_together(self):
        ids = self.berries()
        burst = self.burst(ids)
        burst.store()
        self.assertEqual(burst.sizes, [1, BURST - 1])
        self.assert_done(ids)

    def test_an_answer_without_company_is_stored_at_once(self):
        ids = self.berries(1)
        burst = self.burst(ids)
        burst.store()
        self.assertEqual(burst.sizes, [1])
        self.assert_done(ids)

    def test_a_pump_stores_what_has_ended_meanwhile_together(self):
        ids = self.berries(model="hold")
        sizes, store = [], Pump._store_in

        def wait_and_store(pump, env, *outcomes):
            # While the first one is stored, all the others end.
            sizes.append(len(outcomes))
            for thread in threading.enumerate():
                if thread.name.startswith("blog_ai_generator.call."):
                    thread.join()
            store(pump, env, *outcomes)

        with patch.object(Pump, "_store_in", wait_and_store), self.pump_beside(WIDE):
            self.llm.wait_for_requests(BURST)
            self.llm.release()
        self.assertEqual(sizes, [1, CHECKED, BURST - 1 - CHECKED])
        self.assertEqual(self.states(ids), ["done"] * BURST)
        self.assertEqual(self.outcomes(ids), ["ok"] * BURST)

    @contextmanager
    def bad_post_refused(self):
        """Let another addon refuse the post of one generation."""
        Post = self.registry["blog.post"]
        create = Post.create

        def refuse(posts, vals_list):
            if any(BAD in vals["name"] for vals in vals_list):
                raise ValidationError(REFUSAL)
            return create(posts, vals_list)

        with patch.object(Post, "create", refuse), mute_logger(f"{PUMP}.store"):
            yield

    def test_a_post_that_is_refused_costs_no_other_its_place(self):
        ids = self.berries(BURST - 1)
        (bad,) = self.ask(BAD)
        burst = self.burst([*ids[:9], bad, *ids[9:]])
        with self.bad_post_refused():
            burst.store()
        self.assert_done(ids)
        state, code, error = self.values(bad, "state", "error_code", "error")
        self.assertEqual((state, code), ("failed", "storage"))
        self.assertIn(REFUSAL, error)
        self.assertEqual(self.outcomes([bad]), ["ok"])
        self.assertEqual(self.count_posts(), len(ids))

    def test_a_commit_that_seems_to_fail_stores_no_post_twice(self):
        ids = self.berries()
        burst = self.burst(ids)
        original, failed = Burst._store_in, []

        def commit_and_fail(pump, env, *outcomes):
            original(pump, env, *outcomes)
            if len(outcomes) > 1 and not failed:
                failed.append(env.cr.postcommit.add(self.lose_connection))

        with patch.object(Burst, "_store_in", commit_and_fail):
            burst.store()
        self.assertTrue(failed)
        self.assertEqual(burst.sizes, [1, BURST - 1, BURST - 1])
        self.assert_done(ids)

    def lose_connection(self):
        raise psycopg2.OperationalError("server closed the connection unexpectedly")

    def test_what_the_database_can_not_take_now_is_kept_and_tried_in_smaller_batches(
        self,
    ):
        ids = self.berries()
        burst = self.burst(ids)
        original = Burst._store_in

        def take_few(pump, env, *outcomes):
            if len(outcomes) > 4:
                pump.sizes.append(len(outcomes))
                self.lose_connection()
            original(pump, env, *outcomes)

        with (
            patch.object(Burst, "_store_in", take_few),
            patch(f"{PUMP}.store.BATCH_TRIES", 1),
        ):
            burst.store()
        self.assertEqual(burst.sizes[:2], [1, 15])
        self.assertEqual(self.states(ids), ["done"] * BURST)
        self.assertEqual(self.outcomes(ids), ["ok"] * BURST)
        self.assertEqual(self.count_posts(), BURST)

    def test_an_answer_whose_lease_is_over_is_given_up_and_the_others_are_not(self):
        ids = self.berries(3)
        burst = self.burst(ids)
        burst._ended[1] = burst._ended[1]._replace(kept_until=time.monotonic() - 1)
        burst._is_burst = True
        with (
            patch.object(Burst, "_store_in", lambda *_args: self.lose_connection()),
            patch(f"{PUMP}.store.BATCH_TRIES", 1),
            self.assertLogs(f"{PUMP}.store", "ERROR") as log,
        ):
            burst._store_next()
        self.assertEqual(len(log.output), 1)
        self.assertIn(f"Generation {ids[1]} not closed", log.output[0])
        left = [ended.outcome.claim.generation_id for ended in burst._ended]
        self.assertEqual(left, [ids[0], ids[2]])
        burst.store()
        self.assert_done([ids[0], ids[2]])

    def test_cancelled_and_deleted_ones_among_a_batch_leave_only_their_bill(self):
        ids = self.berries(6)
        burst = self.burst(ids)
        with self.committed() as env:
            generations = env["blog.ai.generation"].browse(ids)
            (generations[1] + generations[3]).action_cancel()
            generations[3].unlink()
        burst.store()
        self.assertEqual(
            self.states([*ids[:3], *ids[4:]]),
            ["done", "cancelled", "done", "done", "done"],
        )
        self.assertEqual(self.count_posts(), 4)
        with self.committed() as env:
            calls = env["blog.ai.call"].search([("provider_id", "=", self.provider_id)])
            self.assertEqual(calls.mapped("outcome"), ["ok"] * 6)
            self.assertTrue(all(call.cost for call in calls))

    def test_of_two_posts_with_one_title_the_second_one_is_held_back(self):
        ids = self.ask("Twin figs", "Twin figs", "Single fig", publish=True)
        burst = self.burst(ids)
        burst._is_burst = True
        burst.store()
        self.assertEqual(burst.sizes, [3])
        rows = self.look_at(ids, "publish", "review_state")
        self.assertEqual([row["publish"] for row in rows], [True, False, True])
        self.assertEqual(rows[1]["review_state"], "pending")
        self.assertIn("title", self.values(ids[1], "repairs")[0])

    def test_authors_in_turn_keep_the_order_of_the_answers(self):
        with self.committed() as env:
            admin = env.ref("base.user_admin").id
        theirs = self.berries(4, user_id=admin)
        robots = self.ask(*(f"Another berry {n}" for n in range(4)))
        mixed = [id_ for pair in zip(theirs, robots, strict=True) for id_ in pair]
        burst = self.burst(mixed)
        by_id = {ended.outcome.claim.generation_id: ended for ended in burst._ended}
        burst._ended.clear()
        burst._ended.extend(by_id[id_] for id_ in mixed)
        burst.store()
        self.assert_done(mixed)
        with self.committed() as env:
            posts = env["blog.post"].search([("blog_id", "=", self.blog_id)])
            authors = {p.blog_ai_generation_id.id: p.create_uid.id for p in posts}
        self.assertEqual({authors[id_] for id_ in theirs}, {admin})
