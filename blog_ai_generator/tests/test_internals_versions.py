# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import Mock, patch

from odoo.tests import tagged

from .. import internals
from .internals_case import InternalsCase, without

NAME = "blog_ai_generator.of_a_test"


@tagged("post_install", "-at_install")
class TestVersionsOfInternals(InternalsCase):
    """Try each helper with the names of Odoo 19.0 and with those of 20.0."""

    def stored(self):
        parameters = self.env["ir.config_parameter"]
        return parameters.search([("key", "=", NAME)]).mapped("value")

    def test_a_parameter_is_stored_read_and_deleted(self):
        self.assertEqual(internals.get_parameter(self.env, NAME), "")
        internals.set_parameter(self.env, NAME, "16")
        self.assertEqual(internals.get_parameter(self.env, NAME), "16")
        self.assertEqual(self.stored(), ["16"])
        internals.set_parameter(self.env, NAME, "")
        self.assertEqual(internals.get_parameter(self.env, NAME), "")
        self.assertEqual(self.stored(), [])

    def test_a_parameter_is_read_by_every_user(self):
        internals.set_parameter(self.env, NAME, "16")
        user = self.env(user=self.env.ref("base.public_user"))
        self.assertEqual(internals.get_parameter(user, NAME), "16")

    def test_parameters_with_a_type(self):
        parameters = self.env.registry["ir.config_parameter"]
        with (
            without("get_param", "set_param"),
            patch.object(parameters, "get_str", lambda _self, _name: "7", create=True),
            patch.object(parameters, "set_str", Mock(), create=True) as set_str,
        ):
            self.assertEqual(internals.get_parameter(self.env, NAME), "7")
            internals.set_parameter(self.env, NAME, "8")
        set_str.assert_called_once_with(NAME, "8")

    def test_what_is_cached_is_asked_for_again_once_it_is_forgotten(self):
        blogs = self.env["blog.blog"]
        blogs._blog_ai_archived_ids()
        with self.assertQueryCount(0):
            blogs._blog_ai_archived_ids()
        internals.clear_cache(self.env)
        with self.assertQueryCount(1):
            blogs._blog_ai_archived_ids()

    def test_a_cache_of_the_transaction_is_forgotten(self):
        with (
            without("clear_cache"),
            patch.object(
                type(self.env.transaction), "invalidate_ormcache", create=True
            ) as forget,
        ):
            internals.clear_cache(self.env)
        forget.assert_called_once_with()

    def test_the_specification_of_a_group_is_its_last_text(self):
        query = Mock()
        for arguments in (
            ("a:sum", query),
            ("alias", "a:sum", query),
            (query, "a:sum"),
        ):
            self.assertEqual(internals.group_spec(arguments), "a:sum")
        other = internals.with_group_spec(("a:sum", query), "b:sum")
        self.assertEqual(other, ("b:sum", query))

    def test_whether_addons_have_changed(self):
        with patch.object(self.env.registry, "updated_modules", ["blog_ai_generator"]):
            self.assertTrue(internals.addons_changed(self.env))
            with without("updated_modules"):
                self.assertFalse(internals.addons_changed(self.env))
        with patch.object(self.env.registry, "updated_modules", []):
            self.assertFalse(internals.addons_changed(self.env))
