# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Count the SQL statements of a visitor's page, with and without the addons.

Needs only ``website_blog``, so that it runs where the addons are on the addons path
but not installed:

    >>> from odoo.addons.blog_ai_generator_tests.benchmark.pages import visit
    >>> {page: len(texts) for page, texts in visit(env).items()}
"""

from collections.abc import Callable
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields

from .browser import Browser

POSTS = 20


def visit(env, prepare: Callable | None = None) -> dict[str, list[str]]:
    """Return the statements of a visitor's blog list and of one post, with warm caches.

    Commits, and deletes what it created except the visitors that Odoo counts.

    :param env: only its registry is used
    :param prepare: called with the posts before they are visited
    """
    registry = env.registry
    with registry.cursor() as cr:
        posts = make_posts(api.Environment(cr, SUPERUSER_ID, {}))
        if prepare:
            prepare(posts)
        blog_id = posts.blog_id.id
        post = posts[0].website_url
        paths = {"list": post.rsplit("/", 1)[0], "post": post}
    try:
        for path in [*paths.values()] * 2:
            _visit(registry, path)
        return {page: _visit(registry, path) for page, path in paths.items()}
    finally:
        with registry.cursor() as cr:
            blog = api.Environment(cr, SUPERUSER_ID, {})["blog.blog"].browse(blog_id)
            blog.blog_post_ids.unlink()
            blog.unlink()


def make_posts(env, name: str = "Visited"):
    """Return published posts of a new blog."""
    past = fields.Datetime.now() - timedelta(days=1)
    blog = env["blog.blog"].create({"name": name})
    return env["blog.post"].create(
        [
            {
                "name": f"{name} {number}",
                "subtitle": "Teaser",
                "content": "<p>Text</p>",
                "blog_id": blog.id,
                "is_published": True,
                "published_date": past,
            }
            for number in range(POSTS)
        ]
    )


def _visit(registry, path: str) -> list[str]:
    browser = Browser(registry)
    try:
        return browser.get(path)[1]
    finally:
        browser.close()
