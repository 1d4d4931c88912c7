"""The site of `make run` and `make post`, which is kept from one run to the next."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from . import databases
from .locks import locked, opened, taken
from .odoo import Odoo
from .paths import ADDONS, EMAILS, PYTHON, ROOT, SCRIPTS
from .postgres import Server
from .steps import Missing, call, step
from .workspace import variables

MODULE = ADDONS[0]
# The blog, and the import of topics; not all that Odoo installs by itself.
MODULES = (MODULE, "base_import")
PORT = 8069
# Folders whose changes need an update; Odoo always reads the files of tests and assets.
DATA = ("data", "i18n", "migrations", "models", "security", "views", "wizards")
URL = f"http://localhost:{PORT}"


def served_at() -> str | None:
    """Return the address at which `make run` serves this checkout, if it does."""
    with opened("run") as lock:
        if taken(lock):
            return None
        lock.seek(0)
        return lock.read() or URL


def ensure_database(odoo: Odoo, server: Server, update: bool = True) -> dict | None:
    """Make the site's database, or update it to changed code.

    :param update: False while it is being served
    :return: as `write`, the first post of a database that was made now
    """
    code = fingerprint(odoo, MODULE)

    def make() -> dict:
        return create(server, server.prefix, EMAILS)

    return keep(server, server.prefix, code, make, update)


def ensure_test_database(odoo: Odoo, server: Server) -> str:
    """Return the name of a database with both addons; update it if its data changed."""
    name = f"{server.prefix}_pytest"
    data = [f"{addon}/{folder}" for addon in ADDONS for folder in DATA]

    def copy() -> None:
        databases.create(server, name, databases.template(odoo, server))
        databases.load(server, name, "-i", ADDONS[1])

    keep(server, name, fingerprint(odoo, *data), copy)
    return name


def keep(
    server: Server,
    name: str,
    code: str,
    make: Callable[[], dict | None],
    update: bool = True,
) -> dict | None:
    made_for = databases.FILESTORES / name / "made-for"
    made = None
    with locked("database"):
        if not databases.exists(server, name) or not made_for.exists():
            databases.drop(server, name)
            with step(f"Database {name} with {MODULE}"):
                made = make()
        elif not update or made_for.read_text() == code:
            return None
        else:
            with step(f"Database {name}: updating {MODULE}"):
                databases.load(server, name, "-u", MODULE)
        made_for.write_text(code)
    return made


def create(server: Server, name: str, emails: Path) -> dict:
    # One process installs and writes: each start of Odoo takes seconds.
    result = databases.FILESTORES / "new-site.json"
    databases.create(server, name, "template0")
    result.unlink(missing_ok=True)
    told = {"TOPIC": "", "RESULT": str(result), "EMAILS": str(emails)}
    options = ["--database", name, "--skip-auto-install", "--init", ",".join(MODULES)]
    call(
        [PYTHON, SCRIPTS / "new_site.py", *options],
        "load",
        f"Odoo could not make a site with {MODULE}.",
        env={**variables(server), **told},
    )
    post = json.loads(result.read_text())
    result.unlink()
    return checked(post)


def fingerprint(odoo: Odoo, *folders: str) -> str:
    """Return a hash of Odoo's version and of the files in `folders`.

    When it changes, a database with their addons has to be updated. Neither tests in
    Python nor documents are in a database.
    """
    found = sha256(odoo.version.encode())
    for path in sorted(path for name in folders for path in (ROOT / name).rglob("*")):
        parts = path.relative_to(ROOT).parts
        if parts[1] in ("readme", "tests") or "__pycache__" in parts:
            continue
        if path.is_file():
            found.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def write(server: Server, topic: str = "") -> dict:
    """Write a post about `topic`; without one, see to it that there is a post.

    :return: its title, path, tokens_in, tokens_out and milliseconds
    :raise Missing: with the writer's own sentence
    """
    printed = databases.shell(server, server.prefix, "write_post", TOPIC=topic)
    return checked(json.loads(printed.splitlines()[-1]))


def checked(post: dict) -> dict:
    if problem := post.get("error"):
        raise Missing(f"The post was not written. {problem}")
    return post
