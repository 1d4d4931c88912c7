# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_revision import RevisionCase


@tagged("post_install", "-at_install")
class TestPostsWithoutWords(RevisionCase):
    """Every button that reads the text of a post does something, or says why not."""

    def contents(self):
        picture = '<p><img src="/web/image/1" alt=""/></p>'
        for content in (
            False,
            "",
            " ",
            "<!-- a comment -->",
            "<?xml version='1.0'?>",
            "<script>let a = 1</script>",
            picture,
            f"<section><!-- a comment -->{picture}</section>",
            "\u200b",
        ):
            with self.subTest(content=content):
                self.post.content = content
                self.env["blog.ai.ask"].search([]).unlink()
                yield content

    def test_titles_are_those_of_the_topic(self):
        for _content in self.contents():
            action = self.post.with_user(self.writer).action_blog_ai_propose_titles()
            titles = self.env["blog.ai.title"].with_user(self.writer)
            opened = self.follow(action)
            self.assertEqual(titles.search_count(opened["domain"]), 3)

    def test_sections_and_new_versions_need_a_text(self):
        post = self.post.with_user(self.writer)
        for _content in self.contents():
            for press in (
                post.action_blog_ai_rewrite_section,
                post.action_blog_ai_refresh,
            ):
                with self.assertRaisesRegex(UserError, "The post has no text yet"):
                    press()

    def test_a_text_for_a_network_is_about_the_topic(self):
        socials = self.env["blog.post.social"].with_user(self.writer)
        for _content in self.contents():
            asked = socials.write_again(self.post.id, "x", "")
            self.assertTrue(self.answer_to(asked, self.writer)["text"])

    def test_the_title_is_translated(self):
        french = self.env["res.lang"]._activate_lang("fr_FR")
        wizards = self.env["blog.ai.translate"].with_user(self.writer)
        for _content in self.contents():
            wizard = wizards.create(
                {
                    "post_ids": self.post.ids,
                    "lang_ids": french.ids,
                    "provider_id": self.offline.id,
                    "publish": "now",
                }
            )
            number = wizard.action_translate()["res_id"]
            generation = self.env["blog.ai.generation"].browse(number)
            self.attempt(generation)
            self.assertEqual(generation.state, "done", generation.error)
            self.assertIn("[FR]", self.post.with_context(lang="fr_FR").name)
            self.assertTrue(generation.translation_html)

    def test_covers_are_offered(self):
        generation = self.generation.with_user(self.writer)
        for _content in self.contents():
            domain = generation.action_choose_cover()["domain"]
            self.assertTrue(self.env["blog.ai.cover"].search_count(domain))

    def test_somebody_can_answer_for_it(self):
        for _content in self.contents():
            self.post.blog_ai_examined_by = False
            self.post.with_user(self.writer).action_blog_ai_examined()
            self.assertEqual(self.post.blog_ai_examined_by, self.writer)
