# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from statistics import median

from odoo.tests import tagged

from ..benchmark.pumps import ROOM, measure_claim, measure_pumps
from ..benchmark.scale_tables import table
from .stress_case import StressCase


@tagged("post_install", "-at_install")
class TestStressScale(StressCase):
    """Measure the times that the simulation starts from."""

    def test_two_pumps_write_faster_than_one_where_the_provider_is_the_limit(self):
        # The provider is so slow that this machine need not be fast.
        measured = measure_pumps(self.registry, posts=24, delay=1.5, width=4)
        self.assertEqual(len(measured["store_ms"]), 24)
        self.assertGreaterEqual(len(measured["claim_ms"]), 6)
        one, two = (measured[key]["per_second"] for key in ("one_pump", "two_pumps"))
        # The provider's limit: four calls of a second and a half for each pump.
        self.assertLess(one, 4 / 1.5)
        self.assertGreater(two, 1.3 * one)
        self.assertTrue(0 < measured["database_share"] < 1)
        self.assertEqual(len(table(measured)), 27)

    def test_a_claim_does_not_grow_with_the_queue(self):
        measured = measure_claim(self.registry, backlog=2000, samples=20)
        self.assertEqual(measured["room"], ROOM)
        self.assertLess(median(measured["long_ms"]), 2 * median(measured["short_ms"]))
