# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.fields import Command

from odoo.addons.blog_ai_generator.database import confirm_database

from ..benchmark.pages import POSTS, visit
from .query_case import QueryCase

# Odoo's own numbers: `visit` on a database with website_blog alone, same versions.
WITHOUT_THE_ADDONS = {"list": 17, "post": 20}


class TestQueriesOfPages(QueryCase):
    """Visitors notice nothing: no statement more than without the addons."""

    def visit(self, prepare=None) -> dict[str, list[str]]:
        with self.registry.cursor() as cr:
            return visit(api.Environment(cr, SUPERUSER_ID, {}), prepare)

    def test_pages_of_generated_posts_take_what_odoo_alone_takes(self):
        generations = self.shop.ask(POSTS)

        def generate(posts):
            for post, generation in zip(posts, generations, strict=True):
                copy = {"network": "linkedin", "text": post.name}
                post.write(
                    {
                        "blog_ai_generation_id": generation,
                        "social_ids": [Command.create(copy)],
                        "blog_ai_translated_langs": ["fr_FR"],
                        "blog_ai_credit": {"name": "A", "link": "/", "image": "{"},
                    }
                )

        for page, texts in self.visit(generate).items():
            with self.subTest(page=page):
                self.assertCount(texts, WITHOUT_THE_ADDONS[page], 0, page)

    def test_pages_with_a_label_in_words_of_the_blog_take_no_more(self):
        def label(posts):
            posts.blog_ai_is_generated = True
            posts.blog_id.blog_ai_label_text = "By a machine."

        for page, texts in self.visit(label).items():
            with self.subTest(page=page):
                self.assertCount(texts, WITHOUT_THE_ADDONS[page], 0, page)

    def test_pages_of_a_copy_of_a_database_take_no_more(self):
        def become_a_copy(posts):
            uuid = posts.env["ir.config_parameter"]
            uuid.set_param("database.uuid", "another")

        self.addCleanup(self.confirm)
        for page, texts in self.visit(become_a_copy).items():
            with self.subTest(page=page):
                self.assertCount(texts, WITHOUT_THE_ADDONS[page], 0, page)
                held = [text for text in texts if '"blog_ai_announce_at" IS' in text]
                self.assertTrue(held, "Posts are not held back.")

    def confirm(self):
        with self.registry.cursor() as cr:
            confirm_database(api.Environment(cr, SUPERUSER_ID, {}))

    def test_pages_of_posts_by_people_take_what_odoo_alone_takes(self):
        for page, texts in self.visit().items():
            with self.subTest(page=page):
                self.assertCount(texts, WITHOUT_THE_ADDONS[page], 0, page)
