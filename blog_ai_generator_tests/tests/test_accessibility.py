# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.tests import tagged

from .page_case import OURS, node_modules
from .screen_case import SCREEN, THEIRS, ScreenCase

EXAMINE = """
const source = await (await fetch(axe)).text();
const isTheirs = (element, rule) => theirs[rule] && element.closest(theirs[rule]);
const isOurs = (element, rule) =>
    element && element.closest(ours) && !isTheirs(element, rule);
const examine = async (page, name) => {
    // Fonts of the website's theme can't be fetched without a network.
    const {violations} = await page.axe.run({preload: false});
    const element = ({target}) => page.document.querySelector(target.at(-1));
    return violations.flatMap(({id, nodes}) =>
        nodes
            .filter((node) => isOurs(element(node), id))
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
SCREENS = """
window.eval(source);
const until = async (condition, what) => {
    const end = performance.now() + 20000;
    while (!condition()) {
        if (performance.now() > end) {
            throw new Error(`${what} is not there`);
        }
        await new Promise(requestAnimationFrame);
    }
};
const {action: service, dialog} = odoo.__WOWL_DEBUG__.root.env.services;
for (const {name, action, shows} of opens) {
    dialog.closeAll();
    await service.doAction(action);
    await until(() => document.querySelector(shows), `${name}: ${shows}`);
    for (const [selector, html] of Object.entries(plants)) {
        document.querySelector(selector).insertAdjacentHTML("beforeend", html);
    }
    found.push(...(await examine(window, name)));
}
"""
RUN = """
(async () => {
    const {axe, opens, ours, theirs, plants, expected} = %s;
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
GENERATIONS = "/odoo/blog-ai-generations"
READY = "document.querySelectorAll('.o_list_view').length > 0"
# A picture without a text.
PICTURE = "<img src='/web/static/img/logo.png'>"


# Not "standard": only `make test` provides axe-core.
@tagged("post_install", "-at_install", "-standard", "blog_ai_browser")
class TestAccessibility(ScreenCase):
    """axe-core finds nothing in our markup."""

    def setUp(self):
        super().setUp()
        self.fill_screens()
        script = (node_modules() / "axe-core" / "axe.min.js").read_bytes()
        values = {"name": "axe.js", "raw": script, "public": True}
        axe = self.env["ir.attachment"].create(values)
        self.axe = f"/web/content/{axe.id}"

    def examine_pages(self, opens, **options):
        """Open pages on a desktop and on a phone.

        :param opens: addresses by name
        """
        self.examine("/", PAGES, opens, OURS, {}, **options)

    def examine_screens(self, opens, **options):
        """Open screens one after the other, as an administrator.

        :param opens: as ``screens`` returns them
        """
        options |= {"ready": READY, "login": "admin"}
        self.examine(GENERATIONS, SCREENS, opens, SCREEN, THEIRS, **options)

    def examine(self, url, code, opens, ours, theirs, plants=(), expected=0, **options):
        """Let axe-core examine what the browser opens.

        :param ours: selector of the parts that count
        :param theirs: selectors of parts in them that do not count, by rule
        :param plants: HTML to add, by selector
        :param expected: number of violations
        """
        given = {"axe": self.axe, "opens": opens, "ours": ours, "theirs": theirs}
        given |= {"plants": dict(plants), "expected": expected}
        code = RUN % (json.dumps(given), EXAMINE, code)
        self.browser_js(url, code, timeout=120, **options)

    def test_pages_are_accessible(self):
        self.examine_pages(self.pages())

    def test_screens_and_windows_are_accessible(self):
        self.examine_screens(self.screens())

    def test_what_is_wrong_in_our_markup_is_found_and_not_in_odoos(self):
        plants = {".o_blog_ai_label": PICTURE, "footer": PICTURE}
        post = {"post": self.pages()["post"]}
        # Once on a desktop, once on a phone.
        self.examine_pages(post, plants=plants, expected=2)
        plants = {".o_form_sheet": PICTURE, ".o_main_navbar": PICTURE}
        forms = [it for it in self.screens() if it["name"] == "form of a voice"]
        self.examine_screens(forms, plants=plants, expected=1)
