# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestRejectDraft(ReviewCase):
    """A draft that nobody is asked to review can be rejected like one under review."""

    def written(self, **values):
        generation = self.ask("Turnips", **values)
        self.attempt(generation)
        self.assertEqual(generation.review_state, "none")
        return generation

    def test_it_is_archived_and_keeps_the_reason(self):
        generation = self.written()
        self.assertTrue(generation.is_plain_draft)
        post = generation.post_id
        action = post.with_user(self.writer).action_blog_ai_reject()
        self.assertEqual(action["res_model"], "blog.ai.reject")
        self.reject(generation, "Too vague.", user=self.writer, again=False)
        self.assertFalse(post.active)
        self.assertEqual(generation.review_state, "rejected")
        self.assertEqual(generation.reviewed_by, self.writer)
        self.assertIn("unit-writer", generation.review_note)
        self.assertIn("Too vague.", generation.review_note)
        self.assertFalse(generation.is_plain_draft)

    def test_it_is_written_again_as_a_draft_with_the_reason_in_mind(self):
        first = self.written(topic_id=self.topic.id)
        action = self.reject(first, "Too vague.", user=self.writer)
        second = self.env["blog.ai.generation"].browse(action["res_id"])
        self.assertEqual(second, first.rewrite_id)
        self.assertIn("Too vague.", second.notes)
        self.attempt(second)
        self.assertTrue(second.is_plain_draft)
        self.assertEqual(self.topic.post_id, second.post_id)

    def test_what_was_published_for_a_while_is_written_again_as_a_draft(self):
        first = self.written(publish=True)
        first.post_id.is_published = False
        action = self.reject(first, "Too vague.", user=self.writer)
        second = self.env["blog.ai.generation"].browse(action["res_id"])
        self.attempt(second)
        self.assertEqual(second.state, "done")
        self.assertFalse(second.publish or second.post_id.is_published)

    def test_its_translations_that_wait_are_cancelled(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.env["res.lang"]._lang_get("fr_FR")
        first = self.written()
        post = first.post_id
        translations = self.env["blog.ai.generation"]
        translation = translations.create(
            translations._prepare_translation(post, "en_US", french.code)
        )
        self.assertEqual(translation.state, "queued")
        self.reject(first, user=self.writer, again=False)
        self.assertEqual(translation.state, "cancelled")

    def test_its_topic_goes_back_into_the_queue_if_asked_for(self):
        first = self.written(topic_id=self.topic.id)
        self.reject(first, user=self.writer, again=False, requeue=True)
        self.assertEqual(self.topic.state, "waiting")

    def test_the_window_says_what_becomes_of_the_topic(self):
        window = self.env["blog.ai.reject"].get_view(view_type="form")["arch"]
        values = {"again": False, "requeue": False, "topic_id": 1}
        shown = self.sentences(window, values)
        self.assertIn("used up", shown)
        for label in ("Write it again", "Back into the queue"):
            self.assertIn(f"“{label}”", shown)
            self.assertIn(label, self.labels())
        self.assertNotIn("topic", self.sentences(window, {**values, "topic_id": False}))
        self.assertIn("returns", self.sentences(window, {**values, "requeue": True}))
        self.assertNotIn("used up", self.sentences(window, {**values, "again": True}))

    def sentences(self, arch, values):
        """Return what the window says beside its fields."""
        values = {"kind": "article", "edited_copy": False, **values}
        notes = etree.fromstring(arch).xpath("//p[@data-blog-ai='archived']")[0]
        return " ".join(
            node.text
            for node in (notes, *notes)
            if not safe_eval(node.get("invisible") or "False", dict(values))
        )

    def labels(self):
        found = self.env["blog.ai.reject"].fields_get(["again", "requeue"], ["string"])
        return [field["string"] for field in found.values()]

    def test_a_version_written_again_still_has_the_topic(self):
        first = self.written(topic_id=self.topic.id)
        action = self.reject(first, "Too vague.", user=self.writer)
        second = self.env["blog.ai.generation"].browse(action["res_id"])
        self.attempt(second)
        wizards = self.env["blog.ai.reject"].with_user(self.writer)
        window = wizards.create({"generation_id": second.id, "reason": "No."})
        self.assertEqual(window.topic_id, self.topic)

    def test_what_visitors_see_is_unpublished_first(self):
        generation = self.written()
        generation.post_id.is_published = True
        self.assertFalse(generation.is_plain_draft)
        with self.assertRaisesRegex(UserError, "unpublish it"):
            self.reject(generation, user=self.writer)
        self.assertTrue(generation.post_id.active)
        generation.post_id.is_published = False
        self.reject(generation, user=self.writer, again=False)
        self.assertEqual(generation.review_state, "rejected")

    def test_it_is_rejected_once(self):
        generation = self.written()
        self.reject(generation, user=self.writer, again=False)
        with self.assertRaisesRegex(UserError, "unit-writer.* already reviewed"):
            self.reject(generation)

    def test_what_was_archived_is_not_rejected(self):
        generation = self.written()
        generation.post_id.active = False
        generation.invalidate_recordset()
        self.assertFalse(generation.is_plain_draft)
        with self.assertRaisesRegex(UserError, "archived or deleted"):
            self.reject(generation, user=self.writer)

    def test_nobody_is_asked_to_approve_it(self):
        generation = self.written()
        with self.assertRaisesRegex(UserError, "nothing to review"):
            self.approve(generation, user=self.writer)

    def test_only_website_editors_reject_it(self):
        generation = self.written()
        reader = new_test_user(self.env, "unit-reads", groups="base.group_user")
        with self.assertRaises(AccessError):
            generation.with_user(reader).action_reject()
