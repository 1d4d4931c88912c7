# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pages and screens that axe-core examines in a browser."""

import json

from .odoo_screens import ON_PHONES, THEIRS, odoo_screens
from .page_case import OURS, node_modules
from .screen_case import SCREEN, ScreenCase

EXAMINE = """
const source = await (await fetch(axe)).text();
const named = ({id, target, html}) => `${id}: ${target.join(" ")}: ${html}`;
const violations = async (page, within) => {
    // Fonts of the website's theme can't be fetched without a network.
    const options = {preload: false, resultTypes: ["violations"]};
    const found = await page.axe.run(within, options);
    return found.violations.flatMap(({id, nodes}) =>
        nodes.map((node) => ({
            ...node,
            id,
            element: page.document.querySelector(node.target.at(-1)),
        }))
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
        const all = await violations(page, page.document);
        const wrong = all.filter(({element}) => element && element.closest(ours));
        found.push(...wrong.map((it) => `${name}, ${width} px: ${named(it)}`));
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
const open = async ({name, action, shows}) => {
    dialog.closeAll();
    await until(() => !document.querySelector(".modal"), "a screen without a window");
    await service.doAction(action);
    await until(() => document.querySelector(shows), `${name}: ${shows}`);
};
const examine = ({within}) => {
    const isWindow = document.querySelector(".modal-content");
    const shown = isWindow ? ".modal-content" : within || ours;
    const parts = document.querySelectorAll(shown);
    return violations(window, [...parts]);
};
// The kinds of a violation: its rule with the colors, or with the element.
const kinds = ({id, any, element}) => [
    ...any.filter(({data}) => data?.bgColor).map(({data}) =>
        `${id}: ${data.fgColor} on ${data.bgColor}, ${data.expectedContrastRatio}`
    ),
    ...(theirs[id] || [])
        .filter((selector) => element?.matches(selector))
        .map((selector) => `${id}: ${selector}`),
];
const known = new Set();
for (const screen of odoos) {
    await open(screen);
    (await examine(screen)).flatMap(kinds).forEach((kind) => known.add(kind));
}
for (const screen of opens) {
    await open(screen);
    for (const [selector, html] of Object.entries(plants)) {
        document.querySelector(selector).insertAdjacentHTML("beforeend", html);
    }
    const isOurs = (it) => !kinds(it).some((kind) => known.has(kind));
    const wrong = (await examine(screen)).filter(isOurs);
    found.push(...wrong.map((it) => `${screen.name}: ${named(it)}`));
}
for (const [id, selectors] of Object.entries(proven)) {
    for (const kind of selectors.map((selector) => `${id}: ${selector}`)) {
        if (!known.has(kind)) {
            found.push(`no screen of Odoo has ${kind}`);
        }
    }
}
"""
RUN = """
(async () => {
    const {axe, opens, odoos, ours, theirs, proven, plants, expected} = %s;
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
READY = "document.querySelectorAll('.o_list_view, .o_kanban_view').length > 0"


class AxeCase(ScreenCase):
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
        self.examine("/", PAGES, opens, ours=OURS, **options)

    def examine_screens(self, opens, **options):
        """Open screens one after the other, as an administrator, after Odoo's own.

        :param opens: as ``screens`` returns them
        """
        theirs = dict(THEIRS)
        if self.phone:
            self.browser_size, self.touch_enabled = "390x844", True
            for rule, selectors in ON_PHONES.items():
                theirs[rule] = [*theirs.get(rule, ()), *selectors]
        options |= {"ready": READY, "login": "admin"}
        options |= {"odoos": odoo_screens(self.env), "theirs": theirs}
        self.examine(GENERATIONS, SCREENS, opens, ours=SCREEN, **options)

    def examine(
        self, url, code, opens, *, ours, odoos=(), theirs=(), proven=(), plants=(),
        expected=0, **options,
    ):  # fmt: skip
        """Let axe-core examine what the browser opens.

        :param ours: selector of the parts that count
        :param odoos: screens of Odoo, in the form of ``opens``
        :param theirs: selectors of elements, by rule, that do not count if a screen of
            Odoo has one
        :param proven: those that screens of Odoo must have
        :param plants: HTML to add, by selector
        :param expected: number of violations
        """
        given = {"axe": self.axe, "opens": opens, "ours": ours, "odoos": odoos}
        given |= {"theirs": dict(theirs), "proven": dict(proven)}
        given |= {"plants": dict(plants), "expected": expected}
        code = RUN % (json.dumps(given), EXAMINE, code)
        self.browser_js(url, code, timeout=120, **options)
