# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.blog_ai_generator.pump import Pump

from ..benchmark.statements import statements
from .pump_case import LIMITS, PumpCase

BACKLOG = 2000
ROOM = 8
# Rows of any node of the plan: those claimed, and small tables, such as the providers,
# which PostgreSQL reads as a whole.
FEW = 100
INDEX = "blog_ai_generation_queue"


@tagged("blog_ai_queries")
class TestQueriesOfClaim(PumpCase):
    """A claim reads the records that it takes, not the backlog behind them."""

    def backlog(self, count: int) -> None:
        self.ask(*(f"Waiting number {number}" for number in range(count)))
        with self.committed() as env:
            env.cr.execute("ANALYZE blog_ai_generation")

    def explained(self, function) -> dict:
        """Return the plan of the statement on the queue, executed and rolled back."""
        with self.registry.cursor() as cr:
            query, params = self.statement(cr, function)
            cr.rollback()
            cr.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}", params)
            (plan,) = cr.fetchone()[0]
            cr.rollback()
        return plan

    def statement(self, cr, function) -> tuple[str, tuple]:
        thread, found = threading.current_thread(), []

        def note(_cursor, query, params, _start, _delay):
            if "state = 'queued'" in query:
                found.append((query, params))

        thread.query_hooks = (note,)
        try:
            function(api.Environment(cr, SUPERUSER_ID, {})["blog.ai.generation"])
        finally:
            thread.query_hooks = ()
        (statement,) = found
        return statement

    def nodes(self, plan: dict):
        yield plan
        for inner in plan.get("Plans", ()):
            yield from self.nodes(inner)

    def rows(self, node: dict) -> int:
        """Return the number of rows that a node read or passed on."""
        removed = sum(node[name] for name in node if name.startswith("Rows Removed"))
        return (node["Actual Rows"] + removed) * node["Actual Loops"]

    def assertReads(self, plan: dict, count: int) -> None:
        """Check that ``count`` rows of the queue are read, and few of anything else.

        PostgreSQL gives the mean of all providers, rounded.
        """
        nodes = list(self.nodes(plan["Plan"]))
        (scan,) = [node for node in nodes if node.get("Index Name") == INDEX]
        self.assertEqual(scan["Actual Rows"], round(count / scan["Actual Loops"]))
        for node in nodes:
            self.assertLess(self.rows(node), FEW, node)

    def test_a_claim_does_not_look_at_the_backlog(self):
        self.backlog(BACKLOG)
        plan = self.explained(lambda generations: generations._claim(ROOM, LIMITS))
        self.assertReads(plan, ROOM)

    def test_a_claim_does_not_look_at_the_backlog_of_a_full_provider(self):
        self.backlog(BACKLOG)
        with self.committed() as env:
            env["blog.ai.provider"].browse(self.provider_id).calls_at_once = 5
            env["blog.ai.generation"]._claim(1, LIMITS)
        plan = self.explained(lambda generations: generations._claim(ROOM, LIMITS))
        self.assertReads(plan, 4)

    def test_the_next_moment_is_read_from_the_index_too(self):
        self.backlog(BACKLOG)
        plan = self.explained(lambda generations: generations._next_due(LIMITS))
        self.assertReads(plan, 1)

    def test_a_look_at_an_empty_queue_is_read_from_the_index_too(self):
        self.backlog(BACKLOG)
        plan = self.explained(lambda generations: generations._has_due())
        self.assertReads(plan, 1)

    def test_a_pump_that_found_nothing_asks_for_less_until_something_is_due(self):
        pump = Pump(self.registry, LIMITS)

        def look() -> tuple[list, str]:
            with statements() as texts:
                claims = pump._transact(pump._claim, ROOM)
            return claims, " ".join(texts)

        (nothing, first), (nothing_again, second) = look(), look()
        self.assertEqual((nothing, nothing_again), ([], []))
        self.assertIn("WITH gate", first)
        self.assertNotIn("WITH gate", second)
        ids = self.ask("At last")
        found, _texts = look()
        self.assertEqual([claim.generation_id for claim in found], ids)
        self.assertNotIn("WITH gate", look()[1], "All that was due has been taken")
