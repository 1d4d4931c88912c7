# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..sections import sections_of
from .test_refresh import CONTENT, RefreshCase


@tagged("post_install", "-at_install")
class TestRefreshedSections(RefreshCase):
    """A new version of a text in front of the headings, or without any."""

    def test_the_introduction_is_a_section_of_its_own(self):
        look = self.look(((0, "<p>Dew.</p>"),))
        self.assertIn("Introduction", look.comparison)
        self.assertIn("Start.", look.comparison)
        look.action_approve()
        self.assertEqual(self.post.content, CONTENT.replace("Start.", "Dew."))

    def test_a_text_without_headings_is_one_section(self):
        names = ("website_url", "author_id", "post_date", "published_date", "name")
        before = self.post.read(names)
        self.post.content = "<section><p>Rain.</p><p>Snow.</p></section>"
        look = self.look(((0, "<p>Dew.</p>"),))
        self.assertEqual(self.seen[0].sections[0].text, "Rain.\nSnow.")
        self.assertIn("Text without headings", look.comparison)
        look.action_approve()
        self.assertEqual(self.post.content, "<section><p>Dew.</p></section>")
        self.assertEqual(self.post.read(names), before)
        look.action_restore()
        self.assertIn("Snow.", self.post.content)

    def test_the_offline_writer_refreshes_a_text_without_headings(self):
        self.post.content = "<p>Rain.</p>"
        action = self.post.with_user(self.writer).action_blog_ai_refresh()
        self.answer_to(action["params"], self.writer)
        look = self.env["blog.ai.refresh"].browse(action["params"]["opens"]["res_id"])
        self.assertIn("Sample proposal", look.why)
        look.with_user(self.writer).action_approve()
        self.assertNotIn("Rain.", self.post.content)

    def test_an_introduction_that_was_changed_meanwhile_is_left_alone(self):
        look = self.look(((0, "<p>Dew.</p>"),))
        self.post.content = CONTENT.replace("Start.", "Begin.")
        with self.assertRaisesRegex(UserError, "section “Introduction” meanwhile"):
            look.action_approve()

    def test_a_post_without_text_is_refused_with_a_sentence(self):
        self.post.content = "<p> </p>"
        with self.assertRaisesRegex(UserError, "has no text yet"):
            self.look()
        self.assertFalse(self.post.blog_ai_refresh_ids)

    def test_a_section_is_found_behind_one_that_was_added_meanwhile(self):
        look = self.look(((2, "<p>Dew.</p>"),))
        self.post.content = changed = CONTENT.replace(
            "<h2>Soil", "<h2>Sun</h2>x<h2>Soil"
        )
        look.action_approve()
        self.assertEqual(self.post.content, changed.replace("Rain.", "Dew."))

    def test_of_equal_sections_the_one_that_was_meant_gets_the_text(self):
        self.post.content = "<h2>Water</h2><p>Rain.</p>" * 20
        self.look(((7, "<p>Dew.</p>"),)).action_approve()
        texts = [section.text for section in sections_of(self.post.content)]
        self.assertEqual(texts.index("Dew."), 7)
        self.assertEqual(len(texts), 20)

    def test_a_proposal_of_an_earlier_version_can_be_read_and_used(self):
        look = self.look(((2, "<p>Dew.</p>"),))
        (section,) = look.sections
        # Texts in front of the headings were no sections then.
        del section["count"]
        look.sudo().sections = [{**section, "number": 1}]
        self.assertIn("Water", look.comparison)
        look.action_approve()
        self.assertEqual(self.post.content, CONTENT.replace("Rain.", "Dew."))

    def test_a_comment_in_the_page_stops_nothing(self):
        self.post.content = CONTENT.replace("<p>Rain.", "<!-- note --><p>Rain.")
        self.look(((2, "<p>Dew.</p>"),)).action_approve()
        self.assertIn("Dew.", self.post.content)
        self.assertEqual(self.seen[0].sections[2].text, "Rain.")
