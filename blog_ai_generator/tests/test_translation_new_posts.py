# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch
from urllib.parse import urlsplit

from odoo.exceptions import UserError
from odoo.tests import tagged

from .. import hooks
from .test_translation import TranslationCase


@tagged("post_install", "-at_install")
class TestTranslationOfNewPosts(TranslationCase):
    def translations(self, article):
        return article.post_ids.blog_ai_translation_ids

    def test_a_post_published_at_once_is_translated_at_once(self):
        langs = (self.french + self.german).ids
        article = self.ask(publish=True, translation_lang_ids=langs)
        self.attempt(article)
        translations = self.translations(article)
        self.assertEqual(set(translations.mapped("lang")), {"fr_FR", "de_DE"})
        for translation in translations:
            self.attempt(translation)
        post = article.post_id
        self.assertTrue(self.in_language("fr_FR", post).name.startswith("[FR] "))
        self.assertTrue(self.in_language("de_DE", post).name.startswith("[DE] "))

    def test_a_draft_is_translated_once_it_is_approved(self):
        article = self.ask(
            reviewer_id=self.writer.id, translation_lang_ids=self.french.ids
        )
        self.attempt(article)
        self.assertFalse(self.translations(article))
        article.with_user(self.writer)._approve()
        translation = self.translations(article)
        self.assertEqual((translation.state, translation.lang), ("queued", "fr_FR"))
        self.attempt(translation)
        self.assertEqual(translation.review_state, "pending")
        self.assertEqual(translation.reviewer_id, self.writer)

    def test_a_rejected_draft_is_not_paid_for_in_other_languages(self):
        article = self.ask(
            reviewer_id=self.writer.id, translation_lang_ids=self.french.ids
        )
        self.attempt(article)
        article.with_user(self.writer)._reject("Too vague.", again=False)
        self.assertFalse(
            article.with_context(active_test=False).post_ids.mapped(
                "blog_ai_translation_ids"
            )
        )

    def test_the_own_language_and_one_that_was_switched_off_are_left_out(self):
        english = self.env.ref("base.lang_en")
        article = self.ask(translation_lang_ids=(english + self.german).ids)
        self.german.active = False
        self.attempt(article)
        self.assertEqual(article.state, "done")
        self.assertFalse(self.translations(article))

    def test_a_post_that_can_not_be_translated_is_kept_with_a_note(self):
        article = self.ask(translation_lang_ids=self.french.ids)
        refusal = UserError("It is too long.")
        posts = self.registry["blog.post"]
        with patch.object(posts, "_blog_ai_check_translatable", side_effect=refusal):
            self.attempt(article)
        self.assertEqual(article.state, "done")
        self.assertTrue(article.post_id)
        self.assertIn("not translated: It is too long.", article.repairs)


@tagged("post_install", "-at_install")
class TestTranslatedSocialCopy(TranslationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post.published_date = "2020-01-01 00:00:00"
        cls.env["website"].search([]).language_ids += cls.french
        texts = cls.env["blog.post.social"]
        values = {"post_id": cls.post.id, "network": "x", "text": "Read of lemons"}
        cls.own = texts.create(values)

    def test_each_language_has_its_own_text_and_link(self):
        generation = self.translate(publish="now")
        self.answer(generation)
        copy = self.post.blog_ai_social_translation_ids
        self.assertEqual((copy.lang, copy.network), ("fr_FR", "x"))
        self.assertEqual(copy.text, "FR Read of lemons")
        self.assertEqual(copy.link, f"{self.post.get_base_url()}/r/{copy.code}")
        self.assertEqual(self.post.social_ids, self.own)
        self.assertEqual(self.own.text, "Read of lemons")
        self.assertNotEqual(self.own.link, copy.link)

    def test_its_short_link_leads_to_the_page_in_its_language_and_counts(self):
        self.answer(self.translate(publish="now"))
        copy = self.post.blog_ai_social_translation_ids
        trackers, clicks = self.env["link.tracker"], self.env["link.tracker.click"]
        target = urlsplit(trackers.get_url_from_code(copy.code))
        self.assertEqual(target.path, f"/fr{self.in_language('fr_FR').website_url}")
        self.assertIn("utm_source=X", target.query)
        self.assertEqual(copy.tracker_id.title, self.in_language("fr_FR").name)
        english = urlsplit(trackers.get_url_from_code(self.own.code))
        self.assertFalse(english.path.startswith("/fr"))
        for number, code in enumerate((copy.code, self.own.code, copy.code)):
            clicks.sudo().add_click(code, ip=f"192.0.2.{number}")
        self.post.invalidate_recordset(["blog_ai_clicks"])
        self.assertEqual(self.post.blog_ai_clicks, 3)

    def test_uninstalling_keeps_its_short_link(self):
        self.answer(self.translate(publish="now"))
        hooks.keep_short_links(self.env)
        copy = self.post.blog_ai_social_translation_ids
        self.assertIn("/fr/blog/", copy.tracker_id.url)

    def test_a_text_that_a_person_edited_is_kept(self):
        self.answer(self.translate(publish="now"))
        copy = self.post.blog_ai_social_translation_ids
        copy.with_user(self.writer).text = "Mon texte"
        self.answer(self.translate(publish="now"))
        self.assertEqual(self.post.blog_ai_social_translation_ids, copy)
        self.assertEqual(copy.text, "Mon texte")

    def test_an_edited_text_for_a_network_makes_no_translation_old(self):
        generation = self.translate(publish="now")
        self.answer(generation)
        self.own.text = "Read of limes"
        self.assertFalse(generation.is_outdated)

    def test_nobody_sees_it_before_it_is_approved(self):
        self.answer(self.translate())
        self.assertFalse(self.post.blog_ai_social_translation_ids)
