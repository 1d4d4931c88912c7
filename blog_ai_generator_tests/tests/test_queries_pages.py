# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from uuid import uuid4

from odoo import SUPERUSER_ID, api
from odoo.fields import Command
from odoo.tools import mute_logger

from odoo.addons.blog_ai_generator.database import confirm_database

from ..benchmark.pages import POSTS, visit
from .odoo_alone import statements_of_pages
from .query_case import QueryCase

# Odoo's own numbers. A test below compares them with the same Odoo without the addons.
WITHOUT_THE_ADDONS = {
    "list": 17, "post": 20, "feed": 7, "tag": 22, "search": 23, "snippet": 10,
}  # fmt: skip


class TestQueriesOfPages(QueryCase):
    """Visitors notice nothing: no statement more than without the addons."""

    def visit(self, prepare=None) -> dict[str, list[str]]:
        # Odoo warns of a directive in its own page of search results.
        qweb = "odoo.addons.base.models.ir_qweb"
        with mute_logger(qweb), self.registry.cursor() as cr:
            return visit(api.Environment(cr, SUPERUSER_ID, {}), prepare)

    def test_the_stated_numbers_are_those_of_odoo_alone(self):
        counted = statements_of_pages(f"{self.registry.db_name}_alone")
        if not counted:
            self.skipTest("No database without the addons: make test runs it.")
        self.assertEqual(counted, WITHOUT_THE_ADDONS)

    def test_pages_of_generated_posts_take_what_odoo_alone_takes(self):
        generations = self.shop.ask(2 * POSTS)

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
            parameters = posts.env["ir.config_parameter"]
            # Another one each time: it is confirmed afterwards.
            parameters.set_param("database.uuid", str(uuid4()))

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
