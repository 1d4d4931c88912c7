# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import time

import psutil

from odoo.tests import tagged
from odoo.tests.common import get_db_name

from .odoo_process import OdooProcess
from .pump_case import PATIENCE
from .stress_case import StressCase

# Seconds between two looks of Odoo's at what is due, instead of 60. A worker adds up to
# ten to it.
BEAT = 10
# Seconds that a call may take. Its lease lasts 30 seconds more.
TIME_LIMIT = 5
# Seconds after the end of the lease. Odoo's own timer takes up to BEAT and ten more.
SOON = 5


@tagged("post_install", "-at_install")
class TestStressServers(StressCase):
    """Workers of a real server that are killed."""

    def test_the_next_worker_takes_over_when_the_lease_ends(self):
        with self.committed() as env:
            provider = env["blog.ai.provider"].browse(self.provider_id)
            provider.time_limit = TIME_LIMIT
        ids = self.ask(*(f"Killed kiwi {n}" for n in range(8)), model="hold")
        odoo = OdooProcess(get_db_name(), "--workers=1", beat=BEAT)
        self.addCleanup(odoo.close)
        self.wake_until_called(8)
        ends_in = self.seconds_to_lease_end()
        (worker,) = psutil.Process(odoo.pid).children()
        worker.kill()
        killed = time.monotonic()
        with self.committed() as env:
            env["blog.ai.generation"].browse(ids).model = "good"
        self.llm.wait_for_requests(9, timeout=ends_in + SOON)
        self.assertGreater(time.monotonic() - killed, ends_in, "Paid for twice")
        self.wait_until_written(ids)
        self.assertEqual(len(self.llm.requests), 16)
        self.assertEqual(sorted(self.outcomes(ids)), ["lost"] * 8 + ["ok"] * 8)

    def seconds_to_lease_end(self) -> float:
        with self.committed() as env:
            return env["blog.ai.generation"]._seconds_to_lease_end()

    def wait_until_written(self, ids: list[int]) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if {row["state"] for row in self.look_at(ids, "state")} == {"done"}:
                return
        self.fail("The next worker does not write them.")
