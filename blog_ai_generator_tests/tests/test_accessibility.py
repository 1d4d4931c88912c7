# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.tests import tagged

from .page_case import OURS, PageCase, node_modules

EXAMINE = """
const source = await (await fetch(axe)).text();
const isOurs = (element) => element && element.closest(ours);
const examine = async (page, name) => {
    const {violations} = await page.axe.run();
    return violations.flatMap(({id, nodes}) =>
        nodes
            .filter(({target}) => isOurs(page.document.querySelector(target.at(-1))))
            .map(({target, html}) => `${name}: ${id}: ${target.join(" ")}: ${html}`)
    );
};
"""
# A frame as wide as a phone lays a page out as the phone does.
PAGES = """
const frame = document.createElement("iframe");
document.body.append(frame);
for (const [name, url] of Object.entries(opens)) {
    for (const width of [1280, 390]) {
        frame.style = `position: fixed; inset: 0; width: ${width}px; height: 800px`;
        await new Promise((resolve) => {
            frame.onload = resolve;
            frame.src = url;
        });
        const page = frame.contentWindow;
        for (const [selector, html] of Object.entries(plants)) {
            page.document.querySelector(selector).insertAdjacentHTML("beforeend", html);
        }
        page.eval(source);
        found.push(...(await examine(page, `${name}, ${width} px`)));
    }
}
"""
RUN = """
(async () => {
    const {axe, opens, ours, plants, expected} = %s;
    const found = [];
    %s
    %s
    if (found.length === expected) {
        console.log("test successful");
    } else {
        console.error(found.join("\\n"));
    }
})().catch((error) => console.error(error.stack));
"""
# A picture without a text, in our markup and in Odoo's.
PICTURE = "<img src='/web/static/img/logo.png'>"


# Not "standard": only `make test` provides axe-core.
@tagged("post_install", "-at_install", "-standard", "blog_ai_browser")
class TestAccessibility(PageCase):
    """axe-core finds nothing in our markup."""

    def setUp(self):
        super().setUp()
        self.fill_site()
        script = (node_modules() / "axe-core" / "axe.min.js").read_bytes()
        values = {"name": "axe.js", "raw": script, "public": True}
        axe = self.env["ir.attachment"].create(values)
        self.axe = f"/web/content/{axe.id}"

    def examine(self, opens, plants=(), expected=0):
        """Open pages on a desktop and on a phone.

        :param opens: addresses by name
        :param plants: HTML to add, by selector
        :param expected: number of violations
        """
        given = {"axe": self.axe, "opens": opens, "ours": OURS}
        given |= {"plants": dict(plants), "expected": expected}
        code = RUN % (json.dumps(given), EXAMINE, PAGES)
        self.browser_js("/", code, timeout=120)

    def test_pages_are_accessible(self):
        self.examine(self.pages())

    def test_what_is_wrong_in_our_markup_is_found_and_not_in_odoos(self):
        plants = {".o_blog_ai_label": PICTURE, "footer": PICTURE}
        post = {"post": self.pages()["post"]}
        # Once on a desktop, once on a phone.
        self.examine(post, plants, expected=2)
