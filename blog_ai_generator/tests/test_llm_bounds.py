# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The number of each mark that a page may have, up to the first that is too many."""

from odoo.tests import BaseCase, tagged

from odoo.addons.blog_ai_generator.llm import bounds
from odoo.addons.blog_ai_generator.llm.excerpt import cut_phrase
from odoo.addons.blog_ai_generator.llm.render import host_of

ROW, DIVIDER = "|a" * 49, "|-" * 49  # a table of 50 columns, the one behind included


@tagged("post_install", "-at_install")
class TestBounds(BaseCase):
    def test_the_last_mark_that_a_page_may_have(self):
        for mark, most in bounds.MOST_OF.items():
            with self.subTest(mark):
                self.assertEqual(bounds.masked(mark * most), mark * most)
                self.assertNotIn(mark, bounds.masked(mark * (most + 1)))

    def test_marks_that_were_too_many_are_shown_as_they_were_written(self):
        text = "*" * 3000
        self.assertEqual(bounds.unmasked(bounds.masked(text)), text)
        self.assertEqual(bounds.unmasked(bounds.masked("<" * 2501)), "&lt;" * 2501)

    def test_addresses_in_brackets_have_a_bound_of_their_own(self):
        address = "<https://a.example>"
        self.assertIn("<", bounds.masked(address * bounds.MOST_ADDRESSES))
        self.assertNotIn("<", bounds.masked(address * (bounds.MOST_ADDRESSES + 1)))

    def table(self, rows: int) -> str:
        return "\n".join([ROW, DIVIDER, *[ROW] * (rows - 2)])

    def test_tables_may_have_so_many_cells_together(self):
        self.assertIn("|", bounds.masked(self.table(50)))
        self.assertNotIn("|", bounds.masked(self.table(51)))
        two = f"{self.table(25)}\n\n{self.table(25)}"
        self.assertIn("|", bounds.masked(two))
        self.assertNotIn("|", bounds.masked(f"{two}\n{ROW}"))

    def test_lines_that_are_no_table_have_no_cells(self):
        self.assertIn("|", bounds.masked("\n".join([ROW] * 60)))

    def test_the_lines_after_the_first_ones_are_one_paragraph(self):
        most = "\n".join(["a"] * bounds.MOST_PARTS)
        self.assertEqual(bounds.bounded(most), (most, False))
        text, is_changed = bounds.bounded(f"{most}\nb\n- c")
        self.assertTrue(is_changed)
        self.assertTrue(text.endswith("\na\n\nb - c"))

    def test_marks_in_front_of_a_line_count_as_lines(self):
        half = "\n".join(["- a"] * (bounds.MOST_PARTS // 2))
        self.assertFalse(bounds.bounded(half)[1])
        self.assertTrue(bounds.bounded(f"{half}\na")[1])
        # Two levels count twice each.
        fifth = "\n".join(["> - a"] * (bounds.MOST_PARTS // 5))
        self.assertFalse(bounds.bounded(fifth)[1])
        self.assertTrue(bounds.bounded(f"{fifth}\na")[1])

    def test_a_line_has_so_many_levels(self):
        deep = "> " * bounds.DEEPEST
        self.assertEqual(bounds.bounded(f"{deep}a"), (f"{deep}a", False))
        self.assertEqual(bounds.bounded(f"> {deep}a"), ("a", True))


@tagged("post_install", "-at_install")
class TestHosts(BaseCase):
    def test_a_host_that_is_read_in_two_ways_is_none(self):
        self.assertEqual(host_of("https://A.example./x"), "a.example")
        for host in (
            "evil.example\\.good.example",
            "good.example@evil.example",
            "good.example%2eevil.example",
            "evil.example<.good.example",
            "ex\u00e4mple.example",
        ):
            with self.subTest(host):
                self.assertEqual(host_of(f"https://{host}/"), "")

    def test_other_schemes_have_no_host(self):
        self.assertEqual(host_of("ftp://good.example/"), "")


@tagged("post_install", "-at_install")
class TestPhrases(BaseCase):
    def test_a_phrase_may_end_exactly_at_the_limit(self):
        phrase = "Bees in the city need flowers all year"
        text = f"{phrase}: a guide for balconies"
        self.assertEqual(cut_phrase(text, len(phrase)), phrase)
        self.assertNotEqual(cut_phrase(text, len(phrase) - 1), phrase)
