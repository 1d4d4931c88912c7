# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts at the edge of a rule: the last that it is about, the first that it is not."""

import json
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import sample
from odoo.addons.blog_ai_generator.llm.deadline import Deadline
from odoo.addons.blog_ai_generator.llm.errors import LONGEST_RETRY_AFTER
from odoo.addons.blog_ai_generator.llm.excerpt import cut_phrase, excerpt
from odoo.addons.blog_ai_generator.llm.ideas import MOST_IDEAS, check_ideas
from odoo.addons.blog_ai_generator.llm.model_list import read_models
from odoo.addons.blog_ai_generator.llm.protocols.base import as_json, money
from odoo.addons.blog_ai_generator.llm.protocols.offline import answer_text
from odoo.addons.blog_ai_generator.llm.sample_outline import FILLER, sections_for
from odoo.addons.blog_ai_generator.llm.secrets import scrub
from odoo.addons.blog_ai_generator.llm.shown import shown
from odoo.addons.blog_ai_generator.llm.text import (
    bare_words,
    cut,
    one_line,
    weight_on_x,
)
from odoo.addons.blog_ai_generator.llm.verdict import from_response
from odoo.addons.blog_ai_generator.llm.waits import retry_after

from .fixtures_llm import good_fields
from .fixtures_llm.answer_case import AnswerCase

PROSE = good_fields()["body"].split("\n\n")[1]
REQUEST = llm.ArticleRequest("Bees in the city", words=100)
OFFLINE = llm.Account("offline", "", "", "sample", "offline")
LONG = "Bees fly out as soon as the sun has warmed the hive."
STATUSES = (399, 400, 599, 600)
THUMB, TONE = "\U0001f44d", "\U0001f3fd"


class TestEdgesOfText(AnswerCase):
    def test_marks_around_a_part_of_a_title_stay(self):
        for title in ('"Bees" in town', 'All about "bees"', "**Bees** in town"):
            self.assertEqual(one_line(title), title)
        self.assertEqual(one_line("**Bees in town**"), "Bees in town")

    def test_a_cut_leaves_no_half_of_a_picture(self):
        for tone in ("\U0001f3fb", TONE, "\U0001f3ff"):
            for limit in range(6, 12):
                found = cut((THUMB + tone) * 9, limit, ellipsis="")
                self.assertTrue(found)
                self.assertEqual(found.count(THUMB), found.count(tone))

    def test_a_cut_leaves_no_half_of_a_family(self):
        family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
        for limit in range(5, 16):
            found = cut(family * 9, limit, ellipsis="")
            self.assertEqual(found, family * (limit // 5))

    def test_a_cut_leaves_no_letter_without_its_marks(self):
        for letter in ("\u0915\u093f", "x\u0301"):
            for limit in range(5, 12):
                found = cut(letter * 9, limit, ellipsis="")
                self.assertEqual(found, letter * (limit // 2))

    def test_signs_are_weighed_as_x_weighs_them(self):
        light = "\u10ff\u2000\u200d\u2010\u201f\u2032\u2037"
        heavy = "\u1100\u1fff\u200e\u200f\u2020\u2031\u2038"
        self.assertEqual([weight_on_x(sign) for sign in light], [1] * 7)
        self.assertEqual([weight_on_x(sign) for sign in heavy], [2] * 7)

    def test_a_phrase_of_twenty_characters_can_be_a_title(self):
        for length, found in ((20, 20), (19, 24)):
            with self.subTest(length):
                title = cut_phrase("b" * length + "\uff1a" + "c" * 30, 24)
                self.assertEqual(len(title), found)

    def test_an_excerpt_ends_behind_its_half(self):
        body = "Bees fly over roofs. They sleep. They eat."
        self.assertEqual(excerpt(body, 36), "Bees fly over roofs.")

    def test_a_cut_right_behind_a_word_keeps_it(self):
        self.assertEqual(cut("abcdef gh ijkl", 9, ellipsis=""), "abcdef gh")

    def test_a_phrase_of_wide_characters_may_be_half_as_long(self):
        phrase = "\u8702" * 12
        self.assertEqual(cut_phrase(f"{phrase}\uff1a{phrase}", 15), phrase)


class TestEdgesOfPages(AnswerCase):
    def html(self, body):
        return self.article(REQUEST, body=f"{body}\n\n{PROSE}").body_html

    def test_line_breaks_that_are_written_about_stay(self):
        body = f"Write `\\n` or `\\n\\n` for a break.\n\n{PROSE}"
        article = self.article(REQUEST, body=body)
        self.assertEqual(article.body_html.count("\\n"), 3)
        codes = [note.code for note in article.repairs]
        self.assertNotIn("body_line_breaks_fixed", codes)

    def test_a_bold_line_right_below_a_text_is_no_heading(self):
        html = self.html("Bees fly.\n**One**\n\nx\n\nBees sleep.\n**Two**\n\ny")
        self.assertNotIn("<h2>One", html)
        self.assertNotIn("<h2>Two", html)

    def test_a_single_bold_line_is_no_heading(self):
        self.assertNotIn("<h2>One", self.html("Bees fly.\n\n**One**\n\nBees sleep."))

    def test_rows_may_be_as_long_as_a_line_of_an_email(self):
        row = "Opening hours on Monday: nine to five or so"
        self.assertEqual(self.html(f"{row}\n{row}").count("<br"), 1)

    def test_a_text_that_fills_its_lines_has_no_rows(self):
        full = "Bees " * 12
        self.assertNotIn("<br", self.html(f"{full}\nBees fly.\nBees sleep."))

    def test_code_in_html_is_code(self):
        html = self.html("<p>Run <code>make test</code> now, <b>please</b>.</p>")
        self.assertIn("<code>make test</code>", html)
        self.assertIn("<strong>please</strong>", html)

    def test_what_comes_behind_code_in_html_is_text_again(self):
        text = "<p>Then <b>look</b> at it.</p>"
        html = self.html(f"<div>\n<pre>make test</pre>\n{text}\n</div>")
        self.assertEqual(html.count("<pre>"), 1)
        self.assertIn("<p>Then <strong>look</strong> at it.</p>", html)

    def test_items_of_html_need_no_end(self):
        html = self.html("<ul>\n<li>Roofs\n<li>Parks\n</ul>")
        self.assertIn("<li>Roofs</li>\n<li>Parks</li>", html)


class TestEdgesOfAnswers(AnswerCase):
    def test_ideas_may_come_after_many_that_are_none(self):
        items = ["?"] * (3 * MOST_IDEAS - 1) + ["Hedges", "Lanterns"]
        found = check_ideas(json.dumps({"ideas": items}), llm.IdeasRequest("", 5))
        self.assertEqual([idea.title for idea in found], ["Hedges"])

    def test_a_model_without_a_date_has_none(self):
        (model,) = read_models([{"id": "m", "shutdown_date": 0}])
        self.assertNotIn("1970", repr(model))

    def test_a_limit_of_nothing_is_none(self):
        entry = {"id": "m", "max_tokens": 0, "max_completion_tokens": 9}
        (model,) = read_models([entry])
        self.assertEqual(model.max_output_tokens, 9)

    def test_a_text_in_another_form_is_read_if_it_is_an_object(self):
        found = [*map(as_json, ("{}", {"a": 1}, {}, ["a"], 7))]
        self.assertEqual(found, ["{}", '{"a": 1}', "", "", ""])

    def test_a_pause_until_a_moment_of_another_time_zone(self):
        east = timezone(timedelta(hours=5))
        until = datetime.now(east) + timedelta(seconds=90)
        seconds = retry_after({"Retry-After": until.isoformat(timespec="seconds")})
        self.assertAlmostEqual(seconds, 90, delta=5)

    def test_a_reset_that_cannot_be_read_is_none(self):
        headers = {"x-ratelimit-reset-tokens": "3s"}
        self.assertEqual(retry_after(headers), 3)
        odd = {**headers, "x-ratelimit-reset-requests": "soon"}
        self.assertEqual(retry_after(odd), 3)

    def test_a_deadline_that_has_passed_leaves_a_millisecond(self):
        self.assertLess(Deadline(0).remaining, 0.01)
        self.assertGreater(Deadline(0).remaining, 0)
        begun = time.monotonic()
        self.assertLessEqual(Deadline(7).remaining, 7)
        self.assertLess(time.monotonic() - begun, 5)

    def test_the_form_is_shown_just_where_it_is_sent(self):
        strict = llm.Account("openai_chat", "", "k", "m", "openai")
        self.assertIn("seo_title", shown(REQUEST, strict).form)
        text = replace(strict, answer_format="text")
        self.assertEqual(shown(REQUEST, text).form, "")


class TestEdgesOfErrors(AnswerCase):
    def error(self, status, **error):
        return from_response(status, {}, json.dumps({"error": error})).code

    def test_the_status_that_an_error_names_counts_if_it_is_one(self):
        unnamed = self.error(200, message="No.")
        named = {code: self.error(200, message="No.", code=code) for code in STATUSES}
        expected = dict.fromkeys(STATUSES, unnamed)
        expected[400], expected[599] = self.error(400, message="No."), "overloaded"
        self.assertEqual(named, expected)

    def test_a_wait_of_six_hours_is_waited_for(self):
        for seconds, reason in ((LONGEST_RETRY_AFTER, ""), (155 * 3600, "days")):
            error = from_response(429, {"Retry-After": str(seconds)}, "")
            self.assertEqual((error.code, error.reason), ("rate_limit", reason))
        self.assertEqual(error.values, {"count": "6"})

    def test_the_first_of_several_errors_counts(self):
        errors = [{"error": {"message": text}} for text in ("First", "Second")]
        self.assertIn("First", from_response(400, {}, json.dumps(errors)).detail)

    def test_the_words_of_a_page_are_the_detail(self):
        detail = from_response(502, {}, "<h1>Bad <b>Gateway</b></h1>").detail
        self.assertEqual(detail, "HTTP 502: Bad Gateway")
        self.assertEqual(from_response(502, {}, "").detail, "HTTP 502: empty body")

    def test_a_cost_that_cannot_be_is_none(self):
        found = [*map(money, (0.5, 0, -1, 1e10, float("inf"), True, "1"))]
        self.assertEqual(found, [0.5, 0.0, None, None, None, None, None])

    def test_a_key_of_eight_letters_is_found_within_a_word(self):
        self.assertNotIn("abcd1234", scrub("tokenabcd1234x is wrong", "abcd1234"))

    def test_a_key_is_found_as_json_writes_it(self):
        self.assertNotIn("b9", scrub('Bearer a\\"b9 is wrong', 'a"b9'))

    def test_words_are_compared_in_one_form(self):
        self.assertEqual(bare_words("\uff21\uff22-\uff13"), "ab3")


class TestEdgesOfSamples(AnswerCase):
    def test_another_text_is_never_the_present_one(self):
        for _heading, text in sample.SECTIONS:
            present = text.format(q="\u201cBees\u201d")
            request = llm.SectionRequest("Bees", "Roofs", present, "Too long")
            self.assertNotIn(present, json.loads(answer_text(request))["text"])

    def test_a_translation_says_its_language_in_front_of_each_text(self):
        request = llm.TranslationRequest(
            "Bees",
            fields={"title": "Bees"},
            terms=("Fly", LONG, f"Yes: {LONG}"),
            language="fr_BE",
        )
        found = json.loads(answer_text(request))
        self.assertEqual(found["title"], "[FR] Bees")
        # A text that may not become so long says nothing but its language.
        self.assertEqual(found["t1"], "[FR] Fly")
        self.assertRegex(found["t2"], r"\[FR\] .*French.* \[FR\] Bees fly")
        # The notice has been given by then.
        self.assertEqual(found["t3"], f"[FR] Yes: {LONG}")

    def test_titles_begin_with_a_capital(self):
        angles = "|".join(angle.capitalize() for angle in sample.ANGLES)
        for topic, title in (
            (
                "Why do bees dance at dusk?",
                rf"^Why do bees dance at dusk\? ({angles})$",
            ),
            ("bees", r"^Bees: "),
        ):
            article = llm.write(llm.ArticleRequest(topic), OFFLINE).article
            self.assertRegex(article.title, title)
        titles = llm.TitlesRequest("bees at dusk", article="Bees.")
        for title in json.loads(answer_text(titles))["titles"]:
            self.assertRegex(title, "^Bees at dusk: ")

    def test_texts_that_no_heading_has_fill_the_first_ones(self):
        texts = [("X", "x y z"), ("Y", "u v")]
        found = [*sections_for(["A", "B"], texts, 100)]
        self.assertEqual(found, [("A", "x y z\n\nu v"), ("B", FILLER)])

    def test_a_question_stays_one(self):
        request = llm.ArticleRequest("Why do bees dance?")
        article = llm.write(request, OFFLINE).article
        self.assertNotIn("dance.", article.body_html)
        self.assertRegex(article.teaser, r"^Why do bees dance\? [A-Z]")

    def test_a_topic_becomes_a_sentence(self):
        article = llm.write(llm.ArticleRequest("bees in the city"), OFFLINE).article
        self.assertRegex(article.teaser, r"^Bees in the city\. [A-Z]")
