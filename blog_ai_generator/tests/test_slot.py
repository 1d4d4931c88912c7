# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime
from unittest.mock import patch

import psycopg2

from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import BlogAiCase

EVERY_DAY = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), True)
MONDAY = "2026-06-01 00:30:00"


@tagged("post_install", "-at_install")
class TestSlot(BlogAiCase):
    def slot(self, **values):
        return self.env["blog.ai.slot"].create(
            {
                "blog_id": self.blog.id,
                "provider_id": self.offline.id,
                "lang": "en_US",
                "tz": "Europe/Berlin",
                **EVERY_DAY,
                **values,
            }
        )

    def topics(self, *names, **values):
        return self.env["blog.ai.topic"].create(
            [
                {"name": name, "blog_id": self.blog.id, "sequence": place, **values}
                for place, name in enumerate(names)
            ]
        )

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

    def test_a_provider_serves_its_slots_as_long_as_they_have_it(self):
        provider = self.offline.copy({"company_id": self.env.company.id})
        slot = self.slot(provider_id=provider.id)
        other = self.env["res.company"].create({"name": "Second"})
        slot.active = False
        with self.assertRaisesRegex(ValidationError, "Choose another provider there"):
            provider.company_id = other
        provider.company_id = False
        slot.provider_id = self.offline
        provider.company_id = other

    def test_the_provider_of_an_active_slot_is_not_archived(self):
        provider = self.offline.copy()
        slot = self.slot(provider_id=provider.id, name="Daybreak")
        with self.assertRaisesRegex(ValidationError, "The slot Daybreak of .* there"):
            provider.active = False
        slot.active = False
        provider.active = False
        with self.assertRaisesRegex(ValidationError, "archived provider"):
            slot.active = True
        slot.write({"provider_id": self.offline.id, "active": True})

    @freeze_time(MONDAY)
    def test_a_provider_of_another_company_fails_the_day_and_says_so(self):
        self.topics("Limes")
        provider = self.offline.copy()
        slot = self.slot(provider_id=provider.id)
        self.give_to(self.env["res.company"].create({"name": "Second"}), provider)
        with freeze_time("2026-06-01 12:00:00"):
            self.tick()
            day = slot.day_ids.filtered(lambda d: str(d.day) == "2026-06-01")
            self.assertEqual(day.state, "failed")
            self.assertIn("belongs to Second", day.error)
            with self.assertRaisesRegex(UserError, "belongs to Second"):
                slot.action_run_now()
            slot.provider_id = self.offline
            slot.action_run_now()
        self.assertEqual((day.state, day.error), ("writing", False))

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

    def tick(self):
        """What the scheduled action does, without its commits."""
        due = self.env["blog.ai.slot.day"].search(
            [("state", "=", "planned"), ("planned_at", "<=", datetime.now())],
            order="planned_at, id",
        )
        for day in due:
            day._run_locked()
        self.env["blog.ai.slot"].search([])._plan()
        return due

    def states(self, slot):
        return slot.day_ids.filtered(lambda d: d.state != "planned").mapped("state")

    @freeze_time(MONDAY)
    def test_the_hour_is_local(self):
        slot = self.slot(day_part="morning", hour=8.5)
        self.assertEqual(slot.next_run, datetime(2026, 6, 1, 6, 30))

    def test_a_slot_is_named_after_its_blog_and_time_of_day(self):
        self.assertEqual(self.slot(day_part="evening").name, "Unit blog, Evening 18:00")

    def test_a_new_slot_that_nobody_touched_is_none(self):
        form = Form(self.env["blog.ai.slot"])
        with self.assertRaisesRegex(AssertionError, "blog_id is a required field"):
            form.save()

    def test_the_proposed_name_follows_until_a_person_types_one(self):
        other = self.env["blog.blog"].create({"name": "Other"})
        with Form(self.env["blog.ai.slot"]) as form:
            form.blog_id = self.blog
            self.assertEqual(form.name, "Unit blog, Morning 8:00")
            form.hour = 9.5
            self.assertEqual(form.name, "Unit blog, Morning 9:30")
            form.day_part = "evening"
            form.blog_id = other
            self.assertEqual(form.name, "Other, Evening 18:00")
            form.own_name = "Daybreak"
            form.day_part = "morning"
            self.assertEqual(form.name, "Daybreak")
            form.provider_id = self.offline
            form.lang = "en_US"

    def test_two_slots_of_one_morning_have_different_names(self):
        slots = self.slot(hour=8.0) + self.slot(hour=10.25)
        self.assertEqual(len(set(slots.mapped("name"))), 2)

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

    def test_an_empty_queue_is_seen_and_the_next_day_is_tried(self):
        with freeze_time(MONDAY):
            slot = self.slot()
        with freeze_time("2026-06-01 06:00:30"):
            self.tick()
            self.assertEqual(slot.last_state, "empty")
            self.assertEqual(slot.next_run, datetime(2026, 6, 2, 6, 0))

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
            with self.assertRaisesRegex(RedirectWarning, "writing today already"):
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

    @freeze_time(MONDAY)
    def test_running_an_empty_queue_now_says_what_to_do(self):
        with self.assertRaisesRegex(RedirectWarning, "Add one to the queue"):
            self.slot().action_run_now()

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

    # An archived blog

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

    # What waits

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
        with patch(path % "slot_queue", 1), patch(path % "topic", 1):
            self.assertEqual(slot.waiting_count, 0)
            held = "“In pots: lemons” is held back"
            with self.assertRaisesRegex(RedirectWarning, held):
                slot.action_run_now()

    def test_a_form_without_a_time_zone_can_still_be_filled_in(self):
        with Form(self.slot()) as form:
            form.tz = False
            form.tz = "Europe/Paris"

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
            RedirectWarning, "“Lemons in pots” waits for Jun 3, 2026"
        ):
            slot.with_user(self.writer).action_run_now()
        self.assertEqual(slot.waiting_count, 0)
        self.assertIn("Jun 3, 2026", slot.waiting_note)

    @freeze_time(MONDAY)
    def test_run_now_says_what_a_topic_resembles(self):
        self.attempt(self.ask("Lemons in pots"))
        slot = self.slot()
        self.topics("In pots, lemons")
        with self.assertRaisesRegex(
            RedirectWarning, "“In pots, lemons” is held.*the draft"
        ):
            slot.action_run_now()

    def test_run_now_on_a_failed_day_leads_to_retry(self):
        with freeze_time(MONDAY):
            slot = self.slot()
            self.topics("Lemons in pots", "Figs on a wall")
            slot.action_run_now()
            with self.assertRaisesRegex(RedirectWarning, "is writing today already"):
                slot.action_run_now()
            slot.last_day_id.generation_id.action_cancel()
            with self.assertRaisesRegex(RedirectWarning, "press “Retry”"):
                slot.action_run_now()

    # Names

    def test_a_name_that_is_cleared_is_automatic_again(self):
        slot = self.slot(name="Daybreak")
        self.assertEqual(slot.display_name, "Daybreak")
        with Form(slot) as form:
            form.own_name = False
        self.assertEqual(slot.name, "Unit blog, Morning 8:00")
        slot.own_name = "Day\x00break"
        self.assertEqual(slot.name, "Daybreak")
        slot.name = False
        self.assertEqual(slot.display_name, "Unit blog, Morning 8:00")

    def test_an_automatic_name_is_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        part = self.env["ir.model.fields.selection"].search(
            [
                ("field_id.model", "=", "blog.ai.slot"),
                ("field_id.name", "=", "day_part"),
                ("value", "=", "evening"),
            ]
        )
        part.with_context(lang="fr_FR").name = "Soirée"
        slot = self.slot(day_part="evening")
        self.assertEqual(slot.name, "Unit blog, Evening 18:00")
        self.assertEqual(
            slot.with_context(lang="fr_FR").name, "Unit blog, Soirée 18:00"
        )

    def test_an_automatic_name_that_is_sent_back_stays_automatic(self):
        slot = self.slot(name="Unit blog, Morning 8:00")
        slot.day_part = "evening"
        self.assertEqual(slot.name, "Unit blog, Evening 18:00")

    def test_slots_are_found_by_either_name(self):
        slots = self.slot(name="Daybreak") + self.slot()
        found = self.env["blog.ai.slot"].search([("name", "ilike", "daybr")])
        self.assertEqual(found, slots[0])
        mine = [("name", "=", "Unit blog"), ("id", "in", slots.ids)]
        self.assertEqual(self.env["blog.ai.slot"].search(mine), slots[1])

    # The calendar

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

    def test_three_slots_due_at_once_take_three_topics(self):
        with freeze_time(MONDAY):
            slots = self.slot(hour=8.0) + self.slot(hour=8.02) + self.slot(hour=8.05)
            self.topics("Lemons in pots", "Figs on a wall", "Olives in the north")
        with freeze_time("2026-06-01 06:05:00"):
            self.tick()
        topics = slots.mapped("last_day_id.generation_id.topic")
        self.assertEqual(len(set(topics)), 3)

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

    def ran_now(self, slot):
        """The day that a click brings, and what the person is told beside."""
        sent = []
        bus = type(self.env["bus.bus"])
        with patch.object(bus, "_sendone", lambda bus, *args: sent.append(args)):
            slot.action_run_now()
        told = [content for _to, kind, content in sent if kind == "simple_notification"]
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

    @freeze_time(MONDAY)
    def test_an_archived_provider_uses_up_no_topic(self):
        slot = self.slot()
        topic = self.topics("Lemons in pots")
        self.archive(self.offline)
        with self.assertRaisesRegex(UserError, "is archived"):
            slot.action_run_now()
        with freeze_time("2026-06-01 06:00:30"):
            self.tick()
            self.assertEqual(slot.last_state, "failed")
        self.assertEqual(topic.state, "waiting")

    def test_a_slot_without_weekdays_is_refused_with_a_sentence(self):
        with self.assertRaisesRegex(ValidationError, "at least one weekday"):
            self.slot(**dict.fromkeys(EVERY_DAY, False))

    def test_an_evening_hour_is_no_morning(self):
        with self.assertRaisesRegex(ValidationError, "“Morning” is from 5:00 to 12:00"):
            self.slot(day_part="morning", hour=20.0)
