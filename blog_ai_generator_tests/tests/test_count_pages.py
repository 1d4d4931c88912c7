# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ..benchmark.pages import make_posts
from .count_case import CountCase

# Odoo's own numbers, with website_blog alone.
WITHOUT_THE_ADDONS = {"list": 16, "post": 18}


@tagged("post_install", "-at_install", "blog_ai_queries")
class TestQueryCountOfPages(CountCase, HttpCase):
    """Visitors notice nothing: pages of generated posts take what Odoo's own take."""

    def generated(self):
        posts = make_posts(self.env, "Generated")
        provider = self.env.ref("blog_ai_generator.provider_offline")
        generations = self.env["blog.ai.generation"].create(
            [
                {
                    "topic": post.name,
                    "blog_id": post.blog_id.id,
                    "provider_id": provider.id,
                }
                for post in posts
            ]
        )
        for post, generation in zip(posts, generations, strict=True):
            copy = {"network": "linkedin", "text": post.name}
            post.write(
                {
                    "blog_ai_generation_id": generation.id,
                    "social_ids": [Command.create(copy)],
                }
            )
        return posts

    def pages(self, posts) -> dict[str, str]:
        address = posts[0].website_url
        return {"list": address.rsplit("/", 1)[0], "post": address}

    def count(self, path: str) -> int:
        """Return the number of statements of a page that was opened before."""
        before = self.cr.sql_log_count
        self.assertEqual(self.url_open(path).status_code, 200)
        return self.cr.sql_log_count - before

    def test_pages_of_generated_posts_take_what_odoo_alone_takes(self):
        generated, plain = map(
            self.pages, (self.generated(), make_posts(self.env, "Plain"))
        )
        self.env.flush_all()
        # One session, in which Odoo counts the first visit to a post.
        self.authenticate(None, None)
        for path in [*generated.values(), *plain.values()] * 3:
            self.count(path)
        for page, path in generated.items():
            with self.subTest(page=page):
                self.assertEqual(self.count(path), self.count(plain[page]))
                if self.is_pinned:
                    with self.assertExactQueryCount(WITHOUT_THE_ADDONS[page]):
                        self.url_open(path)
