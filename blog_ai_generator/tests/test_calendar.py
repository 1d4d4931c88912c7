# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo.tests import tagged

from .common import BlogAiCase

JUNE = [("post_date", ">=", "2099-06-01"), ("post_date", "<", "2099-07-01")]


@tagged("post_install", "-at_install")
class TestCalendar(BlogAiCase):
    """The day at which the calendar of generations shows a post."""

    def written(self, **values):
        generation = self.ask(**values)
        self.attempt(generation)
        return generation

    def shown(self, domain):
        return self.env["blog.ai.generation"].search(
            [("blog_id", "=", self.blog.id), *domain]
        )

    def test_a_post_approved_for_later_is_shown_when_visitors_see_it(self):
        generation = self.written(reviewer_id=self.writer.id)
        self.assertFalse(self.shown(JUNE))
        generation._approve(datetime(2099, 6, 1, 9))
        self.assertEqual(generation.post_date, datetime(2099, 6, 1, 9))
        self.assertEqual(self.shown(JUNE), generation)

    def test_a_draft_is_shown_when_it_was_written(self):
        generation = self.written()
        self.assertEqual(generation.post_date, generation.post_id.create_date)
        self.assertEqual(
            self.shown([("post_date", ">=", generation.create_date)]), generation
        )

    def test_what_has_no_post_is_not_shown(self):
        self.ask()
        rejected = self.written(topic="Figs", reviewer_id=self.writer.id)
        rejected._reject("Too vague.", again=False)
        self.assertFalse(self.shown([("post_date", ">=", "2000-01-01")]))
