# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .pump_case import PumpCase


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestPumpRecurring(PumpCase):
    """A failure that is bound to recur is not paid for a second time."""

    def written(self, model: str) -> int:
        """Run the pump until the generation has ended."""
        (generation,) = self.ask(f"Written by {model}", model=model)
        for _attempt in range(6):
            self.pump()
            if self.values(generation, "state") != ("queued",):
                break
            self.let_time_pass([generation])
        return generation

    def limits(self) -> list[int]:
        return [call.fields["max_tokens"] for call in self.llm.requests]

    def test_an_answer_cut_off_by_the_limit_gets_twice_the_limit(self):
        generation = self.written("long-9000")
        self.assertEqual(self.values(generation, "state"), ("done",))
        self.assertEqual(self.outcomes([generation]), ["truncated", "ok"])
        self.assertEqual(self.limits(), [8000, 16000])

    def test_the_maximum_of_the_model_is_not_exceeded(self):
        known = {"name": "long-90000", "max_output_tokens": 12000}
        with self.committed() as env:
            provider = env["blog.ai.provider"].browse(self.provider_id)
            provider.available_models = [known]
        generation = self.written("long-90000")
        self.assertEqual(self.values(generation, "state"), ("failed",))
        self.assertEqual(self.limits(), [8000, 12000])

    def test_thinking_that_took_all_the_limit_is_lowered(self):
        generation = self.written("overthinks")
        self.assertEqual(self.values(generation, "state"), ("done",))
        self.assertEqual(self.outcomes([generation]), ["truncated", "ok"])

    def test_an_answer_cut_off_by_the_context_fails_after_one_call(self):
        generation = self.written("context-2900")
        self.assertEqual(self.values(generation, "state"), ("failed",))
        self.assertEqual(self.outcomes([generation]), ["truncated"])

    def test_what_was_learned_is_kept_for_a_retry(self):
        generation = self.written("long-9000+context-2900")
        self.llm.reset()
        with self.committed() as env:
            record = env["blog.ai.generation"].browse(generation)
            record.write({"max_output_tokens": 16000, "model": "long-9000"})
            record.action_retry()
        self.pump()
        self.assertEqual(self.values(generation, "state"), ("done",))
        self.assertEqual(self.limits(), [16000])
