# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
import threading
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.blog_ai_generator.pump import ask

from .ask_case import AskCase
from .pump_case import PATIENCE

# Seconds from the click until the provider must notice.
AT_ONCE = 1.0
PARALLEL = 10


@tagged("blog_ai_alone")
class TestAskCommitted(AskCase):
    """Calls for which a person waits: places, holds, cancellation, dead workers."""

    def test_no_transaction_is_open_during_the_call(self):
        # Looks for a cancellation are transactions, too.
        self.startPatcher(patch.object(ask, "LOOK", float(PATIENCE)))
        post = self.make_post()
        self.set_provider(model="hold")
        asked = self.write_again(post)
        self.llm.wait_for_requests(1)
        with self.committed() as env:
            self.assertFalse(self.connections(env)["busy"])
        self.assertEqual(self.seen(asked)["state"], "asking")
        self.llm.release()
        self.settle_asks()
        found = self.seen(asked)
        self.assertEqual((found["state"], bool(found["text"])), ("done", True))

    def test_a_button_returns_at_once_and_its_call_goes_on(self):
        self.set_provider(model="hold")
        asked = self.press()
        self.llm.wait_for_requests(1)
        (found,) = self.calls_of_buttons("outcome")
        self.assertEqual(found, ("pending",))
        self.assertEqual(self.seen(asked)["state"], "asking")
        self.llm.release()
        self.settle_asks()
        self.assertRegex(self.seen(asked)["message"], r"Fake LLM answered in \d+ ms")

    def test_a_call_that_takes_too_long_says_how_long(self):
        self.set_provider(model="never", time_limit=5)
        asked = self.press()
        self.settle_asks()
        found = self.seen(asked)
        self.assertEqual(found["state"], "failed")
        self.assertIn("did not answer within 5 seconds", found["message"])
        self.assertEqual(self.provider("last_test"), ("timeout",))

    def test_a_second_click_or_window_finds_the_first_call(self):
        self.set_provider(model="hold")
        first = self.press()
        self.llm.wait_for_requests(1)
        self.assertEqual(self.press(), first)
        self.llm.release()
        self.settle_asks()
        self.assertEqual(len(self.llm.requests), 1)
        self.set_provider(model="good")
        self.assertNotEqual(self.press(), first)

    def test_a_call_takes_a_place_from_the_pump(self):
        self.set_provider(model="hold", calls_at_once=1)
        self.press()
        self.llm.wait_for_requests(1)
        (generation,) = self.ask("Figs on a wall")
        self.pump()
        self.assertEqual(self.values(generation, "state"), ("queued",))
        self.llm.release()
        self.settle_asks()
        self.pump()
        self.assertEqual(self.values(generation, "state"), ("done",))
        self.assertEqual(self.llm.max_in_flight, 1)

    def test_a_call_waits_for_a_place_and_then_goes_before_the_queue(self):
        self.set_provider(calls_at_once=1)
        self.ask("Figs on a wall", model="hold")
        with self.pump_beside():
            self.llm.wait_for_requests(1)
            self.ask("Pears on a wall", "Plums on a wall")
            asked = self.press()
            self.assertEqual(self.seen(asked)["state"], "waiting")
            self.llm.release()
            self.settle_asks()
        self.assertEqual(self.seen(asked)["state"], "done")
        self.pump()
        self.assertEqual(self.llm.max_in_flight, 1)
        with self.committed() as env:
            calls = env["blog.ai.call"].search(
                [("provider_id", "=", self.provider_id)], order="id"
            )
            kinds = calls.mapped("kind")
        self.assertEqual(kinds, ["article", "test", "article", "article"])

    def test_posts_that_waited_for_its_place_are_written_without_anybodys_help(self):
        cron = "blog_ai_generator.cron_pump"
        self.set_provider(model="hold", calls_at_once=1)
        self.press()
        self.llm.wait_for_requests(1)
        self.ask("Figs on a wall")
        with self.committed() as env:
            triggers = env["ir.cron.trigger"]
            triggers.search([("cron_id", "=", env.ref(cron).id)]).unlink()
        self.llm.release()
        self.settle_asks()
        with self.committed() as env:
            triggers = env["ir.cron.trigger"]
            self.assertTrue(triggers.search([("cron_id", "=", env.ref(cron).id)]))

    def test_cancel_cuts_the_call(self):
        self.set_provider(model="never")
        asked = self.press()
        self.llm.wait_for_requests(1)
        with self.committed() as env:
            env["blog.ai.ask"].browse(asked).cancel()
        self.llm.wait_until(lambda: not self.llm.in_flight, AT_ONCE)
        self.settle_asks()
        self.assertEqual(self.seen(asked)["state"], "cancelled")
        self.assertEqual(self.calls_of_buttons("outcome"), [("cancelled",)])
        self.assertFalse(self.provider("last_test")[0], "It says nothing.")

    def test_a_call_that_waits_can_be_cancelled(self):
        self.set_provider(calls_at_once=1)
        self.ask("Figs on a wall", model="hold")
        with self.pump_beside():
            self.llm.wait_for_requests(1)
            asked = self.press()
            with self.committed() as env:
                env["blog.ai.ask"].browse(asked).cancel()
            self.settle_asks()
            self.llm.release()
        self.assertEqual(len(self.llm.requests), 1)
        self.assertFalse(self.calls_of_buttons("outcome"))

    def test_a_worker_that_is_killed_leaves_nothing_stuck(self):
        self.set_provider(calls_at_once=1)
        # Its thread dies with it.
        with patch.object(self.registry["blog.ai.ask"], "_start"):
            asked = self.press()
        with self.committed() as env:
            self.assertTrue(env["blog.ai.ask"].browse(asked)._begin())
        self.assertEqual(self.seen(asked)["state"], "asking")
        self.let_it_die(asked)
        found = self.seen(asked)
        self.assertEqual(found["state"], "failed")
        self.assertIn("Odoo was stopped", found["message"])
        # Its place is free, its button works, and its call does not stay open.
        (generation,) = self.ask("Figs on a wall")
        self.pump()
        self.assertEqual(self.values(generation, "state"), ("done",))
        self.assertNotEqual(self.press(), asked)
        self.settle_asks()
        self.assertEqual(self.calls_of_buttons("outcome"), [("pending",), ("ok",)])
        with self.committed() as env:
            env.cr.execute(
                "UPDATE blog_ai_call SET create_date = create_date - interval '1 day'"
                " WHERE provider_id = %s AND outcome = 'pending'",
                [self.provider_id],
            )
            env["blog.ai.call"]._set_outcome_lost()
        self.assertEqual(self.calls_of_buttons("outcome"), [("lost",), ("ok",)])

    def test_a_refusal_holds_the_provider_for_everybody(self):
        post = self.make_post()
        self.set_provider(model="rate-limit-60")
        asked = self.press()
        self.settle_asks()
        found = self.seen(asked)
        self.assertEqual(found["state"], "failed")
        self.assertRegex(found["message"], r"takes no more requests until \d+:\d+")
        (until, refusals) = self.provider("hold_until", "hold_refusals")
        self.assertTrue(until)
        self.assertEqual(refusals, 1)
        (generation,) = self.ask("Figs on a wall")
        self.pump()
        self.assertEqual(self.values(generation, "state"), ("queued",))
        said = re.compile(r"takes no more requests until \d+:\d+")
        for ask_it in (lambda: self.write_again(post), self.fetch_models):
            with self.assertRaisesRegex(UserError, said):
                ask_it()
        self.assertEqual(len(self.llm.requests), 1)
        # An administrator finds out whether it takes requests again.
        self.set_provider_model_behind_its_back("good")
        asked = self.press()
        self.settle_asks()
        self.assertEqual(self.seen(asked)["state"], "done")

    def fetch_models(self) -> None:
        self.press("action_fetch_models")

    def set_provider_model_behind_its_back(self, model: str) -> None:
        """Change the model; the ORM would end the hold."""
        with self.committed() as env:
            env.cr.execute(
                "UPDATE blog_ai_provider SET model = %s WHERE id = %s",
                [model, self.provider_id],
            )

    def test_a_call_that_waits_ends_when_the_provider_is_held(self):
        post = self.make_post()
        self.set_provider(calls_at_once=1)
        self.ask("Figs on a wall", model="hold")
        with self.pump_beside():
            self.llm.wait_for_requests(1)
            asked = self.write_again(post)
            with self.committed() as env:
                env.cr.execute(
                    "UPDATE blog_ai_provider SET hold_refusals = 1, "
                    "hold_until = now() AT TIME ZONE 'UTC' + interval '1 hour' "
                    "WHERE id = %s",
                    [self.provider_id],
                )
            self.settle_asks()
            self.llm.release()
        found = self.seen(asked)
        self.assertEqual(found["state"], "failed")
        self.assertIn("takes no more requests until", found["message"])
        self.assertEqual(len(self.llm.requests), 1)


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestAskBudget(AskCase):
    """Texts that are written again keep within the budget, however many at once."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.limit, 0)
        self.post_id = self.make_post()

    def limit(self, amount: float):
        with self.committed() as env:
            env["blog.ai.budget"].search([]).unlink()
            # Ignore the calls of other tests.
            env.cr.execute(
                "UPDATE blog_ai_call SET cost = NULL WHERE company_id = %s",
                [env.company.id],
            )
            env.company.write({"blog_ai_budget": amount})

    def budget(self, *names: str):
        with self.committed() as env:
            budget = env["blog.ai.budget"].search([]).filtered("is_current")
            budget = budget.filtered(lambda it: it.currency_id == env.ref("base.USD"))
            return tuple(budget[name] for name in names)

    def worst(self) -> float:
        """Return what one text may cost at most."""
        with patch.object(self.registry["blog.ai.ask"], "_start"):
            asked = self.write_again(self.post_id)
        with self.committed() as env:
            ask_ = env["blog.ai.ask"].browse(asked)
            ask_.cancel()
            return ask_.worst

    def test_parallel_texts_one_unit_below_the_limit_never_exceed_it(self):
        """Room for nine of ten: nine calls are in flight, and not one more."""
        self.limit(round(self.worst() * PARALLEL, 2) - 0.01)
        self.set_provider(model="hold")
        barrier, asked = threading.Barrier(PARALLEL), []

        def write_again():
            barrier.wait(PATIENCE)
            asked.append(self.write_again(self.post_id))

        threads = [threading.Thread(target=write_again) for _ in range(PARALLEL)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        self.llm.wait_for_requests(PARALLEL - 1)
        spent, reserved, limit = self.budget("spent", "reserved", "limit")
        self.assertLessEqual(spent + reserved, limit)
        self.assertEqual(self.llm.in_flight, PARALLEL - 1)
        states = sorted(self.seen(each)["state"] for each in asked)
        self.assertEqual(states, ["asking"] * (PARALLEL - 1) + ["waiting"])
        # The last one is not held.
        self.set_provider(model="good")
        self.llm.release()
        self.settle_asks()
        self.assertLessEqual(self.llm.max_in_flight, PARALLEL - 1)
        self.assertEqual({self.seen(each)["state"] for each in asked}, {"done"})
        spent, reserved, limit = self.budget("spent", "reserved", "limit")
        self.assertEqual(reserved, 0.0)
        costs = [cost for (cost,) in self.calls_of_buttons("cost")]
        self.assertAlmostEqual(spent, sum(costs), 5)
        self.assertLess(spent, limit)

    def test_a_pump_leaves_alone_what_is_reserved_for_a_text(self):
        worst = self.worst()
        self.limit(round(worst * 1.5, 2))
        self.set_provider(model="hold")
        self.write_again(self.post_id)
        self.llm.wait_for_requests(1)
        (generation,) = self.ask("Figs on a wall")
        self.pump()
        self.assertEqual(self.values(generation, "state"), ("queued",))
        self.assertEqual(len(self.llm.requests), 1)

    def test_a_budget_that_is_used_up_says_so_without_a_call(self):
        self.limit(0.01)
        with self.assertRaisesRegex(UserError, "budget of .* is used up"):
            self.write_again(self.post_id)
        self.assertEqual(len(self.llm.requests), 0)

    def test_what_nobody_knows_the_cost_of_counts_as_the_worst_case(self):
        worst = self.worst()
        self.limit(20.0)
        self.set_provider(model="never", time_limit=5)
        asked = self.write_again(self.post_id)
        self.llm.wait_for_requests(1)
        self.assertAlmostEqual(self.budget("reserved")[0], worst, 5)
        with self.committed() as env:
            env["blog.ai.ask"].browse(asked).cancel()
        self.settle_asks()
        spent, reserved = self.budget("spent", "reserved")
        self.assertAlmostEqual(spent, worst, 5)
        self.assertEqual(reserved, 0.0)
