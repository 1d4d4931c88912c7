# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of posts that get a new version, or none, or their old text again."""

from datetime import datetime, timedelta, timezone

from .. import fixtures
from .case import DEFAULT_PROVIDER, FAULTS, WRITER, Case
from .declared import journey

TITLE = "Ten years of rain barrels"
CONTENT = (
    "<section><p>Water is dear.</p><h2>Which barrel</h2><p>Barrels of then.</p>"
    "<h2>Where to put it</h2><p>In the shade.</p></section>"
)
LETTER = "<section><p>Moss is patient.</p><p>So am I.</p></section>"
FORM = "/odoo/blog-ai-refresh/%s"


def days_ago(days: int) -> str:
    moment = datetime.now(timezone.utc) - timedelta(days=days)
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def old_post(case: Case, title: str = TITLE, content: str = CONTENT, days: int = 400):
    blog = case.env["blog.blog"].search([], limit=1).ensure_one()
    values = {"name": title, "blog_id": blog.id, "content": content}
    post = case.env["blog.post"].create({**values, "is_published": True})
    post.write({"published_date": days_ago(days)})
    return post


def visit(case: Case, post, *days: int) -> None:
    """Visit the page of a post now, and so many days ago."""
    status, _page = case.visit(post.website_url)
    case.assertEqual(status, 200)
    tracks = case.env["website.track"]
    now = tracks.search([("url", "like", post.website_url)], limit=1).ensure_one()
    for day in days:
        values = {"visitor_id": now.visitor_id.id, "url": now.url}
        tracks.create({**values, "visit_datetime": days_ago(day)})


def kept(post) -> list:
    return [post.website_url, post.author_id.id, post.post_date, post.published_date]


# Posts that no provider wrote are checked by the default one.
@journey(changes=[DEFAULT_PROVIDER], phone=True)
def a_new_version_is_compared_on_a_phone(case: Case) -> None:
    fixtures.write_with(case.env, "Fake LLM")
    number = old_post(case, "Ten years of watering cans").id
    case.tour("blog_ai_refresh_phone", WRITER, "/odoo/blog-ai-refresh")
    post = case.env["blog.post"].search([("id", "=", number)]).ensure_one()
    (refresh,) = post.blog_ai_refresh_ids
    case.assertEqual(refresh.state, "kept")
    case.assertEqual(post.content, CONTENT)


@journey(changes=[DEFAULT_PROVIDER])
def a_young_post_without_headings_gets_a_new_version(case: Case) -> None:
    fixtures.write_with(case.env, "Fake LLM")
    post = old_post(case, "A letter about moss", LETTER, days=30)
    before = kept(post)
    case.tour("blog_ai_refresh_letter", WRITER, FORM % post.id)
    renewed = case.env["blog.post"].search([("id", "=", post.id)]).ensure_one()
    case.assertNotIn("Moss is patient.", renewed.content)
    case.assertTrue(renewed.content.startswith("<section><p>"))
    case.assertEqual(kept(renewed), before)


@journey(needs=(FAULTS,))
def an_old_post_that_still_holds_stays_as_it_is(case: Case) -> None:
    topic = "A bench that outlives us"
    case.provider("Fake LLM, content with all", "up-to-date")
    case.tour("blog_ai_write_for_refresh", WRITER)

    def post():
        return case.generation(topic).post_id

    post().write({"published_date": days_ago(400)})
    before = [post().content, *kept(post())]
    case.tour("blog_ai_refresh_nothing", WRITER)
    case.assertEqual([it.state for it in post().blog_ai_refresh_ids], ["nothing"])
    case.assertEqual([post().content, *kept(post())], before)


@journey(changes=[DEFAULT_PROVIDER])
def an_old_post_gets_a_new_version_and_its_old_text_again(case: Case) -> None:
    fixtures.write_with(case.env, "Fake LLM")
    number = old_post(case).id

    def post():
        return case.env["blog.post"].search([("id", "=", number)]).ensure_one()

    visit(case, post(), 33, 40, 50)
    before = kept(post())
    case.tour("blog_ai_refresh", WRITER)
    renewed = post()
    case.assertNotIn("Water is dear.", renewed.content)
    case.assertIn("Barrels of then.", renewed.content)
    case.assertIn("In the shade.", renewed.content)
    case.assertEqual(kept(renewed), before)
    case.assertEqual(renewed.blog_ai_grade, "generated")
    case.tour("blog_ai_refresh_restore", WRITER, FORM % number)
    restored = post()
    case.assertEqual(restored.content, CONTENT)
    case.assertFalse(restored.blog_ai_grade)
