# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import llm
from ..pump import Answered, Limits
from .common import BlogAiCase, call_that_used

SECTION = (
    '<section class="s_text_block"><div><p>Lemons like <strong>sun</strong> and '
    'water.</p><p>Read <a href="/blog/lemons-1">our guide</a> first.</p>'
    '<img src="/x.png" alt="A lemon tree"><p>2026</p></div></section>'
)


class TranslationCase(BlogAiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        langs = cls.env["res.lang"]
        cls.french = langs._activate_lang("fr_FR")
        cls.german = langs._activate_lang("de_DE")
        cls.post = cls.env["blog.post"].create(
            {
                "name": "Lemons in pots",
                "subtitle": "Sun and water",
                "content": SECTION,
                "blog_id": cls.blog.id,
                "website_meta_title": "Lemons",
                "is_published": True,
            }
        )
        cls.german_words = {"Lemons like <strong>sun</strong> and water.": "Zitronen."}
        german = {"de_DE": cls.german_words}
        cls.post.update_field_translations("content", german)
        cls.post.update_field_translations("name", {"de_DE": "Zitronen"})

    def translate(self, post=None, langs=None, user=None, **values):
        wizard = self.env["blog.ai.translate"].with_user(user or self.writer)
        wizard = wizard.create(
            {
                "post_ids": (post or self.post).ids,
                "lang_ids": (langs or self.french).ids,
                "provider_id": self.offline.id,
                **values,
            }
        )
        action = wizard.action_translate()
        generations = self.env["blog.ai.generation"]
        if "res_id" in action:
            return generations.browse(action["res_id"])
        return generations.search(action["domain"])

    def answer(self, generation, **texts):
        """Let a model answer with a mark before each text, or with other texts.

        :param texts: by their keys; None leaves one out
        """
        generation.flush_recordset()
        (claim,) = generation._claim(1, Limits.of(self.env), generation.ids)
        sent = llm.translation.texts_of(claim.request)
        found = {key: f"FR {text}" for key, text in sent.items()} | texts
        found = {key: text for key, text in found.items() if text is not None}
        checked = llm.translation.check_translation(
            json.dumps(found), claim.request, claim.request.source
        )
        call = call_that_used(llm.Usage(90, 80), kind="translation")
        answer = llm.Translated(checked, (call,))
        generation._store(Answered(claim, answer))
        return claim

    def in_language(self, lang, post=None):
        return (post or self.post).with_context(lang=lang)


@tagged("post_install", "-at_install")
class TestTranslation(TranslationCase):
    def test_every_text_is_translated_and_nothing_else_changes(self):
        generation = self.translate(publish="now")
        self.answer(generation)
        french = self.in_language("fr_FR")
        self.assertEqual(french.name, "FR Lemons in pots")
        self.assertEqual(french.subtitle, "FR Sun and water")
        self.assertEqual(french.website_meta_title, "FR Lemons")
        self.assertIn("<p>FR Lemons like <strong>sun</strong> and", french.content)
        self.assertIn('<a href="/blog/lemons-1">FR our guide</a>', french.content)
        self.assertIn('alt="FR A lemon tree"', french.content)
        self.assertIn("<p>2026</p>", french.content)
        english = self.in_language("en_US")
        self.assertEqual(english.name, "Lemons in pots")
        self.assertEqual(english.content, SECTION)

    def test_a_comment_in_the_page_stops_nothing(self):
        self.post.content = SECTION.replace("<p>2026", "<!-- note --><p>2026")
        self.answer(self.translate(publish="now"))
        self.assertIn("FR Lemons like", self.in_language("fr_FR").content)

    def test_no_other_language_is_touched(self):
        before = self.in_language("de_DE").content
        self.assertIn("Zitronen.", before)
        self.answer(self.translate(publish="now"))
        german = self.in_language("de_DE")
        self.assertEqual(german.content, before)
        self.assertEqual(german.name, "Zitronen")

    def test_it_is_a_generation_of_its_own_kind_with_its_own_call(self):
        generation = self.translate()
        self.assertEqual(generation.kind, "translation")
        self.assertEqual(generation.lang, "fr_FR")
        self.attempt(generation)
        self.assertEqual(generation.state, "done")
        call = generation.call_ids
        self.assertEqual((call.kind, call.outcome), ("translation", "ok"))
        self.assertEqual(call.prompt_version, llm.PROMPT_VERSIONS["translation"])
        self.assertGreater(call.tokens_in, 0)

    def test_its_post_is_the_translated_one_once_it_is_done(self):
        post = self.env["blog.post"]
        article = self.ask()
        self.attempt(article)
        post = article.post_id
        generation = self.translate(post)
        self.assertFalse(generation.post_id)
        self.attempt(generation)
        self.assertEqual(generation.post_id, post)
        self.assertEqual(post.blog_ai_generation_id, article)
        self.assertEqual(article.post_ids, post)
        self.assertEqual(post.blog_ai_translation_ids, generation)

    def test_an_article_can_not_claim_a_post_that_exists(self):
        refused = self.assertRaises(CheckViolation)
        with refused, mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.ask(translated_post_id=self.post.id).flush_recordset()

    def test_nobody_sees_it_before_it_is_approved(self):
        generation = self.translate()
        self.answer(generation)
        self.assertEqual(generation.review_state, "pending")
        self.assertEqual(self.in_language("fr_FR").name, "Lemons in pots")
        self.assertIn("FR our guide", generation.translation_html)
        approval = self.env["blog.ai.approve"].with_user(self.writer)
        approval.create({"generation_id": generation.id}).action_approve()
        self.assertEqual(self.in_language("fr_FR").name, "FR Lemons in pots")
        self.assertIn("FR our guide", self.in_language("fr_FR").content)
        self.assertEqual(generation.review_state, "approved")
        self.assertEqual(generation.reviewed_by, self.writer)

    def test_a_rejected_one_never_reaches_the_post_and_is_made_again(self):
        generation = self.translate()
        self.answer(generation)
        rejection = self.env["blog.ai.reject"].with_user(self.writer)
        rejection.create(
            {"generation_id": generation.id, "reason": "Say vous.", "again": True}
        ).action_reject()
        again = generation.rewrite_id
        self.assertEqual(again.translated_post_id, self.post)
        claim = self.answer(again)
        self.assertIn("Say vous.", claim.request.notes)
        self.assertTrue(self.post.active)
        self.assertEqual(self.in_language("fr_FR").name, "Lemons in pots")

    def test_a_text_that_changed_makes_it_older_than_the_text(self):
        generation = self.translate(publish="now")
        self.answer(generation)
        self.assertFalse(generation.is_outdated)
        self.in_language("fr_FR").website_meta_title = "Autre"
        self.assertFalse(generation.is_outdated)
        self.post.content = SECTION.replace("our guide", "our new guide")
        self.assertTrue(generation.is_outdated)

    def test_what_changed_before_the_approval_is_noted(self):
        generation = self.translate()
        self.answer(generation)
        self.post.content = SECTION.replace("our guide", "our new guide")
        generation._approve()
        self.assertIn("FR Lemons like", self.in_language("fr_FR").content)
        self.assertIn("our new guide", self.in_language("fr_FR").content)
        self.assertIn("not translated: 1", generation.repairs)

    def test_the_offline_writer_marks_its_sample(self):
        generation = self.translate(publish="now")
        self.attempt(generation)
        french = self.in_language("fr_FR")
        self.assertEqual(french.name, "[FR] Lemons in pots")
        self.assertIn("Sample translation into French (fr_FR)", french.content)

    def test_what_was_sent_is_shown_after_the_post_has_changed(self):
        self.offline.answer_format = "json_schema"
        generation = self.translate(publish="now")
        shown = generation._shown()
        self.assertIn('"t1"', shown.form)
        self.assertFalse(generation._shown_note())
        self.attempt(generation)
        self.post.write({"name": "Limes", "content": "<p>Limes like rain.</p>" * 9})
        self.assertEqual(generation._shown(), shown)
        self.assertFalse(generation._shown_note())
        self.post.unlink()
        self.assertEqual(generation._shown(), shown)

    def test_what_was_sent_is_emptied_with_the_details_of_its_call(self):
        article, translation = self.ask(), self.translate(publish="now")
        for generation in (article, translation):
            self.attempt(generation)
        self.env["blog.ai.call"]._gc_old_calls()
        self.assertTrue(translation.prompt_sent)
        calls = (article + translation).call_ids
        calls.flush_recordset()
        old = fields.Datetime.now() - timedelta(days=400)
        query = "UPDATE blog_ai_call SET create_date = %s WHERE id = ANY(%s)"
        self.env.cr.execute(query, [old, calls.ids])
        self.env["blog.ai.call"]._gc_old_calls()
        self.assertFalse(calls.exists())
        self.assertFalse(translation.prompt_sent)
        self.assertIn("was not kept", translation._shown_note())
        self.assertTrue(article.prompt_sent, "It is short.")

    def test_words_of_the_glossary_are_noted_as_for_an_article(self):
        terms = [("Lemons", "never"), ("Citron", "always")]
        self.blog.blog_ai_voice_id = self.env["blog.ai.voice"].create(
            {
                "name": "Grower",
                "term_ids": [(0, 0, {"word": w, "rule": rule}) for w, rule in terms],
            }
        )
        generation = self.translate()
        self.attempt(generation)
        for word in ("Lemons", "Citron"):
            self.assertIn(word, generation.repairs)

    def test_a_translation_has_the_voice_that_was_chosen_for_the_post(self):
        voice = self.env["blog.ai.voice"].create({"name": "Grower"})
        generation = self.ask(voice_id=voice.id)
        self.attempt(generation)
        post = generation.post_id
        self.assertEqual(self.translate(post).voice_id, voice)
        voice.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        self.assertFalse(self.translate(post, self.german).voice_id)

    def test_markup_of_a_model_is_text(self):
        generation = self.translate(publish="now")
        hostile = "<script>alert(1)</script><1>sun</1> <a href='//evil'>x</a>"
        self.answer(generation, t1=hostile)
        content = self.in_language("fr_FR").content
        self.assertNotIn("<script", content)
        self.assertNotIn("evil'>", content)
        self.assertIn("&lt;script&gt;", content)
        self.assertIn("<strong>sun</strong>", content)

    def test_lost_formatting_costs_the_formatting_only(self):
        generation = self.translate(publish="now")
        self.answer(generation, t1="Les citrons")
        self.assertIn("<p>Les citrons</p>", self.in_language("fr_FR").content)
        self.assertIn("formatting was lost", generation.repairs)

    def test_a_post_in_another_language_than_english_is_translated_too(self):
        blog = self.french_blog()
        french = self.env["blog.post"].with_context(lang="fr_FR")
        content = "<section><p>Le citron aime le soleil.</p></section>"
        values = {"name": "Citrons", "blog_id": blog.id, "content": content}
        post = french.create(values)
        english = self.env.ref("base.lang_en")
        generation = self.translate(post, english, publish="now")
        self.assertEqual(generation.source_lang, "fr_FR")
        self.answer(generation)
        self.assertEqual(self.in_language("en_US", post).name, "FR Citrons")
        self.assertIn("FR Le citron", self.in_language("en_US", post).content)
        self.assertEqual(self.in_language("fr_FR", post).content, content)


@tagged("post_install", "-at_install")
class TestTranslationRefused(TranslationCase):
    def test_a_language_is_translated_once_at_a_time(self):
        self.translate()
        with self.assertRaisesRegex(UserError, "being translated into French"):
            self.translate()
        self.assertEqual(self.translate(langs=self.german).lang, "de_DE")

    def test_each_language_counts_within_the_hours_limit(self):
        key = "blog_ai_generator.posts_per_hour"
        self.env["ir.config_parameter"].set_param(key, "1")
        with self.assertRaisesRegex(UserError, "in an hour is 1. Select"):
            self.translate(langs=self.french + self.german)
        self.translate()
        with self.assertRaisesRegex(UserError, r"in an hour \(1\)\. Wait until"):
            self.translate(langs=self.german)

    def test_the_language_of_the_post_is_refused(self):
        with self.assertRaisesRegex(UserError, "Choose other languages"):
            self.translate(langs=self.env.ref("base.lang_en"))
        with self.assertRaisesRegex(UserError, "at least one"):
            self.translate(lang_ids=[])

    def test_people_who_may_not_write_posts_translate_none(self):
        reader = self.env.ref("base.user_demo", raise_if_not_found=False)
        reader = reader or self.env["res.users"].create(
            {"name": "R", "login": "unit-reads"}
        )
        with self.assertRaises(UserError):
            self.translate(user=reader)

    def test_a_post_deleted_meanwhile_fails_without_a_call(self):
        generation = self.translate()
        self.post.unlink()
        self.assertEqual(generation._claim(1, Limits.of(self.env), generation.ids), [])
        self.assertEqual(generation.state, "failed")
        self.assertIn("deleted", generation.error)
        self.assertEqual(generation.call_ids.cost, 0)

    def test_a_post_that_grew_is_not_paid_for_beyond_the_reserve(self):
        generation = self.translate()
        self.post.content = SECTION + "<p>More and more words.</p>" * 400
        more = "".join(f"<p>Lemon number {n} grows.</p>" for n in range(300))
        self.post.content = SECTION + more
        self.assertEqual(generation._claim(1, Limits.of(self.env), generation.ids), [])
        self.assertEqual(generation.state, "failed")
        self.assertIn("become longer", generation.error)
        generation.with_user(self.writer).action_retry()
        self.attempt(generation)
        self.assertEqual(generation.state, "done")

    def test_an_answer_with_too_little_is_unusable(self):
        generation = self.translate()
        request = generation._translation_request()
        with self.assertRaises(llm.LLMError) as caught:
            llm.translation.check_translation('{"title": "Citrons"}', request)
        self.assertEqual(caught.exception.key, "unusable.incomplete")

    def test_an_article_costs_what_it_did(self):
        self.assertEqual(self.ask().source_octets, 0)
        generation = self.translate()
        self.assertGreater(generation.source_octets, len(SECTION) // 2)
