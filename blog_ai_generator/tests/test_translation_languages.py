# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..models.blog_ai_generation_state import UPDATED
from ..utils import cost_text
from .common import create_provider
from .test_translation import TranslationCase


@tagged("post_install", "-at_install")
class TestLanguagesOfTheWebsite(TranslationCase):
    """A translation is paid for in vain in a language that visitors can't choose."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        websites = cls.env["website"].search([])
        websites.language_ids = cls.env.ref("base.lang_en") + cls.german
        websites.default_lang_id = cls.env.ref("base.lang_en")

    def test_the_wizards_say_which_language_visitors_can_not_choose(self):
        wizards = self.env["blog.ai.write"].with_user(self.writer)
        wizard = wizards.new({"blog_id": self.blog.id})
        self.assertFalse(wizard.hidden_note)
        wizard.translation_lang_ids = self.german + self.french
        self.assertIn("visitors can't choose them: French", wizard.hidden_note)
        self.assertNotIn("German", wizard.hidden_note)
        wizards = self.env["blog.ai.translate"].with_user(self.writer)
        wizard = wizards.new({"post_ids": self.post.ids, "lang_ids": self.german.ids})
        self.assertFalse(wizard.lang_note)
        wizard.lang_ids = self.french
        self.assertIn("visitors can't choose them: French", wizard.lang_note)

    def test_a_database_with_one_language_says_where_to_add_others(self):
        self.env["website"].search([]).language_ids = self.env.ref("base.lang_en")
        (self.french + self.german).active = False
        wizards = self.env["blog.ai.translate"].with_user(self.writer)
        wizard = wizards.new({"post_ids": self.post.ids})
        self.assertIn("No other language is installed", wizard.lang_note)

    def test_the_window_says_which_translation_waits_already(self):
        wizards = self.env["blog.ai.translate"].with_user(self.writer)
        wizard = wizards.new({"post_ids": self.post.ids})
        self.assertFalse(wizard.waiting_note)
        self.attempt(self.translate(langs=self.german))
        running = self.translate()
        wizard = wizards.new({"post_ids": self.post.ids})
        first, second = wizard.waiting_note.split("\n")
        self.assertIn("French / Français: being translated now (Lemons in pots)", first)
        self.assertIn("German / Deutsch: a translation is waiting for review", second)
        self.assertFalse(wizard.lang_ids)
        self.attempt(running)
        running.with_user(self.writer)._approve()
        wizard = wizards.new({"post_ids": self.post.ids})
        self.assertNotIn("French", wizard.waiting_note)

    def test_the_window_says_about_what_the_translations_cost(self):
        prices = {"price_in": 1.0, "price_out": 4.0}
        paid = create_provider(self.env, "k", name="Box", preset="openai", **prices)
        posts = self.post + self.post.copy()
        lengths = [post._blog_ai_length_in("en_US") for post in posts]
        each = sum(map(paid._prices().estimate_translation, lengths))
        wizards = self.env["blog.ai.translate"].with_user(self.writer)
        for langs in (self.french, self.french + self.german):
            wizard = wizards.new(
                {
                    "post_ids": posts.ids,
                    "lang_ids": langs.ids,
                    "provider_id": paid.id,
                }
            )
            cost = cost_text(self.env, len(langs) * each, paid.currency_id, 1)
            self.assertEqual(wizard.cost_note, f"about {cost}")
        paid.is_free = True
        wizard.invalidate_recordset(["cost_note"])
        self.assertEqual(wizard.cost_note, "free of charge")
        wizard.lang_ids = False
        self.assertFalse(wizard.cost_note)

    def test_the_window_names_no_price_that_is_not_known(self):
        unlisted = {"preset": "openai", "model": "unheard-of"}
        provider = create_provider(self.env, "k", name="Box", **unlisted)
        wizards = self.env["blog.ai.translate"].with_user(self.writer)
        wizard = wizards.new({"post_ids": self.post.ids, "lang_ids": self.french.ids})
        wizard.provider_id = provider
        self.assertEqual(wizard.cost_note, "not known")
        self.post.content = f"<p>{'Lemons like sun. ' * 2000}</p>"
        wizard.invalidate_recordset(["cost_note"])
        self.assertFalse(wizard.cost_note, "It can't be translated at once.")

    def test_a_language_that_is_translated_already_is_not_ticked_again(self):
        first = self.translate()
        self.attempt(first)
        chosen = first.action_translate_again()["context"]["default_lang_ids"]
        self.assertEqual(chosen, self.french.ids)
        second = self.translate()
        action = first.action_translate_again()
        self.assertEqual(action["context"]["default_lang_ids"], [])
        second.action_cancel()
        action = first.action_translate_again()
        self.assertEqual(action["context"]["default_lang_ids"], self.french.ids)

    def test_the_translation_says_so_until_the_website_has_the_language(self):
        translation = self.translate()
        self.attempt(translation)
        self.assertIn("approve it to put it there", translation.review_note)
        self.assertIn("visitors can't choose them: French", translation.review_note)
        translation.with_user(self.writer)._approve()
        self.assertEqual(translation.state_note.count("can't choose"), 1)
        self.env["website"].search([]).language_ids += self.french
        translation.invalidate_recordset(["state_note", "review_note"])
        self.assertNotIn("can't choose", translation.state_note)

    def opened(self, generation) -> str:
        return generation.action_open_post()["params"]["path"]

    def test_a_translation_opens_the_page_in_its_language(self):
        translation = self.translate(langs=self.german)
        self.attempt(translation)
        self.assertEqual(self.opened(translation), self.post.website_url)
        translation.with_user(self.writer)._approve()
        in_german = self.post.with_context(lang="de_DE").website_url
        self.assertEqual(self.opened(translation), f"/de{in_german}")

    def test_it_opens_in_the_default_language_where_its_own_has_no_pages(self):
        translation = self.translate()
        self.attempt(translation)
        translation.with_user(self.writer)._approve()
        self.assertEqual(self.opened(translation), self.post.website_url)

    def test_no_link_leads_into_a_language_that_the_website_has_no_more(self):
        paths = [self.blog._blog_ai_path_in(x, "/b") for x in ("de_DE", "fr_FR")]
        self.assertEqual(paths, ["/de/b", "/b"])
        self.french.active = False
        self.assertEqual(self.blog._blog_ai_path_in("fr_FR", "/b"), "/b")

    def test_a_post_lists_the_translations_that_were_asked_for_with_it(self):
        article = self.ask(publish=True, translation_lang_ids=self.german.ids)
        self.attempt(article)
        action = article.action_open_translations()
        listed = self.env["blog.ai.generation"].search(action["domain"])
        self.assertEqual((listed.kind, listed.lang), ("translation", "de_DE"))
        self.assertFalse(listed.translated_title)
        self.attempt(listed)
        title = listed.translation["fields"]["title"]
        self.assertEqual(listed.translated_title, title)
        arch = etree.fromstring(listed.get_view(*action["views"][0])["arch"])
        self.assertTrue(arch.xpath("//field[@name='translated_title']"))
        self.assertFalse(arch.xpath("//header/button[@display='always']"))

    def test_the_heading_is_the_title_in_the_language_of_the_translation(self):
        generations = self.env["blog.ai.generation"]
        arch = etree.fromstring(generations.get_view(view_type="form")["arch"])
        for title, shown in (("", ["topic"]), ("Citrons", ["translated_title"])):
            seen = [
                field.get("name")
                for field in arch.xpath("//h1/field")
                if not safe_eval(field.get("invisible"), {"translated_title": title})
            ]
            self.assertEqual(seen, shown)
        (topic,) = arch.xpath("//group/field[@name='topic']")
        self.assertEqual(topic.get("invisible"), "not translated_title")

    def test_a_post_that_is_translated_later_lists_its_translations_too(self):
        article = self.ask(publish=True)
        self.attempt(article)
        arch = etree.fromstring(article.get_view(view_type="form")["arch"])
        (button,) = arch.xpath("//button[@name='action_open_translations']")
        hidden = button.get("invisible")

        def is_hidden():
            names = ("kind", "translation_langs", "has_translations")
            article.invalidate_recordset()
            return safe_eval(hidden, {name: article[name] for name in names})

        self.assertTrue(is_hidden())
        translation = self.translate(article.post_id)
        self.assertFalse(is_hidden())
        self.assertEqual(article.translation_count, 1)
        listed = article.search(article.action_open_translations()["domain"])
        self.assertEqual(listed, translation)
        translation.action_cancel()
        translation.unlink()
        self.assertTrue(is_hidden())

    def test_form_and_window_name_the_translations_that_wait(self):
        article = self.ask(translation_lang_ids=(self.french + self.german).ids)
        self.attempt(article)
        wizards = self.env["blog.ai.approve"].with_user(self.writer)
        window = wizards.with_context(default_generation_id=article.id)
        german, french = article.post_id.blog_ai_translation_ids.sorted("lang")
        article.invalidate_recordset()
        unready = "Not ready yet: the translation into French / Français and German"
        self.assertIn(unready, Form(window).waiting_note)
        updated = self.sent_on_bus(UPDATED, self.attempt, french)
        self.assertTrue(any(article.id in it["ids"] for it in updated))
        article.invalidate_recordset()
        waits = "Waiting for approval: the translation into French / Français."
        for note in (article.waiting_note, Form(window).waiting_note):
            self.assertIn(waits, note)
            self.assertIn("Not ready yet: the translation into German", note)
        self.assertFalse(french.waiting_note)
        action = Form(window).save().action_review_translations()
        self.assertEqual(action["res_model"], article._name)
        self.assertEqual(action["res_id"], french.id)
        self.attempt(german)
        both = article.search(article.action_review_translations()["domain"])
        self.assertEqual(both, french + german)
        for translation in both:
            translation.with_user(self.writer)._approve()
        article.invalidate_recordset()
        self.assertFalse(article.waiting_note)

    def test_the_dialog_names_the_language_that_is_approved(self):
        translation = self.translate()
        self.attempt(translation)
        wizards = self.env["blog.ai.approve"].with_user(self.writer)
        form = Form(wizards.with_context(default_generation_id=translation.id))
        self.assertEqual(form.lang, "fr_FR")
        self.assertEqual(form.post_id, self.post)
