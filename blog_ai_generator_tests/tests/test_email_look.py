# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tests.common import ChromeBrowser

from .axe_case import AxeCase

# A word that is longer than a line, in place of one of the titles.
WORD = re.compile("beans|peas")
LONG = "Donaudampfschifffahrtsgesellschaft" * 4
# A mail program shows an email in a frame, too.
EMAILS = """
const frame = document.createElement("iframe");
document.body.append(frame);
const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
const brightness = (element) => {
    const [red, green, blue] = getComputedStyle(element)
        .backgroundColor.match(/[\\d.]+/g)
        .map(Number);
    return (2 * red + 7 * green + blue) / 10;
};
for (const [name, html] of Object.entries(opens)) {
    for (const width of [375, 800]) {
        frame.style = `position: fixed; inset: 0; border: 0; width: ${width}px;
            height: 800px; color-scheme: ${isDark ? "dark" : "light"}`;
        await new Promise((resolve) => {
            frame.onload = resolve;
            frame.srcdoc = html;
        });
        const page = frame.contentWindow;
        const note = (text) => found.push(`${name}, ${width} px: ${text}`);
        const excess = page.document.documentElement.scrollWidth - width;
        if (excess > 0) {
            note(`+${excess} px`);
        }
        const parts = page.document.querySelectorAll(ours);
        if (parts.length < 2) {
            note("no frame of ours");
        }
        for (const part of parts) {
            if (brightness(part) < 128 !== isDark) {
                note(`${part.className} is ${isDark ? "light" : "dark"}`);
            }
        }
        page.eval(source);
        const wrong = await violations(page, page.document.body);
        wrong.filter(({id}) => id === "color-contrast").map(named).forEach(note);
    }
}
"""
GROUNDS = ".o_blog_ai_mail, .o_blog_ai_card, .o_blog_ai_box"


@tagged("post_install", "-at_install", "-standard", "blog_ai_browser")
class TestEmailLook(AxeCase):
    """Emails can be read in the light and in the dark, on a phone and on a desktop."""

    def fill_screens(self):
        self.fill_site()

    def look(self, scheme: str, emails: dict[str, str], **options):
        """Show emails in a browser that prefers ``light`` or ``dark``."""
        navigate = ChromeBrowser.navigate_to
        features = [{"name": "prefers-color-scheme", "value": scheme}]

        def navigate_with(browser, *args, **kwargs):
            browser._websocket_request(
                "Emulation.setEmulatedMedia", params={"features": features}
            )
            return navigate(browser, *args, **kwargs)

        with patch.object(ChromeBrowser, "navigate_to", navigate_with):
            self.examine("/", EMAILS, emails, ours=GROUNDS, **options)

    def test_emails_in_the_light_and_in_the_dark(self):
        emails = self.emails()
        for name in ("published", "review"):
            emails[f"{name}, a long word"] = WORD.sub(LONG, emails[name])
        self.look("light", emails)
        self.look("dark", emails)

    def test_an_email_that_stays_light_in_the_dark_is_found(self):
        email = self.emails()["budget"].replace("(prefers-color-scheme", "(other")
        # Two grounds, each as wide as a phone and as a desktop.
        self.look("dark", {"budget": email}, expected=4)
