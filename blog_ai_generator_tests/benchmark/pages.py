# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Count the SQL statements of a visitor's pages, with and without the addons.

Needs only ``website_blog``, so that it runs where the addons are on the addons path
but not installed:

    >>> from odoo.addons.blog_ai_generator_tests.benchmark.pages import visit
    >>> {page: len(texts) for page, texts in visit(env).items()}
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from odoo import SUPERUSER_ID, api, fields

from .browser import Browser

POSTS = 20
# Returns what a visitor gets, and the statements.
Request = Callable[[Browser], tuple[object, list[str]]]


def visit(env, prepare: Callable | None = None) -> dict[str, list[str]]:
    """Return the statements of each page, or block of one, with warm caches.

    Commits, and deletes what it created except the visitors that Odoo counts.

    :param env: only its registry is used
    :param prepare: called with the posts before they are visited
    """
    registry = env.registry
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        posts, tagged = make_posts(env), make_posts(env, "Tagged")
        tag = env["blog.tag"].create({"name": "Visited"})
        tagged.tag_ids = tag
        if prepare:
            prepare(posts | tagged)
        blog_ids, tag_id = (posts | tagged).blog_id.ids, tag.id
        requests = requests_of(posts, tagged, tag)
    try:
        for request in [*requests.values()] * 2:
            _visit(registry, request)
        return {page: _visit(registry, each) for page, each in requests.items()}
    finally:
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            blogs = env["blog.blog"].browse(blog_ids)
            blogs.blog_post_ids.unlink()
            blogs.unlink()
            env["blog.tag"].browse(tag_id).unlink()


def requests_of(posts, tagged, tag) -> dict[str, Request]:
    """Return the request of each page.

    :param tagged: posts of another blog, which have the tag
    """
    post = posts[0].website_url
    blog, other = (each[0].website_url.rsplit("/", 1)[0] for each in (posts, tagged))
    paths = {
        "list": blog,
        "post": post,
        "feed": f"{blog}/feed",
        "tag": f"{other}/tag/{tag.env['ir.http']._slug(tag)}",
        "search": f"/website/search?search={posts[0].name}",
    }
    latest = {
        "filter_id": posts.env.ref("website_blog.dynamic_filter_latest_blog_posts").id,
        "template_key": "website_blog.dynamic_filter_template_blog_post_list",
        "limit": 3,
        "search_domain": [["blog_id", "=", posts.blog_id.id]],
    }
    return {
        **{page: partial(Browser.get, path=path) for page, path in paths.items()},
        "snippet": partial(Browser.post, path="/website/snippet/filters", **latest),
    }


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


def _visit(registry, request: Request) -> list[str]:
    browser = Browser(registry)
    try:
        return request(browser)[1]
    finally:
        browser.close()
