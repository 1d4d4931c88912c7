# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A journey of the voice of a blog."""

from .case import WRITER, Case
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
