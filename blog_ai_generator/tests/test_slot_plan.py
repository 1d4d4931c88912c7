# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

import psycopg2

from odoo.exceptions import RedirectWarning, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .slot_case import MONDAY, SlotCase


@tagged("post_install", "-at_install")
class TestSlotPlan(SlotCase):
    """The days of a slot, run by the clock or a click."""

    @freeze_time(MONDAY)
    def test_planning_again_adds_no_wake_up_and_reads_no_past_day(self):
        slot = self.slot()
        (past,) = slot.day_ids.create([{**slot._prepare_day(date(2026, 5, 4))}])
        past.state = "missed"
        cron = self.env.ref("blog_ai_generator.cron_slots")
        wake_ups = [("cron_id", "=", cron.id)]
        count = self.env["ir.cron.trigger"].search_count(wake_ups)
        self.env.flush_all()
        self.env.invalidate_all()
        slot._plan()
        self.assertEqual(self.env["ir.cron.trigger"].search_count(wake_ups), count)
        self.assertNotIn(past.id, past._fields["day"]._get_cache(self.env))
        with freeze_time("2026-06-02 00:30:00"):
            slot.day_ids.filtered(lambda d: str(d.day) == "2026-06-01").state = "empty"
            for _again in range(2):
                slot._plan()
        self.assertEqual(self.env["ir.cron.trigger"].search_count(wake_ups), count + 1)

    @freeze_time(MONDAY)
    def test_the_hour_is_local(self):
        slot = self.slot(day_part="morning", hour=8.5)
        self.assertEqual(slot.next_run, datetime(2026, 6, 1, 6, 30))

    def test_a_slot_keeps_its_local_hour_through_both_summer_time_changes(self):
        berlin, new_york = self.slot(hour=8.0), self.slot(tz="America/New_York")
        new_york.hour = 8.0
        for slot, day, hour in (
            (berlin, date(2026, 3, 28), 7),
            (berlin, date(2026, 3, 29), 6),
            (berlin, date(2026, 10, 24), 6),
            (berlin, date(2026, 10, 25), 7),
            (new_york, date(2026, 3, 7), 13),
            (new_york, date(2026, 3, 8), 12),
            (new_york, date(2026, 10, 31), 12),
            (new_york, date(2026, 11, 1), 13),
        ):
            self.assertEqual(slot._at(day).hour, hour, day)

    def test_a_time_that_does_not_exist_comes_after_the_change(self):
        slot = self.slot(day_part="any", hour=2.5)
        self.assertEqual(slot._at(date(2026, 3, 29)), datetime(2026, 3, 29, 1, 30))

    def test_a_time_that_comes_twice_is_the_first(self):
        slot = self.slot(day_part="any", hour=2.5)
        self.assertEqual(slot._at(date(2026, 10, 25)), datetime(2026, 10, 25, 0, 30))

    @freeze_time(MONDAY)
    def test_only_its_weekdays_are_planned(self):
        slot = self.slot(sat=False, sun=False)
        self.assertEqual(
            {day.day.isoweekday() for day in slot.day_ids}, {1, 2, 3, 4, 5}
        )

    def test_a_due_slot_writes_the_first_topic(self):
        with freeze_time(MONDAY):
            slot = self.slot(publish=True)
            first, second = self.topics("Lemons in pots", "Figs on a wall")
        with freeze_time("2026-06-01 06:00:30"):
            self.tick()
            generation = slot.last_day_id.generation_id
            self.assertEqual(generation.topic_id, first)
            self.assertTrue(generation.publish)
            self.assertEqual(second.state, "waiting")
            self.attempt(generation)
        self.assertEqual(slot.last_state, "written")
        self.assertEqual(first.state, "written")

    def test_a_second_tick_writes_nothing_more_that_day(self):
        with freeze_time(MONDAY):
            self.slot()
            self.topics("Lemons in pots", "Figs on a wall")
        with freeze_time("2026-06-01 06:00:30"):
            self.assertEqual(len(self.tick()), 1)
            self.assertFalse(self.tick())

    @mute_logger("odoo.sql_db")
    def test_an_index_forbids_two_generations_for_a_slot_and_day(self):
        slot = self.slot()
        values = {"slot_id": slot.id, "slot_day": date(2026, 6, 1)}
        self.ask(**values)
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.ask("Another topic", **values)

    def test_a_day_missed_while_the_server_was_down_is_seen(self):
        with freeze_time(MONDAY):
            slot = self.slot()
            self.topics("Lemons in pots")
        with freeze_time("2026-06-02 22:30:00"):
            self.tick()
        self.assertEqual(self.states(slot), ["missed", "missed"])

    def test_a_day_that_is_not_over_is_caught_up(self):
        with freeze_time(MONDAY):
            slot = self.slot()
            self.topics("Lemons in pots")
        with freeze_time("2026-06-01 20:00:00"):
            self.tick()
        self.assertEqual(slot.last_state, "writing")

    def test_a_person_runs_a_missed_day_now_once(self):
        with freeze_time(MONDAY):
            slot = self.slot()
            self.topics("Lemons in pots", "Figs on a wall")
            slot.with_user(self.writer).action_run_now()
            with self.assertRaisesRegex(RedirectWarning, "already writing today"):
                slot.action_run_now()

    @freeze_time(MONDAY)
    def test_a_refused_run_leads_to_its_generation_or_to_the_slots_topics(self):
        tag = self.env["blog.tag"].create({"name": "Figs only"})
        slot = self.slot(tag_ids=[(6, 0, tag.ids)]).with_user(self.writer)
        (other,) = self.topics("Lemons in pots")
        (held,) = self.topics("Figs, lemons", not_before=date(2026, 6, 9))
        held.tag_ids = tag
        with self.assertRaises(RedirectWarning) as refused:
            slot.action_run_now()
        action, button = refused.exception.args[1:3]
        self.assertEqual(button, "Open its topics")
        topics = self.env["blog.ai.topic"].search(action["domain"])
        self.assertEqual(topics, held)
        slot.tag_ids = False
        opened = slot.action_run_now()
        for end in (lambda it: self.attempt(it), lambda it: it.action_cancel()):
            with self.assertRaises(RedirectWarning) as refused:
                slot.action_run_now()
            action, button = refused.exception.args[1:3]
            self.assertEqual(button, "Open the generation")
            self.assertEqual(action, opened)
            end(other.generation_ids)

    @freeze_time(MONDAY)
    def test_a_day_that_two_make_at_once_is_a_sentence_for_the_second(self):
        slot = self.slot()
        day = slot._prepare_day(date(2026, 6, 1))
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation) as refused,
            mute_logger("odoo.sql_db"),
        ):
            slot.day_ids.create(day)
        sentence = slot.day_ids._sql_error_to_message(refused.exception)
        self.assertIn("Press “Run now” again", sentence)

    def test_a_failed_day_does_not_stop_the_next_one(self):
        with freeze_time(MONDAY):
            slot = self.slot()
            self.topics("Lemons in pots", "Figs on a wall")
        with freeze_time("2026-06-01 06:00:30"):
            self.tick()
            slot.last_day_id.generation_id.action_cancel()
            self.assertEqual(slot.last_state, "cancelled")
        with freeze_time("2026-06-02 06:00:30"):
            self.tick()
            self.assertEqual(slot.last_state, "writing")

    def test_an_archived_blogs_slots_run_no_more_and_use_up_no_topic(self):
        with freeze_time(MONDAY):
            slot = self.slot()
            topic = self.topics("Lemons in pots")
            self.blog.with_user(self.writer).active = False
            self.assertFalse(slot.next_run)
            with self.assertRaisesRegex(UserError, "is archived.*Restore it"):
                slot.action_run_now()
        with freeze_time("2026-06-01 06:00:30"):
            self.tick()
        self.assertFalse(slot.last_state)
        self.assertEqual(topic.state, "waiting")
        with freeze_time("2026-06-01 10:00:00"):
            self.blog.active = True
            self.assertEqual(slot.next_run, datetime(2026, 6, 2, 6, 0))

    @freeze_time(MONDAY)
    def test_a_slot_that_gets_an_archived_blog_is_planned_no_more(self):
        slot = self.slot()
        archived = self.env["blog.blog"].create({"name": "Old", "active": False})
        slot.blog_id = archived
        self.assertFalse(slot.next_run)
        slot.blog_id = self.blog
        self.assertTrue(slot.next_run)

    def test_run_now_on_a_failed_day_leads_to_retry(self):
        with freeze_time(MONDAY):
            slot = self.slot()
            self.topics("Lemons in pots", "Figs on a wall")
            slot.action_run_now()
            with self.assertRaisesRegex(RedirectWarning, "is already writing today"):
                slot.action_run_now()
            slot.last_day_id.generation_id.action_cancel()
            with self.assertRaisesRegex(RedirectWarning, "press “Retry”"):
                slot.action_run_now()

    def test_what_was_done_is_shown_when_it_was_done(self):
        with freeze_time(MONDAY):
            slot = self.slot()
            self.topics("Lemons in pots")
        day = slot.day_ids.filtered(lambda d: d.day == date(2026, 6, 1))
        self.assertEqual(day.shown_at, datetime(2026, 6, 1, 6, 0))
        with freeze_time("2026-06-01 05:10:00"):
            slot.action_run_now()
            self.attempt(day.generation_id)
        self.assertEqual(day.shown_at, datetime(2026, 6, 1, 5, 10))
        self.assertEqual(day.planned_at, day.shown_at)

    @freeze_time(MONDAY)
    def test_another_hour_is_planned_anew(self):
        slot = self.slot(hour=8.0)
        slot.hour = 9.0
        self.assertEqual(slot.next_run, datetime(2026, 6, 1, 7, 0))
        slot.active = False
        self.assertFalse(slot.next_run)

    def test_a_due_day_outlives_a_change_of_the_plan(self):
        with freeze_time(MONDAY):
            slot = self.slot()
        with freeze_time("2026-06-01 06:00:30"):
            slot.sat = not slot.sat
            self.assertEqual(slot.next_run, datetime(2026, 6, 1, 6, 0))

    def test_a_new_time_that_has_passed_today_counts_from_tomorrow_and_is_told(self):
        with freeze_time("2026-06-01 10:00:00"):
            slot = self.slot(day_part="any", hour=18.0)
            self.assertEqual(slot.next_run, datetime(2026, 6, 1, 16, 0))
            (told,) = self.told(slot.write, {"hour": 7.0})
            self.assertIn("7:00 has passed already, so the slot “", told["message"])
            self.assertEqual(slot.next_run, datetime(2026, 6, 2, 5, 0))
            # The person may want today's post nevertheless.
            self.topics("Lemons in pots")
            slot.action_run_now()
            self.assertEqual(
                str(slot.day_ids.filtered("generation_id").day), "2026-06-01"
            )

    def test_who_takes_today_from_a_slot_on_purpose_is_told_nothing(self):
        with freeze_time("2026-06-01 10:00:00"):
            for values in ({"mon": False}, {"active": False}, {"hour": 20.0}):
                slot = self.slot(day_part="any", hour=18.0)
                self.assertFalse(self.told(slot.write, values))

    def told(self, act, *args):
        """Return the notifications of what a person does."""
        return self.sent_on_bus("simple_notification", act, *args)

    def ran_now(self, slot):
        """Return the day that a click creates, and the notification to the person."""
        told = self.told(slot.action_run_now)
        return slot.day_ids.filtered("generation_id"), told

    def test_a_day_run_by_hand_is_planned_at_the_click(self):
        self.topics("Lemons in pots")
        # Half past nine in the evening, after the slot's hour.
        with freeze_time("2026-06-01 19:30:00"):
            day, told = self.ran_now(self.slot(day_part="evening", hour=18.0))
            self.assertEqual(str(day.day), "2026-06-01")
            self.assertEqual(day.planned_at, datetime(2026, 6, 1, 19, 30))
            self.assertFalse(told)

    def test_who_uses_up_the_scheduled_run_of_today_is_told(self):
        self.topics("Lemons in pots")
        with freeze_time("2026-06-01 04:30:00"):
            slot = self.slot(hour=8.0)
            day, (told,) = self.ran_now(slot)
            self.assertIn("not run again today at 8:00", told["message"])
            self.assertEqual(day.planned_at, datetime(2026, 6, 1, 4, 30))
            self.assertEqual(str(slot.next_run), "2026-06-02 06:00:00")

    def test_the_last_outcome_is_that_of_the_latest_day(self):
        with freeze_time("2026-05-31 10:00:00"):
            slot = self.slot(sun=False)
            self.topics("Lemons in pots")
            slot.action_run_now()
            self.assertEqual(slot.last_state, "writing")
        with freeze_time("2026-06-01 06:00:30"):
            self.tick()
            self.assertEqual(slot.last_state, "empty")
