# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
import re

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import Note
from odoo.addons.blog_ai_generator.llm.answer import check
from odoo.addons.blog_ai_generator.llm.social_networks import NETWORKS

from .fixtures_llm import good_fields, good_text
from .fixtures_llm.answer_case import REQUEST, AnswerCase


class TestParse(AnswerCase):
    def test_a_good_answer_needs_no_repair(self):
        article = self.article()
        self.assertEqual(article.repairs, ())
        self.assertEqual(article.title, good_fields()["title"])
        self.assertEqual(set(article.social), set(NETWORKS))

    def test_what_models_put_around_the_object_is_dropped(self):
        text = good_text()
        for wrapped in (
            f"```json\n{text}\n```",
            f"```\n{text}```",
            f"Here is the {{requested}} article:\n\n{text}\n\nEnjoy!",
            f"<think>First {{a: 1}}, then...</think>\n{text}",
            f"\n\ufeff{text}",
            f'{{"article": {text}}}',
            f"[{text}]",
            f'{{"note": "x", "n": 1}}\n{text}',
            text.replace("\\n", "\n"),
        ):
            with self.subTest(wrapped[:30]):
                self.assertEqual(check(wrapped, REQUEST).title, self.article().title)

    def test_what_is_no_object_is_unusable(self):
        for text in (
            "",
            "Once upon a time",
            good_text()[:-200],
            "{'title': 'x', 'body': 'y'}",
            '{"title": 5',
            "{" * 100_000,
            '{"a":' * 100_000,
            '{"type": "object", "properties": {"title": {"type": "string"}}}',
            "__import__('os').system('true')",
        ):
            with self.subTest(text[:30]):
                self.assertUnusable(text)

    def test_a_number_or_nothing_is_no_text(self):
        for value in (None, 5, True, {}, [1, 2]):
            with self.subTest(value=value):
                self.assertUnusable(good_text(title=value))
                self.assertUnusable(good_text(body=value))
                self.assertTrue(self.article(teaser=value).teaser)

    def test_a_title_that_says_nothing_is_none(self):
        for title in ("", "B", "7", "\u8702", "**B**", "***", "\U0001f41d", ": b !"):
            with self.subTest(title=title):
                error = self.assertUnusable(good_text(title=title))
                self.assertTrue(error.retryable)
        for title in ("AI", "42", "\u8702\u871c", "\u0e1c\u0e36\u0e49\u0e07"):
            with self.subTest(title=title):
                self.assertEqual(self.article(title=title).title, title)

    def test_keywords_may_be_a_list(self):
        article = self.article(keywords=["bees", "city", "honey"])
        self.assertEqual(article.seo_keywords, ("bees", "city", "honey"))


class TestBody(AnswerCase):
    def test_a_far_too_short_body_is_unusable(self):
        self.assertUnusable(good_text(body="A few words. " * 20), "short")

    def test_the_least_length_follows_the_words_asked_for(self):
        places = "roof park yard hill lake wood farm port mill gate".split()
        body = " ".join(f"Bees are nice and the {it} has flowers." for it in places)
        self.article(llm.ArticleRequest("Bees", words=150), body=body)
        self.assertUnusable(
            good_text(body=body), "short", llm.ArticleRequest("Bees", words=300)
        )

    def test_a_body_beyond_any_post_is_unusable(self):
        self.assertUnusable(good_text(body="word " * 12_001), "long")

    def test_a_title_inside_the_body_goes(self):
        fields = good_fields()
        title, body = fields["title"], fields["body"]
        for start in (
            f"# {title}",
            f"## {title} ##",
            f"{title}\n===",
            f"# **{title}**",
        ):
            article = self.article(body=f"{start}\n\n{body}")
            self.assertEqual(article.body_markdown, body)
            self.assertEqual(len(article.repairs), 1)

    def test_other_top_headings_are_lowered(self):
        body = good_fields()["body"] + "\n\n# Another\n\n```\n# a comment\n```\n\nEnd"
        article = self.article(body=body)
        self.assertIn("\n## Another\n", article.body_markdown)
        self.assertIn("\n# a comment\n", article.body_markdown)
        self.assertIn("<h2>Another</h2>", article.body_html)

    def test_line_breaks_that_were_escaped_twice_are_restored(self):
        body = good_fields()["body"]
        article = self.article(body=body.replace("\n", "\\n"))
        self.assertEqual(article.body_markdown, body)
        self.assertEqual(len(article.repairs), 1)

    def test_tags_do_not_make_a_short_body_long(self):
        body = '<p class="a b c d" id="e f g">Bees <b>fly</b>.</p>\n\n' * 60
        self.assertUnusable(good_text(body=body), "short")

    def test_a_body_written_in_html_becomes_readable(self):
        title = good_fields()["title"]
        words = " ".join(f"Bees &amp; city {number}." for number in range(150))
        article = self.article(
            body=f"""<!DOCTYPE html>
<html><head><style>p {{ color: red }}</style></head><body>
    <h1>{title}</h1>
    <p>{words}</p>

    <h2>Where <em>they</em> live</h2>
    <ul>
        <li>One</li>
        <li><p>Two</p><ol><li>Three</li></ol></li>
    </ul>
    <script>
        alert(1)

        alert(2)
    </script>
    <pre><code>if x &lt; 1:
    y</code></pre>
</body></html>""",
            teaser="",
        )
        self.assertIn("<p>Bees &amp; city 0.", article.body_html)
        self.assertIn("<h2>Where <em>they</em> live</h2>", article.body_html)
        self.assertRegex(
            article.body_html,
            r"<ul>\s<li>One</li>\s<li>Two\s<ol>\s<li>Three</li>\s</ol>\s</li>\s</ul>",
        )
        self.assertIn("if x &lt; 1:\n    y", article.body_html)
        for gone in (title, "alert", "color", "&lt;p", "DOCTYPE"):
            self.assertNotIn(gone, article.body_html)
        self.assertTrue(article.teaser.startswith("Bees"))
        self.assertIn(Note("body_tags_removed", {"count": "31"}), article.repairs)

    def test_links_that_are_not_allowed_go_and_are_noted(self):
        body = good_fields()["body"] + "\n\nSee [this](https://evil.example/x)."
        article = self.article(body=body)
        self.assertIn("<p>See this.</p>", article.body_html)
        self.assertEqual(article.repairs, (Note("body_links_removed", {"count": "1"}),))


class TestNothingElseIsRaised(AnswerCase):
    def test_any_text_gives_an_article_or_an_error(self):
        source = random.Random(19)
        good = good_text()
        pieces = [
            '"',
            "\\",
            "{",
            "}",
            "\x00",
            "\ud800",
            "[",
            "](",
            "\n#",
            "```",
            "\u202e",
        ]
        for _number in range(150):
            text = list(good)
            for _change in range(source.randrange(1, 8)):
                text[source.randrange(len(text))] = source.choice(pieces)
            try:
                article = check("".join(text), REQUEST)
            except llm.LLMError as error:
                self.assertEqual(error.code, "unusable")
            else:
                self.assertFalse(re.search("[\ud800-\udfff\x00]", repr(article)))
