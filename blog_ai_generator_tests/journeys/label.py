# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of the label that says that a model wrote a text."""

from .case import WRITER, Case
from .declared import journey

LABEL = "o_blog_ai_label"


# Odoo warns of a parameter that its own page adds to an export.
@journey(warnings=1)
def a_label_stays_until_a_person_answers_for_the_text(case: Case) -> None:
    allowed = case.env.ref("base.group_allow_export")
    case.person(WRITER).write({"group_ids": [(4, allowed.id)]})
    case.tour("blog_ai_label", WRITER)
    post = case.generation("Compost in a cold yard").post_id
    case.assertEqual(post.blog_ai_grade, "reviewed")
    case.assertEqual(post.blog_ai_examined_by.login, case.person(WRITER).login)
    status, page = case.visit(post.website_url)
    case.assertEqual(status, 200)
    case.assertNotIn(LABEL, page)
