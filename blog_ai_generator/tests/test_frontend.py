# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.web.tests.test_js import HOOTCommon, unit_test_error_checker


@tagged("post_install", "-at_install")
class TestFrontend(HOOTCommon):
    """Runs the JavaScript tests of this addon, and no other's."""

    def get_hoot_filters(self):
        self._test_params = [("+", "@blog_ai_generator")]
        return super().get_hoot_filters()

    def test_what_runs_in_the_browser(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            + self.hoot_filters,
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=unit_test_error_checker,
        )
