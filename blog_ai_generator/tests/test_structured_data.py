# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import datetime, timezone
from unittest.mock import patch

from lxml import html

from odoo.tests import HttpCase, tagged

from ..models import blog_post_structured_data as structured_data
from .common import BlogAiCase

PUBLISHED = datetime(2026, 6, 1, 9, 30)
HOSTILE = '</script><script>alert("1")</script> & “Pears”'
# Required or recommended: https://schema.org/BlogPosting and Google's guide "Article".
TYPES = {
    "@context": str,
    "@type": str,
    "@id": str,
    "url": str,
    "headline": str,
    "description": str,
    "datePublished": str,
    "dateModified": str,
    "inLanguage": str,
    "image": list,
    "author": dict,
    "publisher": dict,
    "mainEntityOfPage": dict,
    "isPartOf": dict,
}
OPTIONAL = {"keywords": list, "digitalSourceType": str}


@tagged("post_install", "-at_install")
class TestStructuredData(BlogAiCase, HttpCase):
    def post(self, **values):
        post = self.env["blog.post"].create(
            {
                "name": "Pears on a wall",
                "subtitle": "Warm stones, early fruit",
                "blog_id": self.blog.id,
                "author_id": self.reader.id,
                "is_published": True,
                "published_date": PUBLISHED,
                **values,
            }
        )
        post.flush_recordset()
        return post

    def page(self, post):
        response = self.url_open(post.website_url)
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.content)

    def jsonld(self, page) -> list[dict]:
        """Return what a page says of its post; the shop describes the company, too."""
        scripts = page.xpath("//head/script[@type='application/ld+json']")
        found = [json.loads(script.text_content()) for script in scripts]
        return [data for data in found if data["@type"] != "Organization"]

    def assertValid(self, data: dict):
        """Check names, types, times and addresses, and that nothing is empty."""
        self.assertLessEqual(TYPES.keys(), data.keys())
        self.assertLessEqual(data.keys(), (TYPES | OPTIONAL).keys())
        for name, value in data.items():
            self.assertIsInstance(value, (TYPES | OPTIONAL)[name], name)
            self.assertTrue(value, name)
        for name in ("datePublished", "dateModified"):
            self.assertEqual(
                datetime.fromisoformat(data[name]).tzinfo, timezone.utc, name
            )
        nested = [data["publisher"]["logo"]["url"], data["publisher"]["url"]]
        for url in [data["url"], *data["image"], data["isPartOf"]["url"], *nested]:
            self.assertRegex(url, r"^https?://[^/]+(/|$)")
        self.assertIn(data["author"]["@type"], ("Person", "Organization"))
        self.assertLessEqual(len(data["headline"]), 110)

    def test_a_post_describes_itself_to_machines(self):
        tag = self.env["blog.tag"].create({"name": "Espalier"})
        post = self.post(tag_ids=tag.ids)
        (data,) = self.jsonld(self.page(post))
        self.assertValid(data)
        self.assertEqual(data["@type"], "BlogPosting")
        self.assertEqual(data["headline"], "Pears on a wall")
        self.assertEqual(data["description"], "Warm stones, early fruit")
        self.assertEqual(data["author"], {"@type": "Person", "name": "Reader"})
        self.assertEqual(data["datePublished"], "2026-06-01T09:30:00+00:00")
        self.assertEqual(data["inLanguage"], "en-US")
        self.assertEqual(data["keywords"], ["Espalier"])
        self.assertEqual(data["isPartOf"]["name"], self.blog.name)
        self.assertTrue(data["url"].endswith(post.website_url))
        self.assertNotIn("digitalSourceType", data, "A person wrote it.")

    def test_a_generated_post_says_so_after_its_generation_is_deleted(self):
        generation = self.ask(publish=True)
        self.attempt(generation)
        post = generation.post_id
        generation.unlink()
        self.env.flush_all()
        (data,) = self.jsonld(self.page(post))
        self.assertValid(data)
        self.assertEqual(data["digitalSourceType"], structured_data.GENERATED)

    def test_a_page_that_a_model_translated_says_so_in_that_language(self):
        french = self.env["res.lang"]._activate_lang("fr_FR")
        self.env["website"].get_current_website().language_ids += french
        post = self.post()
        post._blog_ai_set_translated("fr_FR", responsible=True)
        post.flush_recordset()
        (data,) = self.jsonld(self.page(post))
        self.assertNotIn("digitalSourceType", data, "A person wrote it.")
        page = self.url_open(f"/fr{post.website_url}")
        (data,) = self.jsonld(html.fromstring(page.content))
        self.assertValid(data)
        self.assertEqual(data["inLanguage"], "fr-FR")
        self.assertEqual(data["digitalSourceType"], structured_data.GENERATED)

    def test_the_company_is_no_person(self):
        company = self.env["website"].get_current_website().company_id.partner_id
        (data,) = self.jsonld(self.page(self.post(author_id=company.id)))
        self.assertEqual(data["author"]["@type"], "Organization")

    def test_a_title_cannot_leave_the_script(self):
        (data,) = self.jsonld(self.page(self.post(name=HOSTILE, subtitle=HOSTILE)))
        self.assertEqual(data["headline"], HOSTILE)
        self.assertEqual(data["description"], HOSTILE)

    def test_what_is_empty_is_left_out(self):
        page = self.page(self.post(subtitle=False, author_id=False))
        (data,) = self.jsonld(page)
        self.assertNotIn("description", data)
        self.assertNotIn("author", data)
        self.assertNotIn("keywords", data)

    def test_another_addon_that_writes_it_has_the_word(self):
        post = self.post()
        with patch.object(structured_data, "OTHER_MIXIN", "website.seo.metadata"):
            self.assertEqual(self.jsonld(self.page(post)), [])
        with patch.object(structured_data, "OTHER_ADDON", "website_blog"):
            self.assertEqual(self.jsonld(self.page(post)), [])
        self.assertEqual(len(self.jsonld(self.page(post))), 1)

    def test_times_have_a_zone(self):
        page = self.page(self.post())
        times = [
            page.xpath(f"//meta[@property='article:{name}_time']/@content")[0]
            for name in ("published", "modified")
        ]
        self.assertEqual(times[0], "2026-06-01T09:30:00+00:00")
        self.assertEqual(datetime.fromisoformat(times[1]).tzinfo, timezone.utc)

    def test_a_reader_finds_the_feed_on_the_page_of_a_post(self):
        links = "//link[@rel='alternate'][@type='application/atom+xml']/@href"
        (feed,) = self.page(self.post()).xpath(links)
        response = self.url_open(feed)
        self.assertEqual(response.status_code, 200)
        self.assertIn("Pears on a wall", response.text)
