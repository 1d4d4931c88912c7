# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules of thumb at the very place where they change their mind."""

import json
import socket
import threading
from unittest.mock import patch

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import call_log
from odoo.addons.blog_ai_generator.llm.answer import check
from odoo.addons.blog_ai_generator.llm.body import unfenced
from odoo.addons.blog_ai_generator.llm.bounds import MOST_OF
from odoo.addons.blog_ai_generator.llm.deadline import Deadline
from odoo.addons.blog_ai_generator.llm.detection import other_language
from odoo.addons.blog_ai_generator.llm.excerpt import excerpt
from odoo.addons.blog_ai_generator.llm.loops import is_looping
from odoo.addons.blog_ai_generator.llm.markdown import markdown_of
from odoo.addons.blog_ai_generator.llm.profiles import WORDS

from .fixtures_llm import LLMCase, good_fields, good_text
from .fixtures_llm.answer_case import REQUEST, AnswerCase

PROSE = good_fields()["body"].split("\n\n")[1]
SHORT = llm.ArticleRequest("Bees in the city", words=100)
ENGLISH = sorted(word for word in WORDS["en"] - WORDS["de"] if len(word) > 2)
GERMAN = sorted(word for word in WORDS["de"] - WORDS["en"] if len(word) > 2)


def names(count: int) -> list[str]:
    """Return words of no language, each another one."""
    letters = "bcdfghjklm"
    return [f"z{letters[n // 10]}o{letters[n % 10]}q" for n in range(count)]


def broken(**changes):
    """Return an answer that is no JSON, by raw quotes in its body."""
    fields = {**good_fields(), **changes}
    fields["body"] = f'The "city" bee.\n\n{fields["body"]}'.replace("\n", "\\n")
    inner = ", ".join(f'"{name}": "{text}"' for name, text in fields.items())
    return f"{{{inner}}}"


class TestThresholdsOfObjects(AnswerCase):
    def test_an_empty_text_at_the_end_of_a_broken_object_loses_nothing(self):
        fields = good_fields()
        last = [*fields][-1]
        article = check(broken(**{last: ""}), REQUEST)
        self.assertEqual(article.title, fields["title"])

    def test_of_two_complete_objects_the_later_one_counts(self):
        first, second = good_text(title="The first one"), good_text(title="The second")
        self.assertEqual(check(first + second, REQUEST).title, "The second")

    def test_an_object_behind_long_ones_is_read_as_it_is(self):
        before = json.dumps({"thoughts": "hm " * 4000}) * 2
        self.assertEqual(check(before + good_text(), REQUEST).repairs, ())

    def test_raw_line_breaks_in_a_text_are_no_repair(self):
        article = check(good_text().replace("\\n", "\n"), REQUEST)
        self.assertEqual(article.repairs, ())


class TestThresholdsOfPages(AnswerCase):
    def html(self, body):
        return self.article(SHORT, body=f"{body}\n\n{PROSE}").body_html

    def test_underscores_at_the_end_of_a_line_are_emphasis(self):
        for source, html in {
            "_a_": "<em>a</em>",
            "_a_`x`": "<em>a</em><code>x</code>",
            "_**a**_": "<em><strong>a</strong></em>",
        }.items():
            self.assertIn(f"<p>{html}</p>", self.html(source))

    def test_emphasis_goes_on_behind_a_line_break_of_html(self):
        self.assertRegex(self.html("**a<br>b**"), r"<strong>a<br>\s*b</strong>")

    def test_a_line_is_full_if_the_next_word_would_not_fit(self):
        for length, breaks in ((55, 0), (54, 1)):
            line = ("Bees " * 12)[: length - 1] + "x"
            with self.subTest(length):
                html = self.html(f"{line}\nMarch is cold")
                self.assertEqual(html.count("<br"), breaks)

    def test_lines_of_two_scripts_are_as_long_as_those_of_latin_ones(self):
        row = " fly" * 10
        self.assertIn("<br", self.html(f"\u8702{row}\nB{row}"))

    def test_a_row_in_four_may_begin_with_a_small_letter(self):
        rows = ["Monday", "Tuesday", "closed", "Friday", "Sunday"]
        self.assertEqual(self.html("\n".join(rows)).count("<br"), 4)

    def test_an_indented_text_is_prose_if_a_line_in_four_is(self):
        prose = "    Bees fly over all of the roofs in town."
        for others, is_prose in ((3, True), (4, False)):
            lines = ["Bees", prose, *["    Bees fly."] * others]
            with self.subTest(others):
                body = "\n".join(lines)
                self.assertEqual(unfenced(body) != body, is_prose)

    def test_as_much_html_as_is_read_is_converted(self):
        body = "<p>a</p>\n" * (MOST_OF["<"] // 2)
        self.assertEqual(body.count("<"), MOST_OF["<"])
        self.assertGreater(markdown_of(body)[1], 0)
        self.assertEqual(markdown_of(f"{body}<"), (f"{body}<", 0))

    def test_a_sentence_of_hindi_ends_with_its_own_sign(self):
        self.assertEqual(excerpt("\u0915\u0900", 40), "\u0915\u0900\u0964")


class TestThresholdsOfLoops(LLMCase):
    def test_half_of_a_text_may_be_repetition_but_no_more(self):
        once, other = "Bees fly " * 5, "Flies be " * 5
        for more, is_too_much in (("", False), ("s", True)):
            text = f"{once}{more}. " * 3 + f"{other}."
            with self.subTest(more):
                self.assertEqual(is_looping(text), is_too_much)

    def test_the_longest_phrase_that_recurs_is_noticed(self):
        for count, is_cycle in ((12, True), (13, False)):
            phrase = " ".join(names(count))
            with self.subTest(count):
                self.assertEqual(is_looping(" ".join([phrase] * 6)), is_cycle)

    def test_a_phrase_may_fill_just_fewer_than_forty_words(self):
        for words, is_cycle in ((44, True), (43, False)):
            cycle = (names(4) * 11)[:words]
            text = " ".join([*names(60)[4:44], *cycle])
            with self.subTest(words):
                self.assertEqual(is_looping(text), is_cycle)


class TestThresholdsOfLanguages(LLMCase):
    def test_a_fifth_of_kana_makes_a_text_japanese(self):
        german = " ".join((GERMAN * 9)[:80])
        for characters, found in ((40, "de"), (42, "")):
            with self.subTest(characters):
                text = german + " " + "\u3042" * characters
                self.assertEqual(other_language(text, "ja_JP"), found)

    def test_a_tenth_of_small_words_tells_the_language_of_25_words(self):
        words = [*ENGLISH[:3], *names(21)]
        self.assertEqual(other_language(" ".join(words), "ja_JP", 5), "Latn")
        words.append("zoq")
        self.assertEqual(other_language(" ".join(words), "ja_JP", 5), "en")

    def test_four_words_to_one_leave_the_language_in_doubt(self):
        for ours, found in ((3, ""), (2, "en")):
            words = [*ENGLISH[:12], *GERMAN[:ours], *names(25)]
            with self.subTest(ours):
                self.assertEqual(other_language(" ".join(words), "de_DE"), found)


class TestThresholdsOfCalls(LLMCase):
    def test_a_call_is_timed_in_milliseconds(self):
        account = llm.Account("offline", "", "", "sample", "offline")
        with patch.object(call_log.time, "monotonic", side_effect=[10.0, 12.5, 12.5]):
            log = call_log.CallLog("test", account)
            with log:
                log.answered(llm.Reply(""))
        self.assertEqual(log.calls[0].milliseconds, 2500)

    def test_a_process_that_ends_waits_for_no_deadline(self):
        ours, theirs = socket.socketpair()
        with ours, theirs, Deadline(60) as deadline:
            deadline.watch(ours)
            timers = [it for it in threading.enumerate() if type(it) is threading.Timer]
            self.assertTrue(timers)
            self.assertTrue(all(timer.daemon for timer in timers))
