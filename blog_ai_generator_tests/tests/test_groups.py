# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import BaseCase, tagged
from odoo.tests.loader import get_module_test_cases, get_test_modules

# `make test` and `make stress` run these on a database that has the addons already,
# where Odoo leaves out the tests that belong to an installation.
INSTALLED = {
    "blog_ai_alone",
    "blog_ai_browser",
    "blog_ai_committed",
    "blog_ai_stress",
}


@tagged("post_install", "-at_install")
class TestGroups(BaseCase):
    def test_tests_of_an_installed_database_need_no_installation(self):
        found = {
            type(case).__name__: case.test_tags
            for addon in ("blog_ai_generator", "blog_ai_generator_tests")
            for module in get_test_modules(addon)
            for case in get_module_test_cases(module)
            if case.test_tags & INSTALLED
        }
        self.assertIn("TestLinear", found)
        self.assertIn("TestTours", found)
        wrong = [name for name, tags in found.items() if "post_install" not in tags]
        self.assertEqual(wrong, [])
