# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules of thumb at the very place where they change their mind."""

import json
import socket
import threading
from dataclasses import replace
from unittest.mock import patch

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import call_log
from odoo.addons.blog_ai_generator.llm.answer import check
from odoo.addons.blog_ai_generator.llm.body import mended, unfenced, without_title
from odoo.addons.blog_ai_generator.llm.bounds import MOST_OF
from odoo.addons.blog_ai_generator.llm.chat import without_chat
from odoo.addons.blog_ai_generator.llm.deadline import Deadline
from odoo.addons.blog_ai_generator.llm.excerpt import excerpt
from odoo.addons.blog_ai_generator.llm.keys import text_of
from odoo.addons.blog_ai_generator.llm.loops import is_looping
from odoo.addons.blog_ai_generator.llm.markdown import markdown_of
from odoo.addons.blog_ai_generator.llm.marks import without_marks
from odoo.addons.blog_ai_generator.llm.text import cut

from .fixtures_llm import LLMCase, good_fields, good_text
from .fixtures_llm.answer_case import REQUEST, AnswerCase
from .fixtures_llm.words import unknown_words

PROSE = good_fields()["body"].split("\n\n")[1]
SHORT = llm.ArticleRequest("Bees in the city", words=100)


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

    def test_an_object_may_be_wrapped_four_times(self):
        wrapped = good_fields()
        for _wrapper in range(4):
            wrapped = {"data": wrapped}
        self.assertEqual(check(json.dumps(wrapped), REQUEST).repairs, ())
        deeper = check(json.dumps({"data": wrapped}), REQUEST).repairs
        self.assertEqual([note.code for note in deeper], ["answer_mended"])

    def test_a_body_of_parts_is_read_four_parts_deep(self):
        for depth, text in ((4, "Bees"), (5, "")):
            body = "Bees"
            for _part in range(depth):
                body = {"part": body}
            with self.subTest(depth):
                self.assertEqual(text_of("body", {"p": body}), text)

    def test_a_key_in_the_middle_of_a_sentence_is_none(self):
        body = f'Write the "title": "Wasps" there.\\n\\n{PROSE}'
        article = check(broken(body=body), SHORT)
        self.assertEqual(article.title, good_fields()["title"])

    def test_a_brace_that_is_no_object_is_left_behind(self):
        self.assertEqual(check('{"a" b} ' + good_text(), REQUEST).repairs, ())

    def test_an_object_that_lacks_its_last_key_and_its_end_is_cut_off(self):
        whole = broken()
        start = whole.rindex('"linkedin"')
        self.assertUnusable(whole[:start].rstrip(", "))

    def test_a_key_that_nobody_asked_for_is_no_repair(self):
        more = {**good_fields(), "confidence": "high"}
        self.assertEqual(check(json.dumps(more), REQUEST).repairs, ())

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

    def test_short_sentences_are_rows(self):
        self.assertEqual(self.html("Come in.\nSit down.\nStay.").count("<br"), 2)

    def test_bold_lines_longer_than_a_heading_are_none(self):
        line = f"**{'Bees fly. ' * 11}now**"
        self.assertNotIn("<h2>", self.html(f"{line}\n\nx\n\n{line}\n\ny"))

    def test_a_mark_in_front_of_a_blank_opens_nothing(self):
        self.assertNotIn("<em>", self.html("\u8702* x*\u8702"))

    def test_marks_that_cross_those_of_markdown_are_left_out(self):
        html = self.html("x <em>a **b</em> c**")
        self.assertIn("x a <strong>b c</strong>", html)

    def test_a_link_without_words_is_none(self):
        request = replace(SHORT, link_hosts=("shop.example",))
        body = f"[](https://shop.example/a) [b](https://shop.example/b)\n\n{PROSE}"
        self.assertEqual(self.article(request, body=body).body_html.count("<a "), 1)

    def test_bold_within_brackets_stays_there(self):
        self.assertIn(
            "(<strong>bold words</strong> here)",
            self.html("Some (**bold words ** here)"),
        )

    def test_lines_of_wide_signs_are_full_at_half_the_width(self):
        for length, breaks in ((25, 1), (29, 0)):
            line = "\u8702" * length
            with self.subTest(length):
                html = self.html(f"{line}\n{line}\u8702")
                self.assertEqual(html.count("<br"), breaks)

    def test_a_row_in_four_may_begin_with_a_small_letter(self):
        rows = ["Monday", "Tuesday", "closed", "Friday", "Sunday"]
        self.assertEqual(self.html("\n".join(rows)).count("<br"), 4)
        self.assertNotIn("<br", self.html("\n".join(rows[:4])))

    def test_a_row_may_begin_with_a_bracket(self):
        rows = "Open all week\n(not on Sundays)\nRing twice"
        self.assertEqual(self.html(rows).count("<br"), 2)

    def test_half_of_the_rows_may_be_long_sentences(self):
        long = "Everybody meets in front of the old town hall to look at the hives."
        self.assertIn("<br", self.html(f"Monday\n{long}"))
        self.assertNotIn("<br", self.html(f"{long}\nMonday\n{long}"))
        longer = "Bees of all kinds live there, and everybody may have a look at them."
        self.assertNotIn(
            "<br", self.html("\n".join([long, longer, f"{long} {longer}"]))
        )

    def test_a_heading_right_above_a_sample_of_code_is_one(self):
        self.assertIn("<h2>One</h2>", self.html("##One\n\n    code()"))

    def test_marks_within_marks_are_kept(self):
        html = self.html("x <b>a <i>b</i> c</b>")
        self.assertIn("<strong>a <em>b</em> c</strong>", html)

    def test_a_preamble_may_be_bold(self):
        article = "## Roofs\n\nThey are warm.\n\n## Flowers"
        said = "**Here is the article about bees:**"
        self.assertEqual(without_chat(f"{said}\n\n{article}"), (article, 1))

    def test_two_lines_in_front_of_an_article_are_no_preamble(self):
        alone = "Sure, here's the article:\n\n## Roofs"
        self.assertEqual(without_chat(alone), (alone, 0))
        text = f"Sure, here's the article:\nI like it.\n\n## Roofs\n\n{PROSE}\n\nx"
        self.assertEqual(without_chat(text), (text, 0))

    def test_a_preamble_may_take_its_time(self):
        article = "## Roofs\n\nThey are warm.\n\n## Flowers"
        for said in (
            "Sure! I have thought about your request, and here is the article:",
            "Of course, with pleasure! Here is the article:",
        ):
            self.assertEqual(without_chat(f"{said}\n\n{article}"), (article, 1))

    def test_a_preamble_that_names_no_article_comes_right_behind_the_yes(self):
        article = "## Roofs\n\nThey are warm.\n\n## Flowers"
        for between, removed in (("", 1), ("as for roofs, ", 0)):
            said = f"Sure, {between}here is what you asked for:"
            with self.subTest(said):
                self.assertEqual(without_chat(f"{said}\n\n{article}")[1], removed)

    def test_an_offer_of_many_short_words_stays(self):
        article = "## Roofs\n\nThey are warm.\n\n## Flowers\n\nThey are food."
        offer = "If you'd like, I can also create a shorter version"
        for more, removed in ((0, 1), (52, 0)):
            text = f"{article}\n\n{offer}{' or so' * (more // 2)}."
            with self.subTest(more):
                self.assertEqual(without_chat(text)[1], removed)

    def test_an_indented_line_alone_is_code(self):
        self.assertEqual(unfenced("    Bees"), "    Bees")

    def test_an_indented_text_at_the_beginning_is_code(self):
        text = "    \u2022 one\n\nBees fly."
        self.assertEqual(mended(text), (text.strip("\n"), 0))

    def test_marks_of_all_kinds_are_counted(self):
        text = "A==b== fly[^1].\n\n[^1]: At noon."
        self.assertEqual(without_marks(text)[1], 3)

    def test_a_heading_that_repeats_the_title_goes_and_a_sentence_stays(self):
        self.assertEqual(without_title("# Bees\nThey fly.", "Bees"), "They fly.")
        text = "Bees\nThey fly."
        self.assertEqual(without_title(text, "Bees"), text)

    def test_a_fence_is_left_around_code_and_around_a_short_text(self):
        code = "```python\nprint(1)\n```"
        self.assertEqual(unfenced(code), code)
        words = "Bees fly over the roofs of our town and look for flowers"
        for text, is_article in ((words, False), (f"{words} there today", True)):
            fenced = f"```\n## Roofs\n\n{text}\n```"
            with self.subTest(text):
                self.assertEqual(unfenced(fenced) != fenced, is_article)

    def test_an_indented_text_is_prose_if_a_line_in_four_is(self):
        prose = "    Bees fly over all the roofs in town."
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

    def test_a_sentence_in_brackets_gets_no_full_stop(self):
        self.assertEqual(excerpt("Bees (and wasps)", 40), "Bees (and wasps)")

    def test_a_text_is_cut_at_a_blank_in_its_second_half(self):
        for word, found in (("a" * 11, 11), ("a" * 8, 20)):
            with self.subTest(word):
                cut_text = cut(f"{word} " + "b" * 30, 20, ellipsis="")
                self.assertEqual(len(cut_text), found)


class TestThresholdsOfLoops(LLMCase):
    def test_half_of_a_text_may_be_repetition_but_no_more(self):
        once, other = "Bees fly " * 5, "Flies be " * 5
        for more, is_too_much in (("", False), ("s", True)):
            text = f"{once}{more}. " * 3 + f"{other}."
            with self.subTest(more):
                self.assertEqual(is_looping(text), is_too_much)

    def test_the_longest_phrase_that_recurs_is_noticed(self):
        for count, is_cycle in ((12, True), (13, False)):
            phrase = " ".join(unknown_words(count))
            with self.subTest(count):
                self.assertEqual(is_looping(" ".join([phrase] * 6)), is_cycle)

    def test_a_word_may_be_repeated_forty_times(self):
        self.assertFalse(is_looping("hm " * 40))
        self.assertTrue(is_looping("hm " * 41))

    def test_a_form_to_fill_in_has_empty_rows(self):
        for rows, is_too_much in ((31, False), (32, True)):
            table = "| Day | Rain | Sun |\n|---|---|---|\n" + "|  |  |  |\n" * rows
            with self.subTest(rows=rows):
                self.assertEqual(is_looping(table), is_too_much)

    def test_a_phrase_of_thirteen_words_may_recur(self):
        words = unknown_words(12)
        text = " ".join([*words, words[0]] * 6)
        self.assertFalse(is_looping(text))

    def test_a_sentence_may_come_four_times_in_a_row(self):
        varied = ". ".join(
            f"{word} flies over all the roofs" for word in unknown_words(60)
        )
        for times, is_loop in ((4, False), (5, True)):
            with self.subTest(times):
                text = f"{varied}. " + "Bees fly over the roofs. " * times
                self.assertEqual(is_looping(text), is_loop)

    def test_a_phrase_may_fill_just_fewer_than_forty_words(self):
        for words, is_cycle in ((44, True), (43, False)):
            cycle = (unknown_words(4) * 11)[:words]
            text = " ".join([*unknown_words(60)[4:44], *cycle])
            with self.subTest(words):
                self.assertEqual(is_looping(text), is_cycle)


class TestThresholdsOfCalls(LLMCase):
    def test_a_socket_that_is_not_connected_does_not_keep_others_open(self):
        ours, theirs = socket.socketpair()
        with ours, theirs, socket.socket() as lonely, Deadline(60) as deadline:
            deadline.watch(lonely)
            deadline.watch(ours)
            deadline.cut()
            theirs.settimeout(20)
            self.assertEqual(theirs.recv(1), b"")

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
