"""Databases with their filestores, and the template that new ones are copied from.

`click-odoo-initdb` keeps templates too. To find out whether one still fits, it loads
Odoo and hashes the files of every addon; it also stores attachments in the database.
Here a hash in the template's name is enough, so that a copy takes a second, and
attachments are stored as on any Odoo.
"""

import ast
import shutil
import subprocess
import time
from collections.abc import Sequence
from hashlib import sha256

from .locks import locked
from .odoo import Odoo
from .paths import (
    ADDONS,
    LOGS,
    ODOO_DATA,
    REQUIREMENTS,
    REQUIREMENTS_ODOO,
    ROOT,
    SCRIPTS,
)
from .postgres import Server, sql
from .steps import Missing, call, finish, last_word, step
from .workspace import odoo_command, variables

FILESTORES = ODOO_DATA / "filestore"
MADE_IN = "made-in"


def template(odoo: Odoo, server: Server) -> str:
    """Return the name of the template database; make it if none fits."""
    depends = dependencies()
    prefix = f"{server.prefix}_template_"
    name = prefix + template_key(odoo, depends)
    with locked("template"):
        if not exists(server, name):
            for stale in names(server, prefix):
                drop(server, stale)
            with step(f"Template database: {', '.join(depends)}"):
                prime(server, name, depends)
    return name


def template_key(odoo: Odoo, depends: list[str]) -> str:
    """Return a hash of all that the content of a template depends on."""
    requirements = [file.read_text() for file in (REQUIREMENTS_ODOO, REQUIREMENTS)]
    parts = [odoo.version, odoo.python, *depends, *requirements]
    return sha256("\0".join(parts).encode()).hexdigest()[:12]


def dependencies() -> list[str]:
    found: set[str] = set()
    for addon in ADDONS:
        manifest = ast.literal_eval((ROOT / addon / "__manifest__.py").read_text())
        found.update(manifest["depends"])
    return sorted(found - set(ADDONS))


def prime(
    server: Server,
    name: str,
    modules: list[str],
    source: str = "template0",
    bundles: bool = False,
) -> None:
    """Install `modules` in a database that gets its `name` only when it is complete.

    :param source: the database to begin with
    :param bundles: whether to compile the asset bundles, which copies then reuse; more
        modules change them, so that only a template for servers needs them
    """
    begun = time.monotonic()
    unfinished = f"{name}_unfinished"
    drop(server, unfinished)
    create(server, unfinished, source)
    load(server, unfinished, "-i", *modules)
    if bundles:
        shell(server, unfinished, "asset_bundles")
    (FILESTORES / unfinished / MADE_IN).write_text(str(time.monotonic() - begun))
    rename(server, unfinished, name)


def made_in(name: str) -> float:
    """Return the seconds that `prime` took for this template; 0 if unknown."""
    note = FILESTORES / name / MADE_IN
    return float(note.read_text()) if note.exists() else 0.0


def load(server: Server, name: str, option: str, *modules: str) -> None:
    call(
        odoo_command("-d", name, option, ",".join(modules), "--stop-after-init"),
        "load",
        f"Odoo could not load {', '.join(modules)}.",
        env=variables(server),
    )


def shell(
    server: Server,
    name: str,
    script: str,
    odoo: Sequence[object] | None = None,
    log: str = "",
    **extra: str,
) -> str:
    """Run one of `scripts/` in `odoo shell`; return what it printed.

    :param odoo: the command line of an Odoo other than ours
    :param log: the name of its log, if it is not the script's
    :param extra: variables for the script
    :raise Missing: the script failed
    """
    path = LOGS / f"{log or script}.log"
    with (SCRIPTS / f"{script}.py").open() as source, path.open("w") as errors:
        process = subprocess.Popen(
            [*(odoo or odoo_command()), "shell", "-d", name, "--no-http"],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**variables(server), **extra},
        )
        printed = finish(process, path)
    if process.returncode:
        raise Missing(f"{script} failed in Odoo. {last_word(path)}")
    return printed


def create(server: Server, name: str, source: str) -> None:
    """Copy the database `source`, filestore included, to `name`."""
    sql(server, f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    if (FILESTORES / source).is_dir():
        shutil.copytree(FILESTORES / source, FILESTORES / name)


def rename(server: Server, old: str, new: str) -> None:
    if (FILESTORES / old).is_dir():
        shutil.rmtree(FILESTORES / new, ignore_errors=True)
        (FILESTORES / old).rename(FILESTORES / new)
    sql(server, f'ALTER DATABASE "{old}" RENAME TO "{new}"')


def drop(server: Server, name: str) -> None:
    sql(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(FILESTORES / name, ignore_errors=True)


def exists(server: Server, name: str) -> bool:
    return name in names(server) and (FILESTORES / name).is_dir()


def names(server: Server, prefix: str = "") -> list[str]:
    rows = sql(server, "SELECT datname FROM pg_database ORDER BY datname")
    return [name for (name,) in rows if name.startswith(prefix)]
