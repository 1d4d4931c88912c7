# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fields without markup: what models put into them, and what is made of others."""

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm.cleaning import plain_field
from odoo.addons.blog_ai_generator.llm.excerpt import cut_phrase, excerpt
from odoo.addons.blog_ai_generator.llm.text import without_links

from .fixtures_llm import good_fields
from .fixtures_llm.answer_case import AnswerCase

REQUEST = llm.ArticleRequest("Bees in the city", words=100)
PROSE = good_fields()["body"].split("\n\n")[1]
# Texts that are cleaned in all fields alike.
CLEANED = {
    "Heating &amp; cooling: the owner&#8217;s guide": (
        "Heating & cooling: the owner\u2019s guide"
    ),
    "Caf&amp;eacute; &lt;3": "Café <3",
    "R&D and AT&T; Q&A": "R&D and AT&T; Q&A",
    "Caf\\u00e9 \\u201cBee\\u201d und mehr": "Café \u201cBee\u201d und mehr",
    "**Bees** and __wasps__": "Bees and wasps",
    "*Bees* and _wasps_": "Bees and wasps",
    "***Bees*** ~~only~~": "Bees only",
    "The `hive` command": "The hive command",
    "## Bees and wasps": "Bees and wasps",
    "Bees \\& wasps \\#1": "Bees & wasps #1",
    "A [hive](/shop) of your own": "A hive of your own",
    "\u201cBees and wasps\u201d": "Bees and wasps",
    "\u201eBienen und Wespen\u201c": "Bienen und Wespen",
    "「蜜蜂と街」": "蜜蜂と街",
    "2*3*4 and snake_case_name": "2*3*4 and snake_case_name",
    "\u201cBees\u201d and \u201cwasps\u201d": "\u201cBees\u201d and \u201cwasps\u201d",
    "C# or #1?": "C# or #1?",
}
LABELS = {
    "title": ("Title: ", "**Title:** ", "Titel: ", "标题：", "TITLE - : "),
    "teaser": ("Teaser: ", "Summary: "),
    "seo_title": ("SEO title: ", "Meta title: ", "Title: "),
    "seo_description": ("Meta description: ", "**Description**: "),
    "x": ("X: ", "Tweet: ", "**X post:** "),
    "bluesky": ("Bluesky: ",),
    "mastodon": ("Mastodon post: ",),
    "linkedin": ("LinkedIn: ", "**LinkedIn:**\n"),
}
COPY = {
    "## Bees\n\nThey fly.": "Bees\n\nThey fly.",
    "Deal: bakery.shop/deal now": "Deal: now",
    "See bakery.berlin/neu?a=1.": "See.",
    "Fresh bread at bakery.shop/deal today.": "Fresh bread today.",
    "Brot gibt es auf https://brot.example/x heute.": "Brot gibt es heute.",
    "Read more at https://example.com/x": "Read more",
    "Read the full article on [link]": "Read the full article",
    "Mehr unter www.example.com": "Mehr",
    "Read more at": "Read more",
    "Bees are what the city waits for": "Bees are what the city waits for",
    "We look at and/or, 12.5/10, Node.js and S.p.A.": None,
}
# A first paragraph and a second one -> the teaser.
TEASERS = {
    ("Bees need three things. Here is what you need:", "Water, of course."): (
        "Bees need three things. Water, of course."
    ),
    ("Here is what you need:", "Bees need water and flowers."): (
        "Bees need water and flowers."
    ),
    ("Bees in the city", "They like it."): "Bees in the city. They like it.",
    ("蜜蜂需要三样东西：", "它们需要水和花"): "它们需要水和花。",
    ("Bees like it \u2013", "- one\n- two"): "Bees like it.",
    ("मधुमक्खियाँ शहर में रहती हैं", ""): "मधुमक्खियाँ शहर में रहती हैं।",
}
PHRASES = {
    "Keeping bees on a roof that stays open in winter: seen from close up": (
        "Keeping bees on a roof that stays open in winter"
    ),
    "Keeping bees on the roofs of the city \u2013 what the neighbours think of it": (
        "Keeping bees on the roofs of the city"
    ),
    "Keeping bees on the roofs of the city | The blog of the bee shop": (
        "Keeping bees on the roofs of the city"
    ),
    "Bees: why so many people keep them on the roofs of the big city": (
        "Bees: why so many people keep them on the roofs of the big"
    ),
    "How ten busy people managed to keep forty thousand bees in the middle": (
        "How ten busy people managed to keep forty thousand bees"
    ),
    "Wie zehn Leute es geschafft haben, vierzigtausend Bienen in der Stadt": (
        "Wie zehn Leute es geschafft haben, vierzigtausend Bienen"
    ),
    "A short title": "A short title",
}
PLACEHOLDERS = (
    "[Your Company Name]",
    "[Insert phone number]",
    "[Company Name]",
    "[Ihr Firmenname]",
    "[Nom de l'entreprise]",
    "{{company_name}}",
)
NO_PLACEHOLDERS = (
    "[your shop](/shop)",
    "[your guide][1]",
    "`[your name]`",
    "[sic] and [...]",
    "- [ ] your task",
    "{a} and {1, 2}",
)


class TestPlaceholders(AnswerCase):
    def test_a_placeholder_stays_and_is_noted(self):
        for source in PLACEHOLDERS:
            for key in ("body", "title", "linkedin"):
                with self.subTest(source, key=key):
                    text = f"Call {source} today."
                    if key == "body":
                        text = f"{PROSE}\n\n{text}"
                    article = self.article(REQUEST, **{key: text})
                    note = llm.Note("placeholder", {"name": source})
                    self.assertIn(note, article.repairs)
                    shown = [
                        article.body_html,
                        article.title,
                        article.social["linkedin"],
                    ]
                    self.assertIn(source, " ".join(shown))

        body = f"{PROSE}\n\n[您的公司名称] and [Ваша компания]"
        codes = [note.code for note in self.article(REQUEST, body=body).repairs]
        self.assertIn("placeholder", codes)

    def test_brackets_in_prose_are_none(self):
        for source in NO_PLACEHOLDERS:
            article = self.article(REQUEST, body=f"{PROSE}\n\nCall {source} today.")
            codes = [note.code for note in article.repairs]
            self.assertNotIn("placeholder", codes, source)


class TestCleaner(AnswerCase):
    def test_each_field_is_plain_text(self):
        for source, expected in CLEANED.items():
            with self.subTest(source):
                article = self.article(title=source, teaser=source, x=source)
                self.assertEqual(article.title, expected)
                self.assertEqual(article.teaser, expected)
                self.assertEqual(article.social["x"], expected)
                for key in LABELS:
                    plain = plain_field(key, source).replace("](/shop)", "")
                    self.assertEqual(plain.replace("[", ""), expected)

    def test_the_name_of_a_field_is_not_part_of_its_value(self):
        for key, labels in LABELS.items():
            for label in labels:
                self.assertEqual(plain_field(key, label + "Bees fly"), "Bees fly")
        for title in ("Title deeds: what bees own", "Bees: a title", "X marks it: yes"):
            self.assertEqual(plain_field("title", title), title)
            self.assertEqual(plain_field("x", title), title)

    def test_keywords_of_hashtags_are_split(self):
        article = self.article(keywords="#bees #cityHoney #urban_life")
        self.assertEqual(article.seo_keywords, ("bees", "cityHoney", "urban_life"))
        article = self.article(keywords="C# basics, #1 hive")
        self.assertEqual(article.seo_keywords, ("C# basics", "1 hive"))

    def test_copy_has_no_markup_and_points_nowhere(self):
        for source, expected in COPY.items():
            with self.subTest(source):
                text = without_links(plain_field("x", source))
                if expected is None:
                    expected = source
                self.assertEqual(text.replace(" .", "."), expected)


class TestMadeFromOthers(AnswerCase):
    def test_a_teaser_is_made_of_whole_sentences(self):
        for (first, second), expected in TEASERS.items():
            with self.subTest(first):
                self.assertEqual(excerpt(f"{first}\n\n{second}", 300), expected)
        body = "Here is what you need:\n\n- water\n\n" + PROSE
        teaser = self.article(REQUEST, body=body, teaser="").teaser
        self.assertTrue(PROSE.startswith(teaser))
        self.assertRegex(teaser, r"[.!?]$")

    def test_a_sentence_that_is_too_long_is_cut(self):
        text = "Bees " * 100
        self.assertLessEqual(len(excerpt(text, 300)), 300)

    def test_a_description_says_nothing_twice(self):
        for first in ("Bees fly.", "Here is what you need:", "Bees", ""):
            body = f"{first}\n\n{PROSE}"
            for teaser in ("", "Bees fly."):
                article = self.article(
                    REQUEST, body=body, teaser=teaser, seo_description=""
                )
                text = article.seo_description
                self.assertTrue(50 <= len(text) <= 156, text)
                parts = [part.strip() for part in text.split(".")]
                self.assertEqual(len(parts), len(set(parts)), text)
                self.assertNotIn("need:", text)

    def test_a_description_is_the_teaser_if_that_is_long_enough(self):
        teaser = "Bees fly over the roofs from early spring to late summer."
        body = f"They sleep.\n\n{PROSE}"
        article = self.article(REQUEST, body=body, teaser=teaser, seo_description="")
        self.assertEqual(article.seo_description, teaser)

    def test_a_title_is_cut_where_a_phrase_ends(self):
        for source, expected in PHRASES.items():
            with self.subTest(source):
                self.assertEqual(cut_phrase(source, 60), expected)
                request = llm.ArticleRequest(source)
                article = self.article(request, title=source, seo_title="")
                self.assertEqual(article.seo_title, expected)

    def test_sample_keywords_are_phrases(self):
        account = llm.Account("offline", "", "", "")
        for topic in ("Keeping bees on a roof", "Bees"):
            answer = llm.write(llm.ArticleRequest(topic), account)
            self.assertEqual(answer.article.seo_keywords[0], topic)
            self.assertNotIn("Keeping", answer.article.seo_keywords)
            self.assertEqual(answer.article.repairs, ())
