# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import Form, tagged

from .. import llm
from .common import BlogAiCase
from .test_translation import TranslationCase


@tagged("post_install", "-at_install")
class TestLanguageOff(BlogAiCase):
    """A language that is switched off while a post is written in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.german = cls.env["res.lang"]._activate_lang("de_DE")

    def switch_off(self):
        self.german.active = False

    def approve(self, generation):
        generation = generation.with_user(self.writer)
        action = generation.action_approve()
        wizard = self.env[action["res_model"]].with_user(self.writer)
        Form(wizard.with_context(**action["context"])).save().action_approve()

    def test_the_paid_answer_is_kept_as_a_draft(self):
        generation = self.ask(lang="de_DE", publish=True, recipient_ids=self.reader.ids)
        self.attempt(generation, meanwhile=self.switch_off)
        self.assertEqual(generation.state, "done")
        self.assertFalse(generation.post_id.is_published)
        self.assertTrue(generation.post_id.content)
        self.assertEqual(generation.lang, "en_US")
        self.assertEqual(generation.review_state, "pending")
        self.assertIn("German was switched off", generation.repairs)

    def test_its_draft_can_be_approved(self):
        generation = self.ask(lang="de_DE")
        self.attempt(generation, meanwhile=self.switch_off)
        self.approve(generation)
        self.assertTrue(generation.post_id.is_published)

    def test_a_draft_whose_language_is_switched_off_later_can_be_approved(self):
        generation = self.ask(lang="de_DE", reviewer_id=self.writer.id)
        self.attempt(generation)
        self.switch_off()
        self.approve(generation)
        self.assertTrue(generation.post_id.is_published)


@tagged("post_install", "-at_install")
class TestLanguageOffLater(TranslationCase):
    """A language that is switched off after a post was written or translated in it."""

    def setUp(self):
        super().setUp()
        self.generation = self.ask(lang="de_DE")
        self.attempt(self.generation)
        self.written = self.generation.post_id

    def switch_off(self):
        self.env["website"].search([]).language_ids = self.env.ref("base.lang_en")
        (self.french + self.german).active = False
        self.env.flush_all()
        self.env.invalidate_all()

    def test_its_post_can_be_renamed_and_get_another_cover(self):
        self.switch_off()
        self.written.with_user(self.writer).name = "Renamed"
        action = self.generation.with_user(self.writer).action_choose_cover()
        covers = self.env["blog.ai.cover"].with_user(self.writer)
        covers.search(action["domain"]).filtered("seed")[0].action_use()
        self.assertTrue(self.written.blog_ai_cover_seed)

    def test_its_post_finds_posts_that_could_link_to_it(self):
        self.switch_off()
        action = self.written.with_user(self.writer).action_blog_ai_could_link_here()
        self.assertEqual(action["res_model"], "blog.post")

    def test_a_translation_from_it_can_be_opened(self):
        translation = self.translate()
        self.answer(translation)
        translation.source_lang = "de_DE"
        self.switch_off()
        form = Form(translation.with_user(self.writer))
        self.assertTrue(form.translation_html)

    def test_short_links_of_its_texts_lead_to_the_page(self):
        self.post.social_ids = [
            Command.create({"network": "x", "text": "Lemons like sun."})
        ]
        self.answer(self.translate(publish="now"))
        (copy,) = self.post.blog_ai_social_translation_ids
        self.switch_off()
        self.assertEqual(copy._page_url(), self.post.website_absolute_url)

    def test_a_new_version_in_it_can_be_used(self):
        self.written.content = "<p>Start.</p><h2>Wasser</h2><p>Regen.</p>"
        proposed = llm.Refresh(llm.Renewal("x", ((1, "<p>Tau.</p>"),)), ())
        with patch.object(llm, "propose_refresh", lambda *_args: proposed):
            self.written.with_user(self.writer).action_blog_ai_refresh()
        check = self.written.blog_ai_refresh_ids.with_user(self.writer)
        self.assertEqual((check.state, check.lang), ("proposed", "de_DE"))
        self.switch_off()
        check.action_approve()
        self.assertIn("Tau.", self.written.content)
