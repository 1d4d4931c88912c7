# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.tests import HttpCase, tagged

from odoo.addons.blog_ai_generator.content import post_html
from odoo.addons.blog_ai_generator.llm.render import render

LONG = "Donaudampfschifffahrtsgesellschaft" * 12
ADDRESS = f"https://www.example.com/{'bees-in-the-city/' * 20}?q=1"
ROW = "|" + "|".join(f"Column{number}" for number in range(30)) + "|"
KINDS = {
    "a long word": f"Bees: {LONG} fly.",
    "a long address": f"See {ADDRESS} for more.",
    "a long line of code": f"```\n{LONG}\n```\n\nAnd `{LONG}` in a line.",
    "a short line of code": "```\ngit commit --amend\n```\n\nBees fly.",
    "a long heading": f"## {LONG}\n\nBees fly.",
    "a wide table": f"{ROW}\n{'|-' * 30}|\n{ROW}\n\nBees fly.",
    "a long word in a table": f"|a|b|\n|-|-|\n|{LONG}|c|\n\nBees fly.",
    "a long item of a list": f"- {LONG}\n- bees\n\n> {LONG}",
    "a long link": f"[{LONG}]({ADDRESS})",
}
# A frame as wide as a phone lays a page out as the phone does.
CODE = """
(async () => {
    const frame = document.createElement("iframe");
    frame.style = "position: fixed; inset: 0; width: 375px; height: 667px; border: 0";
    document.body.append(frame);
    const wide = [];
    for (const [name, url] of %s) {
        await new Promise((resolve) => {
            frame.onload = resolve;
            frame.src = url;
        });
        const page = frame.contentDocument;
        const wrap = page.querySelector("#wrapwrap");
        const parts = [page.documentElement, page.body, wrap];
        if (!page.querySelector(".o_wblog_post_name")) {
            wide.push(`${name}: no post`);
        }
        for (const dir of ["ltr", "rtl"]) {
            wrap.style.direction = dir;
            const excess = Math.max(...parts.map((part) => part.scrollWidth - 375));
            if (excess > 0) {
                wide.push(`${name}, ${dir}: +${excess} px`);
            }
        }
        const code = page.querySelector("pre");
        if (code) {
            const text = page.createRange();
            text.selectNodeContents(code);
            const {left} = text.getClientRects()[0];
            if (left > code.getBoundingClientRect().left + 50) {
                wide.push(`${name}: code from right to left`);
            }
        }
    }
    if (wide.length) {
        console.error(wide.join(", "));
    } else {
        console.log("test successful");
    }
})();
"""


@tagged("post_install", "-at_install")
class TestNarrowScreen(HttpCase):
    """No generated post makes the page scroll sideways on a phone.

    Nor does it where a language is written from right to left; code never is.
    """

    def test_the_page_is_as_wide_as_the_phone(self):
        blog = self.env["blog.blog"].create({"name": "Narrow"})
        hosts = ["www.example.com"]
        bodies = {name: render(text, (), hosts)[0] for name, text in KINDS.items()}
        values = [
            {"name": name, "content": post_html(body)} for name, body in bodies.items()
        ]
        values.append({"name": LONG[:120], "content": post_html("<p>Bees.</p>")})
        posts = self.env["blog.post"].create(
            [
                {**value, "blog_id": blog.id, "is_published": True, "subtitle": "Bees"}
                for value in values
            ]
        )
        pages = [(post.name, post.website_url) for post in posts]
        pages.append(("the list", f"/blog/{self.env['ir.http']._slug(blog)}"))
        self.browser_js("/", CODE % json.dumps(pages), login=None, timeout=120)
