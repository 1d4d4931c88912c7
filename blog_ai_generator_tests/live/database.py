# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Throw-away databases; ``PG*`` variables say on which server."""

import os
from contextlib import closing

import psutil
import psycopg2
from psycopg2.sql import SQL, Identifier


def create(template: str, number: int) -> str:
    """Copy ``template``; the copy is named after this process and ``number``.

    Copies that killed processes have left are dropped on the way.
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
    """Run one statement outside any transaction; its rows, if it has any."""
    with closing(psycopg2.connect(dbname=database)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []
