# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .axe_case import AxeCase
from .odoo_screens import ON_PHONES, THEIRS

# A picture without a text.
PICTURE = "<img src='/web/static/img/logo.png'>"
# They only look like something of Odoo's: other colors, a table of another kind.
PALE = "<p class='text-muted' style='color: #f9a !important'>Bees</p>"
TABLE = "<table><tr><th></th><td>Bees</td></tr></table>"


# Not "standard": only `make test` provides axe-core.
@tagged("post_install", "-at_install", "-standard", "blog_ai_browser")
class TestAccessibility(AxeCase):
    """axe-core finds nothing in our markup."""

    def test_pages_are_accessible(self):
        self.examine_pages(self.pages())

    def test_screens_and_windows_are_accessible_on_a_desktop_and_on_a_phone(self):
        self.examine_screens(self.screens(), proven=THEIRS)
        self.phone = True
        self.examine_screens(self.screens(), proven=ON_PHONES)

    def test_what_is_wrong_in_our_markup_is_found_and_not_in_odoos(self):
        plants = {".o_blog_ai_label": PICTURE, "footer": PICTURE}
        post = {"post": self.pages()["post"]}
        # Once on a desktop, once on a phone.
        self.examine_pages(post, plants=plants, expected=2)
        plants = {".o_form_sheet": PICTURE + TABLE, ".o_inner_group": PALE}
        plants[".o_main_navbar"] = PICTURE
        forms = [it for it in self.screens() if it["name"] == "form of a voice"]
        # And Odoo has no such picture.
        stale = {"image-alt": [".o_form_sheet > img"]}
        self.examine_screens(forms, plants=plants, proven=stale, expected=4)
