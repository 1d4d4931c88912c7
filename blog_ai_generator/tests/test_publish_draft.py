# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.blog_ai_generator.utils import moment_text

from ..models.blog_ai_generation_state import UPDATED
from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestPublishDraft(ReviewCase):
    """A draft that nobody is asked to review is published where it was asked for."""

    def setUp(self):
        super().setUp()
        self.draft = self.ask("Turnips")
        self.attempt(self.draft)
        self.assertTrue(self.draft.is_plain_draft)
        self.post = self.draft.post_id

    def dialog(self, record=None, button="action_publish"):
        action = getattr((record or self.draft).with_user(self.writer), button)()
        wizards = self.env[action["res_model"]].with_user(self.writer)
        return Form(wizards.with_context(**action["context"]))

    def test_visitors_see_it_at_once(self):
        self.dialog().save().action_publish()
        self.assertTrue(self.post.is_published)
        self.assertFalse(self.draft.is_plain_draft)
        self.assertEqual(self.draft.review_state, "none", "Nobody was asked.")
        self.assertIn("visitors can see it", self.draft.state_note)
        self.assertEqual(self.post.blog_ai_grade, "generated")

    def test_it_is_published_from_the_form_of_its_post_too(self):
        dialog = self.dialog(self.post, "action_blog_ai_publish").save()
        said = dialog.action_publish()["params"]
        self.assertTrue(self.post.is_published)
        self.assertEqual(said["type"], "success")
        self.assertEqual(said["message"], "The post is published: visitors can see it.")
        self.assertEqual(said["next"], {"type": "ir.actions.act_window_close"})

    def test_the_window_says_who_gets_the_email(self):
        self.assertEqual(
            self.dialog().email_note, "This post has no recipients of an email."
        )
        partners = self.reader.create([{"name": f"Reader {n}"} for n in range(6)])
        draft = self.ask("Beets", recipient_ids=partners[:2].ids)
        self.attempt(draft)
        note = "This post is emailed to: Reader 0, Reader 1."
        self.assertEqual(self.dialog(draft).email_note, note)
        draft.recipient_ids = partners
        note = "Reader 0, Reader 1, Reader 2, Reader 3, Reader 4 and 1 more."
        self.assertIn(note, self.dialog(draft).email_note)
        draft.notified_at = fields.Datetime.now()
        self.assertFalse(self.dialog(draft).email_note, "They know of it already.")

    def test_a_person_takes_responsibility_with_it(self):
        with self.dialog() as dialog:
            dialog.responsible = True
        dialog.save().action_publish()
        self.assertEqual(self.post.blog_ai_grade, "reviewed")
        self.assertEqual(self.post.blog_ai_examined_by, self.writer)

    def test_it_is_published_at_a_date(self):
        at = fields.Datetime.now() + timedelta(days=3)
        with self.dialog() as dialog:
            dialog.when = "later"
            dialog.publish_at = at
        said = dialog.save().action_publish()["params"]["message"]
        self.assertEqual(self.post.published_date, at.replace(microsecond=0))
        self.assertIn(f"visitors see it from {moment_text(self.env, at)} on", said)

    def test_a_date_that_has_passed_is_refused(self):
        with self.dialog() as dialog:
            dialog.when = "later"
            dialog.publish_at = fields.Datetime.now() - timedelta(days=3)
        with self.assertRaisesRegex(UserError, "Choose a date in the future"):
            dialog.save().action_publish()
        self.assertFalse(self.post.is_published)

    def test_what_visitors_see_already_is_not_published_again(self):
        dialog = self.dialog().save()
        self.post.is_published = True
        with self.assertRaises(UserError) as refused:
            dialog.action_publish()
        said = "This post is already published: there is nothing left to do."
        self.assertEqual(str(refused.exception), said)

    def test_a_window_keeps_its_button_when_another_one_publishes(self):
        shown, dialog = self.dialog(), self.dialog().save()
        updated = self.sent_on_bus(UPDATED, dialog.action_publish)
        self.assertEqual(updated, [{"ids": self.draft.ids}], "Open forms load again.")
        dialog.invalidate_recordset()
        self.assertTrue(dialog.is_plain_draft)
        self.assertFalse(self.draft.is_plain_draft)
        self.assertTrue(shown.save().is_plain_draft)

    def test_an_old_page_says_what_was_decided_and_is_loaded_again(self):
        draft, post = self.draft.with_user(self.writer), self.post
        post.is_published = True
        closed = {"type": "ir.actions.act_window_close"}
        for button, said in (
            (draft.action_publish, "This post is already published: there"),
            (post.with_user(self.writer).action_blog_ai_publish, "already published"),
            (draft.action_reject, "To reject it, unpublish it."),
            (draft.action_approve, "There is nothing to review"),
        ):
            with self.subTest(said):
                action = button()
                self.assertEqual(action["tag"], "display_notification")
                self.assertIn(said, action["params"]["message"])
                self.assertEqual(action["params"]["next"], closed)

    def test_what_was_rejected_meanwhile_is_not_published(self):
        dialog = self.dialog().save()
        self.reject(self.draft, user=self.writer, again=False)
        with self.assertRaisesRegex(UserError, "unit-writer.* already reviewed"):
            dialog.action_publish()
        self.assertFalse(self.post.is_published)

    def test_a_translation_is_no_draft_to_publish(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        generations = self.env["blog.ai.generation"]
        values = generations._prepare_translation(self.post, "en_US", "fr_FR")
        translation = generations.create({**values, "review_state": "none"})
        translation.write({"state": "done"})
        wizards = self.env["blog.ai.approve"].with_user(self.writer)
        with self.assertRaises(UserError):
            wizards.create({"generation_id": translation.id}).action_publish()
        self.assertFalse(self.post.is_published)

    def test_an_editor_of_another_company_does_not_publish_it(self):
        wizards = self.env["blog.ai.approve"].with_user(self.stranger())
        with self.assertRaises(AccessError):
            wizards.create({"generation_id": self.draft.id}).action_publish()
        self.assertFalse(self.post.is_published)

    def test_only_website_editors_publish_it(self):
        reader = new_test_user(self.env, "unit-reads", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.draft.with_user(reader).action_publish()
