# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of the voice of a blog."""

from .. import fixtures
from .case import ADMINISTRATOR, WRITER, Case
from .declared import journey


@journey()
def a_post_is_written_in_a_voice_of_ones_own(case: Case) -> None:
    case.tour("blog_ai_voice", WRITER)
    generation = case.generation("Splicing a rope")
    version = generation.voice_version_id
    case.assertEqual(version.name, "Old salt (1)")
    (call,) = generation.call_ids
    case.assertEqual(call.voice_version_id, version)
    case.assertTrue(call.prompt_version)


@journey()
def a_draft_is_written_again_in_the_voice_of_then_and_of_today(case: Case) -> None:
    fixtures.voice(case.env, "Harbour pilot")
    case.env["blog.blog"].create({"name": "Harbour Notes"})
    case.tour("blog_ai_voice_choice", ADMINISTRATOR)
    generations = case.generations(("topic", "=", "Mooring at night"))
    versions = [it.voice_version_id.number for it in generations]
    case.assertEqual(versions, [1, 1, 2])


@journey()
def a_slot_speaks_in_a_voice_of_its_own(case: Case) -> None:
    topic = "Ropes in frost"
    slot = fixtures.slot_with_topic(case.env, "Harbour mornings", topic)
    fixtures.voice(case.env, "Harbour master", slot.blog_id)
    case.tour("blog_ai_voice_of_slot", WRITER)
    version = case.generation(topic).voice_version_id
    case.assertEqual(version.voice_id.name, "Plain and helpful")
