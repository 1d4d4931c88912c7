# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..benchmark.browser import Browser
from .ask_case import AskCase
from .pump_case import PATIENCE


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestSpendingCommitted(AskCase):
    """Copy is regenerated while another person changes the same generation."""

    def setUp(self):
        super().setUp()
        (self.generation_id,) = self.ask("Costly olives")
        self.pump()
        with self.committed() as env:
            uid = env.ref("base.user_admin").id
            generation = env["blog.ai.generation"].browse(self.generation_id)
            self.post_id = generation.post_id.id
        self.browser = Browser(self.registry, uid)
        self.addCleanup(self.browser.close)

    def totals(self):
        return self.values(self.generation_id, "tokens_in", "tokens_out")

    def test_a_conflict_over_the_totals_makes_no_call_of_its_own(self):
        before, failed = self.totals(), []

        def write_again():
            try:
                self.browser.call(
                    "blog.post.social", "write_again", self.post_id, "x", "Olives"
                )
            except Exception as exception:
                failed.append(exception)

        thread = threading.Thread(target=write_again, daemon=True)
        with self.registry.cursor() as cr, mute_logger("odoo.sql_db"):
            cr.execute(
                "UPDATE blog_ai_generation SET looked_at = now() WHERE id = %s",
                [self.generation_id],
            )
            thread.start()
            thread.join(PATIENCE)
            self.assertFalse(thread.is_alive(), "The button hangs.")
            self.wait_until_blocked(cr)
            cr.commit()  # pylint: disable=invalid-commit
            self.settle_asks()
        self.assertFalse(failed)
        self.assertEqual(len(self.llm.requests), 2)
        with self.committed() as env:
            (call,) = env["blog.ai.call"].search(
                [("generation_id", "=", self.generation_id), ("kind", "=", "social")]
            )
            paid = (before[0] + call.tokens_in, before[1] + call.tokens_out)
        self.assertEqual(self.totals(), paid)
        self.assertGreater(paid[1], before[1])
