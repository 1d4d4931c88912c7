# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from lxml import etree, html

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from ..content import text_digest
from ..models.blog_ai_generation_review import ACTIVITY
from ..models.blog_post_social import NETWORKS
from ..pump import Limits
from .common import outcome_of
from .test_translation import TranslationCase


@tagged("post_install", "-at_install")
class TestTranslationReviewer(TranslationCase):
    """The reviewer of a translation is asked as for a draft."""

    def activities(self, post=None):
        return (post or self.post).activity_search([ACTIVITY])

    def asked(self, lang="fr_FR", **values):
        generations = self.env["blog.ai.generation"]
        return generations.create(
            {
                **generations._prepare_translation(self.post, "en_US", lang),
                "provider_id": self.offline.id,
                "reviewer_id": self.writer.id,
                **values,
            }
        )

    def translated(self, meanwhile=None, **values):
        translation = self.asked(**values)
        self.attempt(translation, meanwhile=meanwhile)
        self.assertEqual(translation.state, "done")
        return translation

    def test_the_reviewer_gets_an_activity_that_names_the_language(self):
        self.translated()
        activity = self.activities()
        self.assertEqual(activity.user_id, self.writer)
        self.assertIn("French", activity.summary)

    def test_each_language_has_its_own_which_its_decision_closes(self):
        french, german = self.translated(), self.translated(lang="de_DE")
        self.assertEqual(len(self.activities()), 2)
        french.with_user(self.writer)._approve()
        self.assertEqual(self.activities(), german.review_activity_id)
        german.with_user(self.writer)._reject("Too long.", again=False)
        self.assertFalse(self.activities())

    def test_the_decision_on_a_draft_leaves_those_of_its_translations(self):
        article = self.ask(reviewer_id=self.writer.id)
        self.attempt(article)
        self.post = article.post_id
        translation = self.translated()
        self.assertEqual(len(self.activities()), 2)
        article.with_user(self.writer)._approve()
        self.assertEqual(self.activities(), translation.review_activity_id)

    def test_nobody_is_asked_about_what_is_shown_at_once_or_has_no_reviewer(self):
        self.translated(publish=True)
        self.translated(lang="de_DE", reviewer_id=False)
        self.assertFalse(self.activities())

    def test_a_language_that_was_switched_off_meanwhile_is_named_by_its_code(self):
        self.translated(lambda: self.french.write({"active": False}), publish=True)
        self.assertIn("fr_FR", self.activities().summary)

    def test_a_review_that_is_withdrawn_closes_it(self):
        self.translated().unlink()
        self.assertFalse(self.activities())

    def test_a_later_one_that_visitors_see_decides_those_before(self):
        german, first = self.translated(lang="de_DE"), self.translated()
        second = self.translated()
        second.with_user(self.writer)._approve()
        self.assertEqual(first.review_state, "rejected")
        note = "A later translation was approved in its place."
        self.assertEqual(first.review_note, note)
        self.assertEqual(first.rewrite_id, second)
        self.assertEqual(self.activities(), german.review_activity_id)
        with self.assertRaisesRegex(UserError, note):
            first.with_user(self.writer)._approve()

    def test_one_that_is_shown_at_once_decides_those_before(self):
        first = self.translated()
        self.translated(publish=True)
        self.assertEqual(first.review_state, "rejected")
        note = "A later translation took its place."
        self.assertEqual(first.review_note, note)

    def test_those_before_are_found_by_one_search_for_all_that_are_shown(self):
        french, german = self.translated(), self.translated(lang="de_DE")
        shown = self.asked(publish=True) + self.asked("de_DE", publish=True)
        shown.flush_recordset()
        claims = shown._claim(2, Limits.of(self.env), shown.ids)
        searches = self.env.registry["blog.ai.generation"]
        search = patch.object(
            searches,
            "_waiting_translations",
            autospec=True,
            side_effect=searches._waiting_translations,
        )
        with search as searched:
            shown._store(*map(outcome_of, claims))
        self.assertEqual(searched.call_count, 1)
        self.assertEqual({french.review_state, german.review_state}, {"rejected"})
        self.assertEqual((french + german).rewrite_id, shown)

    def test_one_before_that_is_approved_leaves_the_later_one(self):
        first, later = self.translated(), self.translated()
        first.with_user(self.writer)._approve()
        self.assertEqual(later.review_state, "pending")

    def test_the_reviewer_reads_every_text_that_an_approval_writes(self):
        self.post.write(
            {
                "teaser_manual": "Lemons like warm walls.",
                "website_meta_description": "How lemons live in pots.",
                "website_meta_keywords": "lemons, pots",
                "social_ids": [
                    Command.create({"network": key, "text": f"{name}:\nlemons!"})
                    for key, name in NETWORKS
                ],
            }
        )
        translation = self.asked()
        self.answer(translation)
        page = html.fromstring(translation.translation_html)
        texts = dict(translation.translation["fields"])
        self.assertEqual(len(texts), 10)
        del texts["title"]  # It is the heading of the form.
        for key, text in texts.items():
            self.assertIn(text, page.text_content(), key)
        seo = ["SEO title", "SEO description", "Keywords"]
        networks = [f"Text for {name}" for _key, name in NETWORKS]
        self.assertEqual(page.xpath(".//dt/text()"), seo + networks)
        self.assertEqual(page.xpath(".//dd/text()")[-1], texts["linkedin"])
        french = translation.with_context(lang="fr_FR").translation_html
        self.assertIn("Texte pour LinkedIn", french)

    def test_the_text_to_read_is_above_the_details_until_it_is_decided(self):
        translation = self.translated()
        arch = etree.fromstring(translation.get_view(view_type="form")["arch"])
        found = arch.xpath("//field[@name='translation_html']/..")
        self.assertTrue(arch.xpath("//div[@name='to_read']/following-sibling::group"))
        for state, shown in (("pending", "to_read"), ("approved", "translation")):
            values = {"kind": "translation", "review_state": state}
            seen = [
                part.get("name")
                for part in found
                if not safe_eval(part.get("invisible"), dict(values))
            ]
            self.assertEqual(seen, [shown])

    def test_the_dialog_of_a_rejection_names_the_language(self):
        wizards = self.env["blog.ai.reject"].with_user(self.writer)
        translation = self.translated()
        form = Form(wizards.with_context(default_generation_id=translation.id))
        self.assertEqual((form.post_id, form.lang), (self.post, "fr_FR"))

    def test_the_reviewer_of_a_draft_is_asked_for_each_language(self):
        langs = (self.french + self.german).ids
        article = self.ask(reviewer_id=self.writer.id, translation_lang_ids=langs)
        self.attempt(article)
        article.with_user(self.writer)._approve()
        for translation in article.post_id.blog_ai_translation_ids:
            self.attempt(translation)
        activities = self.activities(article.post_id)
        self.assertEqual(len(activities), 2)
        self.assertEqual(activities.user_id, self.writer)


@tagged("post_install", "-at_install")
class TestTranslationLabel(TranslationCase, HttpCase):
    """The page of each language says in that language what a model did to its text."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        website = cls.env["website"].get_current_website()
        website.language_ids = [Command.link(cls.french.id)]

    def label(self, lang="", post=None):
        """Return the text of the label on a page; empty without one."""
        self.env.flush_all()
        self.authenticate(None, None)
        prefix = f"/{lang}" if lang else ""
        answer = self.url_open(f"{prefix}{(post or self.post).website_url}")
        self.assertEqual(answer.status_code, 200)
        root = html.fromstring(answer.content)
        notes = root.xpath("//*[@id='o_wblog_post_content']//*[@role='note']")
        return "".join(note.text_content() for note in notes)

    def test_the_text_of_a_person_is_labelled_where_a_model_translated_it(self):
        generation = self.translate(publish="now")
        self.assertEqual(self.label("fr"), "")
        self.answer(generation)
        french = self.in_language("fr_FR")._blog_ai_label()
        self.assertTrue(french)
        self.assertEqual(self.label("fr"), french)
        self.assertEqual(self.label(), "")

    def test_a_written_post_is_labelled_in_the_language_of_the_page(self):
        article = self.ask(publish=True)
        self.attempt(article)
        post = article.post_id
        self.answer(self.translate(post, publish="now"))
        self.blog.with_context(lang="en_US").blog_ai_label_text = "By AI."
        self.blog.with_context(lang="fr_FR").blog_ai_label_text = "Par l'IA."
        self.assertEqual(self.label(post=post), "By AI.")
        self.assertEqual(self.label("fr", post), "Par l'IA.")

    def test_a_post_that_a_person_answers_for_is_labelled_in_other_languages(self):
        article = self.ask(publish=True)
        self.attempt(article)
        post = article.post_id
        self.answer(self.translate(post, publish="now"))
        post.with_user(self.writer).action_blog_ai_examined()
        self.assertEqual(self.label(post=post), "")
        self.assertTrue(self.label("fr", post))

    def test_who_examined_one_language_has_not_examined_another(self):
        article = self.ask(publish=True)
        self.attempt(article)
        post = article.post_id
        generation = self.translate(post, publish="now")
        self.answer(generation)
        wrote = "Ce texte a été rédigé et traduit par une intelligence artificielle"
        self.assertIn(f"{wrote} (IA).", self.label("fr", post))
        self.blog.blog_ai_label = "always"
        post.with_user(self.writer).action_blog_ai_examined()
        self.assertIn("reviewed", self.label(post=post))
        self.assertIn(f"{wrote} (IA).", self.label("fr", post))
        post.content = post.content.replace(" the ", " our ", 1)
        self.assertIn("edited", self.label(post=post))
        self.assertIn(f"{wrote} (IA).", self.label("fr", post))
        generation.with_user(self.writer).action_examined()
        self.assertIn("edited", self.label(post=post))
        self.assertIn("relu", self.label("fr", post))
        self.blog.blog_ai_label = "unreviewed"
        self.assertIn("edited", self.label(post=post))
        self.assertEqual(self.label("fr", post), "")

    def test_no_label_is_on_a_translation_that_its_reviewer_answers_for(self):
        generation = self.translate()
        self.answer(generation)
        action = generation.with_user(self.writer).action_approve()
        approval = self.env[action["res_model"]].with_user(self.writer)
        wizard = Form(approval.with_context(**action["context"]))
        self.assertFalse(wizard.responsible, "Nobody takes it by accident.")
        wizard.responsible = True
        wizard.save().action_approve()
        self.assertEqual(self.label("fr"), "")
        line = self.post.message_ids[0]
        self.assertIn("examined the translation into French", line.body)
        self.assertIn(self.fingerprint(), line.body)
        self.assertEqual(line.author_id, self.writer.partner_id)

    def fingerprint(self):
        return text_digest("fr_FR", self.in_language("fr_FR").content)

    def test_an_upgrade_finds_the_translations_that_were_examined(self):
        spanish = self.env["res.lang"]._activate_lang("es_ES")
        for lang in self.french + self.german:
            self.answer(self.translate(langs=lang, publish="now"))
        self.answer(self.translate(langs=spanish))
        # An earlier version struck a language off the list once it was examined.
        self.post.blog_ai_translated_langs = ["de_DE"]
        for _time in range(2):
            script = "19.0.1.5.0/post-examined-languages.py"
            self.run_migration(script, "19.0.1.4.0")
            langs = self.post.blog_ai_translated_langs
            self.assertEqual(langs, ["de_DE", "fr_FR"])
            self.assertEqual(self.post.blog_ai_examined_langs, ["fr_FR"])
        self.blog.blog_ai_label = "always"
        self.assertIn("relu", self.label("fr"))

    def test_somebody_takes_responsibility_afterwards(self):
        generation = self.translate(publish="now")
        self.answer(generation)
        self.assertTrue(generation.is_unexamined)
        reader = new_test_user(self.env, "unit-reads", groups="base.group_user")
        with self.assertRaises(AccessError):
            generation.with_user(reader).action_examined()
        generation.with_user(self.writer).action_examined()
        self.assertFalse(generation.is_unexamined)
        self.assertEqual(self.label("fr"), "")
        self.assertIn(self.fingerprint(), self.post.message_ids[0].body)
        self.answer(self.translate(publish="now"))
        self.assertTrue(generation.is_unexamined, "A new translation is another text.")

    def test_the_banner_of_a_translation_says_what_its_page_says(self):
        article = self.ask(publish=True)
        self.attempt(article)
        post = article.post_id
        generation = self.translate(post, publish="now")
        self.answer(generation)
        wrote = self.label("fr", post)
        until = "Until somebody takes responsibility"
        self.assertIn(f"“{wrote}”", generation.unexamined_note)
        self.assertTrue(generation.unexamined_note.startswith(until))
        post.with_user(self.writer).action_blog_ai_examined()
        translated = self.label("fr", post)
        self.assertNotEqual(translated, wrote)
        self.assertIn(f"“{translated}”", generation.unexamined_note)
        self.assertTrue(generation.unexamined_note.startswith(until))
        self.blog.blog_ai_label = "always"
        self.assertEqual(self.label("fr", post), wrote)
        self.assertIn(f"says about the text: “{wrote}”", generation.unexamined_note)
        self.blog.blog_ai_label = "never"
        self.assertEqual(self.label("fr", post), "")
        self.assertIn("shows no label", generation.unexamined_note)
        generation.with_user(self.writer).action_examined()
        self.assertFalse(generation.unexamined_note)
        form = generation.get_view(view_type="form")["arch"]
        (banner,) = etree.fromstring(form).xpath("//div[@data-blog-ai='unexamined']")
        self.assertEqual(banner.xpath("./field/@name"), ["unexamined_note"])

    def test_nobody_takes_responsibility_for_a_post_that_is_gone(self):
        generation = self.translate(publish="now")
        self.answer(generation)
        self.post.unlink()
        with self.assertRaisesRegex(UserError, "The post was deleted"):
            generation.with_user(self.writer).action_examined()

    def test_the_copy_of_a_post_is_labelled_in_the_same_languages(self):
        self.answer(self.translate(publish="now"))
        copied = self.post.with_user(self.writer).copy()
        self.assertTrue(copied.with_context(lang="fr_FR")._blog_ai_label())
        self.assertFalse(copied.with_context(lang="en_US")._blog_ai_label())

    def test_a_blog_that_never_labels_labels_no_translation(self):
        self.answer(self.translate(publish="now"))
        self.blog.blog_ai_label = "never"
        self.assertEqual(self.label("fr"), "")

    def test_the_label_stays_in_its_language_when_the_addon_goes(self):
        self.answer(self.translate(publish="now"))
        self.env.flush_all()
        self.env["blog.post"]._blog_ai_keep_labels()
        self.assertIn("o_blog_ai_label", self.in_language("fr_FR").content)
        for lang in ("en_US", "de_DE"):
            self.assertNotIn("o_blog_ai_label", self.in_language(lang).content)
