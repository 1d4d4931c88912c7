# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
from unittest import SkipTest
from unittest.mock import patch

from odoo.tests import BaseCase, common, tagged

# Set to anything where the tours are meant to be left out.
VARIABLE = "BLOG_AI_WITHOUT_BROWSER"


def missing() -> list[str]:
    """Return what Odoo lacks for tours: it skips them without a word in its summary."""
    found = []
    try:
        common._find_executable()
    except SkipTest:
        found.append(
            "a browser: install Debian's package chromium, since Odoo looks for "
            "google-chrome, chromium and chromium-browser on the PATH, not for "
            "chromium-headless-shell"
        )
    if common.websocket is None:
        found.append(
            "websocket-client for Python: install Debian's package python3-websocket"
        )
    return found


@tagged("post_install", "-at_install")
class TestBrowser(BaseCase):
    """A run that leaves the tours out says so, and is red unless that is meant."""

    def test_odoo_has_what_tours_need(self):
        if not (lacks := missing()):
            return
        if os.environ.get(VARIABLE):
            self.skipTest(f"{VARIABLE} is set, and there is no browser.")
        self.fail(
            f"All tours are skipped, for Odoo lacks {', and '.join(lacks)}. To leave "
            f"the tours out, set {VARIABLE}=1."
        )

    def test_a_browser_that_is_missing_is_named_with_its_package(self):
        absent = SkipTest("Chrome executable not found")
        with patch.object(common, "_find_executable", side_effect=absent):
            self.assertIn("package chromium,", missing()[0])

    def test_a_python_package_that_is_missing_is_named_too(self):
        with patch.object(common, "websocket", None):
            self.assertIn("python3-websocket", missing()[-1])
