# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys that another program begins."""

from .. import fixtures
from .case import ADMINISTRATOR, DEFAULT_PROVIDER, Case
from .declared import journey


@journey(changes=[DEFAULT_PROVIDER])
def a_program_asks_for_a_draft_and_a_person_approves_it(case: Case) -> None:
    fixtures.write_with(case.env, "Fake LLM")
    topic = "Ten plants for dry shade"
    asked = case.program("write_draft", topic=topic, notes="For beginners.")
    case.assertFalse(asked["post"])
    case.settle()
    case.tour("blog_ai_approve_of_program", ADMINISTRATOR)
    state = case.program("get_state", generations=[asked["id"]])
    (seen,) = state["generations"]
    case.assertEqual((seen["state"], seen["review"]), ("done", "approved"))
    case.assertTrue(seen["post"]["is_published"])
    case.assertIn(topic, case.visit(case.generation(topic).post_id.website_url)[1])
