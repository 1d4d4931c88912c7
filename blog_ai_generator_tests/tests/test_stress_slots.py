# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged
from odoo.tools import mute_logger

from .pump_case import PATIENCE
from .stress_actors import Person, Refused
from .stress_case import StressCase


@tagged("post_install", "-at_install")
class TestStressSlots(StressCase):
    """Slots as the cron workers of a busy server run them."""

    def test_three_slots_on_five_days_write_fifteen_posts(self):
        slots = self.slots(3)
        names = self.queue(20)
        with self.cron_workers(3):
            for day in range(5):
                self.transact(self.choose, slots, day)
                self.next_day(slots)
                self.llm.wait_for_requests(3 * (day + 1), timeout=PATIENCE)
        ids = self.generations()
        self.assert_all_written(ids, published=8)
        self.assertCountEqual(self.topics("written"), names[:15])
        self.assertEqual(self.topics("waiting"), names[15:])
        with self.committed() as env:
            generations = env["blog.ai.generation"].browse(ids)
            for index, slot in enumerate(slots):
                mine = generations.filtered(lambda g, slot=slot: g.slot_id.id == slot)
                days = mine.mapped("slot_day")
                self.assertEqual(days, sorted(set(days)))
                self.assertEqual(
                    mine.mapped("publish"),
                    [self.publishes(index, day) for day in range(5)],
                )

    def choose(self, env, slots: list[int], day: int) -> None:
        for index, slot in enumerate(env["blog.ai.slot"].browse(slots)):
            slot.publish = self.publishes(index, day)

    def publishes(self, index: int, day: int) -> bool:
        return (index + day) % 2 == 0

    def test_three_slots_within_five_minutes_while_the_first_one_still_writes(self):
        slots = self.slots(3, model="hold", publish=True)
        names = self.queue(5)
        with self.cron_workers(2):
            for number, slot in enumerate(slots, 1):
                self.next_day([slot])
                self.llm.wait_for_requests(number, timeout=PATIENCE)
            self.assertEqual(self.llm.in_flight, 3)
            self.llm.release()
        self.assert_all_written(self.generations(), published=3)
        self.assertEqual([call.topic for call in self.llm.requests], names[:3])

    def test_ten_slots_at_once_leave_a_hundred_topics_written_after_ten_days(self):
        slots = self.slots(10, sat=True, sun=True, publish=True)
        names = self.queue(100)
        with self.cron_workers(3):
            for day in range(10):
                self.next_day(slots)
                self.llm.wait_for_requests(10 * (day + 1), timeout=PATIENCE)
        self.assert_all_written(self.generations(), published=100)
        self.assertCountEqual(self.topics("written"), names)

    def test_run_now_pressed_while_the_slots_run_writes_no_day_twice(self):
        slots = self.slots(10)
        names = self.queue(30)
        days = self.days_of_today(slots)
        sids = self.people(5)
        with mute_logger("odoo.sql_db", "odoo.http"):
            self.all_at_once(
                *(partial(self.run_days, days) for _server in range(3)),
                *(partial(self.press, sid, slots) for sid in sids),
            )
        self.pump()
        self.assertEqual(len(self.generations()), 10)
        self.assert_all_written(self.generations(), published=0)
        self.assertEqual(len(self.topics("waiting")), len(names) - 10)

    def test_run_now_waits_for_the_server_that_runs_the_same_day(self):
        slots = self.slots(1)
        self.queue(2)
        (day,) = self.days_of_today(slots)
        (sid,) = self.people(1)
        with mute_logger("odoo.http"), self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["blog.ai.slot.day"].browse(day)._run_locked()
            env.flush_all()
            with self.at_once(partial(self.press, sid, slots)):
                self.wait_until_blocked(cr)
                cr.commit()  # pylint: disable=invalid-commit
        self.pump()
        self.assert_all_written(self.generations(), published=0)
        self.assertEqual(len(self.topics("waiting")), 1)

    def press(self, sid: str, slots: list[int]) -> None:
        with Person(sid) as person:
            for slot in slots:
                try:
                    person.click("blog.ai.slot", "action_run_now", [slot])
                except Refused as refusal:
                    self.assertRegex(
                        str(refusal),
                        "This slot (is already writing|has already written|already "
                        "ran) today",
                    )
