# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from lxml import etree

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from .common import BlogAiCase

DAY = date(2026, 6, 1)


@tagged("post_install", "-at_install")
class TestSearch(BlogAiCase):
    """The filters and groups of the lists."""

    def found(self, name, records):
        """Return those of some records that a filter of their model finds."""
        view = etree.fromstring(records.get_view(view_type="search")["arch"])
        (node,) = view.findall(f".//filter[@name='{name}']")
        domain = safe_eval(node.get("domain"), {"uid": self.env.uid})
        return records.search([("id", "in", records.ids), *domain])

    def groups(self, model, name):
        """Return the number of groups that a filter makes in our blog."""
        view = etree.fromstring(self.env[model].get_view(view_type="search")["arch"])
        (node,) = view.findall(f".//filter[@name='{name}']")
        by = safe_eval(node.get("context"))["group_by"]
        return len(self.env[model]._read_group([("blog_id", "=", self.blog.id)], [by]))

    def slot(self, *states, **values):
        slot = self.env["blog.ai.slot"].create(
            {"blog_id": self.blog.id, "provider_id": self.offline.id, **values}
        )
        slot.day_ids.unlink()
        self.env["blog.ai.slot.day"].create(
            [
                {
                    "slot_id": slot.id,
                    "day": DAY + timedelta(days=place),
                    "planned_at": DAY + timedelta(days=place),
                    "state": state,
                }
                for place, state in enumerate(states)
            ]
        )
        return slot

    def test_slots_are_found_by_what_came_of_their_last_day(self):
        failed = self.slot("written", "failed", "planned")
        empty = self.slot("failed", "empty")
        missed = self.slot("missed", "planned")
        never = self.slot("planned")
        slots = failed | empty | missed | never
        self.assertEqual(self.found("failed", slots), failed)
        self.assertEqual(self.found("empty", slots), empty)
        self.assertEqual(self.found("missed", slots), missed)
        ours = [("id", "in", slots.ids)]
        for domain, expected in (
            ([("last_state", "=", False)], never),
            ([("last_state", "!=", "failed")], slots - failed),
            ([("last_state", "in", ["missed", False])], missed | never),
        ):
            with self.subTest(domain):
                self.assertEqual(slots.search(ours + domain), expected)

    def test_archived_slots_and_those_that_publish_are_found(self):
        drafts, public = self.slot(), self.slot(publish=True)
        archived = self.slot(active=False)
        slots = drafts | public | archived
        self.assertEqual(self.found("publish", slots), public)
        self.assertEqual(self.found("archived", slots), archived)

    def test_slots_are_grouped(self):
        self.slot()
        self.slot()
        for name in ("blog", "provider"):
            with self.subTest(name):
                self.assertEqual(self.groups("blog.ai.slot", f"group_by_{name}"), 1)

    def test_calls_that_failed_are_found_and_those_of_today(self):
        calls = self.env["blog.ai.call"].create(
            [{"outcome": outcome} for outcome in ("ok", "pending", "timeout")]
        )
        failed = calls[2]
        self.assertEqual(self.found("failed", calls), failed)
        self.env.cr.execute(
            "UPDATE blog_ai_call SET create_date = create_date - interval '2 days' "
            "WHERE id = %s",
            [failed.id],
        )
        self.env.invalidate_all()
        # Created when the test's transaction began, possibly yesterday.
        with freeze_time(calls[0].create_date):
            self.assertEqual(self.found("today", calls), calls - failed)

    def test_topics_are_found_by_their_state(self):
        states = dict(self.env["blog.ai.topic"]._fields["state"].selection)
        topics = self.env["blog.ai.topic"].create(
            [{"name": f"Topic {state}", "blog_id": self.blog.id} for state in states]
        )
        for topic, state in zip(topics, states, strict=True):
            topic.state = state
        for topic in topics:
            with self.subTest(topic.state):
                self.assertEqual(self.found(topic.state, topics), topic)

    def test_slow_is_what_took_long_and_what_still_runs_for_long(self):
        quick, slow, running, new = (self.ask(f"Topic {n}") for n in range(4))
        quick.write({"state": "done", "duration": 5})
        slow.write({"state": "done", "duration": 90})
        long_ago = fields.Datetime.now() - timedelta(seconds=61)
        (quick | slow | running).queued_at = long_ago
        new.queued_at = fields.Datetime.now()
        generations = quick | slow | running | new
        self.assertEqual(self.found("slow", generations), slow | running)

    def test_generations_are_found_by_their_slot(self):
        slot = self.slot(own_name="Eight sharp")
        mine = self.ask(slot_id=slot.id)
        generations = mine | self.ask("Figs on a wall")
        view = etree.fromstring(generations.get_view(view_type="search")["arch"])
        self.assertTrue(view.findall("./field[@name='slot_id']"))
        found = generations.search(
            [("id", "in", generations.ids), ("slot_id", "ilike", "Eight")]
        )
        self.assertEqual(found, mine)
