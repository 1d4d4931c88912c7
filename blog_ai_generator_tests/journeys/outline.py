# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of an outline that is changed before its post is written."""

import re
from html import unescape

from .. import fixtures
from .case import DEFAULT_PROVIDER, GENERATIONS, WRITER, Case
from .declared import journey


@journey()
def an_outline_is_changed_and_followed(case: Case) -> None:
    case.tour("blog_ai_outline", WRITER)
    generation = case.generation("Sweet peas on a fence")
    headings = generation.outline.splitlines()
    case.assertEqual(headings[0], "Which fence they like")
    case.assertEqual(headings[-1], "Seeds for next year")
    found = re.findall(r"<h2[^>]*>(.*?)</h2>", generation.post_id.content)
    case.assertEqual([unescape(heading) for heading in found], headings)
    calls = case.env["blog.ai.call"].search([("generation_id", "=", generation.id)])
    case.assertEqual(sorted(calls.mapped("kind")), ["article", "outline"])


@journey(changes=[DEFAULT_PROVIDER], phone=True)
def an_outline_is_changed_on_a_phone(case: Case) -> None:
    fixtures.write_with(case.env, "Fake LLM")
    case.tour("blog_ai_outline_phone", WRITER, GENERATIONS)
    generation = case.generation("Beans along a fence")
    case.assertEqual(generation.outline.splitlines()[0], "Which fence they like")
