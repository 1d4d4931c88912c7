# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .. import llm
from .common import BlogAiCase

CONTENT = (
    "<section><p>Start.</p><h2>Soil</h2><p>Loam.</p>"
    "<h2>Water</h2><p>Rain.</p></section>"
)
NEW = ((2, "<p onclick='x()'>Dew.</p><script>alert(1)</script>"),)


class RefreshCase(BlogAiCase):
    def setUp(self):
        super().setUp()
        self.post = self.old_post()

    def old_post(self, days=200, **values):
        post = self.env["blog.post"].create(
            {
                "name": "Lemons of old",
                "blog_id": self.blog.id,
                "content": CONTENT,
                "is_published": True,
                **values,
            }
        )
        post.published_date = fields.Datetime.now() - timedelta(days=days)
        return post

    def look(self, sections=NEW, why="Rain is rare now.", user=None):
        """Have a new version proposed, and return the check of the post."""
        user = user or self.writer
        self.seen = []

        def propose(request, account, cancellation):
            self.seen.append(request)
            return llm.Refresh(llm.Renewal(why, sections), ())

        with patch.object(llm, "propose_refresh", propose):
            action = self.post.with_user(user).action_blog_ai_refresh()
            opened = action
            if action.get("tag") == "blog_ai_ask":
                self.answer_to(action["params"], user)
                opened = action["params"]["opens"]
        self.assertEqual(opened["res_model"], "blog.ai.refresh")
        return self.env["blog.ai.refresh"].with_user(user).browse(opened["res_id"])

    def due(self):
        posts = self.env["blog.post"].with_user(self.writer)
        return posts.search(
            [("blog_ai_is_due", "=", True), ("blog_id", "=", self.blog.id)]
        )


@tagged("post_install", "-at_install")
class TestNewVersion(RefreshCase):
    """A new version is shown beside the text, and used or not."""

    def test_nothing_is_changed_until_somebody_decides(self):
        look = self.look()
        self.assertEqual(look.state, "proposed")
        self.assertEqual(look.why, "Rain is rare now.")
        self.assertEqual(self.post.content, CONTENT)
        for words in ("Water", "Rain.", "Dew."):
            self.assertIn(words, look.comparison)
        self.assertNotIn("Loam.", look.comparison)

    def test_no_markup_of_a_model_is_shown_or_stored(self):
        look = self.look()
        for mark in ("onclick", "<script"):
            self.assertNotIn(mark, look.comparison)
        look.action_approve()
        self.assertEqual(self.post.content, CONTENT.replace("Rain.", "Dew."))

    def test_the_provider_gets_all_sections_and_both_days(self):
        self.look()
        (request,) = self.seen
        self.assertEqual(request.topic, "Lemons of old")
        self.assertEqual(
            request.sections,
            (
                llm.PresentSection("", "Start."),
                llm.PresentSection("Soil", "Loam."),
                llm.PresentSection("Water", "Rain."),
            ),
        )
        self.assertEqual(request.published, str(self.post.post_date.date()))
        self.assertEqual(request.today, str(fields.Date.context_today(self.post)))

    def test_address_author_and_dates_stay(self):
        names = ("website_url", "author_id", "post_date", "published_date", "name")
        before = self.post.read(names)
        self.look().action_approve()
        self.assertEqual(self.post.read(names), before)

    def test_the_offline_writer_can_do_it(self):
        action = self.post.with_user(self.writer).action_blog_ai_refresh()
        self.answer_to(action["params"], self.writer)
        look = self.env["blog.ai.refresh"].browse(action["params"]["opens"]["res_id"])
        self.assertEqual(look.state, "proposed")
        call = self.env["blog.ai.call"].search([("kind", "=", "refresh")])
        self.assertEqual((call.outcome, call.provider_id), ("ok", self.offline))

    def test_nothing_to_change_is_a_result(self):
        look = self.look(sections=(), why="All of it still holds.")
        self.assertEqual(look.state, "nothing")
        self.assertEqual(look.decided_by, self.writer)
        self.assertFalse(self.due())
        with self.assertRaisesRegex(UserError, "decided on this version already"):
            look.action_approve()

    def test_what_was_proposed_is_opened_again_and_not_paid_for_twice(self):
        look = self.look()
        self.assertEqual(self.look(), look)
        self.assertFalse(self.seen)

    def test_two_clicks_wait_for_one_call_and_others_are_told(self):
        post = self.post.with_user(self.writer)
        with patch.object(type(self.env["blog.ai.ask"]), "_start", lambda *_: None):
            first = post.action_blog_ai_refresh()
            self.assertEqual(post.action_blog_ai_refresh(), first)
            with self.assertRaisesRegex(UserError, "Look again in a minute"):
                self.post.action_blog_ai_refresh()

    def test_after_a_failure_it_can_be_asked_for_again(self):
        def fail(request, account, cancellation):
            raise llm.LLMError("unusable", "no object")

        with patch.object(llm, "propose_refresh", fail):
            action = self.post.with_user(self.writer).action_blog_ai_refresh()
            with self.assertRaises(UserError):
                self.answer_to(action["params"], self.writer)
        self.assertEqual(self.look().state, "proposed")

    def test_a_text_that_was_changed_meanwhile_is_left_alone(self):
        look = self.look()
        self.post.content = CONTENT.replace("Rain.", "Snow.")
        with self.assertRaisesRegex(UserError, "changed the section “Water” meanwhile"):
            look.action_approve()
        self.assertIn("Snow.", self.post.content)
        look.action_keep()
        self.assertEqual(look.state, "kept")

    def test_an_answer_about_another_text_is_dropped(self):
        def propose(request, account, cancellation):
            self.post.content = CONTENT.replace("Loam.", "Peat.")
            return llm.Refresh(llm.Renewal("x", NEW), ())

        with patch.object(llm, "propose_refresh", propose):
            action = self.post.with_user(self.writer).action_blog_ai_refresh()
        told = self.answer_to(action["params"], self.writer)
        self.assertIn("changed while it was checked", told["message"])
        look = self.env["blog.ai.refresh"].browse(action["params"]["opens"]["res_id"])
        self.assertEqual((look.state, look.sections), ("asking", False))

    def test_a_budget_that_is_used_up_is_said_before_a_call(self):
        self.env.company.blog_ai_provider_id = self.too_costly()
        with self.assertRaisesRegex(UserError, "(?i)budget"):
            self.look()
        self.assertFalse(self.seen)


@tagged("post_install", "-at_install")
class TestGradeAndOldText(RefreshCase):
    """A new version brings the label back, and the old text can be restored."""

    def test_a_text_of_a_person_is_labelled_and_no_longer_once_it_is_restored(self):
        self.assertFalse(self.post.blog_ai_grade)
        look = self.look()
        look.action_approve()
        self.assertEqual(self.post.blog_ai_grade, "generated")
        self.assertTrue(self.post._blog_ai_label())
        look.action_restore()
        self.assertFalse(self.post.blog_ai_grade)
        self.assertEqual(self.post.content, CONTENT)
        self.assertEqual(look.state, "restored")

    def test_a_reviewed_text_is_to_be_reviewed_again(self):
        generation = self.ask()
        self.attempt(generation)
        self.post = generation.post_id
        self.post.content = CONTENT
        self.post.action_blog_ai_examined()
        self.assertEqual(self.post.blog_ai_grade, "reviewed")
        look = self.look()
        look.action_approve()
        self.assertNotEqual(self.post.blog_ai_grade, "reviewed")
        look.action_restore()
        self.assertEqual(self.post.blog_ai_grade, "reviewed")

    def test_the_old_text_comes_back_in_every_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.post.with_context(lang="fr_FR")
        self.post.update_field_translations("content", {"fr_FR": {"Rain.": "Pluie."}})
        self.assertIn("Pluie.", french.content)
        look = self.look()
        look.action_approve()
        self.assertNotIn("Pluie.", french.content)
        look.action_restore()
        self.assertIn("Pluie.", french.content)
        self.assertEqual(self.post.content, CONTENT)

    def test_a_translation_says_that_it_is_older_than_the_text(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        translation = self.env["blog.ai.generation"]
        values = translation._prepare_translation(self.post, "en_US", "fr_FR")
        translation = translation.create({**values, "provider_id": self.offline.id})
        translation.source_hash = translation._source_hash()
        self.assertTrue(translation.source_hash)
        self.assertFalse(translation.is_outdated)
        self.look().action_approve()
        self.assertTrue(translation.is_outdated)

    def test_a_text_that_was_edited_since_is_not_overwritten(self):
        look = self.look()
        look.action_approve()
        self.post.content = CONTENT.replace("Loam.", "Peat.")
        with self.assertRaisesRegex(UserError, "changed after this version"):
            look.action_restore()
        self.assertIn("Peat.", self.post.content)

    def test_a_second_click_on_restore_says_who_was_first(self):
        look = self.look()
        with self.assertRaisesRegex(UserError, "nothing to restore"):
            look.action_restore()
        look.action_approve()
        look.action_restore()
        with self.assertRaisesRegex(UserError, "unit-writer.* has restored the old"):
            look.action_restore()
        self.assertEqual(self.post.content, CONTENT)

    def test_the_chatter_says_who_decided(self):
        look = self.look()
        look.action_approve()
        look.action_restore()
        said = "".join(self.post.message_ids.mapped("body"))
        for words in ("approved a new version", "Rain is rare now.", "restored"):
            self.assertIn(words, said)
        self.assertIn(self.writer.partner_id, self.post.message_ids.author_id)


@tagged("post_install", "-at_install")
class TestRightsToRefresh(RefreshCase):
    def test_nobody_without_the_right_asks_or_decides(self):
        look = self.look()
        reader = new_test_user(self.env, "unit-nobody", groups="base.group_user")
        for act in (
            look.with_user(reader).action_approve,
            look.with_user(reader).action_keep,
            look.with_user(reader).action_restore,
            self.post.with_user(reader).action_blog_ai_refresh,
        ):
            with self.assertRaises(AccessError):
                act()

    def test_an_editor_can_not_write_a_proposal(self):
        look = self.look()
        with self.assertRaises(AccessError):
            look.write({"sections": []})

    def test_another_company_does_not_see_it(self):
        look = self.look()
        other = self.env["res.company"].create({"name": "Other"})
        look.sudo().company_id = other
        with self.assertRaises(AccessError):
            look.with_user(self.writer).read(["why"])

    def test_an_editor_of_another_company_is_told_to_switch(self):
        self.look()
        other = self.env["res.company"].create({"name": "Other"})
        website = self.env["website"].create({"name": "Two", "company_id": other.id})
        self.post.blog_id.website_id = website
        post = self.post.with_user(self.writer)
        for press in (post.action_blog_ai_refresh, post.action_blog_ai_rewrite_section):
            with self.assertRaisesRegex(UserError, "Switch to that company"):
                press()
