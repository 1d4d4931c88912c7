# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading

from odoo.tests import tagged
from odoo.tools import mute_logger

from .pump_case import PATIENCE, PumpCase


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestSlotsCommitted(PumpCase):
    """Slots of several servers at once, on one queue."""

    def _purge(self):
        with self.committed() as env:
            mine = [("blog_id", "=", self.blog_id)]
            env["blog.ai.slot"].search(mine).unlink()
            env.cr.execute(
                "DELETE FROM blog_ai_topic WHERE blog_id = %s", [self.blog_id]
            )
        return super()._purge()

    def slots_due(self, count: int) -> list[int]:
        """Slots whose day is today and whose moment has come."""
        with self.committed() as env:
            slots = env["blog.ai.slot"].create(
                [
                    {
                        "name": f"Slot {number}",
                        "blog_id": self.blog_id,
                        "provider_id": self.provider_id,
                        "model": "good",
                        "lang": "en_US",
                        "tz": "UTC",
                    }
                    for number in range(count)
                ]
            )
            slots.day_ids.unlink()
            today = slots[0]._local_now().date()
            days = env["blog.ai.slot.day"].create(
                [
                    {**slot._prepare_day(today), "planned_at": slot.create_date}
                    for slot in slots
                ]
            )
            return days.ids

    def queue(self, count: int) -> None:
        with self.committed() as env:
            env["blog.ai.topic"].create(
                [
                    {
                        "name": f"Meadow number {number}",
                        "blog_id": self.blog_id,
                        "sequence": number,
                    }
                    for number in range(count)
                ]
            )

    def run_days(self, ids: list[int]) -> None:
        """What each server's scheduled action does, one short transaction a day."""
        for day in ids:
            self.transact(
                lambda env, day=day: env["blog.ai.slot.day"].browse(day)._run_locked()
            )

    def transact(self, function) -> None:
        self.pump_of()._transact(function)

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
        self.assertEqual(len({call.topic for call in self.box.requests}), 10)

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
