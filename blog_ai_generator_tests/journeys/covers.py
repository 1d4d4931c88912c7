# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of the pictures of a post."""

from .case import WRITER, Case
from .declared import journey


@journey()
def a_post_has_a_cover_and_a_picture_for_networks(case: Case) -> None:
    case.tour("blog_ai_cover", WRITER)
    post = case.generation("Bread from a cold oven").post_id
    pictures = case.env["ir.attachment"].search(
        [("res_model", "=", "blog.post"), ("res_id", "=", post.id)]
    )
    case.assertEqual(len(pictures), 2, "The cover, and the picture for networks")


@journey()
def a_reviewer_chooses_one_of_four_covers(case: Case) -> None:
    case.tour("blog_ai_choose_cover", WRITER)
    post = case.generation("Soup of what is left").post_id
    case.assertTrue(post.blog_ai_cover_seed, "The chosen pattern is kept.")
