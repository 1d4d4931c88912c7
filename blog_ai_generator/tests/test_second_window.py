# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..utils import IN_WINDOW
from .review_case import ReviewCase
from .test_revision import RevisionCase

WINDOWS = {
    "blog.ai.approve": ["action_approve", "action_publish"],
    "blog.ai.reject": ["action_reject"],
    "blog.ai.examine": ["action_take"],
    "blog.ai.title": ["action_use"],
    "blog.ai.cover": ["action_use", "action_generate"],
    "blog.ai.section": ["action_rewrite", "action_use"],
}
CARDS = {"blog.ai.title", "blog.ai.cover"}
CLOSED = {"type": "ir.actions.act_window_close"}


class WindowCase(ReviewCase):
    def press(self, window, button):
        """Press a button as the web client does."""
        return getattr(window.with_context(**{IN_WINDOW: True}), button)()

    def assertCloses(self, window, button, said):
        """Assert that a window closes, and that the same is refused without one."""
        action = self.press(window, button)
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(action["params"]["type"], "warning")
        self.assertRegex(action["params"]["message"], said)
        self.assertEqual(action["params"]["next"], CLOSED)
        with self.assertRaisesRegex(UserError, said):
            getattr(window, button)()


@tagged("post_install", "-at_install")
class TestDecidedInAnotherWindow(WindowCase):
    """Two windows show one draft: the later click closes its window and says why."""

    def window(self, model, generation, **values):
        values = {"generation_id": generation.id, **values}
        return self.env[model].with_user(self.writer).create(values)

    def windows(self, generation):
        return (
            (self.window("blog.ai.approve", generation), "action_approve"),
            (
                self.window("blog.ai.reject", generation, reason="Too long."),
                "action_reject",
            ),
        )

    def test_a_draft_that_was_rejected(self):
        generation = self.run_slot()
        windows = self.windows(generation)
        self.reject(generation, again=False)
        for window, button in windows:
            said = "^unit-reviewer.* has already reviewed this draft: it is rejected.$"
            self.assertCloses(window, button, said)
        self.assertEqual(generation.reject_reason, "Too vague.")

    def test_a_draft_that_is_written_again_has_no_advice_left(self):
        generation = self.run_slot()
        title = generation.post_id.name
        windows = self.windows(generation)
        again = self.reject(generation)
        rewrite = self.env["blog.ai.generation"].browse(again["res_id"])
        self.attempt(rewrite)
        rewrite.post_id.name = title
        window = windows[0][0]
        window.invalidate_recordset()
        self.assertFalse(window.same_title)
        for window, button in windows:
            self.assertCloses(window, button, "it is rejected")
        self.assertFalse(rewrite.post_id.is_published)
        self.assertEqual(generation.rewrite_id, rewrite)

    def test_a_draft_that_was_approved(self):
        generation = self.run_slot()
        windows = self.windows(generation)
        self.approve(generation)
        for window, button in windows:
            self.assertCloses(window, button, "unit-reviewer.*: it is approved")
        self.assertTrue(generation.post_id.is_published)

    def test_a_draft_that_nobody_reviews(self):
        generation = self.ask("Turnips")
        self.attempt(generation)
        publish, reject = [window for window, _button in self.windows(generation)]
        generation.post_id.is_published = True
        self.assertCloses(publish, "action_publish", "already published")
        self.assertCloses(reject, "action_reject", "To reject it, unpublish it.")

    def test_a_date_that_is_past_does_not_hide_it(self):
        generation = self.run_slot()
        window = self.window("blog.ai.approve", generation, when="later")
        self.approve(generation)
        action = self.press(window, "action_approve")
        self.assertIn("it is approved", action["params"]["message"])

    def test_who_is_first_is_told_as_ever(self):
        first, second = self.run_slot(), self.ask("Turnips")
        self.attempt(second)
        approve = self.window("blog.ai.approve", first)
        self.assertEqual(self.press(approve, "action_approve"), CLOSED)
        self.assertEqual(first.review_state, "approved")
        reject = self.window("blog.ai.reject", second, reason="No.", again=False)
        self.assertEqual(self.press(reject, "action_reject"), CLOSED)
        self.assertEqual(second.review_state, "rejected")

    def test_each_button_of_a_window_says_that_it_is_one(self):
        for model, names in WINDOWS.items():
            kind = "kanban" if model in CARDS else "form"
            arch = etree.fromstring(self.env[model].get_view(view_type=kind)["arch"])
            for name in names:
                buttons = arch.xpath(f"//button[@name='{name}']")
                self.assertTrue(buttons, (model, name))
                for button in buttons:
                    self.assertIn(f"'{IN_WINDOW}': True", button.get("context", ""))


@tagged("post_install", "-at_install")
class TestResponsibleInAnotherWindow(WindowCase):
    def examine(self, post, user):
        asking = post.with_user(user).with_context(blog_ai_asks=True)
        action = asking.action_blog_ai_examined()
        wizards = self.env[action["res_model"]].with_user(user)
        return Form(wizards.with_context(**action["context"])).save()

    def test_responsibility_that_somebody_has_taken_stays_theirs(self):
        generation = self.ask("Turnips", publish=True)
        self.attempt(generation)
        post = generation.post_id
        late = self.examine(post, self.writer)
        self.press(self.examine(post, self.reviewer), "action_take")
        self.assertEqual(post.blog_ai_examined_by, self.reviewer)
        action = self.press(late, "action_take")
        self.assertEqual(action["params"]["type"], "warning")
        self.assertEqual(action["params"]["next"], CLOSED)
        said = "^unit-reviewer.* has already taken responsibility"
        self.assertRegex(action["params"]["message"], said)
        self.assertEqual(post.blog_ai_examined_by, self.reviewer)

    def test_that_for_a_translation_too(self):
        french = self.env["res.lang"]._activate_lang("fr_FR").code
        generation = self.ask("Turnips", publish=True)
        self.attempt(generation)
        post = generation.post_id
        post._blog_ai_set_translated(french, responsible=False)
        late, first = [
            self.env["blog.ai.examine"]
            .with_user(user)
            .create({"post_id": post.id, "translated_lang": french})
            for user in (self.writer, self.reviewer)
        ]
        self.assertEqual(self.press(first, "action_take")["params"]["type"], "success")
        logged = post.message_ids
        message = self.press(late, "action_take")["params"]["message"]
        self.assertRegex(message, "^Somebody has already taken .*French")
        self.assertEqual(post.message_ids, logged)


@tagged("post_install", "-at_install")
class TestChosenInAnotherWindow(WindowCase, RevisionCase):
    """A title or a cover for a draft that somebody rejects or deletes meanwhile."""

    def setUp(self):
        super().setUp()
        self.post.is_published = False
        self.assertTrue(self.generation.is_plain_draft)

    def title(self):
        generation = self.generation.with_user(self.writer)
        opened = self.follow(generation.action_propose_titles())
        titles = self.env[opened["res_model"]].with_user(self.writer)
        return titles.search(opened["domain"], limit=1)

    def covers(self):
        action = self.generation.with_user(self.writer).action_choose_cover()
        covers = self.env[action["res_model"]].with_user(self.writer)
        return covers.search(action["domain"])

    def test_a_title_of_a_draft_that_was_rejected(self):
        title, before = self.title(), self.post.name
        self.reject(self.generation, again=False)
        self.assertCloses(title, "action_use", "unit-reviewer.*: it is rejected")
        self.assertEqual(self.post.name, before)

    def test_a_cover_of_a_draft_that_was_rejected(self):
        covers, before = self.covers(), self.post.cover_properties
        drawn = covers.filtered("seed")[:1]
        other = covers.filtered(lambda card: card.offers == "drawn")
        self.reject(self.generation, again=False)
        self.assertCloses(drawn, "action_use", "unit-reviewer.*: it is rejected")
        self.assertCloses(other, "action_generate", "it is rejected")
        self.assertEqual(self.post.cover_properties, before)

    def test_a_section_of_a_draft_that_was_rejected(self):
        action = self.post.with_user(self.writer).action_blog_ai_rewrite_section()
        sections = self.env["blog.ai.section"].with_user(self.writer)
        section = sections.search(action["domain"], limit=1)
        section.reason = "Too short."
        before = self.post.content
        self.reject(self.generation, again=False)
        for button in ("action_rewrite", "action_use"):
            self.assertCloses(section, button, "unit-reviewer.*: it is rejected")
        self.assertEqual(self.post.content, before)
        self.generation.reviewed_at -= timedelta(minutes=1)
        with self.assertRaisesRegex(UserError, "There is no new text yet"):
            section.action_use()

    def test_a_title_and_a_cover_of_a_post_that_was_deleted(self):
        title, cover = self.title(), self.covers().filtered("seed")[:1]
        self.post.unlink()
        for window in (title, cover):
            said = "^The post was deleted or archived meanwhile.$"
            self.assertCloses(window, "action_use", said)
