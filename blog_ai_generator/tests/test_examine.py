# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .test_translation import TranslationCase


@tagged("post_install", "-at_install")
class TestExamine(TranslationCase):
    """A window says for what a person takes responsibility, a note who took it."""

    def examine(self, record, button):
        """Press “Take responsibility”; return the window and what is said then."""
        asking = record.with_user(self.writer).with_context(blog_ai_asks=True)
        action = getattr(asking, button)()
        context = {**asking.env.context, **action["context"]}
        wizards = self.env[action["res_model"]].with_user(self.writer)
        window = Form(wizards.with_context(**context))
        return window, window.save().action_take()["params"]["message"]

    def test_the_window_says_for_what_and_a_note_who_took_it(self):
        article = self.ask(publish=True)
        self.attempt(article)
        post = article.post_id
        generation = self.translate(post, publish="now")
        self.answer(generation)
        english, french = "English (US)", "French / Français"
        wrote = post._blog_ai_label()
        window, note = self.examine(article, "action_examined")
        self.assertEqual((window.title, window.language), (post.name, english))
        self.assertIn(f"no longer says: “{wrote}”", window.effect)
        self.assertEqual(window.others, f"This does not include: {french}.")
        took = f"{self.writer.name} has taken responsibility"
        self.assertEqual(note, f"{took} ({english}). Still open: {french}.")
        article.invalidate_recordset()
        self.assertEqual(article.examined_note, note)
        self.assertTrue(generation.is_unexamined)
        window, note = self.examine(generation, "action_examined")
        self.assertEqual(window.title, self.in_language("fr_FR", post).name)
        self.assertEqual((window.language, window.others), (french, False))
        self.assertEqual(note, f"{took} ({french}).")
        self.assertFalse(generation.is_unexamined)
        article.invalidate_recordset()
        self.assertEqual(article.examined_note, f"{took} ({english}).")

    def test_the_window_of_a_post_says_what_its_blog_shows(self):
        article = self.ask(publish=True)
        self.attempt(article)
        post = article.post_id
        self.assertFalse(article.examined_note)
        effects = {"never": "no change", "always": "a person reviewed"}
        for setting, effect in effects.items():
            self.blog.blog_ai_label = setting
            window, _note = self.examine(post, "action_blog_ai_examined")
            self.assertIn(effect, window.effect)
            self.assertEqual(post.blog_ai_examined_by, self.writer)
        # A translation that does not exist is not marked as examined.
        forged = {"post_id": post.id, "translated_lang": "de_DE"}
        wizards = self.env["blog.ai.examine"].with_user(self.writer)
        wizards.create(forged).action_take()
        self.assertFalse(post.blog_ai_translated_langs or post.blog_ai_examined_langs)
        reader = new_test_user(self.env, "unit-reads", groups="base.group_user")
        with self.assertRaises(AccessError):
            post.with_user(reader).with_context(
                blog_ai_asks=True
            ).action_blog_ai_examined()
