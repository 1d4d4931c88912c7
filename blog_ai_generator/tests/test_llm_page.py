# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Habits of models that a page should not show: source -> HTML."""

import textwrap

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import Note
from odoo.addons.blog_ai_generator.llm.loops import is_looping

from .fixtures_llm import good_fields, good_text
from .fixtures_llm.answer_case import AnswerCase

TITLE = "Bees in the city: a guide"
# A hundred words without markup.
PROSE = good_fields()["body"].split("\n\n")[1]
REQUEST = llm.ArticleRequest("Bees in the city", words=100)

EMPHASIS = {
    "これは**「重要」**です。": "<strong>「重要」</strong>で",
    "**要点：**每年一次": "<strong>要点：</strong>每",
    "这是**\u201c重点\u201d**。": "<strong>\u201c重点\u201d</strong>",
    "이것은 **중요(重要)**입니다": "<strong>중요(重要)</strong>입",
    "นี่คือ**\u201cสำคัญ\u201d**มาก": "<strong>\u201cสำคัญ\u201d</strong>",
    "- **Cost:**from 90 euros": "<strong>Cost:</strong>from",
    "- **Preis:**ab 90 Euro": "<strong>Preis:</strong>ab",
    "** Bold ** text": "<strong>Bold</strong> text",
    "Some ** bold words** here": "Some <strong>bold words</strong> here",
    "Some **bold words ** here": "Some <strong>bold words</strong> here",
    "**A** and **B** and **C**": "<strong>A</strong> and <strong>B</strong> and",
    "***both***": "<em><strong>both</strong></em>",
    "2 ** 3 ** 4 is not bold": "2 ** 3 ** 4 is",
    "f(**kwargs) and g(**options)": "f(**kwargs) and g(**options)",
    "snake_case_name and 2*3*4": "snake_case_name and 2",
    "`** code **` stays": "<code>** code **</code>",
    "a <em>b</em> <i>c</i> <b>d</b> H<sub>2</sub>O m<sup>2</sup>": (
        "a <em>b</em> <em>c</em> <strong>d</strong> H<sub>2</sub>O m<sup>2</sup>"
    ),
    "**a <em>b** c</em>": "<strong>a b</strong> c",
    "<p>One <strong>two</strong></p>\n<p>x<sup>3</sup></p>": (
        "<p>One <strong>two</strong></p>"
    ),
}
HEADINGS = {
    "### One\n\nx\n\n### Two": "<h2>One</h2> <p>x</p> <h2>Two</h2>",
    "## One\n\n#### Two": "<h2>One</h2> <h3>Two</h3>",
    "#### One\n\n###### Two\n\n## Three\n\n### Four": (
        "<h2>One</h2> <h3>Two</h3> <h2>Three</h2> <h3>Four</h3>"
    ),
    "# One\n\n## Two\n\n# Three": "<h2>One</h2> <h2>Two</h2> <h2>Three</h2>",
    "One\n===\n\nTwo\n---\n\n### Three": "<h2>One</h2> <h2>Two</h2> <h3>Three</h3>",
    "##One\n\n###Two": "<h2>One</h2> <h3>Two</h3>",
    "\uff03\uff03 一\n\n\uff03\uff03\uff03 二": "<h2>一</h2> <h3>二</h3>",
    "## **One**\n\n### __Two__": "<h2>One</h2> <h3>Two</h3>",
    "## **One** and two": "<h2><strong>One</strong> and two</h2>",
    "**One**\n\nx\n\n**Two:**\n\ny": "<h2>One</h2> <p>x</p> <h2>Two</h2> <p>y</p>",
    "**One**\nx\n\n__Two?__\ny": "<h2>One</h2> <p>x</p> <h2>Two?</h2> <p>y</p>",
    "## H\n\n**One**\n\nx\n\n**Two**\n\ny": "<p><strong>One</strong></p>",
    "**Only one.**\n\nx\n\n**And another.**\n\ny": "<p><strong>Only one.</strong></p>",
    "#tag and #other": "<p>#tag and #other</p>",
    "a\n\n---\n\nb": "<p>a</p> <hr> <p>b</p>",
}
LISTS = {
    "Three:\n\u2022 one\n\u2022 two\n\u2022 three": (
        "<p>Three:</p> <ul> <li>one</li> <li>two</li> <li>three</li> </ul>"
    ),
    "\u2022 one \u2022 two \u2022 six": "<ul> <li>one</li> <li>two</li> <li>six</li>",
    "\u25cf one\n  \u25e6 inner": "<ul> <li>one <ul> <li>inner</li>",
    "\u30fb": "<p>\u30fb</p>",
    "Rosa Blau\nMarkt 3\n12345 Musterstadt": "<p>Rosa Blau<br> Markt 3<br> 12345",
    "Monday: closed\nTuesday: open\nFriday: open": "Monday: closed<br> Tuesday",
    "月曜日：休み\n火曜日：営業": "休み<br> 火",
    "\U0001f41d Bees\n\U0001f33b Flowers": "Bees<br> \U0001f33b",
    textwrap.fill(PROSE[:300], 76): PROSE[:200],
    textwrap.fill(PROSE[:300], 40): PROSE[:200],
    "- [ ] open\n- [x] done\n1. [X] too": "<li>\u2610 open</li> <li>\u2611 done</li>",
    "- [link](x) and [ ] box": "<li>link and [ ] box</li>",
    "![a](http://e.example/a.png)\n\nText": "<p>Text</p>",
    "[![a](http://e.example/a.png)](http://e.example)\n\nText": "<p>Text</p>",
    "## ![a](a.png)\n\nText": "<p>Text</p>",
}
MARKS = {
    "Bees\u30104\u2020source\u3011 fly": "Bees fly",
    "Bees \u301012:3\u2020a.pdf\u3011.": "Bees.",
    "Bees :contentReference[oaicite:0]{index=0}.": "Bees.",
    "Bees [oaicite:3] fly.": "Bees fly.",
    "Bees \ue200cite\ue202turn0search1\ue201 fly": "Bees  fly",
    "Bees [cite: 1, 2].": "Bees.",
    "[[toc]]\n\nText": "<p>Text</p>",
    "[TOC]\n\nText": "<p>Text</p>",
    "> [!NOTE]\n> Mind the bees.": "<blockquote> <p>Mind the bees.</p>",
    "> [!WARNING] Mind them.": "<blockquote> <p>Mind them.</p>",
    "This is ==very important==.": "This is <strong>very important</strong>.",
    "if a == b or b == c": "if a == b or b == c",
    "They fly.[^1] Yes[^b].\n\n[^1]: Bee book.\n[^b]: Hive\n    book.": (
        "They fly.<sup>1</sup> Yes<sup>2</sup>.</p>"
    ),
    "They fly[^1].": "They fly.",
    r"The area \(a^2\) of \(a\)": "The area a<sup>2</sup> of a",
    r"So \(2 \times 3\) bees": "So 2 \xd7 3 bees",
    r"$$E = mc^2$$": "E = mc<sup>2</sup>",
    r"\[\frac{a}{b} \approx \text{half}\]": "a/b \u2248 half",
    r"Water is $H_2O$ and $x^{10}$": "Water is H<sub>2</sub>O and x<sup>10</sup>",
    "From $5 to $10, or 5$ and 6$": "From $5 to $10, or 5$ and 6$",
    r"Two \(see below\) words": "Two (see below) words",
    "`$$a$$` and `[^1]`": "<code>$$a$$</code> and <code>[^1]</code>",
}
STARTS = (
    "Sure! Here is the article you asked for:",
    "Certainly! Here's a blog post about bees.",
    "Here is your blog post in Markdown:",
    "Gerne! Hier ist der Artikel:",
    "Bien sûr ! Voici l'article demandé :",
    "\xa1Claro! Aquí tienes el artículo:",
    "当然！以下是文章：",
    "承知しました。以下が記事です。",
)
GOOD_STARTS = (
    "Here are five tips:",
    "Sure, bees sting. They rarely do.",
    "Here is what a hive costs in the first year.",
    "Of course, not every roof can carry a hive.",
    "Great honey begins with good flowers:",
    "Natürlich gibt es Ausnahmen.",
)
ENDS = (
    "Let me know if you'd like me to adjust the tone or length!",
    "*Let me know if you want any changes.*",
    "Would you like me to write another version?",
    "Lassen Sie mich wissen, ob ich etwas ändern soll.",
    "\xbfQuieres que cambie el tono?",
    "If you'd like to change the tone, I can rewrite it.",
    "Feel free to ask me for another version.",
)
GOOD_ENDS = (
    "Let me know in the comments which flowers your bees like.",
    "Let us know if you have questions about hives.",
    "Would you like to keep bees? Write to us.",
    "Schreiben Sie uns, wenn Sie Fragen haben.",
    "If you want to change the hive, open its lid and lift the frames.",
    "If you'd like to adjust the height, turn the screw. Then edit your notes.",
    "Feel free to ask the beekeeper to change the queen.",
)
TITLES = (
    f"**{TITLE}**",
    f"__{TITLE}__",
    f"Title: {TITLE}",
    f"**Title:** {TITLE}",
    f"Titel: {TITLE}",
    "Titre : un autre titre",
    f"# {TITLE}",
    "## Bees in the City \u2013 A Guide!",
    f"### \u201c{TITLE}\u201d",
    TITLE,
    f"{TITLE}\n=====",
    f"---\ntitle: {TITLE}\ndate: 2026-01-01\n---",
)
LOOPS = (
    "Bees are good for the city. " * 5,
    f"{PROSE} " * 3,
    f"{PROSE}\n\n" + "and so the bees come back to the roof " * 8,
    "मधुमक्खियाँ शहर के लिए अच्छी हैं। " * 6,
    "蜜蜂对城市的植物非常重要。" * 6,
    "very " * 80,
)
NO_LOOPS = (
    PROSE,
    "- one bee\n- two bees\n" * 3,
    "Yes. No. " * 12,
    "".join(f"| {name} | yes | no | yes |\n" for name in "abcdefghijkl"),
    "".join(
        f"Verse {n} has words of its own.\nSo sings the bee.\n\n" for n in range(9)
    ),
)


class PageCase(AnswerCase):
    def page(self, source, before=f"{PROSE}\n\n", after="", title=TITLE):
        """Return the HTML on one line, without the prose around it, and the notes."""
        article = self.article(REQUEST, body=f"{before}{source}{after}", title=title)
        html = " ".join(article.body_html.split())
        return html.replace(" ".join(f"<p>{PROSE}</p>".split()), "").strip(), article


class TestPage(PageCase):
    def test_each_source_becomes_what_was_meant(self):
        for table in (EMPHASIS, HEADINGS, LISTS, MARKS):
            for source, expected in table.items():
                with self.subTest(source):
                    html, _article = self.page(source)
                    expected = " ".join(expected.split()).replace('"', "&quot;")
                    self.assertIn(expected, html)

    def test_conversions_are_noted_and_prose_is_not(self):
        for source in MARKS:
            with self.subTest(source):
                html, article = self.page(source)
                codes = [note.code for note in article.repairs]
                if source in html or "see below" in source or "<code>" in html:
                    self.assertEqual(codes, [])
                else:
                    self.assertEqual(codes, ["body_marks_removed"])
        for table in (EMPHASIS, HEADINGS):
            for source in table:
                codes = [note.code for note in self.page(source)[1].repairs]
                self.assertNotIn("body_marks_removed", codes)

    def test_an_article_in_a_fence_or_indented_is_one(self):
        source = f"{PROSE}\n\n## One\n\n- a\n- b\n\n## Two\n\n**Bold**"
        indented = textwrap.indent(source, "    ")
        code = "\n\n```python\nx = 1\n```\n\n## Three\n\nEnd"
        for body in (
            f"```markdown\n{source}\n```",
            f"```md\n{source}{code}\n```",
            f"```\n{source}\n```",
            f"~~~markdown\n{source}\n~~~",
            f"```markdown\n{source}",
            f"Sure! Here is the article:\n\n```markdown\n{source}\n```",
            indented,
            indented.strip(),
            textwrap.indent(source, "\t"),
            textwrap.indent(f"## Zero\n\n{source}{code}", "    "),
        ):
            with self.subTest(body[:30]):
                html, _article = self.page(body, before="")
                self.assertIn("<h2>Two</h2>", html)
                self.assertEqual(html.count("<pre>"), body.count("python"))

    def test_code_samples_stay(self):
        for code in (
            "```markdown\n## Not a heading\n- [ ] task\n```",
            "```\n**x**\n\u2022 y\n$$z$$\n```",
            "    ## indented\n    **x** [^1]",
            "~~~\n==x==\n~~~",
        ):
            html, article = self.page(code, after="\n\nEnd.")
            self.assertEqual(html.count("<pre>"), 1)
            for part in code.replace("```markdown", "").split("\n"):
                self.assertIn(part.strip("`~ "), html)
            self.assertEqual(article.repairs, ())
        html, _article = self.page("", f"```\n{PROSE}\n```\n\n{PROSE}")
        self.assertEqual(html.count("<pre>"), 1)

    def test_the_title_is_once_on_the_page(self):
        for source in TITLES:
            with self.subTest(source):
                html, article = self.page(f"{PROSE}\n\n## One\n\nx", f"{source}\n\n")
                self.assertEqual(html, "<h2>One</h2> <p>x</p>")
                self.assertIn("body_title_removed", [n.code for n in article.repairs])
        long = "Bees in the city and all of their many friends " * 4
        html, _article = self.page(PROSE, f"# {long}\n\n", title=long)
        self.assertEqual(html, "")

    def test_a_first_line_that_is_no_title_stays(self):
        for source in (
            "**Bees matter.**",
            "## Bees",
            "Title deeds: what bees own.",
            "Title: a word on the door of a hive, and nobody reads it.",
            "标题：蜂箱的名字，写在门上。",
        ):
            html, article = self.page(PROSE, f"{source}\n\n")
            self.assertIn(source.strip("#* "), html)
            self.assertEqual(article.repairs, ())

    def test_what_was_said_to_whoever_asked_goes(self):
        for source in STARTS:
            with self.subTest(source):
                html, article = self.page(f"## One\n\n{PROSE}", f"{source}\n\n")
                self.assertEqual(html, "<h2>One</h2>")
                note = Note("body_marks_removed", {"count": "1"})
                self.assertEqual(article.repairs, (note,))
        for source in ENDS:
            with self.subTest(source):
                html, _article = self.page(f"## One\n\nx\n\n---\n\n{source}")
                self.assertEqual(html, "<h2>One</h2> <p>x</p>")

    def test_good_prose_stays(self):
        for source in GOOD_STARTS:
            html, article = self.page(f"## One\n\n{PROSE}", f"{source}\n\n")
            self.assertIn(source, html)
            self.assertEqual(article.repairs, ())
        for source in GOOD_ENDS:
            html, article = self.page(f"## One\n\nx\n\n{source}")
            self.assertIn(source, html)
            self.assertEqual(article.repairs, ())


class TestLoops(PageCase):
    def test_a_text_that_loops_is_refused(self):
        for text in LOOPS:
            with self.subTest(text[:30]):
                self.assertTrue(is_looping(text))
        body = f"{PROSE}\n\n" + "Bees are good for the city. " * 6
        self.assertUnusable(good_text(body=body), "repetition", REQUEST)

    def test_lists_and_refrains_pass(self):
        for text in NO_LOOPS:
            with self.subTest(text[:30]):
                self.assertFalse(is_looping(text))
