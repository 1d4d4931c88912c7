# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import psutil

from odoo.tests import tagged
from odoo.tests.common import get_db_name

from .odoo_process import OdooProcess
from .pump_case import PATIENCE, PumpCase
from .test_cancel_committed import AT_ONCE

# Seconds: Odoo's limit for a scheduled action, and a call that takes longer. The master
# of a prefork server looks at its workers every four seconds.
LIMIT, CALL = 5, 14
# Calls in flight when a server stops.
MANY = [f"Interrupted melon {number}" for number in range(8)]


@tagged("blog_ai_alone")
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
        odoo = self.odoo(workers, f"--limit-time-real-cron={LIMIT}", beat=1)
        self.wake_until_called()
        self.llm.wait_until(lambda: not self.llm.in_flight, timeout=CALL + PATIENCE)
        interrupted = self.ask(*MANY, model="never")
        self.wake_until_called(1 + len(MANY))
        odoo.stop()
        self.assertCut()
        odoo.wait(timeout=PATIENCE)
        self.assertEqual(self.values(long, "state", "attempts"), ("done", 1))
        self.assertEqual(self.outcomes([long]), ["ok"])
        self.assertQueuedAgain(interrupted)
        return odoo.log.read_text("utf-8")

    def test_a_prefork_worker_that_gets_sigterm(self):
        interrupted = self.ask(*MANY, model="never")
        odoo = self.odoo("--workers=1")
        self.wake_until_called(len(MANY))
        (worker,) = psutil.Process(odoo.pid).children()
        worker.terminate()
        self.assertCut()
        # The next worker looks a minute after its start.
        worker.wait(PATIENCE)
        self.assertQueuedAgain(interrupted)

    def odoo(self, *options: str, **settings) -> OdooProcess:
        odoo = OdooProcess(get_db_name(), *options, **settings)
        self.addCleanup(odoo.close)
        return odoo

    def assertCut(self) -> None:
        self.llm.wait_until(lambda: not self.llm.in_flight, timeout=AT_ONCE)

    def assertQueuedAgain(self, ids: list[int]) -> None:
        """Check that these are as if they had not been claimed."""
        rows = self.look_at(ids, "state", "attempts")
        states = [(row["state"], row["attempts"]) for row in rows]
        self.assertEqual(states, [("queued", 0)] * len(ids))
        self.assertEqual(self.outcomes(ids), ["stopped"] * len(ids))
