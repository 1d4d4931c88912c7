# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import html

from odoo.tests import BaseCase

from odoo.addons.blog_ai_generator.content import post_html, text_digest


class TestContent(BaseCase):
    def test_the_article_is_a_text_block_of_the_website_editor(self):
        (section,) = html.fragments_fromstring(post_html("<h2>One</h2><p>Two</p>"))
        self.assertEqual(section.get("data-snippet"), "s_text_block")
        self.assertEqual([e.tag for e in section.iter("h2", "p")], ["h2", "p"])

    def test_a_table_looks_like_one_of_the_editor(self):
        content = post_html("<table><tr><td>&lt;table&gt;</td></tr></table>")
        self.assertEqual(content.count("<table"), 1)
        self.assertIn("table-bordered", content)

    def test_html_that_gets_past_the_renderer_is_stopped_here(self):
        content = post_html(
            '<p onclick="x()" class="o_x" style="position:fixed" t-out="1">'
            '<script>x()</script><a href="javascript:x()">a</a>'
            '<iframe src="//evil.example"></iframe><form action="/x"></form></p>'
        )
        for trace in ("onclick", "o_x", "fixed", "t-out", "script", "iframe", "<form"):
            self.assertNotIn(trace, content)

    def test_a_quotation_is_not_marked_as_one_of_an_email(self):
        content = post_html(
            "<blockquote><p>One</p></blockquote><hr><p>-- <br>Two</p>"
            "<pre><code>&gt; a data-o-mail-quote=&quot;1&quot;\n&gt; b</code></pre>"
        )
        self.assertNotRegex(content, "<[^<>]*data-o-mail-quote")
        self.assertIn("data-o-mail-quote=", content, "in the text it stays")
        self.assertIn("<blockquote>", content)

    def test_a_comment_is_no_text(self):
        nothing = text_digest("en_US", "")
        self.assertEqual(text_digest("en_US", "<!-- note -->"), nothing)
        text = text_digest("en_US", "<p>Text</p>")
        self.assertEqual(text_digest("en_US", "<!-- note --><p>Text</p>"), text)
