# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestPlan(BlogAiCase):
    """The editorial calendar."""

    def setUp(self):
        super().setUp()
        self.plans = self.env["blog.ai.plan"].with_user(self.writer)

    def entries(self, *kinds):
        domain = [("blog_id", "=", self.blog.id), ("kind", "in", kinds)]
        return self.plans.search(domain)

    def topic(self, name="Figs", **values):
        return self.env["blog.ai.topic"].create(
            {"name": name, "blog_id": self.blog.id, **values}
        )

    def slot(self, **values):
        return self.env["blog.ai.slot"].create(
            {
                "own_name": "Mornings",
                "blog_id": self.blog.id,
                "provider_id": self.offline.id,
                "lang": "en_US",
                **values,
            }
        )

    def post(self, **values):
        return self.env["blog.post"].create(
            {"name": "By hand", "blog_id": self.blog.id, **values}
        )

    def test_posts_of_every_origin_are_there_with_their_state(self):
        generation = self.ask()
        self.attempt(generation)
        ahead = fields.Datetime.now() + timedelta(days=3)
        posts = {
            "undated": generation.post_id + self.post(),
            "draft": self.post(published_date=ahead),
            "approved": self.post(is_published=True, published_date=ahead),
            "published": self.post(is_published=True),
        }
        self.post(active=False)
        for kind, expected in posts.items():
            with self.subTest(kind):
                self.assertEqual(self.entries(kind).post_id, expected)

    def test_topics_have_their_date_if_they_wait(self):
        dated = self.topic(not_before=date(2099, 5, 4))
        self.topic("Plums")
        self.topic("Limes", not_before=date(2099, 5, 4)).action_drop()
        (entry,) = self.entries("topic")
        self.assertEqual((entry.topic_id, entry.date.date()), (dated, date(2099, 5, 4)))

    def test_a_day_without_a_post_is_there_with_the_reason(self):
        day = self.slot().day_ids[0]
        day.state = "empty"
        (entry,) = self.entries("missed")
        self.assertEqual((entry.day_id, entry.date), (day, day.shown_at))
        self.assertEqual(entry.display_name, "No topic: Mornings")

    def test_a_topic_is_moved_to_the_day_of_the_person(self):
        topic = self.topic(not_before=date(2099, 5, 4))
        for zone in ("Pacific/Auckland", "Pacific/Honolulu", "UTC"):
            here = self.plans.with_context(tz=zone)
            entry = here.search([("topic_id", "=", topic.id)])
            seen = fields.Datetime.context_timestamp(entry, entry.date)
            with self.subTest(zone):
                self.assertEqual(seen.date(), topic.not_before)
                entry.date += timedelta(days=3)
                moved = fields.Datetime.context_timestamp(entry, entry.date)
                self.assertEqual(topic.not_before, seen.date() + timedelta(days=3))
                self.assertEqual(moved.date(), topic.not_before)
            self.env.invalidate_all()

    def test_a_draft_and_an_approved_post_are_moved(self):
        ahead = datetime(2099, 5, 4, 9)
        draft = self.post()
        approved = self.post(is_published=True, published_date=ahead)
        for entry in self.entries("undated", "approved"):
            entry.date = datetime(2099, 6, 1, 9)
        self.assertEqual(self.entries("draft").post_id, draft, "It has a date now.")
        self.assertEqual(
            (draft + approved).mapped("post_date"), [datetime(2099, 6, 1, 9)] * 2
        )
        draft.is_published = True
        self.assertEqual(draft.post_date, datetime(2099, 6, 1, 9))

    def test_what_does_not_move_says_what_to_do(self):
        self.slot()
        self.post(is_published=True)
        for kind, message in (
            ("slot", "Mornings.* Change its weekdays"),
            ("published", "Visitors already see"),
        ):
            entry = self.entries(kind)[0]
            with self.subTest(kind), self.assertRaisesRegex(UserError, message):
                entry.date = datetime(2099, 6, 1, 9)
        with self.assertRaisesRegex(UserError, "only moves entries"):
            entry.write({"name": "Other"})

    def test_a_post_that_waits_for_its_date_is_not_dragged_to_a_moment_that_is_past(
        self,
    ):
        """Refuse today, too, if the time of the post is past: it would be mailed."""
        generation = self.ask(recipient_ids=[(6, 0, self.reader.ids)])
        self.attempt(generation)
        post = generation.post_id
        ahead = fields.Datetime.now() + timedelta(days=3)
        post.write({"is_published": True, "published_date": ahead})
        for gone in (timedelta(seconds=0), timedelta(minutes=5), timedelta(days=9)):
            entry = self.entries("approved")
            message = "would see “.*” at once. Choose a later day"
            with self.subTest(gone), self.assertRaisesRegex(UserError, message):
                entry.date = fields.Datetime.now() - gone
            self.assertEqual((post.post_date, post.blog_ai_announce_at), (ahead,) * 2)
            self.assertFalse(generation.notified_at)
        soon = fields.Datetime.now() + timedelta(hours=1)
        self.entries("approved").date = soon
        self.assertEqual((post.post_date, post.blog_ai_announce_at), (soon,) * 2)

    def test_a_draft_of_an_earlier_day_is_visible_from_when_it_is_published(self):
        draft = self.post()
        self.entries("undated").date = fields.Datetime.now() - timedelta(days=3)
        before = fields.Datetime.now()
        draft.is_published = True
        self.assertGreaterEqual(draft.post_date, before)

    def test_each_entry_opens_what_it_stands_for(self):
        self.topic(not_before=date(2099, 5, 4))
        self.slot()
        self.post()
        for kind, model in (
            ("topic", "blog.ai.topic"),
            ("slot", "blog.ai.slot"),
            ("undated", "blog.post"),
        ):
            entry = self.entries(kind)[0]
            self.assertEqual(entry.action_open()["res_model"], model)

    def test_a_draft_without_a_date_says_when_it_was_written(self):
        draft = self.post()
        entry = self.entries("undated")
        self.assertEqual(entry.written_at, draft.create_date)
        for kind in ("calendar", "form"):
            arch = etree.fromstring(self.plans.get_view(view_type=kind)["arch"])
            for name, shown in (("date", "draft"), ("written_at", "undated")):
                (field,) = arch.xpath(f"//field[@name='{name}']")
                kinds = [
                    one
                    for one in ("undated", "draft")
                    if not safe_eval(field.get("invisible"), {"kind": one})
                ]
                self.assertEqual(kinds, [shown])

    def test_topics_that_no_slot_takes_are_said_to_wait(self):
        def note():
            self.env.flush_all()
            return self.plans.idle_note()

        others = note()
        self.assertNotIn(self.blog.name, others)
        self.topic("Plums")
        self.topic("Limes").action_drop()
        self.assertIn(f"{self.blog.name} (1)", note())
        slot = self.slot()
        self.assertEqual(note(), others)
        slot.active = False
        self.assertIn(f"{self.blog.name} (1)", note())
        self.blog.active = False
        self.assertEqual(note(), others)

    def test_entries_of_another_company_are_not_there(self):
        company = self.env["res.company"].create({"name": "Other house"})
        website = self.env["website"].create(
            {"name": "Other", "company_id": company.id}
        )
        blog = self.env["blog.blog"].create({"name": "O", "website_id": website.id})
        self.topic("Theirs", blog_id=blog.id, not_before=date(2099, 5, 4))
        self.post(blog_id=blog.id)
        self.assertFalse(self.plans.search([("blog_id", "=", blog.id)]))
        everything = self.plans.sudo().search([("blog_id", "=", blog.id)])
        self.assertEqual(len(everything), 2)

    def test_nobody_but_editors_opens_it(self):
        clerk = new_test_user(self.env, "clerk", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.plans.with_user(clerk).search([])

    def test_each_screen_opens(self):
        for kind in ("calendar", "list", "form", "search"):
            with self.subTest(kind):
                self.assertTrue(self.plans.get_view(view_type=kind)["arch"])
