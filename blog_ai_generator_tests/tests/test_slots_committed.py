# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..benchmark.browser import Browser
from .pump_case import PATIENCE
from .slot_case import SlotCase

CLICKS = 4


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestSlotsCommitted(SlotCase):
    """Slots of several servers at once, with one queue."""

    def slots_due(self, count: int) -> list[int]:
        """Create days of slots that are due now."""
        ids = self.slots(count)
        with self.committed() as env:
            slots = env["blog.ai.slot"].browse(ids)
            slots.day_ids.unlink()
            today = slots[0]._local_now().date()
            days = env["blog.ai.slot.day"].create(
                [
                    {**slot._prepare_day(today), "planned_at": slot.create_date}
                    for slot in slots
                ]
            )
            return days.ids

    def run_days(self, ids: list[int]) -> None:
        """Run days as each server's scheduled action does, a short transaction each."""
        for day in ids:
            self.transact(
                lambda env, day=day: env["blog.ai.slot.day"].browse(day)._run_locked()
            )

    def states(self) -> dict[str, int]:
        with self.committed() as env:
            groups = env["blog.ai.topic"]._read_group(
                [("blog_id", "=", self.blog_id)], ["state"], ["__count"]
            )
            return dict(groups)

    def test_ten_slots_and_a_hundred_topics_give_ten_posts(self):
        self.queue(100)
        days = self.slots_due(10)
        self.run_days(days)
        self.pump()
        self.assertEqual(self.count_posts(), 10)
        self.assertEqual(self.states(), {"waiting": 90, "written": 10})
        self.assertEqual(len({call.topic for call in self.llm.requests}), 10)

    def test_four_servers_at_the_same_slots_take_no_topic_twice(self):
        self.queue(30)
        days = self.slots_due(10)
        barrier = threading.Barrier(4)

        def serve():
            barrier.wait(PATIENCE)
            self.run_days(days)

        threads = [threading.Thread(target=serve, daemon=True) for _ in range(4)]
        with mute_logger("odoo.sql_db"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(PATIENCE)
        self.assertFalse([t for t in threads if t.is_alive()], "A server hangs.")
        self.pump()
        self.assertEqual(self.count_posts(), 10)
        self.assertEqual(self.states(), {"waiting": 20, "written": 10})

    def test_a_slot_that_fails_stops_no_other_one(self):
        self.queue(10)
        days = self.slots_due(7)
        model = self.registry["blog.ai.slot.day"]
        prepare = model._prepare_generation

        def fail(day, topic):
            if day.id == days[2]:
                raise ValueError("No post comes of this slot.")
            return prepare(day, topic)

        plan = "odoo.addons.blog_ai_generator.models.blog_ai_slot_plan"
        with (
            patch.object(model, "_prepare_generation", fail),
            self.assertLogs(plan, "ERROR") as logs,
            self.registry.cursor() as cr,
        ):
            cron = api.Environment(cr, SUPERUSER_ID, {}).ref(
                "blog_ai_generator.cron_slots"
            )
            cron, _progress = cron.with_context(cron_id=cron.id)._add_progress()
            cron.env["blog.ai.slot"]._cron_tick()
        (record,) = logs.records
        self.assertIn(str(days[2]), record.getMessage())
        with self.committed() as env:
            states = env["blog.ai.slot.day"].browse(days).mapped("state")
        self.assertEqual(states, ["writing"] * 2 + ["planned"] + ["writing"] * 4)
        self.pump()
        self.assertEqual(self.count_posts(), 6)
        self.assertEqual(self.states(), {"waiting": 4, "written": 6})

    def test_run_now_pressed_at_once_on_a_day_without_a_row_writes_once(self):
        self.queue(3)
        days = self.slots_due(1)
        with self.committed() as env:
            uid = env.ref("base.user_admin").id
            slot = env["blog.ai.slot.day"].browse(days).slot_id
            slot.day_ids.unlink()
        browsers = [Browser(self.registry, uid) for _click in range(CLICKS)]
        barrier, opened, refused = threading.Barrier(CLICKS), [], []

        def press(browser):
            barrier.wait(PATIENCE)
            try:
                action, _texts = browser.call(
                    "blog.ai.slot", "action_run_now", [slot.id], route="call_button"
                )
                opened.append(action["res_id"])
            except RuntimeError as error:
                refused.append(error.args[0]["data"]["arguments"][0])
            finally:
                browser.close()

        threads = [
            threading.Thread(target=press, args=(browser,), daemon=True)
            for browser in browsers
        ]
        with mute_logger("odoo.http"):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(PATIENCE)
        self.assertEqual(len(opened), 1)
        self.assertEqual(len(refused), CLICKS - 1)
        for sentence in refused:
            self.assertTrue(
                sentence.startswith("This slot is already writing today's post.")
            )
        self.pump()
        self.assertEqual(self.count_posts(), 1)
