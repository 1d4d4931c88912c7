# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of titles and sections that are written again."""

from .case import WRITER, Case
from .declared import journey


def kinds(case: Case, generation) -> list[str]:
    calls = case.env["blog.ai.call"].search([("generation_id", "=", generation.id)])
    return sorted(calls.mapped("kind"))


def parts(content: str) -> tuple[str, str]:
    """Return what is before the first heading, and all other sections."""
    start, _heading, rest = content.partition("<h2")
    return start, rest


@journey()
def a_writer_chooses_one_of_three_titles(case: Case) -> None:
    case.tour("blog_ai_titles", WRITER)
    generation = case.generation("Pruning an old pear")
    case.assertEqual(kinds(case, generation), ["article", "titles"])


@journey()
def a_section_is_written_again_for_a_reason(case: Case) -> None:
    topic = "Onions on a windowsill"
    case.tour("blog_ai_write_for_section", WRITER)
    start, rest = parts(case.generation(topic).post_id.content)
    case.tour("blog_ai_section", WRITER)
    generation = case.generation(topic)
    case.assertEqual(kinds(case, generation), ["article", "section"])
    case.assertEqual(generation.post_id.blog_ai_grade, "generated")
    new_start, same_rest = parts(generation.post_id.content)
    case.assertNotEqual(new_start, start)
    case.assertEqual(same_rest, rest)
