# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A text of 30 kB becomes a page in a tenth of a second, whatever it is made of."""

import json
import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.content import post_html
from odoo.addons.blog_ai_generator.llm.answer import check

from .fixtures_llm import good_fields
from .fixtures_llm.answer_case import AnswerCase
from .test_llm_anything import PIECES, QUICK

FIELDS = good_fields()
PROSE = "\n\n".join(FIELDS["body"].split("\n\n")[1:5])
REQUEST = llm.ArticleRequest("Bees in the city", words=100)
LARGE = 29_500
# The page may take as long as this many rounds of the workload below: 100 ms on the
# machine on which one round takes 6 ms.
MOST_ROUNDS = 16
# Measurements of which one must be within it. Another process beside this one may make
# either side of a measurement nearly twice as slow.
TRIES = 4
# Text that fills a page; "§" is another word each time, so that it is no loop.
SHAPES = {
    "tiny paragraphs": "§\n\n",
    "hard breaks": "§  \n",
    "sentences": "Bees fly to § and back. ",
    "images that are none": "![",
    "brackets that open": "[",
    "brackets in brackets": "[" * 200 + "§" + "]" * 200,
    "references": "[§]: https://a.example\n",
    "uses of references": "[a][§] ",
    "italics that close": "§* ",
    "bold": "**§** ",
    "mixed emphasis": "*_",
    "asterisks in Chinese": "**字**",
    "struck out": "~~§~~ ",
    "code spans": "`§` ",
    "backticks": "` ",
    "fences": "```\n§\n```\n",
    "indented code": "    §\n\n",
    "headings": "# §\n",
    "bold headings": "**§**\n\nBees\n\n",
    "rules": "---\n",
    "lists": "- §\n",
    "lists in lists": "".join(f"{'  ' * depth}- §\n" for depth in range(60)),
    "lists of lists": "- - - - - §\n",
    "bullets": "• §\n",
    "quotations": "> §\n\n",
    "quotations in quotations": ">",
    "tables": "\n|a|b|\n|-|-|\n|§|§|\n",
    "long tables": ("|a|b|c|\n|-|-|-|\n", "|§|§|§|\n"),
    "wide tables": ("|a" * 3000 + "|\n" + "|-" * 3000 + "|\n", "|§|\n"),
    "many wide tables": "|§" * 60 + "|\n" + "|-" * 60 + "|\n" + "|§|\n" * 30 + "\n",
    "less than": "<",
    "tags": "<b>",
    "tags in pairs": "<b>§</b> ",
    "line breaks of HTML": "§<br>",
    "paragraphs of HTML": "<p>§</p>\n",
    "lists of HTML": "<ul><li>§\n",
    "tables of HTML": "<table><tr><td>§</td></tr></table>\n",
    "links of HTML": "<a href=https://a.example/§>§</a> ",
    "comments": "<!--",
    "addresses in brackets": "<https://a.example/§> ",
    "entities": "&amp;",
    "backslashes": "\\",
    "footnotes": "[^§]: b\n",
    "formulas": "$§^2$ ",
    "fractions": "$$\\frac{§}{",
    "citations": "§【4†a】",
    "alerts": "> [!NOTE]\n> §\n\n",
    "Chinese": "字",
    "emoji": "🐝",
}


def body_of(shape):
    start, unit = shape if isinstance(shape, tuple) else ("", shape)
    pieces = [f"{PROSE}\n\n", start]
    size, number = sum(map(len, pieces)), 0
    while size < LARGE:
        pieces.append(unit)
        while "§" in pieces[-1]:
            pieces[-1] = pieces[-1].replace("§", f"w{number:x}", 1)
            number += 1
        size += len(pieces[-1])
    return "".join(pieces)[:LARGE]


def seconds(function):
    """Return the processor time of this thread: others are not the page's."""
    started = time.thread_time()
    function()
    return time.thread_time() - started


def workload(rounds):
    for _round in range(rounds):
        for number in range(100_000):
            len(str(number))


def rounds_of(function):
    """Return how many rounds of the workload take as long as ``function`` does.

    As many as it may take are run, half of them before it and half after it: what
    slows the machine down for a while then slows both sides down.
    """
    half = MOST_ROUNDS // 2
    before = seconds(lambda: workload(half))
    taken = seconds(function)
    after = seconds(lambda: workload(half))
    return 2 * half * taken / (before + after)


def page(text):
    try:
        article = check(text, REQUEST)
    except llm.LLMError:
        return None
    return post_html(article.body_html)


def quadratic_page(text):
    """Look for an end that is missing, after each start, as careless patterns do."""
    re.findall(r"<p>.*?</section>", text, re.DOTALL)
    return page(text)


@tagged("post_install", "-at_install", "blog_ai_alone")
class TestLinear(AnswerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        page(json.dumps({**FIELDS, "body": PROSE}))  # imports, caches

    def assertQuick(self, body, function=page):
        """Assert the time, taken where the machine is calmest."""
        text = json.dumps({**FIELDS, "body": body})
        rounds = []
        for _try in range(TRIES):
            rounds.append(rounds_of(lambda: function(text)))
            if rounds[-1] < MOST_ROUNDS:
                return
        self.fail(f"{min(rounds):.1f} rounds: {body[len(PROSE) :][:60]!r}")

    def test_odd_and_hostile_texts(self):
        self.assertGreater(len(SHAPES), 40)
        for name, shape in SHAPES.items():
            with self.subTest(name):
                body = body_of(shape)
                self.assertEqual(len(body), LARGE)
                self.assertQuick(body)

    def test_a_page_in_quadratic_time_is_not_quick(self):
        with self.assertRaisesRegex(self.failureException, "rounds: .*<p>"):
            self.assertQuick(body_of(SHAPES["paragraphs of HTML"]), quadratic_page)

    def test_any_text_many_times(self):
        @settings(QUICK, max_examples=12)
        @given(st.lists(st.sampled_from([*PIECES, "§"]), min_size=1, max_size=5))
        def large(pieces):
            self.assertQuick(body_of("".join(pieces) or "a"))

        large()

    def test_what_is_too_much_is_shown_as_it_was_written(self):
        for name, sign in (
            ("tiny paragraphs", "w300 "), ("lists", "w700 - w701"),
            ("wide tables", "|a"), ("many wide tables", "|w60|"),
            ("less than", "&lt;&lt;"), ("tags", "&lt;b&gt;"),
            ("images that are none", "!["), ("struck out", "~~w1~~"),
            ("addresses in brackets", "&lt;https://a.example/w9&gt;"),
        ):  # fmt: skip
            with self.subTest(name):
                body = body_of(SHAPES[name])
                article = check(json.dumps({**FIELDS, "body": body}), REQUEST)
                self.assertIn(sign, article.body_html)
                self.assertEqual(article.repairs.count(llm.Note("body_simplified")), 1)

    def test_no_word_is_lost_that_is_deep(self):
        for mark in ("> ", "- ", "1. ", ">"):
            body = f"{PROSE}\n\n{mark * 150}deep § inside\n\n{PROSE[:300]}"
            article = check(json.dumps({**FIELDS, "body": body}), REQUEST)
            self.assertIn("deep § inside", article.body_html)

    def test_the_longest_good_text_is_not_simplified(self):
        rows = "".join(f"| {number} | two | three |\n" for number in range(150))
        steps = "".join(
            f"{number}. **Step {number}** with `code`\n" for number in range(150)
        )
        prose = [
            "".join(f"Bees fly to w{n}x{m}. " for m in range(30)) for n in range(40)
        ]
        parts = [
            f"## Part {n}\n\n{text}\n\n- one\n\n{'-' * 40}"
            for n, text in enumerate(prose)
        ]
        text = "\n\n".join((f"|a|b|c|\n|-|-|-|\n{rows}", steps, *parts))[:LARGE]
        article = check(json.dumps({**FIELDS, "body": text}), REQUEST)
        self.assertNotIn(llm.Note("body_simplified"), article.repairs)
