# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime
from unittest.mock import patch

from odoo.exceptions import RedirectWarning
from odoo.tests import freeze_time, tagged

from .slot_case import MONDAY, SlotCase


@tagged("post_install", "-at_install")
class TestSlotQueue(SlotCase):
    """The topic that a slot takes, and its note on those that wait."""

    def test_topics_of_another_company_that_shares_the_blog_are_not_taken(self):
        other = self.env["res.company"].create({"name": "Second"})
        self.env.user.company_ids += other
        (theirs,) = self.topics("Quinces for jam")
        theirs.company_id = other
        slot = self.slot()
        self.assertEqual(slot.waiting_count, 0)
        with self.assertRaisesRegex(RedirectWarning, "No topic is waiting"):
            slot.action_run_now()
        self.assertEqual(theirs.state, "waiting")

    def test_an_empty_queue_is_seen_and_the_next_day_is_tried(self):
        with freeze_time(MONDAY):
            slot = self.slot()
        with freeze_time("2026-06-01 06:00:30"):
            self.tick()
            self.assertEqual(slot.last_state, "empty")
            self.assertEqual(slot.next_run, datetime(2026, 6, 2, 6, 0))

    @freeze_time(MONDAY)
    def test_running_an_empty_queue_now_says_what_to_do(self):
        with self.assertRaisesRegex(RedirectWarning, "Add one to the queue"):
            self.slot().action_run_now()

    def test_tags_select_the_topics(self):
        tag = self.env["blog.tag"].create({"name": "Figs only"})
        with freeze_time(MONDAY):
            slot = self.slot(tag_ids=[(6, 0, tag.ids)])
            self.topics("Lemons in pots")
            (figs,) = self.topics("Figs on a wall", tag_ids=[(6, 0, tag.ids)])
        with freeze_time("2026-06-01 06:00:30"):
            self.tick()
        self.assertEqual(slot.last_day_id.generation_id.topic_id, figs)

    def test_a_topic_waits_for_its_day(self):
        with freeze_time(MONDAY):
            slot = self.slot()
            self.topics("Lemons in pots", not_before=date(2026, 6, 2))
        with freeze_time("2026-06-01 06:00:30"):
            self.tick()
            self.assertEqual(slot.last_state, "empty")
        with freeze_time("2026-06-02 06:00:30"):
            self.tick()
            self.assertEqual(slot.last_state, "writing")

    def test_a_duplicate_is_held_back(self):
        self.attempt(self.ask("Lemons in pots"))
        with freeze_time(MONDAY):
            slot = self.slot()
            double, figs = self.topics("In pots, lemons", "Figs on a wall")
        with freeze_time("2026-06-01 06:00:30"):
            self.tick()
        self.assertEqual(slot.last_day_id.generation_id.topic_id, figs)
        self.assertEqual(double.state, "waiting")
        self.assertIn("Lemons in pots", double.similar_to)

    def test_what_is_being_written_by_hand_is_held_back(self):
        self.ask("Lemons in pots")
        with freeze_time(MONDAY):
            slot = self.slot()
            double = self.topics("In pots, lemons")
        with freeze_time("2026-06-01 06:00:30"):
            self.tick()
        self.assertEqual(slot.last_state, "empty")
        self.assertEqual(double.state, "waiting")

    @freeze_time(MONDAY)
    def test_only_topics_for_today_count_as_waiting(self):
        slot = self.slot()
        self.topics("Lemons in pots", "In pots: lemons", "Figs on a wall")
        (later,) = self.topics("Olives", not_before=date(2026, 6, 2))
        self.assertEqual(slot.waiting_count, 2)
        self.assertIn("1 waiting for a later day, 1 held back", slot.waiting_note)
        later.not_before = date(2026, 6, 1)
        slot.invalidate_recordset()
        self.assertEqual(slot.waiting_count, 3)
        self.assertNotIn("later day", slot.waiting_note)

    @freeze_time(MONDAY)
    def test_topics_behind_more_duplicates_than_a_run_looks_at_do_not_count(self):
        slot = self.slot()
        self.ask("Lemons in pots")
        self.topics("In pots: lemons", "Figs on a wall")
        path = "odoo.addons.blog_ai_generator.models.blog_ai_%s.LOOK_AHEAD"
        with patch(path % "slot_queue", 1), patch(path % "topic_queue", 1):
            self.assertEqual(slot.waiting_count, 0)
            held = "“In pots: lemons” is held back"
            with self.assertRaisesRegex(RedirectWarning, held):
                slot.action_run_now()

    @freeze_time(MONDAY)
    def test_a_long_queue_is_counted_as_far_as_its_first_topics(self):
        slot = self.slot()
        self.topics("Lemons in pots", "Figs on a wall", "Olives", "Quinces")
        path = "odoo.addons.blog_ai_generator.models.blog_ai_slot_queue.MOST_OF_QUEUE"
        for most, count, said in (
            (3, 3, "Not counted: those after the first 3."),
            (4, 4, ""),
        ):
            with patch(path, most):
                slot.invalidate_recordset(["waiting_count", "waiting_note"])
                self.assertEqual(slot.waiting_count, count)
                self.assertEqual(slot.waiting_note, said)

    def test_slots_that_run_together_take_no_topics_that_resemble_each_other(self):
        with freeze_time(MONDAY):
            slots = self.slot() + self.slot() + self.slot()
        self.topics("Lemons in pots", "LEMONS in pots!", "Figs on a wall")
        with freeze_time("2026-06-01 06:00:30"):
            due = self.tick()
        self.assertEqual(due.slot_id, slots)
        self.assertEqual(due.mapped("state"), ["writing", "writing", "empty"])
        taken = due.generation_id.mapped("topic")
        self.assertEqual(sorted(taken), ["Figs on a wall", "Lemons in pots"])

    @freeze_time(MONDAY)
    def test_tags_select_what_counts_as_waiting(self):
        tag = self.env["blog.tag"].create({"name": "Figs only"})
        tagged, other = self.slot(tag_ids=[(6, 0, tag.ids)]), self.slot()
        self.topics("Lemons in pots")
        self.topics("Figs on a wall", tag_ids=[(6, 0, tag.ids)])
        self.assertEqual((tagged + other).mapped("waiting_count"), [1, 2])
        self.assertFalse(other.waiting_note)

    @freeze_time(MONDAY)
    def test_a_slot_of_tags_says_with_which_a_topic_is_missing(self):
        tags = self.env["blog.tag"].create([{"name": "Figs"}, {"name": "Olives"}])
        slot = self.slot(tag_ids=[(6, 0, tags.ids)])
        self.topics("Lemons in pots")
        for name in tags.mapped("name"):
            self.assertIn(name, slot.waiting_note)

    @freeze_time(MONDAY)
    def test_run_now_says_until_when_a_topic_waits(self):
        slot = self.slot()
        self.topics("Figs on a wall", not_before=date(2026, 6, 9))
        self.topics("Lemons in pots", not_before=date(2026, 6, 3))
        with self.assertRaisesRegex(
            RedirectWarning, r"“Lemons in pots” waits for Jun 3\."
        ):
            slot.with_user(self.writer).action_run_now()
        self.assertEqual(slot.waiting_count, 0)
        self.assertIn("waits for Jun 3.", slot.waiting_note)

    @freeze_time(MONDAY)
    def test_run_now_says_what_a_topic_resembles(self):
        self.attempt(self.ask("Lemons in pots"))
        slot = self.slot()
        self.topics("In pots, lemons")
        with self.assertRaisesRegex(
            RedirectWarning, "“In pots, lemons” is held.*the draft"
        ):
            slot.action_run_now()

    def test_three_slots_due_at_once_take_three_topics(self):
        with freeze_time(MONDAY):
            slots = self.slot(hour=8.0) + self.slot(hour=8.02) + self.slot(hour=8.05)
            self.topics("Lemons in pots", "Figs on a wall", "Olives in the north")
        with freeze_time("2026-06-01 06:05:00"):
            self.tick()
        topics = slots.mapped("last_day_id.generation_id.topic")
        self.assertEqual(len(set(topics)), 3)
