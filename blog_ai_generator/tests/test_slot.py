# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .slot_case import EVERY_DAY, MONDAY, SlotCase


@tagged("post_install", "-at_install")
class TestSlot(SlotCase):
    """The name, the hours and the provider of a slot."""

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

    def test_a_slot_is_named_after_its_blog_and_time_of_day(self):
        self.assertEqual(self.slot(day_part="evening").name, "Unit blog, Evening 18:00")

    def test_a_new_slot_asks_for_its_blog_where_there_is_a_choice(self):
        self.env["blog.blog"].create({"name": "Another"})
        form = Form(self.env["blog.ai.slot"])
        with self.assertRaisesRegex(AssertionError, "blog_id is a required field"):
            form.save()

    def test_a_new_slot_has_the_blog_if_there_is_no_other(self):
        (self.env["blog.blog"].search([]) - self.blog).active = False
        for model in ("blog.ai.slot", "blog.ai.topic", "blog.ai.write"):
            with self.subTest(model):
                self.assertEqual(Form(self.env[model]).blog_id, self.blog)

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

    def test_a_form_without_a_time_zone_can_still_be_filled_in(self):
        with Form(self.slot()) as form:
            form.tz = False
            form.tz = "Europe/Paris"

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
