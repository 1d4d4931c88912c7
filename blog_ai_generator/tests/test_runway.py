# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from .slot_case import SlotCase


@tagged("post_install", "-at_install")
class TestRunway(SlotCase):
    """The day until which the topics of a queue last, as slots and blogs say it."""

    def test_a_slot_says_until_when_its_topics_last(self):
        slot = self.slot()
        self.assertFalse(slot.runway_note)
        self.topics("Figs on a wall")
        slot.invalidate_recordset()
        self.assertRegex(slot.runway_note, r"Topics left: 1, enough until \w+")
        days = slot.day_ids.filtered(lambda day: day.state == "planned")
        letters = "abcdefghijklmnopqrstuvwxyz"[: len(days)]
        names = [f"{letter * 5} tree {letter * 9}" for letter in letters]
        self.topics(*names)
        slot.invalidate_recordset()
        self.assertIn("all days that are planned", slot.runway_note)
        self.assertEqual(self.blog.blog_ai_runway_note, slot.runway_note)

    @freeze_time("2026-11-16 00:30:00")
    def test_topics_for_more_than_a_week_last_until_a_date(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        slot = self.slot()
        self.topics(*[f"{letter * 5} tree {letter * 9}" for letter in "abcdefghi"])
        slot.invalidate_recordset()
        self.assertIn("enough until Nov 24.", slot.runway_note)
        french = slot.with_context(lang="fr_FR")
        self.assertTrue(french.runway_note.endswith(" 24 nov."), french.runway_note)

    def test_a_blog_says_of_each_slot_until_when_its_topics_last(self):
        trees, herbs = self.env["blog.tag"].create([{"name": "T"}, {"name": "H"}])
        self.slot(own_name="Trees", tag_ids=[(6, 0, trees.ids)])
        self.topics("Figs on a wall", tag_ids=[(6, 0, trees.ids)])
        note = self.blog.blog_ai_runway_note
        self.assertRegex(note, "^Topics left: 1, enough until")
        self.slot(own_name="Herbs", hour=9.0, tag_ids=[(6, 0, herbs.ids)])
        self.slot(own_name="Early", hour=10.0)
        self.slot(own_name="Late", hour=11.0)
        self.blog.invalidate_recordset()
        lines = self.blog.blog_ai_runway_note.splitlines()
        self.assertEqual(len(lines), 3)
        self.assertRegex(lines[0], "^Trees: Topics left: 1, enough until")
        self.assertRegex(lines[1], "^Herbs: No topic is waiting.*tags: H")
        self.assertRegex(lines[2], "^Early, Late: Topics left: 1, enough until")

    def test_slots_without_tags_share_their_topics(self):
        early, late = self.slot(hour=8.0), self.slot(hour=11.0)
        names = [f"{letter * 5} tree {letter * 9}" for letter in "abcd"]
        self.topics(*names)
        days = (early + late).day_ids.sorted(lambda day: (day.planned_at, day.id))
        fourth = early._day_name(days[3].day)
        for slot in early + late:
            self.assertIn(f"Topics left: 4, enough until {fourth}.", slot.runway_note)
        self.assertEqual(self.blog.blog_ai_runway_note, early.runway_note)

    def test_the_notes_of_many_slots_take_as_many_statements_as_that_of_one(self):
        self.topics("Figs on a wall")

        def statements():
            slots = self.env["blog.ai.slot"].search([("blog_id", "=", self.blog.id)])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(all(slots.mapped("runway_note")))
            return self.env.cr.sql_log_count - before

        self.slot()
        statements()
        one = statements()
        for hour in range(9, 12):
            self.slot(hour=hour)
        self.assertEqual(statements(), one)
