# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each answer of a model ends in an article or an error, in linear time."""

import json
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm.answer import check

from .fixtures_llm import good_fields
from .fixtures_llm.answer_case import AnswerCase

REQUEST = llm.ArticleRequest("Bees in the city", words=100)
FIELDS = good_fields()
BODY = "\n\n".join(FIELDS["body"].split("\n\n")[1:5])
# Pieces that the steps look for: marks, tags, quotes, escapes, labels, scripts.
PIECES = (
    "** * _ __ ` ``` ~~~ # ## ##a • - * 1. > | [ ] ( ) ![ ]( < > <b> </b> <sub> "
    "</p> <p> <!-- $ $$ \\( \\) \\[ \\] \\ \\n \\u00e9 \\ud83d { } {{ \" ' “ ” „ « "
    "「 」 : ：。 ！ ？ == [^1] [^1]: 【4† 】 [[toc]] [!NOTE] &amp; &# ; Title: "
    "Sure! Here </think> <think> [Your http://a.example/b www. a.shop/b @a #b --- "
    "=== -- / // /* */ , 字 か 한 ก ا न bees fly 3 é \u0301 \u200d 🐝"
).split(" ") + ["\n", "\n\n", "    ", "\t", " ", "\0", "\ud800", "\x01", "\u2028"]
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)
VALUES = st.recursive(
    st.one_of(TEXTS, st.none(), st.booleans(), st.integers(), st.floats()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)
    ),
    max_leaves=8,
)
QUICK = settings(
    max_examples=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
# Characters of the largest body; four times the text may take this many times as long.
LARGE, GROWTH = 29_500, 8
# Seconds of CPU: so short a time is not measured well.
UNCLEAR = 0.05


def seconds(function):
    started = time.process_time()
    function()
    return time.process_time() - started


@tagged("post_install", "-at_install", "blog_ai_alone")
class TestAnything(AnswerCase):
    def assertAnswered(self, text):
        try:
            article = check(text, REQUEST)
        except llm.LLMError as error:
            self.assertEqual(error.code, "unusable")
            said = [error.detail, *error.values.values()]
        else:
            self.assertKnown(article.repairs)
            said = [
                article.title, article.teaser, article.body_markdown, article.body_html,
                article.seo_title, article.seo_description, *article.seo_keywords,
                *article.social.values(), *map(str, article.repairs),
            ]  # fmt: skip
        for value in said:
            value.encode()
            self.assertNotIn("\0", value)

    def test_any_values(self):
        @QUICK
        @given(st.dictionaries(st.sampled_from([*FIELDS, "content", "seo"]), VALUES))
        def values(changes):
            self.assertAnswered(json.dumps({**FIELDS, "body": BODY} | changes))

        values()

    def test_any_text_in_the_fields(self):
        @QUICK
        @given(TEXTS, TEXTS, TEXTS)
        def texts(start, end, other):
            body = f"{start}\n\n{BODY}{end}"
            fields = {**FIELDS, "body": body, "title": f"Bees {other}", "x": other}
            self.assertAnswered(json.dumps(fields))

        texts()

    def test_any_text_around_and_inside_the_object(self):
        good = json.dumps({**FIELDS, "body": BODY})

        @QUICK
        @given(TEXTS, st.lists(st.tuples(st.integers(0, len(good)), TEXTS), max_size=3))
        def around(start, inserts):
            text = good
            for place, piece in inserts:
                text = text[:place] + piece + text[place:]
            self.assertAnswered(start + text)
            self.assertAnswered(start)

        around()

    def test_any_reply_of_a_server(self):
        @QUICK
        @given(VALUES)
        def copies(value):
            for text in (json.dumps({"text": value}), json.dumps(value)):
                request = llm.SocialRequest("Bees", "x", 200)
                try:
                    llm.social.check_social(text, request).encode()
                except llm.LLMError as error:
                    self.assertEqual(error.code, "unusable")

        copies()

    def test_rendering_stays_linear(self):
        def taken(unit, length):
            body = (f"{BODY}\n\n" + unit * length)[:length]
            text = json.dumps({**FIELDS, "body": body})
            return seconds(lambda: self.assertAnswered(text))

        @settings(QUICK, max_examples=8)
        @given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join))
        def large(unit):
            part, whole = taken(unit, LARGE // 4), taken(unit, LARGE)
            self.assertLess(whole, max(part * GROWTH, UNCLEAR), unit)

        large()
