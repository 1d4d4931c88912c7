# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import Note
from odoo.addons.blog_ai_generator.llm.social_networks import NETWORKS
from odoo.addons.blog_ai_generator.llm.text import (
    weight_on_x,
    without_links,
)

from .fixtures_llm import good_fields, good_text
from .fixtures_llm.answer_case import AnswerCase


class TestFields(AnswerCase):
    def test_lengths_hold_whatever_the_model_sends(self):
        long = "Some words that go on " * 400
        for value in (long, long.replace(" ", ""), "\u8702\U0001f41d\u0301" * 900, ""):
            names = set(good_fields()) - {"title", "body"}
            article = self.article(**dict.fromkeys(names, value))
            with self.subTest(value[:20]):
                self.assertLessEqual(len(article.teaser), 300)
                self.assertLessEqual(len(article.seo_title), 60)
                self.assertTrue(50 <= len(article.seo_description) <= 156)
                self.assertLessEqual(len(article.seo_keywords), 10)
                self.assertTrue(all(len(word) <= 50 for word in article.seo_keywords))
                for name, network in NETWORKS.items():
                    self.assertTrue(0 < len(article.social[name]) <= network.limit)
                self.assertLessEqual(weight_on_x(article.social["x"]), 250)
                self.assertTrue(article.repairs)

    def test_a_long_title_is_cut_at_a_word(self):
        article = self.article(title="Beautiful bees " * 20)
        self.assertLessEqual(len(article.title), 120)
        self.assertRegex(article.title, r"(bees|Beautiful)\u2026$")

    def test_a_title_is_one_plain_line(self):
        for title in (
            "# Bees",
            "**Bees**",
            '"Bees"',
            " Bees\n\n",
            "*Bees*",
            "__Bees__",
        ):
            self.assertEqual(self.article(title=title).title, "Bees")
        for title in ("#1 of all bees", 'Bees "and" wasps', "2*3*4 and snake_case_x"):
            self.assertEqual(self.article(title=title).title, title)

    def test_tags_of_html_leave_plain_fields_and_that_is_noted(self):
        article = self.article(
            title="<script>alert(1)</script><b>Bold</b> title",
            teaser="<img src=x onerror=alert(1)> Teaser <b>bold</b>",
            seo_title="Bees<br>fly<!-- x -->",
            keywords="<li>bees</li><li>honey</li>",
            x="<script>alert(1)</script><p>One</p><p>Two</p>",
        )
        self.assertEqual(article.title, "Bold title")
        self.assertEqual(article.teaser, "Teaser bold")
        self.assertEqual(article.seo_title, "Bees fly")
        self.assertEqual(article.seo_keywords, ("bees", "honey"))
        self.assertEqual(article.social["x"], "One\n\nTwo")
        self.assertEqual(
            article.repairs,
            tuple(
                Note("field_tags_removed", {"field": field})
                for field in ("title", "teaser", "seo_title", "keywords", "social.x")
            ),
        )

    def test_a_word_that_looks_like_a_tag_stays(self):
        for title in (
            "How the <video> element works",
            "How the <table> element works",
            "What <video controls> shows",
            "List<String> in <3 minutes: a <b and c> d",
            "What belongs in a <my-element>",
        ):
            article = self.article(title=title, teaser=title, x=title)
            self.assertEqual(article.title, title)
            self.assertEqual(article.teaser, title)
            self.assertEqual(article.social["x"], title)
        article = self.article(title="Why `<b>bold</b>` is not <strong>")
        self.assertEqual(article.title, "Why <b>bold</b> is not <strong>")

    def test_a_field_of_what_a_broken_tag_leaves_is_missing(self):
        article = self.article(seo_title='<script>x()</script> "><img src=x>')
        self.assertEqual(article.seo_title, article.title)

    def test_a_field_of_nothing_but_tags_is_missing(self):
        self.assertUnusable(good_text(title="<script>alert(1)</script>"))
        article = self.article(teaser="<img src=x onerror=alert(1)>", x="<p></p>")
        self.assertNotIn("<", article.teaser + article.social["x"])
        self.assertTrue(article.teaser and article.social["x"])
        self.assertIn(Note("field_replaced", {"field": "teaser"}), article.repairs)

    def test_what_is_missing_is_made_from_the_rest(self):
        missing = dict.fromkeys(set(good_fields()) - {"title", "body"}, "")
        article = self.article(
            llm.ArticleRequest("Bees", keywords=("honey",)), **missing
        )
        self.assertTrue(article.teaser)
        self.assertNotIn("Sample article", article.teaser, "not from a quotation")
        self.assertEqual(article.seo_title, article.title)
        self.assertEqual(article.seo_keywords, ("honey",))
        self.assertIn(article.title, article.social["linkedin"])
        self.assertEqual(len(article.repairs), 8)

    def test_a_sentence_that_introduces_what_does_not_follow_is_missing(self):
        for end in (":", "\uff1a", ": "):
            lead = f"Before you put a hive on your roof, this is what you need{end}"
            article = self.article(teaser=lead, seo_description=lead)
            for field in ("teaser", "seo_description"):
                with self.subTest(end=end, field=field):
                    self.assertNotIn("this is what", getattr(article, field))
                    note = Note("field_replaced", {"field": field})
                    self.assertIn(note, article.repairs)

    def test_a_social_text_is_never_empty(self):
        article = self.article(title="[link]", teaser=":", x="https://example.com")
        self.assertRegex(article.social["x"], "^Good advice")

    def test_keywords_are_split_and_said_once(self):
        article = self.article(keywords="Bees, bees;#Honey\n\u8702\u871c\u3001 ,,BEES")
        self.assertEqual(len(article.seo_keywords), 3)
        self.assertIn("Honey", article.seo_keywords)

    def test_that_keywords_were_cut_is_noted(self):
        note = Note("keywords_cut")
        many = [f"bee {number}" for number in range(11)]
        article = self.article(keywords=many)
        self.assertEqual(article.seo_keywords, tuple(many[:10]))
        self.assertEqual(article.repairs, (note,))
        article = self.article(keywords=["bees", "b" * 51])
        self.assertEqual(article.seo_keywords, ("bees", "b" * 50))
        self.assertEqual(article.repairs, (note,))
        for whole in (many[:10], ["b" * 50], ["Bees", "bees"] * 6):
            self.assertEqual(self.article(keywords=whole).repairs, ())

    def test_that_requested_keywords_were_cut_is_noted_too(self):
        many = tuple(f"bee {number}" for number in range(11))
        request = llm.ArticleRequest("Bees in the city", keywords=many)
        article = self.article(request, keywords="")
        self.assertEqual(article.seo_keywords, many[:10])
        self.assertEqual(len(article.repairs), 2)

    def test_keywords_lose_addresses(self):
        article = self.article(keywords="bees https://evil.example/x, www.evil.example")
        self.assertEqual(article.seo_keywords, ("bees",))

    def test_social_texts_lose_addresses_and_mentions(self):
        for text, expected in (
            ("Read https://evil.example/a?b=c. Now!", "Read. Now!"),
            ("Read more: www.example.com", "Read more"),
            ("Go to example.com/path, then", "Go to, then"),
            ("[Bees](https://evil.example) rock", "Bees rock"),
            ("Link: [link]", "Link"),
            ("Thanks @someone and \uff20other@mastodon.social", None),
            ("**Bold** claim", "Bold claim"),
            ("Write to me@example.com", "Write to me@example.com"),
            ("Node.js and Booking.com and/or 12.5/10", None),
            ("Two\n\n\n\nparagraphs \n here", "Two\n\nparagraphs\nhere"),
        ):
            with self.subTest(text):
                plain = without_links(text)
                if expected is not None:
                    self.assertEqual(
                        plain.replace(" .", ".").replace(" ,", ","), expected
                    )
                self.assertNotRegex(plain, r"://|www\.|(?<!\w)[@\uff20]\w")
        self.assertIn("and/or 12.5/10", without_links("Booking.com and/or 12.5/10"))

    def test_a_mention_in_the_answer_is_noted(self):
        article = self.article(mastodon="Hello @someone@example.social!")
        self.assertEqual(article.social["mastodon"], "Hello someone@example.social!")
        self.assertEqual(
            article.repairs,
            (Note("field_links_removed", {"field": "social.mastodon"}),),
        )
