# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The same Odoo on a database without the addons, in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from odoo.sql_db import db_connect
from odoo.tools import SQL, config

from .odoo_process import environment, write_settings

# Names the database, which has the modules that the addons need and no others.
VARIABLE = "ODOO_ALONE"
PATIENCE = 300
VISIT = """
import json
from odoo.addons.blog_ai_generator_tests.benchmark.pages import visit
print(json.dumps({page: len(texts) for page, texts in visit(env).items()}))
"""


def statements_of_pages(copied_to: str) -> dict[str, int]:
    """Return the number of statements of each page; empty without a database.

    :param copied_to: the name of a database that is made and dropped
    """
    source = os.environ.get(VARIABLE)
    if not source:
        return {}
    with copied(source, copied_to):
        return json.loads(_shell(copied_to, VISIT).splitlines()[-1])


def _shell(db_name: str, code: str) -> str:
    """Return what code prints in Odoo's shell.

    :raise RuntimeError: it fails; with the log
    """
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "odoo.log")
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                "import odoo.cli.command; odoo.cli.command.main()",
                "shell",
                f"--config={write_settings(Path(folder))}",
                f"--database={db_name}",
                f"--logfile={log}",
                "--no-http",
            ],
            input=code,
            capture_output=True,
            text=True,
            env=environment(),
            timeout=PATIENCE,
            check=False,
        )
        if done.returncode or not done.stdout.strip():
            raise RuntimeError(f"{done.stderr}\n{log.read_text('utf-8')}")
        return done.stdout


@contextmanager
def copied(source: str, name: str) -> Iterator[None]:
    files = Path(config.filestore(name))
    copy = SQL("TEMPLATE %s", SQL.identifier(source))
    _administer(SQL("CREATE DATABASE %s %s", SQL.identifier(name), copy))
    try:
        if Path(config.filestore(source)).is_dir():
            shutil.copytree(config.filestore(source), files)
        yield
    finally:
        drop = SQL("DROP DATABASE %s WITH (FORCE)", SQL.identifier(name))
        _administer(drop)
        shutil.rmtree(files, ignore_errors=True)


def _administer(statement: SQL) -> None:
    with db_connect("postgres").cursor() as cr:
        # A database is made and dropped outside of transactions.
        cr._cnx.autocommit = True
        cr.execute(statement)
