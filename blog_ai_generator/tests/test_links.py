# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..linking import Page, closest, linked_urls, title_in, without_links
from ..pump import Limits
from .common import BlogAiCase

MODULE = "odoo.addons.blog_ai_generator.models.blog_ai_generation_link_sources"

UNREAD = "could not be read, so the text has no links to them"


class LinksCase(BlogAiCase):
    def published(self, name, blog=None, **values):
        return self.env["blog.post"].create(
            {
                "name": name,
                "blog_id": (blog or self.blog).id,
                "is_published": True,
                **values,
            }
        )

    def claim(self, generations):
        generations.flush_recordset()
        claims = generations._claim(10, Limits.of(self.env), generations.ids)
        return {claim.generation_id: claim for claim in claims}

    def offered(self, topic="Lemons in pots", **values):
        """Return the titles of the pages that a model would be offered."""
        generation = self.ask(topic, **values)
        return [
            link.title for link in self.claim(generation)[generation.id].request.links
        ]


@tagged("post_install", "-at_install")
class TestOfferedLinks(LinksCase):
    def test_the_closest_posts_come_first_and_at_most_five(self):
        for number in range(6):
            self.published(f"Pots of lemons {number}")
        self.published("Lemons in pots in winter")
        titles = self.offered()
        self.assertEqual(titles[0], "Lemons in pots in winter")
        self.assertEqual(len(titles), 5)

    def test_a_tag_in_common_counts_without_a_word_in_common(self):
        tag = self.env["blog.tag"].create({"name": "Citrus"})
        self.published("Watering by hand")
        self.published("Frost in April", tag_ids=tag.ids)
        self.published("A shed of one's own")
        self.assertEqual(self.offered(tag_ids=tag.ids)[0], "Frost in April")

    def test_a_young_blog_offers_its_newest_posts(self):
        other = self.env["blog.blog"].create({"name": "Another"})
        self.published("Watering by hand")
        self.published("A shed of one's own")
        self.published("Something else", blog=other)
        titles = ["A shed of one's own", "Watering by hand"]
        self.assertEqual(self.offered("Zebras"), titles)

    def test_only_what_visitors_see_is_offered(self):
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        self.published("Lemons in pots: a draft", is_published=False)
        self.published("Lemons in pots: tomorrow", published_date=tomorrow)
        self.published("Lemons in pots: archived").active = False
        closed = self.env["blog.blog"].create({"name": "Closed"})
        self.published("Lemons in pots: closed", blog=closed)
        closed.active = False
        self.assertEqual(self.offered(), [])

    def test_only_pages_of_the_same_website_are_offered(self):
        blogs = self.env["blog.blog"]
        one, other = self.env["website"].create([{"name": "One"}, {"name": "Other"}])
        here = blogs.create({"name": "Here", "website_id": one.id})
        there = blogs.create({"name": "There", "website_id": other.id})
        self.published("Lemons in pots here", blog=here)
        self.published("Lemons in pots there", blog=there)
        self.published("Lemons in pots everywhere")
        self.assertEqual(
            sorted(self.offered(blog_id=here.id)),
            ["Lemons in pots everywhere", "Lemons in pots here"],
        )
        self.assertEqual(self.offered(), ["Lemons in pots everywhere"])

    def test_only_pages_in_the_same_language_are_offered(self):
        blog = self.french_blog()
        french = self.env["blog.post"].with_context(lang="fr_FR")
        values = {"blog_id": blog.id, "is_published": True}
        french.create({"name": "Citronniers en pot", **values})
        self.published("Lemons in pots", blog=blog)
        both = self.published("Pots", blog=blog)
        both.with_context(lang="fr_FR").name = "Des pots"
        asked = {"blog_id": blog.id, "lang": "fr_FR"}
        self.assertEqual(
            sorted(self.offered("Des citronniers en pot", **asked)),
            ["Citronniers en pot", "Des pots"],
        )
        asked["lang"] = "en_US"
        self.assertEqual(sorted(self.offered(**asked)), ["Lemons in pots", "Pots"])

    def test_one_statement_serves_any_number_of_claims(self):
        self.published("Lemons in pots")
        generations = self.ask() + self.ask("Limes") + self.ask("Oranges")
        generations.flush_recordset()
        seen = []
        execute = type(self.env.cr).execute

        def noted(cursor, query, *args, **kwargs):
            seen.append(getattr(query, "code", query))
            return execute(cursor, query, *args, **kwargs)

        with patch.object(type(self.env.cr), "execute", noted):
            claims = self.claim(generations)
        self.assertEqual(len(claims), 3)
        self.assertTrue(all(claim.request.links for claim in claims.values()))
        self.assertEqual(sum("blog_post_blog_tag_rel" in text for text in seen), 1)

    def test_the_address_is_that_of_odoo_without_a_language(self):
        post = self.published("Lemons in pots & more: ça va")
        generation = self.ask()
        (link,) = self.claim(generation)[generation.id].request.links
        self.assertEqual(link.url, post.website_url)
        self.assertEqual(link.key, f"blog.post,{post.id}")

    def test_another_addon_offers_pages_of_its_own(self):
        source = {"blog.post": [("name", "=", "Lemons from elsewhere")]}
        self.published("Lemons from elsewhere", blog=self.french_blog())
        with patch.object(
            self.registry["blog.ai.generation"],
            "_blog_ai_link_sources",
            lambda generations: source,
        ):
            pages, _failed = self.env["blog.ai.generation"]._other_pages("en_US")
        self.assertEqual([one.title for one in pages], ["Lemons from elsewhere"])

    @mute_logger(MODULE, "odoo.sql_db")
    def test_a_source_that_fails_costs_no_post(self):
        self.published("Lemons in pots")
        source = {"blog.tag": [("no_such_field", "=", 1)]}
        with patch.object(
            self.registry["blog.ai.generation"],
            "_blog_ai_link_sources",
            lambda generations: source,
        ):
            generation = self.ask()
            self.attempt(generation)
        self.assertEqual(generation.state, "done")
        self.assertTrue(generation.linked_pages)
        self.assertIn(UNREAD, generation.repairs)


@tagged("post_install", "-at_install")
class TestStoredLinks(LinksCase):
    def setUp(self):
        super().setUp()
        self.target = self.published("Lemons in pots in winter")
        self.url = self.target.website_url

    def is_linked(self, post):
        return self.url in linked_urls(post.content)

    def test_a_post_links_to_another_one(self):
        generation = self.ask()
        self.attempt(generation)
        self.assertTrue(self.is_linked(generation.post_id))
        self.assertNotIn("nofollow", generation.post_id.content)
        (page,) = generation.linked_pages
        self.assertEqual(page["key"], f"blog.post,{self.target.id}")

    def test_a_page_that_goes_during_the_call_is_not_linked_to(self):
        generation = self.ask()

        def unpublish():
            self.target.is_published = False

        self.attempt(generation, meanwhile=unpublish)
        self.assertEqual(generation.state, "done")
        self.assertFalse(self.is_linked(generation.post_id))
        self.assertIn("Lemons in pots in winter", generation.post_id.content)
        self.assertFalse(generation.linked_pages)
        self.assertIn("do not see any more", generation.repairs)

    def test_a_page_that_goes_before_publication_is_not_linked_to(self):
        generation = self.ask()
        self.attempt(generation)
        self.target.active = False
        generation.post_id.is_published = True
        self.assertFalse(self.is_linked(generation.post_id))
        self.assertIn("do not see any more", generation.repairs)

    def test_a_page_that_goes_before_its_date_comes_is_not_linked_to(self):
        generation = self.ask()
        self.attempt(generation)
        post = generation.post_id
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        post.write({"is_published": True, "post_date": tomorrow})
        self.target.is_published = False
        self.assertTrue(self.is_linked(post), "Nobody sees it yet.")
        cron = self.env.ref("blog_ai_generator.cron_announce")
        with freeze_time(tomorrow), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertFalse(post.blog_ai_announce_at)
        self.assertFalse(self.is_linked(post))
        self.assertIn("do not see any more", generation.repairs)

    def test_a_page_that_stays_is_linked_to_after_publication(self):
        generation = self.ask()
        self.attempt(generation)
        generation.post_id.is_published = True
        self.assertTrue(self.is_linked(generation.post_id))
        self.assertNotIn("do not see", generation.repairs or "")

    def test_other_languages_keep_their_text(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        generation = self.ask()
        self.attempt(generation)
        post = generation.post_id
        heading = re.findall(r"<h2>(.*?)</h2>", post.content)[0]
        terms = {"fr_FR": {heading: "Un titre en français"}}
        post.update_field_translations("content", terms)
        before = post.with_context(lang="fr_FR").content
        self.assertIn("Un titre en français", before)
        self.target.is_published = False
        post.is_published = True
        after = post.with_context(lang="fr_FR").content
        self.assertIn(self.url, linked_urls(before))
        self.assertEqual(after, without_links(before, {self.url}))


@tagged("post_install", "-at_install")
class TestLinksToOtherPages(LinksCase):
    def assertLinkedWhilePublished(self, pages):
        generation = self.ask("Lemons in tins")
        self.attempt(generation)
        urls = {page.website_url for page in pages}
        post = generation.post_id
        self.assertLessEqual(urls, linked_urls(post.content))
        keys = {f"{page._name},{page.id}" for page in pages}
        self.assertLessEqual(keys, {page["key"] for page in generation.linked_pages})
        for page in pages:
            page.is_published = False
        post.is_published = True
        self.assertFalse(urls & linked_urls(post.content))
        self.assertIn("do not see any more", generation.repairs)

    def test_a_page_of_another_model_is_linked_to_while_it_is_published(self):
        page = self.env["website.page"].create(
            {
                "name": "Lemons in tins",
                "url": "/lemons-in-tins",
                "type": "qweb",
                "arch": "<t t-name='lemons'/>",
                "is_published": True,
            }
        )
        with patch.object(
            self.registry["blog.ai.generation"],
            "_blog_ai_link_sources",
            lambda generations: {page._name: [("is_published", "=", True)]},
        ):
            self.assertLinkedWhilePublished([page])

    def test_products_and_events_are_linked_to_while_they_are_published(self):
        models = ("product.template", "event.event")
        sources = [*self.env["blog.ai.generation"]._blog_ai_link_sources()]
        self.assertLessEqual({*sources}, {*models})
        if len(sources) < len(models):
            self.skipTest("Without shop and events: make neighbours runs it.")
        values = {"name": "Lemons in tins", "is_published": True}
        self.assertLinkedWhilePublished(
            [self.env[model].create(values) for model in models]
        )


@tagged("post_install", "-at_install")
class TestLinking(BlogAiCase):
    def test_a_text_belongs_to_the_language_it_was_written_in(self):
        for names, lang, written, title in (
            ({"en_US": "Pears"}, "en_US", "", "Pears"),
            ({"en_US": "Pears"}, "fr_FR", "", ""),
            ({"en_US": "Poires", "fr_FR": "Poires"}, "en_US", "", ""),
            ({"en_US": "Poires", "fr_FR": "Poires"}, "fr_FR", "", "Poires"),
            ({"en_US": "Poires", "fr_FR": "Poires"}, "en_US", "fr_FR", ""),
            ({"en_US": "Pears", "fr_FR": "Poires"}, "fr_FR", "en_US", "Poires"),
            ({"en_US": "Radio", "fr_FR": "Radio"}, "en_US", "en_US", "Radio"),
        ):
            with self.subTest(names=names, lang=lang, written=written):
                self.assertEqual(title_in(names, lang, written), title)

    def test_a_link_goes_and_its_words_stay(self):
        text = '<p>See <a rel="x" href="/a?b=1&amp;c=2">our <b>pears</b></a>, '
        text += '<a href="/d">figs</a>.</p>'
        self.assertEqual(linked_urls(text), {"/a?b=1&c=2", "/d"})
        self.assertEqual(
            without_links(text, {"/a?b=1&c=2"}),
            '<p>See our <b>pears</b>, <a href="/d">figs</a>.</p>',
        )

    def test_a_rare_word_says_more_than_a_frequent_one(self):
        pages = [Page(f"p,{n}", f"Gardens {n}", f"/{n}") for n in range(9)]
        pages.append(Page("p,9", "Quinces", "/9"))
        best = closest(pages, "Gardens with quinces", ())
        self.assertEqual(best[0].title, "Quinces")
