# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from itertools import product

from lxml import etree

from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from ..models.blog_ai_topic import LOOK_AHEAD
from .slot_case import MONDAY, SlotCase


@tagged("post_install", "-at_install")
class TestPlanTopics(SlotCase):
    """The topics that the editorial calendar names on the days of slots."""

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(MONDAY))
        self.plans = self.env["blog.ai.plan"].with_user(self.writer)

    def entries(self, **context):
        self.env.invalidate_all()
        mine = [("blog_id", "=", self.blog.id), ("kind", "=", "slot")]
        return self.plans.with_context(**context).search(mine)

    def foreseen(self):
        return [entry.next_topic_id.name for entry in self.entries()]

    def assertTaken(self):
        """Check that each day takes what was foreseen, when its time comes."""
        foreseen = self.entries()
        expected = {entry.day_id: entry.next_topic_id for entry in foreseen}
        topics = self.env["blog.ai.topic"]
        taken, found = topics.browse(), {}
        for day in foreseen.day_id.sorted(lambda day: (day.planned_at, day.id)):
            with freeze_time(day.planned_at + timedelta(seconds=1)):
                found[day] = topics._take_next(day.slot_id, day.day, taken)
            taken += found[day]
        self.assertEqual(found, expected)
        return [topic.name for topic in found.values()]

    def test_the_days_have_the_topics_of_the_queue_in_their_order(self):
        slot = self.slot(own_name="Mornings")
        self.topics("Figs", "Plums")
        entries = self.entries()
        planned = slot.day_ids.filtered(lambda day: day.state == "planned")
        self.assertEqual(entries.day_id, planned)
        self.assertEqual(self.foreseen()[:3], ["Figs", "Plums", False])
        self.assertEqual(entries[0].display_name, "Figs (Mornings)")
        self.assertEqual(entries[2].display_name, "No topic left (Mornings)")
        self.assertTaken()

    def test_the_form_of_a_slot_names_the_same_topics(self):
        slot = self.slot(own_name="Mornings")
        self.topics("Figs", "Plums")
        days = slot.with_user(self.writer).day_ids.sorted("day")
        shown = days.mapped("topic_name")
        self.assertEqual(shown[:3], ["Figs", "Plums", "No topic left"])
        with freeze_time(days[0].planned_at):
            slot._plan()
            self.tick()
        self.env.invalidate_all()
        self.assertEqual(days[0].state, "writing")
        self.assertEqual(days.mapped("topic_name")[:2], ["Figs", "Plums"])
        with freeze_time(days[1].planned_at + timedelta(hours=20)):
            self.env.invalidate_all()
            self.assertFalse(days[1].topic_name, "It was missed.")
            self.assertEqual(days[2].topic_name, "Plums")

    def test_a_topic_with_a_date_is_named_from_its_day_on(self):
        slot = self.slot()
        dated, _plums = self.topics("Figs", "Plums")
        days = slot.day_ids.sorted("day").mapped("day")
        for place, expected in (
            (0, ["Figs", "Plums", False]),
            (1, ["Plums", "Figs", False]),
            (2, ["Plums", False, "Figs"]),
        ):
            dated.not_before = days[place]
            with self.subTest(place):
                self.assertEqual(self.foreseen()[:3], expected)
                self.assertTaken()

    def test_the_day_of_a_topic_is_that_of_the_slot_s_time_zone(self):
        slot = self.slot(tz="Pacific/Auckland", day_part="morning", hour=8.0)
        second = slot.day_ids.sorted("day")[1]
        self.assertLess(second.planned_at.date(), second.day)
        self.topics("Figs", not_before=second.day)
        self.assertEqual(self.foreseen()[:3], [False, "Figs", False])
        self.assertTaken()

    def test_slots_take_topics_in_turn_and_by_their_tags(self):
        trees, herbs = self.env["blog.tag"].create([{"name": "T"}, {"name": "H"}])
        self.slot(hour=9.0, tag_ids=[(6, 0, trees.ids)])
        self.slot(hour=10.0)
        self.slot(hour=11.0, tag_ids=[(6, 0, (trees + herbs).ids)])
        topics = self.topics("Bees", "Mint", "Figs", "Wasps", "Plums", "Ants")
        topics[1].tag_ids = herbs
        (topics[2] + topics[4]).tag_ids = trees
        expected = ["Figs", "Bees", "Mint", "Plums", "Wasps", False, False, "Ants"]
        self.assertEqual(self.foreseen()[:8], expected)
        self.assertTaken()

    def test_topics_that_are_held_back_are_named_on_no_day(self):
        self.slot()
        written = {"name": "Figs on a wall", "blog_id": self.blog.id}
        self.env["blog.post"].create(written)
        topics = self.topics("Figs on a wall", "Mint", "Figs on the wall", "Plums")
        topics[1].author_id = self.env["res.partner"].create(
            {"name": "Gone", "active": False}
        )
        self.assertEqual(self.foreseen()[:2], ["Plums", False])
        self.assertTaken()

    def test_a_queue_whose_first_topics_are_all_held_back_has_none(self):
        self.slot()
        gone = self.env["res.partner"].create({"name": "Gone", "active": False})
        pairs = list(product("abcdefghij", "klmnop"))[:LOOK_AHEAD]
        words = [one * 6 + two * 6 for one, two in pairs]
        held = self.topics(*words, author_id=gone.id)
        self.topics("Quinces for jelly", sequence=99)
        self.assertFalse(any(self.foreseen()))
        self.assertTaken()
        held[0].author_id = False
        self.assertEqual(self.foreseen()[:3], [words[0], "Quinces for jelly", False])
        self.assertTaken()

    def test_a_day_that_was_missed_takes_no_topic(self):
        slot = self.slot(own_name="Mornings")
        self.topics("Figs")
        first = slot.day_ids.sorted("day")[0]
        with freeze_time(first.planned_at + timedelta(hours=20)):
            self.assertEqual(self.foreseen()[:2], [False, "Figs"])
            self.assertEqual(self.entries()[0].display_name, "Mornings")

    def test_topics_of_another_company_are_not_named(self):
        self.slot()
        company = self.env["res.company"].create({"name": "Other house"})
        (theirs,) = self.topics("Figs")
        theirs.sudo().company_id = company
        self.assertFalse(any(self.foreseen()))

    def test_a_day_is_found_by_the_title_of_its_topic(self):
        self.slot()
        self.topics("Figs", "Plums")
        (field,) = self.search_field("name")
        domain = field.get("filter_domain").replace("self", "'plum'")
        found = self.plans.search(safe_eval(domain))
        self.assertEqual(found, self.entries()[1])
        self.assertEqual(found.next_topic_id.name, "Plums")

    def search_field(self, name):
        arch = etree.fromstring(self.plans.get_view(view_type="search")["arch"])
        return arch.xpath(f"//field[@name='{name}']")

    def test_a_moved_topic_changes_the_days_at_once(self):
        slot = self.slot()
        days = slot.day_ids.sorted("day").mapped("day")
        self.topics("Figs", not_before=days[1])
        entries = self.entries()
        self.assertEqual(entries[1].next_topic_id.name, "Figs")
        mine = [("blog_id", "=", self.blog.id), ("kind", "=", "topic")]
        entry = self.plans.search(mine)
        entry.date += timedelta(days=2)
        self.assertEqual(
            [each.next_topic_id.name for each in entries[:4]],
            [False, False, False, "Figs"],
        )

    def statements(self):
        entries = self.entries()
        before = self.env.cr.sql_log_count
        entries.mapped("display_name")
        return self.env.cr.sql_log_count - before

    def test_many_days_and_topics_take_as_many_statements_as_one(self):
        self.slot(own_name="One")
        self.topics("Figs")
        self.statements()
        few = self.statements()
        for number in range(5):
            self.slot(own_name=f"Further {number}", hour=9.0)
        names = [f"{letter * 5} tree {letter * 9}" for letter in "abcdefghijklmnopq"]
        self.topics(*names)
        self.assertTrue(all(self.foreseen()[:18]))
        self.assertEqual(self.statements(), few)
