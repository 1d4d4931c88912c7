# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import re
import subprocess
from pathlib import Path

from odoo.tests import BaseCase, tagged

from odoo.addons import blog_ai_generator

from .aimock import node
from .page_case import CLASSES, OURS, PageCase

# Rules of layout: Odoo's serializer has its own.
LAYOUT = ["no-trailing-whitespace", "void-style"]
# Programs that show emails want the styles of each element in place.
IN_EMAILS = ["no-inline-style"]
# An email of Odoo has no head for the rest of its styles, which html-validate wants.
STYLES = re.compile(r"<style\b.*?</style>", re.DOTALL)
VALIDATE = """
const {HtmlValidate, StaticConfigLoader} = require("html-validate");
const {pages, ours, off} = JSON.parse(require("fs").readFileSync(0, "utf8"));
const rules = Object.fromEntries(off.map((rule) => [rule, "off"]));
const config = {extends: ["html-validate:recommended"], rules};
const validator = new HtmlValidate(new StaticConfigLoader(config));
const examine = async ([name, html]) => {
    const {results} = await validator.validateString(html, name);
    const source = {data: html, filename: name, line: 1, column: 1, offset: 0};
    const page = (await validator.getParserFor(source)).parseHtml(html);
    // A tag that is not closed has no place in the page, and may be anybody's.
    const isOurs = ({selector}) => {
        const element = ours && selector && page.querySelector(selector);
        return !element || element.closest(ours);
    };
    return results
        .flatMap(({messages}) => messages)
        .filter(isOurs)
        .map(({ruleId, line, message}) => `${name}:${line}: ${ruleId}: ${message}`);
};
Promise.all(Object.entries(pages).map(examine)).then((found) =>
    console.log(JSON.stringify(found.flat()))
);
"""
PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Bees</title></head>
<body><p class="o_blog_ai_label">%s</p><p>%s</p></body></html>"""
WRONG = "<b><button>Bees</button></b>"
TAG = ["post_install", "-at_install", "-standard", "blog_ai_browser"]


def errors(pages: dict[str, str], ours: str = "", off=()) -> list[str]:
    """Return what html-validate finds.

    :param pages: HTML by name
    :param ours: selector of the elements that count, with all that is in them; empty
        for all
    :param off: rules that are left out, besides those of layout
    """
    given = {"pages": pages, "ours": ours, "off": [*LAYOUT, *off]}
    done = subprocess.run(
        [node(), "-e", VALIDATE],
        input=json.dumps(given),
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(
            "html-validate cannot be run: use `make test`, which provides it on "
            f"NODE_PATH.\n{done.stderr}"
        )
    return json.loads(done.stdout)


# Not "standard": only `make test` provides Node.js and html-validate.
@tagged(*TAG)
class TestMarkup(PageCase):
    """The HTML of our pages and emails is valid."""

    def test_html_of_pages_and_emails_is_valid(self):
        self.fill_site()
        pages = {name: self.visit(url)[1] for name, url in self.pages().items()}
        self.assertEqual(errors(pages, OURS), [])
        emails = {name: STYLES.sub("", it) for name, it in self.emails().items()}
        self.assertEqual(errors(emails, off=IN_EMAILS), [])


@tagged(*TAG)
class TestErrorsOfMarkup(BaseCase):
    def test_an_error_in_our_markup_is_found(self):
        (found,) = errors({"page": PAGE % (WRONG, "")}, OURS)
        self.assertIn("page:3: no-implicit-button-type", found)

    def test_an_error_of_odoo_is_not_ours(self):
        self.assertEqual(errors({"page": PAGE % ("", WRONG)}, OURS), [])

    def test_a_tag_that_is_not_closed_may_be_ours(self):
        self.assertTrue(errors({"page": PAGE % ("", "</div>")}, OURS))

    def test_each_class_of_the_templates_is_ours(self):
        views = Path(blog_ai_generator.__path__[0], "views")
        texts = [file.read_text("utf-8") for file in views.glob("*templates.xml")]
        self.assertEqual({*re.findall(r"o_blog_ai_\w+", "".join(texts))}, {*CLASSES})

    def test_all_of_an_email_is_ours(self):
        self.assertTrue(errors({"email": WRONG}))
