# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .ask_case import AskCase

CLAIM = """
    INSERT INTO blog_ai_gate (id, claimed_at) VALUES (1, now() AT TIME ZONE 'UTC')
        ON CONFLICT (id) DO UPDATE SET claimed_at = EXCLUDED.claimed_at
"""
ANSWER = "UPDATE blog_ai_provider SET hold_since = hold_since WHERE id = %(provider)s"


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestModelsCommitted(AskCase):
    """The daily look at the models, while pumps claim and store."""

    def meanwhile(self, model: str, name: str, query: str) -> list:
        """Commit a change of somebody else when a method is reached first."""
        cls, reached = self.registry[model], []
        method = getattr(cls, name)

        def change(*args, **kwargs):
            if not reached:
                with self.committed() as env:
                    env.cr.execute(query, {"provider": self.provider_id})
            reached.append(name)
            return method(*args, **kwargs)

        self.startPatcher(patch.object(cls, name, change))
        return reached

    def look(self) -> None:
        with self.committed() as env, mute_logger("odoo.sql_db"):
            env["blog.ai.provider"]._cron_models()

    def test_a_claim_before_the_call_or_an_answer_after_it_costs_no_list(self):
        for name, query in (("_takes_place", CLAIM), ("_done", ANSWER)):
            with self.subTest(name):
                self.llm.reset()
                self.set_provider(models_at=False, available_models=False)
                before = len(self.calls_of_buttons("kind"))
                reached = self.meanwhile("blog.ai.ask", name, query)
                self.look()
                self.assertEqual(reached, [name] * 2)
                found = self.calls_of_buttons("kind", "outcome")
                self.assertEqual(found[before:], [("models", "ok")])
                self.assertTrue(all(self.provider("models_at", "available_models")))
                self.assertEqual(len(self.llm.requests), 1)

    def test_an_answer_meanwhile_costs_no_notice(self):
        now = fields.Datetime.now()
        ends_on = (now + timedelta(days=9)).date().isoformat()
        listed = [{"name": "good", "ends_on": ends_on}]
        self.set_provider(model="good", models_at=now, available_models=listed)
        reached = self.meanwhile("blog.ai.provider", "_schedule_model_end", ANSWER)
        self.look()
        self.assertGreater(len(reached), 1)
        self.assertIn(ends_on, self.provider("model_end_notice")[0])
