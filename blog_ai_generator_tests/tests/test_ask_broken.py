# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from unittest.mock import patch

import psycopg2

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .ask_case import AskCase
from .pump_case import PATIENCE
from .test_ask_committed import AT_ONCE


@tagged("blog_ai_alone")
class TestAskBroken(AskCase):
    """The database fails while a person waits for a provider."""

    def test_a_call_whose_outcome_cannot_be_stored_is_cut_and_logged(self):
        self.set_provider(model="never")
        with (
            patch.object(
                self.registry["blog.ai.ask"], "_goes_on", side_effect=ValueError("odd")
            ),
            self.assertLogs("odoo.addons.blog_ai_generator.pump.ask", "ERROR") as log,
        ):
            self.press()
            self.llm.wait_for_requests(1)
            self.settle_asks()
            self.llm.wait_until(lambda: not self.llm.in_flight, AT_ONCE)
        self.assertIn("odd", log.output[0])

    def test_an_answer_that_odoo_refuses_to_keep_is_logged_with_its_cost(self):
        refused = ValidationError("No connection tests on Sundays.")
        with (
            patch.object(self.registry["blog.ai.ask"], "_done", side_effect=refused),
            self.assertLogs("odoo.addons.blog_ai_generator.pump.ask", "ERROR") as log,
        ):
            asked = self.press()
            self.settle_asks()
        self.assertIn("No connection tests on Sundays.", log.output[0])
        seen = self.seen(asked)
        self.assertEqual(seen["state"], "failed")
        self.assertIn("arrived, but Odoo could not keep it", seen["message"])
        ((outcome, tokens, cost),) = self.calls_of_buttons(
            "outcome", "tokens_out", "cost"
        )
        self.assertEqual(outcome, "ok")
        self.assertGreater(tokens, 0)
        self.assertGreater(cost, 0)

    def test_a_call_is_made_once_when_the_commit_of_its_begin_seems_to_fail(self):
        begin, done = self.registry["blog.ai.ask"]._begin, []

        def fail():
            raise psycopg2.OperationalError("server closed the connection unexpectedly")

        def begin_and_fail(ask):
            if not done:
                done.append(ask.env.cr.postcommit.add(fail))
            return begin(ask)

        with patch.object(self.registry["blog.ai.ask"], "_begin", begin_and_fail):
            asked = self.press()
            self.settle_asks()
        self.assertEqual(self.seen(asked)["state"], "done")
        self.assertEqual(self.calls_of_buttons("outcome"), [("ok",)])
        self.assertEqual(len(self.llm.requests), 1)

    def test_a_call_goes_on_while_the_database_is_away(self):
        looked = threading.Event()

        def away(_ask):
            looked.set()
            raise psycopg2.OperationalError("the database is away")

        self.set_provider(model="hold")
        with patch.object(self.registry["blog.ai.ask"], "_goes_on", away):
            asked = self.press()
            self.llm.wait_for_requests(1)
            self.assertTrue(looked.wait(PATIENCE))
        self.llm.release()
        self.settle_asks()
        self.assertEqual(self.seen(asked)["state"], "done")
