# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
import re
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from unittest.mock import Mock, patch

import psycopg2

from odoo.tests import BaseCase, tagged

from ..pump import transaction

ASK_SERVICE = (
    Path(__file__).parents[1] / "static" / "src" / "wait" / "ask_service.esm.js"
)
# Errors of the classes that pass which no look at a call meets, or which come again.
NOT_BY_READING = {
    f"errors.{name}"
    for name in (
        "CantChangeRuntimeParam",
        "DatabaseDropped",
        "DuplicateFile",
        "FileNameTooLong",
        "InvalidAuthorizationSpecification",
        "InvalidCursorName",
        "InvalidPassword",
        "InvalidSqlStatementName",
        "ProgramLimitExceeded",
        "StatementTooComplex",
        "TooManyArguments",
        "TooManyColumns",
        "TriggeredDataChangeViolation",
        "UndefinedFile",
        "UnsafeNewEnumValueUsage",
    )
}


@tagged("post_install", "-at_install")
class TestTransaction(BaseCase):
    """Errors of the database that pass, and those that do not."""

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(transaction.time, "sleep"))
        self.startPatcher(patch.object(transaction, "Environment"))

    def transact(self, *errors):
        """Return what a transaction returns whose first tries raise ``errors``."""
        raised = Mock(side_effect=[*errors, "done"])
        return transaction.transact(Mock(cursor=self.cursor), raised)

    @contextmanager
    def cursor(self):
        yield Mock()

    def test_a_connection_that_a_crash_has_cut_is_replaced(self):
        # The error that psycopg2's `reset` raises.
        crash = psycopg2.DatabaseError("error with status PGRES_TUPLES_OK")
        self.assertEqual(self.transact(crash, crash), "done")

    def test_an_error_while_an_email_is_rendered_is_that_of_the_database(self):
        rendering = ValueError("The template could not be rendered")
        rendering.__cause__ = psycopg2.OperationalError("server closed the connection")
        self.assertEqual(self.transact(rendering), "done")

    def test_a_browser_looks_again_after_errors_that_pass(self):
        listed = re.search(r"PASSING = \[(.*?)\]", ASK_SERVICE.read_text(), re.DOTALL)
        names = set(re.findall(r'"(.+)"', listed[1]))
        for name in names:
            with self.subTest(name):
                self.assertTrue(transaction.is_passing(attrgetter(name)(psycopg2)()))
        passing = {
            f"errors.{name}"
            for name, kind in vars(psycopg2.errors).items()
            if isinstance(kind, type)
            and kind.__module__ == "psycopg2.errors"
            and transaction.is_passing(kind())
            and not name.startswith("Fdw")
        }
        self.assertEqual(passing - NOT_BY_READING - names, set())

    def test_what_postgresql_refuses_is_not_repeated(self):
        for error in (psycopg2.DataError("\0"), psycopg2.ProgrammingError("SELECT")):
            with self.subTest(error), self.assertRaises(type(error)):
                self.transact(error)

    def test_it_gives_up_after_some_tries(self):
        crash = psycopg2.DatabaseError("error with status PGRES_TUPLES_OK")
        with self.assertRaises(psycopg2.DatabaseError):
            self.transact(*[crash] * transaction.TRIES)

    def test_what_is_paid_for_is_tried_until_the_end(self):
        away = psycopg2.OperationalError("the database system is shutting down")
        raised = Mock(side_effect=[away] * 3 * transaction.TRIES)
        clock = Mock(monotonic=Mock(side_effect=[1.0, 2.0, 3.0]))
        with (
            patch.object(transaction, "time", clock),
            self.assertLogs(transaction._logger, "WARNING") as log,
            self.assertRaises(psycopg2.OperationalError),
        ):
            transaction.transact_until(3.0, Mock(cursor=self.cursor), raised)
        self.assertEqual(raised.call_count, 3 * transaction.TRIES)
        self.assertEqual(len(log.output), 2)

    def test_what_postgresql_refuses_is_not_tried_until_the_end(self):
        raised = Mock(side_effect=psycopg2.DataError("\0"))
        with self.assertRaises(psycopg2.DataError):
            transaction.transact_until(math.inf, Mock(cursor=self.cursor), raised)
        self.assertEqual(raised.call_count, 1)
