# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import statistics
import threading

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from .pump_case import LIMITS, PumpCase

SHORT, LONG = 100, 2000
ROOM = 8
# Milliseconds in the database; measured: 0.3 with any backlog.
MOST_MS = 10.0
RUNS = 15
INDEX = "blog_ai_generation_queue"


@tagged("blog_ai_queries")
class TestQueriesOfClaim(PumpCase):
    """A claim looks at what it takes, not at the backlog behind it."""

    def backlog(self, count: int) -> None:
        self.ask(*(f"Waiting number {number}" for number in range(count)))
        with self.committed() as env:
            env.cr.execute("ANALYZE blog_ai_generation")

    def explained(self) -> dict:
        """The claim's plan as it ran, undone again."""
        with self.registry.cursor() as cr:
            query, params = self.statement(cr)
            cr.rollback()
            cr.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {query}", params)
            (plan,) = cr.fetchone()[0]
            cr.rollback()
        return plan

    def statement(self, cr) -> tuple[str, tuple]:
        thread, found = threading.current_thread(), []

        def note(_cursor, query, params, _start, _delay):
            if "SKIP LOCKED" in query:
                found.append((query, params))

        thread.query_hooks = (note,)
        try:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["blog.ai.generation"]._claim(ROOM, LIMITS)
        finally:
            thread.query_hooks = ()
        (statement,) = found
        return statement

    def nodes(self, plan: dict):
        yield plan
        for inner in plan.get("Plans", ()):
            yield from self.nodes(inner)

    def measured(self) -> tuple[list[dict], float]:
        """The nodes of one plan, and the median of milliseconds of several."""
        plans = [self.explained() for _run in range(RUNS)]
        median = statistics.median(plan["Execution Time"] for plan in plans)
        return list(self.nodes(plans[0]["Plan"])), median

    def test_a_claim_does_not_grow_with_the_backlog(self):
        self.backlog(SHORT)
        _nodes, short = self.measured()
        self.backlog(LONG - SHORT)
        nodes, long = self.measured()
        (scan,) = [node for node in nodes if node.get("Index Name") == INDEX]
        self.assertEqual(scan["Actual Rows"], ROOM, "Read and no more than taken")
        # A table of a few rows, such as the providers, PostgreSQL reads as a whole.
        for node in nodes:
            if node["Node Type"] == "Seq Scan":
                passed_over = node.get("Rows Removed by Filter", 0)
                read = (node["Actual Rows"] + passed_over) * node["Actual Loops"]
                self.assertLess(read, SHORT, node["Relation Name"])
        self.assertLess(long, MOST_MS)
        self.assertLess(long / short, 5, f"{short} ms, then {long} ms")

    def test_the_next_moment_is_read_from_the_index_too(self):
        self.backlog(LONG)
        with self.committed() as env:
            env.cr.execute(
                "EXPLAIN (ANALYZE, FORMAT JSON) SELECT min(next_try_at) "
                "FROM blog_ai_generation WHERE state = 'queued'"
            )
            (plan,) = env.cr.fetchone()[0]
        nodes = self.nodes(plan["Plan"])
        (scan,) = [node for node in nodes if node.get("Index Name") == INDEX]
        self.assertEqual(scan["Actual Rows"], 1)
