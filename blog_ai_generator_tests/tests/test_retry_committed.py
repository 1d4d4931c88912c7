# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.blog_ai_generator.models.blog_ai_generation_buttons import SEEN

from ..benchmark.browser import Browser
from .pump_case import PATIENCE, PumpCase

CLICKS = 6


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestRetryCommitted(PumpCase):
    """Several people press Retry at once: one more call, not several."""

    def failed(self, topic: str) -> int:
        (generation,) = self.ask(topic, model="quota")
        self.pump()
        self.assertEqual(self.values(generation, "state", "attempts"), ("failed", 1))
        return generation

    def click(self, env, generation: int) -> None:
        seen = {SEEN: {str(generation): 1}}
        env["blog.ai.generation"].browse(generation).with_context(**seen).action_retry()

    def test_a_click_repeated_after_a_conflict_makes_no_call_of_its_own(self):
        generation = self.failed("Penniless olives")
        with self.registry.cursor() as cr:
            later = api.Environment(cr, SUPERUSER_ID, {})
            later["blog.ai.generation"].browse(generation).read(["state"])
            with self.committed() as first:
                self.click(first, generation)
            self.pump()
            with self.assertRaises(SerializationFailure):
                self.click(later, generation)
            # Repeated as Odoo repeats a request.
            cr.rollback()
            self.click(later, generation)
        self.pump()
        self.assertEqual(self.values(generation, "state", "attempts"), ("failed", 2))
        self.assertEqual(len(self.llm.requests), 2)

    def test_clicks_at_once_make_one_call(self):
        generation = self.failed("Penniless figs")
        with self.committed() as env:
            uid = env.ref("base.user_admin").id
        browsers = [Browser(self.registry, uid) for _click in range(CLICKS)]
        barrier, broken = threading.Barrier(CLICKS), []

        def click(browser):
            try:
                barrier.wait(PATIENCE)
                browser.call(
                    "blog.ai.generation",
                    "action_retry",
                    [generation],
                    route="call_button",
                    context={SEEN: {str(generation): 1}},
                )
            except Exception as exception:
                broken.append(exception)
            finally:
                browser.close()

        threads = [
            threading.Thread(target=click, args=(browser,), daemon=True)
            for browser in browsers
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            self.pump()
        self.pump()
        self.assertFalse(broken)
        self.assertEqual(self.values(generation, "state", "attempts"), ("failed", 2))
        self.assertEqual(len(self.llm.requests), 2)

    def test_whoever_saw_the_last_failure_may_retry_it(self):
        generation = self.failed("Penniless dates")
        for attempts in (1, 2):
            with self.committed() as env:
                seen = {SEEN: {str(generation): attempts}}
                env["blog.ai.generation"].browse(generation).with_context(
                    **seen
                ).action_retry()
            self.pump()
        self.assertEqual(self.values(generation, "attempts"), (3,))

    def test_a_topic_waits_again_when_both_its_generations_end_at_once(self):
        with self.committed() as env:
            topic = env["blog.ai.topic"].create(
                {"name": "Penniless plums", "blog_id": self.blog_id}
            )
        pair = self.ask("Plums", "More plums", topic_id=topic.id)
        with self.registry.cursor() as cr:
            later = api.Environment(cr, SUPERUSER_ID, {})
            later["blog.ai.generation"].browse(pair).read(["state"])
            with self.committed() as env:
                env["blog.ai.generation"].browse(pair[0]).action_cancel()
            with self.assertRaises(SerializationFailure):
                later["blog.ai.generation"].browse(pair[1]).action_cancel()
            # Roll back, as Odoo does before it repeats a request.
            cr.rollback()
            self.assertEqual(later["blog.ai.topic"].browse(topic.id).state, "writing")
            later["blog.ai.generation"].browse(pair[1]).action_cancel()
        with self.committed() as env:
            self.assertEqual(env["blog.ai.topic"].browse(topic.id).state, "waiting")
