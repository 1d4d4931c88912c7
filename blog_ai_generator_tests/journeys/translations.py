# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of posts in more than one language."""

from .. import fixtures
from .case import GENERATIONS, WRITER, Case
from .declared import journey
from .label import LABEL


@journey(changes=("languages",), alone=True)
def a_post_is_read_in_a_second_language(case: Case) -> None:
    topic = "Pears for a cold cellar"
    older = fixtures.published_post(case.env, "Cold cellars and pears")
    with fixtures.second_language(case.env, "fr_FR") as path:
        case.tour("blog_ai_translate", WRITER)
        article, translation = case.generations(("topic", "ilike", topic))
        case.assertEqual(translation.kind, "translation")
        case.assertEqual(translation.post_id, article.post_id)
        case.assertGreater(translation.tokens_out, 0)
        url = article.post_id.website_url
        status, french = case.visit(f"/{path}{url}")
        case.assertEqual(status, 200)
        case.assertIn("[FR] ", french)
        case.assertNotIn(LABEL, french)
        case.assertIn(f'href="/{path}{older.website_url}"', french)
        case.assertNotIn("[FR] ", case.visit(url)[1])
        article.post_id.write({"name": "Pears for a warm cellar"})
        case.tour("blog_ai_translate_again", WRITER, f"{GENERATIONS}/{translation.id}")
        again = case.visit(f"/{path}{article.post_id.website_url}")[1]
        case.assertIn("[FR] Pears for a warm cellar", again)
        case.assertIn(LABEL, again)
        case.assertIn("intelligence artificielle (IA)", again)
        fixtures.slot_with_topic(
            case.env,
            "Bilingual mornings",
            "Two names for a turnip",
            provider_id=case.env.ref("blog_ai_generator.provider_offline").id,
            publish=True,
        )
        case.tour("blog_ai_translate_daily", WRITER)
        daily = case.generations(("topic", "ilike", "turnip"))
        case.assertEqual([g.kind for g in daily], ["article", "translation"])
        case.assertIn("[FR] ", case.visit(f"/{path}{daily[0].post_id.website_url}")[1])
