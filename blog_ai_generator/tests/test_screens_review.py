# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .test_translation import TranslationCase

GENERATION = "blog.ai.generation"


@tagged("post_install", "-at_install")
class TestScreensReview(TranslationCase):
    """Drafts, translations and their windows show and offer what fits them."""

    def form(self, model=GENERATION):
        return etree.fromstring(self.env[model].get_view(view_type="form")["arch"])

    def window(self, model, generation):
        wizards = self.env[model].with_user(self.writer)
        return Form(wizards.with_context(default_generation_id=generation.id))

    def draft(self, **values):
        generation = self.ask("Bees in June", **values)
        self.attempt(generation)
        return generation

    def translation(self, post=None, **values):
        generation = self.translate(post, **values)
        self.answer(generation)
        return generation

    def test_the_approval_of_a_translation_says_when_visitors_see_it(self):
        self.post.is_published = False
        translation = self.translation()
        effect = self.window("blog.ai.approve", translation).effect
        self.assertIn("not published yet", effect)
        self.post.is_published = True
        effect = self.window("blog.ai.approve", translation).effect
        self.assertIn("see these texts then", effect)
        self.post.post_date = fields.Datetime.now() + timedelta(days=9)
        effect = self.window("blog.ai.approve", translation).effect
        self.assertIn("when the post becomes visible", effect)
        self.assertFalse(self.window("blog.ai.approve", self.draft()).effect)

    def test_a_translation_of_a_post_for_later_is_seen_by_nobody_yet(self):
        translation = self.translation(publish="now")
        self.assertIn("visitors can see it", translation.state_note)
        self.post.post_date = fields.Datetime.now() + timedelta(days=9)
        self.assertIn("Visitors see it from", translation.state_note)

    def test_the_window_of_a_decision_names_the_title_of_the_draft(self):
        draft = self.draft()
        draft.post_id.name = "What bees do in June"
        for model in ("blog.ai.approve", "blog.ai.reject"):
            with self.subTest(model):
                shown = self.window(model, draft).post_id
                self.assertEqual(shown.display_name, "What bees do in June")
                arch = self.form(model)
                (topic,) = arch.xpath("//field[@name='generation_id']")
                self.assertEqual(topic.get("invisible"), "1")
                titles = arch.xpath("//field[@name='post_id']")
                for kind in ("article", "translation"):
                    seen = [
                        title.get("string")
                        for title in titles
                        if not safe_eval(title.get("invisible"), {"kind": kind})
                    ]
                    self.assertEqual(seen, ["Draft" if kind == "article" else None])

    def test_the_name_of_the_post_leads_to_its_form(self):
        (post,) = self.form().xpath("//group/field[@name='post_id']")
        self.assertNotIn("no_open", post.get("options", ""))

    def test_responsibility_is_taken_on_the_form_of_a_published_generation(self):
        generation = self.draft(publish=True)
        self.assertTrue(generation.is_unexamined)
        self.assertIn("(AI) wrote this text.”", generation.unexamined_note)
        reader = new_test_user(self.env, "unit-reads", groups="base.group_user")
        with self.assertRaises(AccessError):
            generation.with_user(reader).action_examined()
        generation.with_user(self.writer).action_examined()
        post = generation.post_id
        self.assertEqual(post.blog_ai_examined_by, self.writer)
        self.assertEqual(post.blog_ai_grade, "reviewed")
        self.assertFalse(generation.is_unexamined)
        self.assertFalse(generation.unexamined_note)

    def test_responsibility_for_a_text_is_asked_for_while_nobody_has_it(self):
        generation = self.draft()
        self.assertFalse(generation.is_unexamined, "“Publish” asks for it.")
        generation.post_id.is_published = True
        self.assertTrue(generation.is_unexamined)
        self.blog.blog_ai_label = "never"
        self.assertIn("shows no label", generation.unexamined_note)
        self.blog.blog_ai_label = "always"
        self.assertIn("this text. The page says: “", generation.unexamined_note)
        generation.with_user(self.writer).action_examined()
        post = generation.post_id
        post.content = post.content.replace(" the ", " our ", 1)
        self.assertTrue(generation.is_unexamined, "That is another text.")
        self.assertFalse(self.ask("Not written yet").is_unexamined)

    def test_the_translations_of_a_post_are_listed_with_their_languages(self):
        self.translation()
        action = self.draft().action_open_translations()
        self.assertLists(action)
        both = self.env["blog.ai.translate"].with_user(self.writer)
        langs = (self.french + self.german).ids
        wizard = both.create(
            {
                "post_ids": self.post.ids,
                "lang_ids": langs,
                "provider_id": self.offline.id,
            }
        )
        self.assertLists(wizard.action_translate())

    def assertLists(self, action):
        """Assert that a list shows each language, also if all are the same."""
        ((view, kind), _form) = action["views"]
        self.assertEqual(kind, "list")
        arch = self.env[GENERATION].get_view(view, "list")["arch"]
        (lang,) = etree.fromstring(arch).xpath("//field[@name='lang']")
        self.assertFalse(lang.get("class"))
        self.assertEqual(lang.get("optional"), "show")

    def test_a_form_has_one_main_button(self):
        draft = {"state": "done", "post_id": True, "kind": "article"}
        states = [
            {**draft, "review_state": "none", "is_plain_draft": True},
            {**draft, "review_state": "none", "is_plain_draft": False},
            {**draft, "review_state": "pending", "is_plain_draft": False},
            {**draft, "review_state": "approved", "is_plain_draft": False},
        ]
        for values in states:
            with self.subTest(**values):
                buttons = self.shown(values)
                main = [it for it in buttons if "btn-primary" in it.get("class", "")]
                self.assertEqual(len(main), 1, [it.get("name") for it in main])
                names = [it.get("name") for it in buttons]
                self.assertEqual(names.count("action_open_social"), 1, names)
                self.assertEqual(names.count("action_open_post"), 1, names)
                if values["is_plain_draft"]:
                    self.assertEqual(main[0].get("name"), "action_publish")

    def shown(self, values):
        """Return the buttons of the form that are not hidden, nor in what is."""
        unknown = dict.fromkeys(
            self.env[GENERATION]._fields,
            False,
        )
        values = {**unknown, **values}

        def is_hidden(node):
            return safe_eval(node.get("invisible") or "False", dict(values))

        return [
            button
            for button in self.form().xpath("//button[@type='object']")
            if not any(map(is_hidden, [button, *button.iterancestors()]))
        ]

    def test_a_translation_shows_no_field_that_only_an_article_has(self):
        form = self.form()
        for name in ("words", "publish"):
            (field,) = form.xpath(f"//sheet//field[@name='{name}']")
            self.assertTrue(safe_eval(field.get("invisible"), {"kind": "translation"}))
            self.assertFalse(safe_eval(field.get("invisible"), {"kind": "article"}))
        brief = self.env[GENERATION]._brief_fields()
        translation = self.translation()
        # They are hidden while they are empty.
        empty = {"tag_ids", "keywords", "outline", "author_id"}
        self.assertLessEqual(empty, brief)
        for name in empty:
            self.assertFalse(translation[name], name)
            (field,) = form.xpath(f"//sheet//field[@name='{name}']")
            self.assertEqual(field.get("invisible"), f"not {name}")
