# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Journeys of links between posts, and of what a page tells machines."""

import json
import re

from .. import fixtures
from .case import WRITER, Case
from .declared import journey

JSONLD = re.compile(r'<script type="application/ld\+json">\s*(.*?)\s*</script>', re.S)


@journey()
def a_post_links_to_another_page_and_is_linked_to(case: Case) -> None:
    older = fixtures.published_post(case.env, "Quince jelly in an hour")
    case.tour("blog_ai_links", WRITER)
    post = case.generation("Jelly from quinces").post_id
    case.assertIn(older.website_url, post.content)
    status, page = case.visit(post.website_url)
    case.assertEqual(status, 200)
    case.assertIn(f'href="{older.website_url}"', page)
    (data,) = map(json.loads, JSONLD.findall(page))
    case.assertEqual(data["headline"], post.name)
    case.assertIn("TrainedAlgorithmicMedia", data["digitalSourceType"])
    case.assertIn('type="application/atom+xml"', page)
