# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
import time
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import get_db_name

from odoo.addons.blog_ai_generator.database import database_hold

from .odoo_process import OdooProcess
from .pump_case import CRONS, PumpCase

# Seconds from the click until the provider must notice.
AT_ONCE = 1.0
REFUSAL = "Odoo says no all the same."


@tagged("blog_ai_alone")
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

    def test_a_provider_is_not_deleted_during_a_call(self):
        (generation,) = self.ask("Lasting limes", model="hold")
        with self.pump_beside():
            self.llm.wait_for_requests(1)
            with self.assertRaisesRegex(UserError, "has been used"):
                with self.committed() as env:
                    env["blog.ai.provider"].browse(self.provider_id).unlink()
            self.llm.release()
        self.assertEqual(self.values(generation, "state"), ("done",))
        self.assertEqual(self.outcomes([generation]), ["ok"])

    def test_uninstalling_cuts_the_calls_first(self):
        """Odoo refuses while a scheduled action runs, as a pump with calls does."""
        (generation,) = self.ask("Melons of a removed addon", model="never")
        odoo = OdooProcess(get_db_name())
        self.addCleanup(odoo.close)
        self.wake_until_called()
        found = []

        def uninstall(module, _function):
            crons = [module.env.ref(f"blog_ai_generator.{name}").id for name in CRONS]
            module.env.cr.execute(
                "SELECT FROM ir_cron WHERE id = ANY(%s) FOR UPDATE NOWAIT", [crons]
            )
            writing = module.env["blog.ai.generation"].browse(generation)
            found.append((self.llm.in_flight, writing.state, writing.attempts))
            found.append(bool(database_hold(module.env)))
            raise UserError(REFUSAL)

        Module = self.registry["ir.module.module"]
        with patch.object(Module, "_button_immediate_function", uninstall):
            with self.assertRaisesRegex(UserError, REFUSAL):
                with self.committed() as env:
                    ours = env["ir.module.module"]._get("blog_ai_generator")
                    ours.button_immediate_uninstall()
        self.assertEqual(found, [(0, "queued", 0), True])
        self.assertEqual(self.outcomes([generation])[:1], ["cancelled"])
        # The addon goes on, as it was not removed.
        self.llm.wait_for_requests(2)
        self.assertNotIn("Traceback", odoo.log.read_text("utf-8"))

    def test_uninstalling_something_else_cuts_no_call(self):
        (generation,) = self.ask("Lasting lemons", model="hold")
        Module = self.registry["ir.module.module"]
        with self.pump_beside():
            self.llm.wait_for_requests(1)
            with patch.object(Module, "_button_immediate_function"):
                with self.committed() as env:
                    other = env["ir.module.module"]._get("sale_management")
                    other.button_immediate_uninstall()
            self.llm.release()
        self.assertEqual(self.values(generation, "state", "attempts"), ("done", 1))

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
