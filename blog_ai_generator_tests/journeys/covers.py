# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of the pictures of a post."""

from ..fixtures import blog_with_pictures, library_picture, unsplash
from .case import ADMINISTRATOR, FAULTS, WRITER, Case
from .declared import journey


def pictures_of(case: Case, post, name: str = "") -> list:
    """Return the pictures of a post whose names begin so, the oldest first."""
    mine = [("res_model", "=", "blog.post"), ("res_id", "=", post.id)]
    pictures = case.env["ir.attachment"].search(mine, order="id")
    return [one for one in pictures if one.name.startswith(name)]


@journey()
def a_post_has_a_cover_and_a_picture_for_networks(case: Case) -> None:
    case.tour("blog_ai_cover", WRITER)
    post = case.generation("Bread from a cold oven").post_id
    pictures = pictures_of(case, post)
    case.assertEqual(len(pictures), 2, "The cover, and the picture for networks")


@journey()
def a_reviewer_chooses_one_of_four_covers(case: Case) -> None:
    case.tour("blog_ai_choose_cover", WRITER)
    post = case.generation("Soup of what is left").post_id
    case.assertTrue(post.blog_ai_cover_seed, "The chosen pattern is kept.")
    _first, chosen = pictures_of(case, post, "cover.")
    case.assertIn(f"/web/image/{chosen.id}-", post.cover_properties)


@journey()
def a_post_gets_a_picture_and_a_reviewer_another_one(case: Case) -> None:
    blog_with_pictures(case.env, "Painted Notes")
    case.tour("blog_ai_pictures", WRITER)
    generation = case.generation("A pond in a barrel")
    calls = case.env["blog.ai.call"].search([("generation_id", "=", generation.id)])
    case.assertEqual(sorted(calls.mapped("kind")), ["article", "picture", "picture"])
    case.assertEqual({*calls.mapped("outcome")}, {"ok"})
    post = generation.post_id
    _arrived, chosen = pictures_of(case, post, "picture.")
    case.assertIn(f"/web/image/{chosen.id}-", post.cover_properties)


@journey()
def a_blog_takes_its_covers_from_the_media_library(case: Case) -> None:
    case.env["blog.blog"].create({"name": "Kettle Notes"})
    with library_picture(case.env, "Copper kettle (1).png") as picture:
        case.tour("blog_ai_library", ADMINISTRATOR)
        post = case.generation("Jam from a copper kettle").post_id
        case.assertIn(f"/web/image/{picture.id}-", post.cover_properties)
        case.assertFalse(pictures_of(case, post), "Nothing was drawn.")
        status, page = case.visit(post.website_url)
        case.assertEqual(status, 200)
        case.assertIn(f"/web/image/{picture.id}-", page)


@journey(needs=(FAULTS,), changes=("unsplash",), alone=True)
def a_reviewer_chooses_a_photo_and_the_page_names_the_photographer(case: Case) -> None:
    with unsplash(case.env, case.llm.root):
        case.tour("blog_ai_photo", WRITER)
    post = case.generation("Tea from the hedge").post_id
    status, page = case.visit(post.website_url)
    case.assertEqual(status, 200)
    case.assertIn("/photo.jpg", page)
    case.assertRegex(page, r"Photo by <a [^>]*>Ada Cloud</a>\s+on\s+<a [^>]*>Unsplash")
