# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.tests import tagged

from .test_links import LinksCase


@tagged("post_install", "-at_install")
class TestCouldLinkHere(LinksCase):
    def test_posts_that_are_alike_and_have_no_link_are_listed(self):
        post = self.published("Lemons in pots")
        alike = self.published("Lemons in winter")
        link = f'<p><a href="/en{post.website_url}#more">here</a></p>'
        self.published("Lemons on trees", content=link)
        self.published("A shed of one's own")
        self.published("Lemons in drafts", is_published=False)
        action = post.with_user(self.writer).action_blog_ai_could_link_here()
        found = self.env["blog.post"].search(action["domain"])
        self.assertEqual(found, alike)
        self.assertNotIn(post.website_url, alike.content, "Nothing is changed.")
        self.assertIn("link from its text to “Lemons in pots”", self.hint(action))

    def could_link_to(self, post):
        return post.with_user(self.writer)._blog_ai_could_link_here().sudo()

    def test_the_topic_finds_posts_whose_words_the_title_has_not(self):
        chain = self.published("Oiling a bicycle chain")
        self.published("Why our workshop closes in August")
        repairs = self.published("Five small repairs every rider can do at home")
        self.assertFalse(self.could_link_to(repairs))
        repairs.blog_ai_generation_id = self.ask(
            "Bicycle maintenance at home: brakes and chain"
        )
        self.assertEqual(self.could_link_to(repairs), chain)
        repairs.blog_ai_generation_id.write({"topic": "Riders", "keywords": "chains"})
        self.assertEqual(self.could_link_to(repairs), chain)

    def test_a_young_blog_lists_the_posts_that_this_one_links_to(self):
        august = self.published("Why our workshop closes in August")
        opening = self.published("New opening hours")
        generation = self.ask("Five small repairs every rider can do", publish=True)
        self.attempt(generation)
        post = generation.post_id
        linked = {page["key"] for page in generation.linked_pages}
        self.assertEqual(linked, {f"blog.post,{it.id}" for it in august + opening})
        self.assertEqual(self.could_link_to(post), opening + august)
        august.content = f'<p><a href="{post.website_url}">Repairs</a></p>'
        self.assertEqual(self.could_link_to(post), opening)
        opening.is_published = False
        self.assertFalse(self.could_link_to(post))

    def hint(self, action):
        """Return the sentence above the list, which offers nothing else to do."""
        ((view, kind),) = action["views"]
        arch = self.env["blog.post"].get_view(view, kind)["arch"]
        shown = etree.fromstring(arch)
        self.assertEqual(shown.get("create"), "0")
        self.assertFalse(shown.xpath("//button"))
        self.assertEqual(shown.get("action"), "open_website_url")
        return action["context"]["blog_ai_hint"]
