# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of the copy for social networks."""

from .. import fixtures
from .case import (
    ADMINISTRATOR,
    DEFAULT_PROVIDER,
    FAULTS,
    GENERATIONS,
    OTHER_WRITER,
    POSTS,
    WRITER,
    Case,
)
from .declared import journey


def copies(case: Case, topic: str) -> dict[str, tuple[str, bool]]:
    """Return the copy for each network, and whether a person edited it."""
    return {
        copy.network: (copy.text, copy.is_edited)
        for copy in case.generation(topic).post_id.social_ids
    }


@journey(changes=[DEFAULT_PROVIDER])
def edited_copy_is_counted_published_and_mailed(case: Case) -> None:
    fixtures.write_with(case.env, "Fake LLM")
    reader = case.person(OTHER_WRITER)
    fixtures.add_default_recipient(case.env, reader.partner_id)
    case.tour("blog_ai_social_copy_edited", ADMINISTRATOR)
    post = case.generation("Kale after the first frost").post_id
    case.assertTrue(post.is_published)
    mails = case.mails(reader.email, about="Kale")
    case.assertEqual(len(mails), 1, "One mail for one post")


@journey(needs=[FAULTS], changes=[DEFAULT_PROVIDER])
def copy_is_written_again_and_used_or_kept(case: Case) -> None:
    fixtures.write_with(case.env, "Fake LLM")
    case.tour("blog_ai_social_copy_write_again", WRITER)
    found = copies(case, "Beans on strings")
    case.assertTrue(found["bluesky"][0].startswith("Beans climb"))
    case.assertTrue(found["linkedin"][0].startswith("Version 3"))
    edited = {network for network, (_text, by_person) in found.items() if by_person}
    case.assertEqual(edited, {"bluesky", "linkedin"})
    generation = case.generation("Beans on strings")
    calls = case.env["blog.ai.call"].search(
        [("kind", "=", "social"), ("generation_id", "=", generation.id)]
    )
    case.assertEqual([call.outcome for call in calls], ["ok"] * 3)
    case.assertTrue(all(call.cost for call in calls))


@journey(needs=[FAULTS], changes=[DEFAULT_PROVIDER], phone=True)
def copy_is_edited_and_written_again_on_a_phone(case: Case) -> None:
    fixtures.write_with(case.env, "Fake LLM")
    case.tour("blog_ai_social_copy_phone", WRITER, GENERATIONS)
    found = copies(case, "Radishes in a drawer")
    case.assertEqual(found["mastodon"], ("Twenty days from seed to plate.", True))
    case.assertTrue(found["x"][0].startswith("Version"))


@journey()
def clicks_on_the_short_links_are_counted(case: Case) -> None:
    case.tour("blog_ai_publish_for_clicks", WRITER)
    post = case.generation("Quinces on a north wall").post_id
    for copy in post.social_ids[:2]:
        path = copy.link.removeprefix(case.site_url)
        case.assertTrue(path.startswith("/r/"), copy.link)
        status, text = case.visit(path)
        case.assertEqual(status, 200)
        case.assertIn(post.name, text)
    case.tour("blog_ai_see_clicks", WRITER, POSTS)
