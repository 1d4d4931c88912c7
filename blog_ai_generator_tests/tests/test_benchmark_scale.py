# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest import skipUnless

from odoo.tests import BaseCase, tagged

from ..benchmark import scale
from ..benchmark.scale import (
    Costs,
    capacity,
    shortest_delay,
    simulate,
    useful_pumps,
)
from ..benchmark.scale_tables import (
    SETUPS,
    WIDTHS,
    check,
    markdown,
    markdown_check,
    table,
)

FREE = Costs(claim_ms=0, store_ms=0)
MEASURED = {
    "claim_ms": [7.0, 8.0, 30.0],
    "store_ms": [20.0, 32.0, 33.0],
    "database_share": 0.25,
    "call_ms": 5.0,
    "provider_ms": 3.0,
    "cores": 2,
    "posts": 100,
    "delay": 0.0,
    "width": 16,
    "one_pump": {"per_second": 24.0},
    "two_pumps": {"per_second": 39.0},
}


@skipUnless(scale.simpy, "SimPy 4 is not installed: run pip install simpy.")
@tagged("post_install", "-at_install")
class TestBenchmarkScale(BaseCase):
    """Compare the simulation with figures that can be calculated by hand."""

    def test_without_costs_calls_go_in_waves(self):
        run = simulate(100, delay=2, width=32, costs=FREE)
        self.assertEqual((run.seconds, run.ideal, run.efficiency), (8, 8, 1))
        self.assertEqual(run.limit, "provider")

    def test_all_pumps_together_have_the_places_of_one(self):
        for setup in ({}, {"pumps": 2}, {"nodes": 2}, {"nodes": 4, "pumps": 2}):
            with self.subTest(setup):
                run = simulate(128, delay=3, width=32, costs=FREE, **setup)
                self.assertEqual((run.seconds, run.ideal), (12, 12))
                self.assertEqual(run.busy["provider"], 1)

    def test_what_cannot_be_shared_evenly_is_shared_all_the_same(self):
        run = simulate(70, delay=3, width=7, costs=FREE, nodes=3)
        self.assertEqual((run.seconds, run.busy["provider"]), (30, 1))

    def test_a_provider_that_answers_at_once_leaves_the_pumps_own_time(self):
        costs = Costs(claim_ms=5, store_ms=20, claim_record_ms=2)
        run = simulate(100, delay=0, width=32, costs=costs)
        # The first claim takes 32 records, every other claim one.
        self.assertAlmostEqual(run.seconds, (69 * 5 + 100 * 2 + 100 * 20) / 1000)
        self.assertAlmostEqual(run.busy["pump"], 1)
        self.assertEqual(run.limit, "pump")

    def test_one_post_takes_its_claim_its_call_and_its_store(self):
        costs = Costs(claim_ms=5, store_ms=20, claim_record_ms=2)
        run = simulate(1, delay=10, width=32, costs=costs)
        self.assertAlmostEqual(run.seconds, 10.027)

    def test_pumps_of_a_node_share_its_processors(self):
        costs = Costs(claim_ms=0, store_ms=10, database_share=0, cores=1)
        run = simulate(100, delay=0, width=40, costs=costs, pumps=4)
        self.assertAlmostEqual(run.seconds, 1.0)
        self.assertAlmostEqual(run.busy["python"], 1)
        self.assertEqual(run.limit, "python")

    def test_all_nodes_share_one_database(self):
        costs = Costs(claim_ms=0, store_ms=10, database_share=1, database_cores=2)
        run = simulate(100, delay=0, width=40, costs=costs, nodes=4)
        self.assertAlmostEqual(run.seconds, 0.5)
        self.assertAlmostEqual(run.busy["database"], 1)
        self.assertEqual(run.limit, "database")

    def test_two_pumps_share_their_machine_with_postgresql_and_with_calls(self):
        costs = Costs(claim_ms=0, store_ms=10, call_ms=10, database_share=0.5)
        by_itself = simulate(400, 0, 32, costs, pumps=2)
        run = simulate(400, 0, 32, costs, pumps=2, one_machine=True)
        # 20 ms of work for a post, and two processors.
        self.assertAlmostEqual(run.seconds, 4.0, delta=0.1)
        self.assertEqual(run.limit, "machine")
        self.assertGreater(run.busy["machine"], 0.95)
        self.assertLess(by_itself.seconds, run.seconds)

    def test_what_was_measured_of_two_pumps_stands_beside_what_is_simulated(self):
        one, two = check(MEASURED)
        self.assertEqual((one["measured"], two["measured"]), (24.0, 39.0))
        # 8 ms of claim, 32 of store; with 8 of the call, on two processors.
        self.assertAlmostEqual(one["simulated"], 1000 / 40, delta=0.5)
        self.assertAlmostEqual(two["simulated"], 2 * 1000 / 48, delta=1.5)
        # Twice the pumps do not write twice the posts.
        self.assertLess(two["simulated"], 1.75 * one["simulated"])
        self.assertEqual((one["posts"], two["posts"]), (100, 200))
        shown = markdown_check([one, two])
        self.assertIn("| 1 | 100 | 24.0 posts/s | 25.4 posts/s |", shown)

    def test_no_setup_is_faster_than_its_weakest_part(self):
        costs = Costs(claim_ms=8, store_ms=32, database_share=0.4)
        for delay in (0.1, 1, 5):
            for nodes in (1, 3, 9):
                run = simulate(1000, delay, 48, costs, nodes=nodes)
                most = min(capacity(delay, 48, costs, nodes=nodes).values())
                self.assertLessEqual(1000 / run.seconds, most * 1.02)
                self.assertGreater(1000 / run.seconds, most * 0.7)

    def test_the_pumps_are_the_limit_below_their_shortest_delay(self):
        costs = Costs(claim_ms=8, store_ms=32, database_share=0.1)
        self.assertAlmostEqual(shortest_delay(32, costs), 1.28)
        self.assertAlmostEqual(shortest_delay(32, costs, pumps=2), 0.64)
        for pumps in (1, 2):
            bound = shortest_delay(32, costs, pumps)
            for delay, limit in ((bound * 0.8, "pump"), (bound * 1.2, "provider")):
                with self.subTest(pumps=pumps, limit=limit):
                    run = simulate(640, delay, 32, costs, nodes=pumps)
                    self.assertEqual(run.limit, limit)
                    self.assertGreater(run.busy[limit], 0.8)

    def test_more_pumps_than_are_of_use_write_no_faster(self):
        costs = Costs(claim_ms=8, store_ms=32, database_share=0.5, database_cores=2)
        # PostgreSQL takes 20 ms of a post's 40, on two processors.
        self.assertEqual(useful_pumps(0, 64, costs), 4)
        # 64 calls of 1 s are 64 posts a second; a pump stores 25.
        self.assertEqual(useful_pumps(1, 64, costs), 3)
        self.assertEqual(useful_pumps(20, 64, costs), 1)
        for delay, limit in ((0.1, "database"), (2, "provider")):
            for nodes in (6, 12):
                run = simulate(2000, delay, 64, costs, nodes=nodes)
                self.assertEqual(run.limit, limit)
                self.assertGreater(run.busy[limit], 0.8)

    def test_the_table_has_a_row_for_each_setup_delay_and_width(self):
        rows = table(MEASURED)
        self.assertEqual(len(rows), 27)
        slow = [row for row in rows if row["delay"] == 20]
        self.assertEqual({row["limit"] for row in slow}, {"provider"})
        self.assertGreater(min(row["efficiency"] for row in slow), 0.95)
        by_place = {(row["setup"], row["width"], row["delay"]): row for row in rows}

        def faster(width, delay):
            one, two = (
                by_place[setup, width, delay]["per_minute"]
                for setup in ("one pump", "two pumps")
            )
            return two / one

        # The provider's places are those of the database; a fast one keeps two busy.
        self.assertAlmostEqual(faster(16, 20.0), 1, delta=0.02)
        self.assertGreater(faster(64, 1.0), 1.3)

    def test_the_markdown_has_a_line_for_each_setup_and_width(self):
        text = markdown(table(MEASURED))
        lines = [line for line in text.splitlines() if line.startswith("|")]
        self.assertEqual(len(lines), 2 + len(SETUPS) * len(WIDTHS))
        self.assertEqual({line.count("|") for line in lines}, {7})
        self.assertIn("answer after 20 s", lines[0])
        self.assertIn("Pumps of use at width 64, by answer: 3 after 1 s, 1 aft", text)
