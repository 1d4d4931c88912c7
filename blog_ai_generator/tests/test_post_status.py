# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo.tests import freeze_time, tagged

from .common import BlogAiCase

NOW = datetime(2026, 6, 1, 12)
LATER = datetime(2026, 6, 3, 23)


@tagged("post_install", "-at_install")
class TestPostStatus(BlogAiCase):
    """Lists and cards say of a generation whether visitors see its post."""

    def setUp(self):
        super().setUp()
        self.startPatcher(freeze_time(NOW))
        self.done = self.ask("Turnips")
        self.attempt(self.done)
        self.post = self.done.post_id

    def status(self, generation=None, **context):
        self.env.invalidate_all()
        shown = (generation or self.done).with_user(self.writer)
        shown = shown.with_context(**context)
        return shown.post_status, shown.post_status_note

    def test_a_draft(self):
        self.assertEqual(self.status(), ("draft", "Draft"))

    def test_a_post_that_visitors_see(self):
        self.post.is_published = True
        self.assertEqual(self.status(), ("published", "Published"))

    def test_a_post_that_is_approved_for_later_has_its_day(self):
        self.post.write({"is_published": True, "published_date": LATER})
        self.assertEqual(self.status(), ("approved", "From Jun 3"))
        self.assertEqual(self.status(tz="Europe/Berlin"), ("approved", "From Jun 4"))
        with freeze_time(LATER):
            self.assertEqual(self.status(), ("published", "Published"))

    def test_a_draft_with_a_day_in_the_future_is_a_draft(self):
        self.post.published_date = LATER
        self.assertEqual(self.status(), ("draft", "Draft"))

    def test_what_has_no_post_has_no_status(self):
        self.assertEqual(self.status(self.ask("Swedes")), (False, False))
        self.post.active = False
        self.assertEqual(self.status(), (False, False))

    def test_many_take_one_statement(self):
        more = [self.ask(topic) for topic in ("Beets", "Chard", "Kale")]
        for generation in more:
            self.attempt(generation)
        generations = self.done.union(*more)
        self.env.flush_all()
        self.env.invalidate_all()
        generations.mapped("state")
        with self.assertQueryCount(1):
            self.assertEqual(generations.mapped("post_status"), ["draft"] * 4)
