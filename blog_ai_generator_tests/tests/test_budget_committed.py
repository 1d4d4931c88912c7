# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading

from odoo.tests import tagged

from odoo.addons.blog_ai_generator.pump import BESIDE_OCTETS, Limits

from .pump_case import PATIENCE, PumpCase

PUMPS = 8
ASKED = 10


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestBudgetCommitted(PumpCase):
    """A budget holds for all pumps together, on committed data."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.limit, 0)

    def limit(self, amount: float):
        """Give the company this budget for a month, from nothing spent."""
        with self.committed() as env:
            company = env.company
            env["blog.ai.budget"].search([]).unlink()
            # Ignore the calls of other tests.
            env.cr.execute(
                "UPDATE blog_ai_call SET cost = NULL WHERE company_id = %s",
                [company.id],
            )
            company.write({"blog_ai_budget": amount})

    def worst(self, octets: int) -> float:
        with self.committed() as env:
            provider = env["blog.ai.provider"].browse(self.provider_id)
            return provider._worst_cost(octets=octets + BESIDE_OCTETS)

    def budget(self, *names: str):
        with self.committed() as env:
            budget = env["blog.ai.budget"].search([]).filtered("is_current")
            budget = budget.filtered(lambda it: it.currency_id == env.ref("base.USD"))
            (row,) = budget.read([*names])
            return tuple(row[name] for name in names)

    def run_pumps(self) -> list[threading.Thread]:
        barrier = threading.Barrier(PUMPS)

        def run():
            barrier.wait(PATIENCE)
            self.pump(Limits(width=64))

        threads = [threading.Thread(target=run, daemon=True) for _ in range(PUMPS)]
        for thread in threads:
            thread.start()
        return threads

    def end(self, threads: list[threading.Thread]) -> None:
        for thread in threads:
            thread.join(PATIENCE)
        self.assertFalse([t for t in threads if t.is_alive()], "A pump hangs.")

    def test_ten_claims_one_unit_below_the_limit_never_exceed_it(self):
        """Room for nine of ten: nine calls are in flight, and not one more."""
        topics = [f"Apple variety {number}" for number in range(ASKED)]
        self.limit(round(self.worst(len(topics[0])) * ASKED, 2) - 0.01)
        ids = self.ask(*topics, model="hold")
        threads = self.run_pumps()
        self.llm.wait_for_requests(ASKED - 1)
        spent, reserved, limit = self.budget("spent", "reserved", "limit")
        self.assertLessEqual(spent + reserved, limit)
        self.assertEqual(self.llm.in_flight, ASKED - 1)
        self.llm.release()
        self.end(threads)
        self.assertLessEqual(self.llm.max_in_flight, ASKED - 1)
        spent, reserved, limit = self.budget("spent", "reserved", "limit")
        self.assertEqual(reserved, 0.0)
        with self.committed() as env:
            calls = env["blog.ai.call"].search([("generation_id", "in", ids)])
            self.assertAlmostEqual(spent, sum(calls.mapped("cost")), 5)
        self.assertLess(spent, limit)

    def test_what_is_used_up_waits_and_is_written_once_the_budget_is_raised(self):
        self.limit(0.01)
        ids = self.ask("Pears", "Plums")
        self.end(self.run_pumps())
        self.assertEqual(len(self.llm.requests), 0)
        rows = self.look_at(ids, "state", "attempts", "error_code")
        found = {(row["state"], row["attempts"], row["error_code"]) for row in rows}
        self.assertEqual(found, {("queued", 0, "budget")})
        with self.committed() as env:
            budget = env["blog.ai.budget"].search([]).filtered("is_current")
            budget.raised = 5.0
        self.pump()
        self.assertEqual({r["state"] for r in self.look_at(ids, "state")}, {"done"})

    def test_a_dead_workers_money_is_free_again(self):
        (generation,) = self.ask("Quinces")
        self.limit(20.0)
        with self.committed() as env:
            env["blog.ai.generation"]._claim(1, Limits())
        self.assertGreater(self.budget("reserved")[0], 0.0)
        self.let_time_pass([generation])
        with self.committed() as env:
            env["blog.ai.generation"]._requeue_lost()
        self.assertEqual(self.budget("reserved", "spent"), (0.0, 0.0))
