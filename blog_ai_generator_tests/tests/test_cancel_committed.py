# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
import time

from odoo.tests import tagged

from .pump_case import PumpCase

# Seconds from the click until the provider must notice.
AT_ONCE = 1.0


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestCancel(PumpCase):
    """Calls in flight that nobody wants any more."""

    def assertHangsUpAfter(self, generation_ids, change) -> None:
        """Check that the provider soon notices the end of calls after ``change``."""
        self.llm.wait_for_requests(len(generation_ids))
        with self.committed() as env:
            change(env["blog.ai.generation"].browse(generation_ids))
        started = time.monotonic()
        self.llm.wait_until(lambda: not self.llm.in_flight, timeout=10)
        self.assertLess(time.monotonic() - started, AT_ONCE)

    def test_cancel_cuts_the_call(self):
        for model in ("never", "drip-1", "drip-headers-1"):
            self.llm.reset()
            generations = self.ask("Unwanted melons", model=model)
            with self.subTest(model):
                with self.pump_beside():
                    self.assertHangsUpAfter(generations, lambda g: g.action_cancel())
                self.assertEqual(self.values(*generations, "state"), ("cancelled",))
                self.assertEqual(self.outcomes(generations), ["cancelled"])

    def test_cancel_cuts_no_other_call(self):
        wanted, unwanted = self.ask("Wanted limes", "Unwanted limes", model="hold")
        with self.pump_beside():
            self.llm.wait_for_requests(2)
            with self.committed() as env:
                env["blog.ai.generation"].browse(unwanted).action_cancel()
            self.llm.wait_until(lambda: self.llm.in_flight == 1, AT_ONCE)
            self.llm.release()
        self.assertEqual(self.values(wanted, "state"), ("done",))
        self.assertEqual(self.outcomes([unwanted]), ["cancelled"])

    def test_a_deletion_cuts_the_call(self):
        def delete(generation):
            generation.action_cancel()
            generation.unlink()

        generations = self.ask("Deleted melons", model="never")
        with self.pump_beside():
            self.assertHangsUpAfter(generations, delete)
        with self.committed() as env:
            calls = env["blog.ai.call"].search([("provider_id", "=", self.provider_id)])
            self.assertEqual(calls.mapped("outcome"), ["cancelled"])

    def test_a_retry_after_cancel_cuts_the_first_call_only(self):
        (generation,) = self.ask("Melons after all", model="hold")
        with self.pump_beside():
            self.llm.wait_for_requests(1)
            with self.committed() as env:
                env["blog.ai.generation"].browse(generation).action_cancel()
                env["blog.ai.generation"].browse(generation).action_retry()
            self.llm.wait_for_requests(2)
            self.llm.wait_until(lambda: self.llm.in_flight == 1, AT_ONCE)
            self.llm.release()
        self.assertEqual(self.values(generation, "state"), ("done",))
        self.assertEqual(self.outcomes([generation]), ["cancelled", "ok"])

    def test_a_server_that_stops_cuts_its_calls_and_queues_them_again(self):
        (generation,) = self.ask("Interrupted melons", model="never")
        stopped = threading.Event()
        options = {"stops": stopped.is_set, "goes_on": lambda: not stopped.is_set()}
        with self.pump_beside(**options):
            self.llm.wait_for_requests(1)
            stopped.set()
            self.llm.wait_until(lambda: not self.llm.in_flight, AT_ONCE)
        self.assertEqual(self.values(generation, "state", "attempts"), ("queued", 0))
        self.assertEqual(self.outcomes([generation]), ["stopped"])

    def test_a_pump_that_breaks_cuts_its_calls(self):
        generations = self.ask("Melons of a broken pump", model="never")

        def stops():
            if self.llm.requests:
                raise ZeroDivisionError
            return False

        with self.assertRaises(ZeroDivisionError):
            self.pump(stops=stops)
        self.llm.wait_until(lambda: not self.llm.in_flight, AT_ONCE)
        self.assertEqual(self.values(*generations, "state"), ("writing",))
