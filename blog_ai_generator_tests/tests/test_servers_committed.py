# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tests.common import get_db_name

from .odoo_process import OdooProcess
from .pump_case import PATIENCE, PumpCase
from .test_cancel_committed import AT_ONCE

# Seconds: Odoo's limit for a scheduled action, and a call that takes longer. The master
# of a prefork server looks at its workers every four seconds.
LIMIT, CALL = 5, 14


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestServers(PumpCase):
    """Long calls on both kinds of Odoo's server, and a server that stops."""

    def test_a_prefork_server(self):
        log = self.assertCallsLong("--workers=1")
        self.assertNotIn("timeout after", log, "A worker was killed")

    def test_a_threaded_server(self):
        log = self.assertCallsLong("--workers=0")
        self.assertNotIn("time limit", log)
        self.assertNotIn("server reload", log)

    def assertCallsLong(self, workers: str) -> str:
        """Return the log of a server that made a long call, and then stopped."""
        (long,) = self.ask("Patience", model=f"latency-{CALL}")
        odoo = OdooProcess(
            get_db_name(), workers, f"--limit-time-real-cron={LIMIT}", beat=1
        )
        self.addCleanup(odoo.close)
        self.wake_until_called()
        self.llm.wait_until(lambda: not self.llm.in_flight, timeout=CALL + PATIENCE)
        (interrupted,) = self.ask("Interrupted", model="never")
        self.wake_until_called(2)
        odoo.stop()
        self.llm.wait_until(lambda: not self.llm.in_flight, timeout=AT_ONCE)
        odoo.wait(timeout=PATIENCE)
        self.assertEqual(self.values(long, "state", "attempts"), ("done", 1))
        self.assertEqual(self.outcomes([long]), ["ok"])
        state = self.values(interrupted, "state", "attempts")
        self.assertEqual(state, ("queued", 0))
        self.assertEqual(self.outcomes([interrupted]), ["cancelled"])
        return odoo.log.read_text("utf-8")
