# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo import fields
from odoo.tests import Form, tagged

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestApprove(BlogAiCase):
    """The window in which a reviewer lets visitors see a draft."""

    def setUp(self):
        super().setUp()
        self.first = self.written()
        self.held_back = self.written()
        self.assertEqual(self.held_back.review_state, "pending")

    def written(self, **values):
        generation = self.ask(publish=True, **values)
        self.attempt(generation)
        return generation

    def wizard(self):
        action = self.held_back.with_user(self.writer).action_approve()
        wizard = self.env[action["res_model"]].with_user(self.writer)
        return Form(wizard.with_context(**action["context"]))

    def test_a_title_that_the_blog_has_already_is_named_before_approval(self):
        self.held_back.post_id.name = self.first.post_id.name.upper()
        wizard = self.wizard()
        self.assertIn(f"“{self.held_back.post_id.name}”", wizard.same_title)
        self.assertIn("Change the title of this draft first", wizard.same_title)
        wizard.save().action_approve()
        self.assertTrue(self.held_back.post_id.is_published)

    def test_no_title_is_named_once_one_of_them_is_changed(self):
        for held_back, first in (("Figs", "Dates"), ("Dates", "Limes")):
            self.held_back.post_id.name = held_back
            self.first.post_id.name = first
            self.assertFalse(self.wizard().same_title)

    def test_a_title_of_another_blog_or_of_what_is_archived_is_no_reason(self):
        self.first.post_id.blog_id = self.blog.copy()
        self.assertFalse(self.wizard().same_title)
        self.first.post_id.write({"blog_id": self.blog.id, "active": False})
        self.assertFalse(self.wizard().same_title)

    def test_titles_are_compared_in_the_language_of_the_draft(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        first, held_back = self.first.post_id, self.held_back.post_id
        first.with_context(lang="fr_FR").name = "Des citrons"
        self.held_back.sudo().lang = "fr_FR"
        held_back.with_context(lang="fr_FR").name = "Des figues"
        self.assertFalse(self.wizard().same_title)
        held_back.with_context(lang="fr_FR").name = "Des citrons"
        self.assertIn("“Des citrons”", self.wizard().same_title)

    def test_the_day_that_the_calendar_has_for_a_draft_is_kept(self):
        planned = datetime(2099, 5, 4, 9)
        post = self.held_back.post_id
        entry = self.env["blog.ai.plan"].search([("post_id", "=", post.id)])
        entry.date = planned
        wizard = self.wizard()
        self.assertEqual((wizard.when, wizard.publish_at), ("later", planned))
        wizard.save().action_approve()
        self.assertTrue(post.is_published)
        self.assertEqual((post.post_date, post.blog_ai_announce_at), (planned,) * 2)

    def test_a_person_may_publish_a_draft_of_a_later_day_at_once(self):
        post = self.held_back.post_id
        post.post_date = datetime(2099, 5, 4, 9)
        wizard = self.wizard()
        wizard.when = "now"
        wizard.save().action_approve()
        self.assertLessEqual(post.post_date, fields.Datetime.now())

    def test_a_draft_without_a_day_ahead_is_published_at_once(self):
        post = self.held_back.post_id
        for earlier in (post.post_date, fields.Datetime.now() - timedelta(days=2)):
            post.post_date = earlier
            wizard = self.wizard()
            self.assertEqual((wizard.when, wizard.publish_at), ("now", False))
