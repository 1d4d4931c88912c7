# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import html as lxml_html

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import Note
from odoo.addons.blog_ai_generator.llm.markdown import markdown_of
from odoo.addons.blog_ai_generator.llm.render import render
from odoo.addons.blog_ai_generator.llm.tags import without_tags

from .fixtures_llm import LLMCase

SHOP = llm.Link("Shop", "https://www.example.com/shop?a=1&b=2")
HOSTS = frozenset(("docs.example.org", "*.example.net", "localhost:8069"))
VECTORS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<body onload=alert(1)>",
    "<style>@import 'https://evil.example'</style>",
    "<div style='position:fixed' t-out='1' data-oe-model='x'>x</div>",
    "<form action='https://evil.example'><input name=a></form>",
    "<a href='https://evil.example'>x</a>",
    "<!-- --><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<math><mi xlink:href='data:x,<script>alert(1)</script>'>",
    "a <b onmouseover=alert(1)>b</b>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](java%73cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](file:///etc/passwd)",
    "[x](<javascript:alert(1)>)",
    "<javascript:alert(1)>",
    "<https://evil.example/>",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[x][1]\n\n[1]: https://evil.example 'title\" onclick=alert(1)'",
    "![x](https://evil.example/pixel.png)",
    "![x](javascript:alert(1))",
    '![x" onerror=alert(1) ](x)',
    "[![x](https://evil.example/p.png)](https://evil.example)",
    "![x][1]\n\n[1]: https://evil.example/pixel.png",
    '[x](https://evil.example "\\"><script>alert(1)</script>")',
    "`<script>alert(1)</script>`",
    '```"><script>alert(1)</script>\nx\n```',
    "    <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n| --- |\n| <img src=x onerror=alert(1)> |",
    "# <img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script>alert(1)\\</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "https://evil.example/plain",
)
NOT_ALLOWED = (
    "https://evil.example",
    "http://www.example.com/shop",
    "https://www.example.com/other",
    "https://docs.example.org.evil.example/",
    "https://evil.example/docs.example.org",
    "https://evil.example?docs.example.org",
    "https://evil.example#docs.example.org",
    "https://docs.example.org@evil.example/",
    "https://user@docs.example.org/",
    "https://evil.example\\.docs.example.org/",
    "https://docs.example.org\\@evil.example/",
    "https://evil.example%2f.docs.example.org/",
    "https:/\\evil.example",
    "//docs.example.org/x",
    "//evil.example",
    "/shop",
    "shop",
    "#top",
    "https://docs.example.org:8443/",
    "https://sub.docs.example.org/",
    "https://example.net/",
    "https://evilexample.net/",
    "ftp://docs.example.org/",
    "mailto:someone@docs.example.org",
    "https://localhost/",
    "https://[::1/",
    "https:docs.example.org",
    "",
)
ALLOWED = (
    ("https://www.example.com/shop?a=1&b=2", None),
    ("https://docs.example.org/a/b?c=d#e", "nofollow noopener"),
    ("http://docs.example.org", "nofollow noopener"),
    ("HTTPS://DOCS.EXAMPLE.ORG/x", "nofollow noopener"),
    ("https://a.example.net/", "nofollow noopener"),
    ("https://a.b.example.net/", "nofollow noopener"),
    ("http://localhost:8069/web", "nofollow noopener"),
)
TAGS = (
    "div p h2 h3 h4 h5 h6 ul ol li strong em s code pre blockquote hr br a "
    "table thead tbody tr th td"
).split()
PATHOLOGICAL = (
    "[" * 30_000,
    "![l" * 20_000,
    ">" * 30_000,
    "- " * 30_000,
    "*a_ " * 15_000,
    "a**b" * 15_000,
    "`" * 30_000,
    "".join("`" * length for length in range(300)),
    "[a](<b" * 10_000,
    "<" * 30_000,
    "&" * 30_000,
    "\\" * 30_000,
    "|" * 30_000,
    "| a " * 300 + "\n" + "| - " * 300 + "\n" + ("| x " * 300 + "\n") * 30,
    "[a]: b\n" * 8000,
    "".join(f"{' ' * level}- a\n" for level in range(300)),
    "# " * 30_000,
    "~~" * 30_000,
    "x\n=\n" * 15_000,
    "_" * 30_000 + "a" + "_" * 29_000,
    "1. " * 20_000,
    "\x00" * 30_000,
    "[<b>" * 8000,
    "<script></b>" * 3000,
    "</script><script>" * 2000,
    "<!--" * 8000,
    "<a b='" * 5000,
    "<b" + " a" * 15_000,
    "<ul><li>x\n" * 3000,
    "<p><a href=x>y</a><code>z</code><td>" * 1000,
    "<pre>" * 5000 + "</pre>",
    "\n\n<div>\n" * 3000,
)


def allowed(url):
    html, _notes = render(f"[text](<{url}>)", (SHOP,), HOSTS)
    link = lxml_html.fromstring(html).find(".//a")
    return None if link is None else dict(link.attrib)


class TestRender(LLMCase):
    def assertHarmless(self, html):
        """Check that the HTML has nothing but what Markdown may make."""
        tree = lxml_html.fromstring(f"<div>{html}</div>")
        for element in tree.iter():
            self.assertIn(element.tag, TAGS)
            for name, value in element.attrib.items():
                self.assertIn(name, ("href", "rel", "class", "style", "start"))
                self.assertNotIn("evil", value)
                self.assertNotIn("script:", value.lower())

    def test_no_vector_gets_through(self):
        for vector in VECTORS:
            for markdown in (
                vector,
                f"Text {vector} text",
                f"- {vector}",
                f"> {vector}",
            ):
                with self.subTest(markdown):
                    for source in (markdown, markdown_of(markdown)[0]):
                        html, _notes = render(source, (SHOP,), HOSTS)
                        self.assertHarmless(html)

    def test_only_listed_links_and_hosts_are_linked(self):
        for url in NOT_ALLOWED:
            with self.subTest(url):
                self.assertIsNone(allowed(url))
        for url, rel in ALLOWED:
            with self.subTest(url):
                self.assertEqual(allowed(url).get("rel"), rel)

    def test_links_to_the_sites_own_host_need_no_rel(self):
        html, _notes = render(
            "[a](https://www.example.com/x) [b](/shop)",
            (SHOP, llm.Link("b", "/shop")),
            {"www.example.com"},
        )
        self.assertEqual(html.count("<a href="), 2)
        self.assertNotIn("rel=", html)

    def test_hosts_in_other_alphabets_are_compared_as_they_are_sent(self):
        for entry in ("m\xfcnchen.example", "xn--mnchen-3ya.example"):
            html, _notes = render("[a](https://m\xfcnchen.example/)", (), {entry})
            self.assertIn('href="https://xn--mnchen-3ya.example/"', html)

    def test_odd_host_entries_allow_nothing(self):
        for entry in ("", "*", "*.", ".", "@", "https://evil.example", "a b", "/"):
            html, _notes = render("[a](https://evil.example/)", (), {entry})
            self.assertNotIn("<a", html)

    def test_a_removed_link_keeps_its_text_and_is_counted(self):
        html, notes = render("[one **two**](https://evil.example) and [x](/y)", (), ())
        self.assertEqual(html, "<p>one <strong>two</strong> and x</p>\n")
        self.assertEqual(notes, (Note("body_links_removed", {"count": "2"}),))

    def test_an_image_leaves_nothing_and_is_counted(self):
        html, notes = render("A ![pixel](https://evil.example/p.png) b")
        self.assertEqual(html, "<p>A  b</p>\n")
        self.assertEqual(notes, (Note("body_images_removed", {"count": "1"}),))

    def test_tags_amid_text_go_and_are_counted(self):
        html, notes = render("A <b onclick=x>b</b> <!-- c --> d<script>e()</script> f")
        self.assertEqual(html, "<p>A <strong>b</strong>  d f</p>\n")
        self.assertEqual(notes, (Note("body_tags_removed", {"count": "2"}),))

    def test_a_line_break_of_html_is_one(self):
        html, notes = render("one<br>two<br/>three")
        self.assertEqual(html, "<p>one<br>\ntwo<br>\nthree</p>\n")
        self.assertEqual(notes, ())

    def test_tags_in_code_and_names_of_elements_stay(self):
        source = "`<b>x</b>`\n\n```html\n<p>x</p>\n```\n\nThe <video> and `</video>`"
        markdown, count = markdown_of(source)
        self.assertEqual((markdown, count), (source, 0))
        html, notes = render(markdown)
        for part in ("&lt;b&gt;x&lt;/b&gt;", "&lt;p&gt;x&lt;/p&gt;", "&lt;video&gt; "):
            self.assertIn(part, html)
        self.assertEqual(notes, ())

    def test_blocks_of_html_amid_markdown_keep_their_text(self):
        markdown, count = markdown_of(
            "One\n\n<div>\n  <h3>Two</h3>\n  <p>Three\n  four</p>\n</div>\n\n"
            "**Five**\n\n<script>\na()\n\nb()\n</script>\n\n> <p>six</p>"
        )
        self.assertEqual(count, 7)
        html, notes = render(markdown, tags=count)
        self.assertEqual(
            html.replace("\n", ""),
            "<p>One</p><h2>Two</h2><p>Threefour</p><p><strong>Five</strong></p>"
            "<blockquote><p> six </p></blockquote>",
        )
        self.assertEqual(notes, (Note("body_tags_removed", {"count": "9"}),))

    def test_a_link_of_html_is_a_link_if_it_is_allowed(self):
        markdown, _count = markdown_of(
            f'<p><a href="{SHOP.url.replace("&", "&amp;")}">Shop</a>, '
            "<a href='javascript:alert(1)'>this</a> and <a href=//evil.example>that</a>"
        )
        html, _notes = render(markdown, (SHOP,), HOSTS)
        self.assertEqual(html.count("<a "), 1)
        self.assertIn(">Shop</a>, ", html)

    def test_headings_start_below_the_title_of_the_page(self):
        html, _notes = render("# a\n\nb\n===\n\n## c\n\n### d")
        self.assertEqual(html.count("<h2>"), 3)
        self.assertNotIn("h1", html)
        self.assertIn("<h3>d</h3>", html)

    def test_ordinary_markdown_is_rendered(self):
        html, notes = render(
            "Text *a* **b** `c`\n\n- one\n- two\n\n3. three\n\n> quote\n\n"
            "```python\nx < 1\n```\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n\n---\n"
        )
        for part in (
            "<em>a</em>",
            "<strong>b</strong>",
            "<code>c</code>",
            "<li>two</li>",
            '<ol start="3">',
            "<blockquote>",
            "x &lt; 1",
            "<table>",
            "<hr>",
        ):
            self.assertIn(part, html)
        self.assertHarmless(html)
        self.assertEqual(notes, ())

    def test_pathological_markdown_is_rendered_all_the_same(self):
        for markdown in PATHOLOGICAL:
            with self.subTest(markdown[:12]):
                without_tags(markdown)
                html, _notes = render(markdown_of(markdown[:12_000])[0])
                self.assertHarmless(html)
