# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from ..models.blog_post_seo import BlogPostSeo
from .common import BlogAiCase

LONG = "How to keep lemons in pots alive through a long winter: eleven small rules"
SHORTENED = "How to keep lemons in pots alive through a long winter"
FRENCH = "Des citrons en pot"


def plain_write(posts, vals):
    return super(BlogPostSeo, posts).write(vals)


class SeoTitleCase(BlogAiCase):
    def setUp(self):
        super().setUp()
        generation = self.ask("Lemons in pots", publish=True)
        self.attempt(generation)
        self.post = generation.post_id.with_user(self.writer)
        self.post.write({"name": "Lemons", "website_meta_title": "Lemons"})

    def french(self, post=None):
        return (self.post if post is None else post).with_context(lang="fr_FR")


@tagged("post_install", "-at_install")
class TestSeoTitle(SeoTitleCase):
    """The title for search engines follows that of the post while it is the same."""

    def test_a_new_post_has_one_that_follows(self):
        generation = self.ask("Limes in summer")
        self.attempt(generation)
        post = generation.post_id
        self.assertTrue(post.website_meta_title)
        post.with_user(self.writer).name = "Limes for ever"
        self.assertEqual(post.website_meta_title, "Limes for ever")

    def test_it_is_shortened_as_that_of_a_new_post(self):
        self.post.name = LONG
        self.assertEqual(self.post.website_meta_title, SHORTENED)
        self.post.name = "Lemons in winter"
        self.assertEqual(self.post.website_meta_title, "Lemons in winter")

    def test_a_whole_long_title_follows_too(self):
        self.post.write({"name": LONG, "website_meta_title": LONG})
        self.post.name = LONG
        self.assertEqual(self.post.website_meta_title, LONG, "Nothing was renamed.")
        self.post.name = "Lemons in winter"
        self.assertEqual(self.post.website_meta_title, "Lemons in winter")

    def test_one_in_other_words_stays(self):
        for words in ("Citrus: the guide", "Lemons!", False):
            self.post.website_meta_title = words
            self.post.name = f"Not {words}"
            self.assertEqual(self.post.website_meta_title, words)

    def test_one_that_is_written_with_the_title_stays(self):
        self.post.write({"name": "Limes", "website_meta_title": "Lemons"})
        self.assertEqual(self.post.website_meta_title, "Lemons")

    def test_each_of_several_posts_has_its_own(self):
        other = self.post.sudo().copy({"name": "Mine", "website_meta_title": "Other"})
        other.blog_ai_is_generated = True
        (self.post + other.with_user(self.writer)).write({"name": "Limes"})
        self.assertEqual(self.post.website_meta_title, "Limes")
        self.assertEqual(other.website_meta_title, "Other")

    def test_each_language_follows_its_own_title(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.french().name = FRENCH
        self.assertEqual(self.french().website_meta_title, FRENCH)
        self.assertEqual(self.post.website_meta_title, "Lemons")
        self.post.name = "Limes"
        self.assertEqual(self.post.website_meta_title, "Limes")
        self.assertEqual(self.french().website_meta_title, FRENCH)
        self.french().website_meta_title = "Le guide"
        self.french().name = "Des limes"
        self.assertEqual(self.french().website_meta_title, "Le guide")

    def test_the_translation_dialog_is_followed(self):
        """So is a translation by Odoo's website editor, which calls the same."""
        self.env["res.lang"]._activate_lang("fr_FR")
        titles = {"en_US": "Limes", "fr_FR": FRENCH}
        self.post.update_field_translations("name", titles)
        self.assertEqual(self.post.website_meta_title, "Limes")
        self.assertEqual(self.french().website_meta_title, FRENCH)
        self.french().website_meta_title = "Le guide"
        self.post.update_field_translations("name", {"fr_FR": "Des limes"})
        self.assertEqual(self.french().website_meta_title, "Le guide")
        self.assertEqual(self.post.website_meta_title, "Limes")

    def test_a_post_that_a_person_wrote_is_left_to_odoo(self):
        values = {"name": "By hand", "website_meta_title": "By hand"}
        post = self.env["blog.post"].create({**values, "blog_id": self.blog.id})
        post.name = "Renamed"
        self.assertEqual(post.website_meta_title, "By hand")

    def test_other_writes_cost_nothing_more(self):
        for values in ({"subtitle": "Warm up"}, {"name": self.post.name}):
            with self.subTest(values), patch.object(BlogPostSeo, "write", plain_write):
                plain = self.statements(values)
            self.assertEqual(self.statements(values), plain, values)

    def statements(self, values):
        """Count the statements of a write after another one has filled the caches."""
        self.post.write(values)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.post.write(values)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestSeoTitleOfPage(SeoTitleCase, HttpCase):
    def test_each_place_of_the_page_has_the_new_title(self):
        self.post.name = "Limes"
        page = self.url_open(self.post.website_url).text
        (title,) = re.findall(r"<title>(.*?)</title>", page, re.S)
        self.assertTrue(title.strip().startswith("Limes"), title)
        named = r'"(?:og|twitter):title" content="([^"]*)"'
        self.assertEqual(re.findall(named, page), ["Limes"] * 2)
