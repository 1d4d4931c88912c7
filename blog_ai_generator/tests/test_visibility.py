# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import datetime
from unittest.mock import patch

from odoo.tests import freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.blog_blog_message import LIGHT
from .common import BlogAiCase

TODAY, TOMORROW = datetime(2026, 6, 1, 9), datetime(2026, 6, 2, 9)
PUBLISHED = "website_blog.mt_blog_blog_published"


@tagged("post_install", "-at_install")
class TestVisibility(BlogAiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.follower = cls.env["res.partner"].create(
            {"name": "Follower", "email": "follower@example.com"}
        )
        cls.blog.message_subscribe(cls.follower.ids)
        cls.cron = cls.env.ref("blog_ai_generator.cron_announce")

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(TODAY))

    def draft(self):
        generation = self.ask(recipient_ids=[(6, 0, self.reader.ids)])
        self.attempt(generation)
        return generation.post_id

    def scheduled(self, at=TOMORROW):
        post = self.draft().with_user(self.writer)
        post.write({"is_published": True, "post_date": at})
        return post

    def announcements(self):
        subtype = self.env.ref(PUBLISHED)
        return self.blog.message_ids.filtered(lambda m: m.subtype_id == subtype)

    def mails(self):
        return self.env["mail.mail"].search([("recipient_ids", "in", self.reader.ids)])

    def emails_sent(self) -> tuple[int, int]:
        """Return how many emails followers and recipients got."""
        self.env.flush_all()
        self.env.invalidate_all()
        return len(self.announcements()), len(self.mails())

    def cron_runs(self, at):
        with freeze_time(at), self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_a_post_of_this_second_is_not_one_for_later(self):
        post = self.draft()
        post.flush_recordset()
        # Odoo takes the date of a new post from the database, with its fractions.
        self.env.cr.execute(
            "UPDATE blog_post SET post_date = %s WHERE id = %s",
            [TODAY.replace(microsecond=900_000), post.id],
        )
        post.invalidate_recordset()
        self.assertFalse(post._blog_ai_is_ahead())

    def test_a_post_that_is_visible_at_once_is_announced_at_once(self):
        post = self.draft().with_user(self.writer)
        post.website_published = True
        self.assertEqual(self.emails_sent(), (1, 1))
        self.assertFalse(post.blog_ai_announce_at)

    def test_a_generation_that_publishes_is_announced_at_once(self):
        self.attempt(self.ask(publish=True, recipient_ids=[(6, 0, self.reader.ids)]))
        self.assertEqual(self.emails_sent(), (1, 1))

    def test_an_announcement_answers_to_the_message_that_odoo_would_take(self):
        light = self.blog.with_context(**{LIGHT: True})
        for kind in ("notification", "comment", "notification"):
            with self.subTest(kind):
                self.blog.message_post(body=kind, message_type=kind)
                found = light._message_compute_parent_id(False)
                self.assertTrue(found)
                theirs = self.blog._message_compute_parent_id(False)
                self.assertEqual(found, theirs)
        self.assertEqual(self.blog.message_ids.browse(found).message_type, "comment")

    def test_nobody_gets_an_email_before_the_post_is_visible(self):
        post = self.scheduled()
        self.assertEqual(self.emails_sent(), (0, 0))
        self.assertEqual(post.blog_ai_announce_at, TOMORROW)
        self.cron_runs("2026-06-02 08:59:59")
        self.assertEqual(self.emails_sent(), (0, 0))

    def test_the_cron_wakes_when_the_post_becomes_visible(self):
        self.scheduled()
        triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.cron.id), ("call_at", "=", TOMORROW)]
        )
        self.assertEqual(len(triggers), 1)

    def test_everybody_gets_one_email_when_it_becomes_visible(self):
        post = self.scheduled()
        self.cron_runs("2026-06-02 09:00:10")
        self.assertEqual(self.emails_sent(), (1, 1))
        self.assertFalse(post.blog_ai_announce_at)
        self.cron_runs("2026-06-02 09:15:00")
        self.assertEqual(self.emails_sent(), (1, 1))

    def test_the_announcement_is_from_the_publisher(self):
        post = self.scheduled()
        self.cron_runs("2026-06-02 09:00:10")
        self.assertEqual(self.announcements().author_id, self.writer.partner_id)
        self.assertEqual(post.write_uid, self.writer)

    def test_a_date_set_before_publishing_counts_too(self):
        post = self.draft()
        post.post_date = TOMORROW
        post.website_published = True
        self.assertEqual(post.published_date, TOMORROW)
        self.assertEqual(self.emails_sent(), (0, 0))
        self.assertEqual(post.blog_ai_announce_at, TOMORROW)

    def test_a_withdrawn_post_is_not_announced(self):
        post = self.scheduled()
        post.is_published = False
        self.assertFalse(post.blog_ai_announce_at)
        self.cron_runs("2026-06-02 09:00:10")
        self.assertEqual(self.emails_sent(), (0, 0))

    def test_an_archived_post_is_not_announced(self):
        post = self.scheduled()
        post.active = False
        self.assertFalse(post.blog_ai_announce_at)
        self.cron_runs("2026-06-02 09:00:10")
        self.assertEqual(self.emails_sent(), (0, 0))

    def test_a_post_of_an_archived_blog_is_not_announced(self):
        self.scheduled()
        self.blog.active = False
        self.cron_runs("2026-06-02 09:00:10")
        self.assertEqual(self.emails_sent(), (0, 0))

    def test_the_cron_looks_again_at_what_changed_behind_its_back(self):
        late, withdrawn = self.scheduled(), self.scheduled()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE blog_post SET post_date = '2026-06-09' WHERE id = %s", [late.id]
        )
        self.env.cr.execute(
            "UPDATE blog_post SET is_published = FALSE WHERE id = %s", [withdrawn.id]
        )
        self.env.invalidate_all()
        self.cron_runs("2026-06-02 09:00:10")
        self.assertEqual(self.emails_sent(), (0, 0))
        self.assertEqual(late.blog_ai_announce_at, datetime(2026, 6, 9))
        self.assertFalse(withdrawn.blog_ai_announce_at)

    def test_a_later_date_is_waited_for(self):
        post = self.scheduled()
        post.post_date = datetime(2026, 6, 5)
        self.cron_runs("2026-06-02 09:00:10")
        self.assertEqual(self.emails_sent(), (0, 0))
        self.cron_runs("2026-06-05 00:00:10")
        self.assertEqual(self.emails_sent(), (1, 1))

    def test_a_date_moved_to_now_announces_at_once_and_once(self):
        post = self.scheduled()
        post.post_date = TODAY
        self.assertEqual(self.emails_sent(), (1, 1))
        self.cron_runs("2026-06-02 09:00:10")
        self.assertEqual(self.emails_sent(), (1, 1))

    def test_publishing_now_what_was_scheduled_announces_once(self):
        post = self.scheduled()
        post.write({"is_published": True, "published_date": TODAY})
        self.cron_runs("2026-06-02 09:00:10")
        self.assertEqual(self.emails_sent(), (1, 1))

    def test_a_visible_post_that_gets_a_future_date_is_not_announced_again(self):
        post = self.draft()
        post.is_published = True
        post.post_date = TOMORROW
        self.cron_runs("2026-06-02 09:00:10")
        self.assertEqual(self.emails_sent(), (1, 1))

    def test_one_post_that_can_not_be_announced_stops_no_other(self):
        bad, good = self.scheduled(), self.scheduled()
        self.env.flush_all()
        announce = type(bad)._blog_ai_announce

        def broken(posts):
            if bad.id in posts.ids:
                raise ValueError("broken template")
            return announce(posts)

        with (
            patch.object(type(bad), "_blog_ai_announce", broken),
            mute_logger("odoo.addons.blog_ai_generator.models.blog_post"),
        ):
            self.cron_runs("2026-06-02 09:00:10")
        self.assertEqual(self.emails_sent(), (1, 1))
        self.assertFalse(good.blog_ai_announce_at)
        self.assertEqual(bad.blog_ai_announce_at, datetime(2026, 6, 2, 9, 15, 10))

    def test_posts_that_people_write_are_left_to_odoo(self):
        post = self.env["blog.post"].create(
            {"name": "By hand", "blog_id": self.blog.id, "published_date": TOMORROW}
        )
        post.is_published = True
        self.assertEqual(self.emails_sent(), (1, 0))
        self.assertFalse(post.blog_ai_announce_at)

    def test_visitors_read_five_columns_of_ours(self):
        """Read what the page states: who wrote and translated it, and its pictures."""
        post = self.draft()
        post.is_published = True
        self.env.flush_all()
        visitor = new_test_user(self.env, "unit-visitor", groups="base.group_public")
        self.env.invalidate_all()
        queries = []
        execute = type(self.env.cr).execute

        def listen(cursor, query, *args, **kwargs):
            queries.append(str(query))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(type(self.env.cr), "execute", listen):
            self.assertTrue(post.with_user(visitor).name)
        self.assertTrue(any("blog_post" in query for query in queries))
        ours = {name for query in queries for name in re.findall(r"blog_ai\w*", query)}
        languages = ("translated_langs", "examined_langs")
        stated = ("is_generated", "grade", *languages, "credit")
        self.assertEqual(ours, {f"blog_ai_{name}" for name in stated})
