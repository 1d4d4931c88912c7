# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import copy
import re

from lxml import html

from odoo.tests import tagged

from .test_translation import SECTION, TranslationCase


@tagged("post_install", "-at_install")
class TestTranslationMarkup(TranslationCase):
    """Odoo puts the translation of a label into an equal text of the page, too."""

    def label_in_the_text(self):
        """Let the page show the text of a label as a paragraph, too."""
        self.post.content = f"{SECTION}<p>A lemon tree</p>"

    def assertPlain(self, *said):
        content = self.in_language("fr_FR").content
        self.assertEqual(content.count("<img"), 1)
        self.assertNotIn("<u", content)
        self.assertNotIn("data-x=", re.sub(r"‹[^<>]*›", "", content))
        for text in said:
            self.assertIn(text, content)

    def test_a_label_of_a_model_is_text_where_the_page_shows_it(self):
        self.label_in_the_text()
        hostile = 'FR <img class="o_translate_inline" src="x" data-x="1"> tree'
        self.answer(self.translate(publish="now"), a1=hostile)
        self.assertPlain("<p>FR tree</p>", 'alt="FR tree"')

    def test_a_label_of_a_model_is_text_after_a_review(self):
        self.label_in_the_text()
        generation = self.translate()
        self.answer(generation, a1="FR &lt;u data-x=1&gt;tree&lt;/u&gt;")
        shown = html.fromstring(generation.translation_html)
        generation._approve()
        self.assertPlain("<p>FR ‹u data-x=1›tree‹/u›</p>")
        self.assertIn("FR ‹u data-x=1›tree‹/u›", shown.text_content())

    def test_what_an_earlier_version_stored_is_text_after_a_review(self):
        self.label_in_the_text()
        generation = self.translate()
        self.answer(generation)
        stored = copy.deepcopy(generation.translation)
        stored["labels"]["A lemon tree"] = 'FR <u data-x="1">tree</u>'
        stored["terms"]["our guide"] = 'FR <u data-x="1">guide</u>'
        generation.translation = stored
        self.assertNotIn("<u", generation.translation_html)
        generation._approve()
        self.assertPlain("<p>FR tree</p>", 'alt="FR tree"', ">our guide<")
        self.assertIn("not translated: 1", generation.repairs)

    def test_a_label_may_have_quotes_and_an_ampersand(self):
        self.label_in_the_text()
        said = 'FR "salt" & pepper'
        self.answer(self.translate(publish="now"), a1=said)
        page = html.fromstring(self.in_language("fr_FR").content)
        self.assertEqual(page.xpath("//img/@alt"), [said])
        self.assertEqual(page.xpath("//p")[-1].text_content(), said)
