# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from unittest.mock import patch

from odoo.tests import tagged

from . import query_case
from .count_case import CountCase


@tagged("post_install", "-at_install", "blog_ai_queries")
class TestCountCase(CountCase):
    def ask_once(self) -> None:
        self.env.cr.execute("SELECT FROM blog_ai_generation LIMIT 1")

    def test_fewer_statements_than_the_budget_fail(self):
        for asserts in (self.assertExactQueryCount(2), self.assertBudget(2, 1)):
            fewer = self.assertRaisesRegex(AssertionError, "lower the budget")
            with patch.object(type(self), "is_pinned", True), fewer, asserts:
                self.ask_once()

    def test_more_own_statements_than_the_budget_fail_beside_other_modules(self):
        more = self.assertRaisesRegex(AssertionError, "Own statements")
        with patch.object(type(self), "is_pinned", False), more:
            with self.assertBudget(0, 0):
                self.ask_once()

    def test_statements_of_other_modules_do_not_count_beside_them(self):
        with patch.object(type(self), "is_pinned", False), self.assertBudget(0, 1):
            self.ask_once()
            self.env.cr.execute("SELECT FROM res_users LIMIT 1")

    def test_other_modules_are_no_warning(self):
        heard = self.assertLogs(query_case._logger, logging.INFO)
        with patch.object(query_case, "PINNED", frozenset()), heard as logs:
            self.assertFalse(query_case.is_pinned(self.env))
        self.assertEqual([it.levelno for it in logs.records], [logging.INFO])
