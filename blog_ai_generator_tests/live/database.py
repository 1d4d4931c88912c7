# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Create and drop throw-away databases on the server of the ``PG*`` variables."""

import os
import select
import time
from collections.abc import Callable
from contextlib import closing

import psutil
import psycopg2
from psycopg2.sql import SQL, Identifier


def create(template: str, number: int) -> str:
    """Copy ``template`` to a database named after this process and ``number``.

    Copies left by killed processes are dropped.
    """
    prefix = f"{template.partition('_template')[0]}_live_"
    for name in names(prefix):
        owner = name.removeprefix(prefix).partition("_")[0]
        if not psutil.pid_exists(int(owner)):
            drop(name)
    name = f"{prefix}{os.getpid()}_{number}"
    drop(name)
    run(
        SQL("CREATE DATABASE {} TEMPLATE {}").format(
            Identifier(name), Identifier(template)
        )
    )
    return name


def drop(name: str) -> None:
    run(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def names(prefix: str) -> list[str]:
    found = run(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", prefix
    )
    return [name for (name,) in found]


def run(
    statement: str | SQL, *values: object, database: str = "postgres"
) -> list[tuple]:
    """Run one statement outside any transaction, and return its rows."""
    with closing(psycopg2.connect(dbname=database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []


def wait_until(condition: Callable, timeout: float) -> object:
    """Return the result of ``condition()`` as soon as it is true.

    It is evaluated after each message of Odoo's bus, which notifies the database
    ``postgres``.

    :raise TimeoutError: it was not true within ``timeout`` seconds
    """
    end = time.monotonic() + timeout
    with closing(psycopg2.connect(dbname="postgres")) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("LISTEN imbus")
        while not (result := condition()):
            left = max(0.0, end - time.monotonic())
            if not any(select.select([connection], [], [], left)):
                raise TimeoutError(f"The condition was not met within {timeout:.0f} s.")
            connection.poll()
            connection.notifies.clear()
    return result
