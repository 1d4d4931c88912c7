# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import BaseCase, tagged

from ..sections import Section, sections_of, with_section

BEFORE = '<section data-snippet="s_text_block"><div><p>Intro &amp; more</p>'
AFTER = "<h2>Last</h2><p>End</p></div></section><section><h2>Own</h2>x<br>y</section>"
CONTENT = (
    f'{BEFORE}<h2>First <b>one</b></h2><p>One <a href="/a">link</a></p>'
    f"<ul><li>Two</li></ul>{AFTER}"
)


@tagged("post_install", "-at_install")
class TestSections(BaseCase):
    def test_a_section_is_what_follows_its_heading(self):
        found = sections_of(CONTENT)
        headings = [section.heading for section in found]
        self.assertEqual(headings, ["", "First one", "Last", "Own"])
        self.assertEqual(found[0].text, "Intro & more")
        self.assertEqual(found[1].text, "One link\nTwo")
        self.assertEqual(found[1].links, [("link", "/a")])
        self.assertEqual(found[2].html, "<p>End</p>")

    def test_a_block_with_a_heading_is_no_part_of_the_section_before_it(self):
        block = "<section><h2>Own</h2><p>Two</p></section>"
        content = f"<h2>First</h2><p>One</p>{block}"
        self.assertEqual([it.text for it in sections_of(content)], ["One", "Two"])
        new = with_section(content, 0, "<p>New</p>")
        self.assertEqual(new, f"<h2>First</h2><p>New</p>{block}")

    def test_a_text_without_headings_is_one_section(self):
        for content in ("<p>Text</p>", "Text", "<h3>Small</h3><p>Text</p>"):
            with self.subTest(content):
                self.assertEqual(sections_of(content), [Section("", content)])
                changed = with_section(f"<div>{content}</div>", 0, "<p>New</p>")
                self.assertEqual(changed, "<div><p>New</p></div>")

    def test_a_post_without_text_has_no_sections(self):
        for content in ("", "<p> </p>", "<section><!-- A --><img src='/a'></section>"):
            self.assertEqual(sections_of(content), [], content)

    def test_a_title_or_a_block_in_front_is_no_part_of_the_introduction(self):
        front = "<section><h1>Title</h1><p>By me</p></section><section>"
        words = "<p>All that I know about it.</p>"
        end = "<div><p>Box</p></div></section><section><h2>First</h2>x</section>"
        content = f"{front}{words}{end}"
        self.assertEqual(sections_of(content)[0].html, words)
        changed = with_section(content, 0, "<p>New</p>")
        self.assertEqual(changed, f"{front}<p>New</p>{end}")

    def test_pictures_of_a_section_stay(self):
        for front in ("", "<h2>One</h2>"):
            with self.subTest(front):
                kept = '<p><img src="/a"></p><figure><img src="/b"><p>B</p></figure>'
                content = f"<div>{front}<p>a</p>{kept}tail<p>b</p></div>"
                changed = with_section(content, 0, "<p>New</p>")
                self.assertEqual(changed, f"<div>{front}<p>New</p>{kept}</div>")

    def test_pictures_and_forms_among_words_stay(self):
        rating = '<div data-snippet="s_rating"><i class="fa fa-star"></i></div>'
        form = '<form action="/f"><label>Name</label><input name="n"></form>'
        for block, kept in (
            ('<p>a <img src="/a"> b</p>', '<img src="/a">'),
            (f"<div><p>a</p>{rating}</div>", rating),
            (f"{form}<p>a</p>", form),
        ):
            with self.subTest(block):
                content = f"<h2>One</h2>{block}<h2>Two</h2>"
                self.assertEqual(sections_of(content)[0].text.split()[0], "a")
                changed = with_section(content, 0, "<p>New</p>")
                self.assertEqual(changed, f"<h2>One</h2><p>New</p>{kept}<h2>Two</h2>")

    def test_all_words_are_read_and_nothing_that_readers_do_not_see(self):
        for content, text in (
            ("Bare <b>bold</b> tail<br>more", "Bare bold tail\nmore"),
            ("<ul><li>Milk</li><li>Eggs</li></ul>", "Milk\nEggs"),
            ("<table><tr><td>A</td><td>B</td></tr></table>", "A\nB"),
            ("a\x0bb", "a b"),
            ("<!-- note -->a<script>x()</script><style>b{}</style>", "a"),
        ):
            for front in ("", "<h2>One</h2>"):
                with self.subTest(front + content):
                    self.assertEqual(sections_of(front + content)[0].text, text)

    def test_one_line_keeps_cells_rows_and_items_apart(self):
        table = (
            "<p>When they ask:</p><table><thead><tr><th>Before</th><th>After</th></tr>"
            "</thead><tbody><tr><td>three people search</td><td>one page answers</td>"
            "</tr><tr><td>nobody knows</td><td>It is known.</td></tr></tbody></table>"
            "<p>So it goes.</p><ul><li>a bowl</li><li><p>some <b>flour</b></p></li>"
            "</ul>"
        )
        (section,) = sections_of(table)
        self.assertEqual(
            section.line,
            "When they ask: Before · After · three people search · one page answers · "
            "nobody knows · It is known. So it goes. a bowl · some flour",
        )
        self.assertEqual(sections_of("<p>One</p>")[0].line, "One")

    def test_a_whole_page_is_read_as_its_content(self):
        for content in (
            "<!DOCTYPE html><html><head><title>T</title></head><body>a</body></html>",
            "<p>a</p><body>",
            "</body><body><p>a</p>",
            "<html><p>a</p>",
        ):
            with self.subTest(content):
                (section,) = sections_of(content)
                self.assertTrue(section.text.endswith("a"))
        self.assertEqual(sections_of("<!DOCTYPE html>"), [])

    def test_another_text_takes_the_place_of_one_section_only(self):
        changed = with_section(CONTENT, 1, "<p>New</p><p>Newer</p>")
        self.assertEqual(
            changed,
            f"{BEFORE}<h2>First <b>one</b></h2><p>New</p><p>Newer</p>{AFTER}",
        )

    def test_text_beside_elements_is_replaced_too(self):
        changed = with_section(CONTENT, 3, "Plain &lt;b&gt; text")
        self.assertTrue(changed.endswith("<h2>Own</h2>Plain &lt;b&gt; text</section>"))

    def test_headings_of_the_new_text_begin_no_section(self):
        changed = with_section(CONTENT, 2, "<h2>Part</h2><p>a</p><h3>Sub</h3>")
        self.assertIn("<h3>Part</h3><p>a</p><h4>Sub</h4>", changed)
        self.assertEqual(len(sections_of(changed)), 4)
