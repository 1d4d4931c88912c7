"""The site of `make run` and `make post`, which is kept from one run to the next."""

import json
from hashlib import sha256

from . import databases
from .locks import locked, opened, taken
from .odoo import Odoo
from .paths import ADDONS, ROOT
from .postgres import Server
from .steps import Missing, step

MODULE = ADDONS[0]
PORT = 8069
# Folders whose changes need an update; of tests and assets Odoo always takes the files.
DATA = ("data", "i18n", "migrations", "models", "security", "views", "wizards")
URL = f"http://localhost:{PORT}"


def served_at() -> str | None:
    """Return the address at which `make run` serves this checkout, if it does."""
    with opened("run") as lock:
        if taken(lock):
            return None
        lock.seek(0)
        return lock.read() or URL


def ensure_database(odoo: Odoo, server: Server, update: bool = True) -> None:
    """Copy the site's database from the template, or update it to changed code.

    :param update: False while it is being served
    """
    keep(odoo, server, server.prefix, MODULE, fingerprint(odoo, MODULE), update)


def ensure_test_database(odoo: Odoo, server: Server) -> str:
    """Return the name of a database with both addons; update it if its data changed."""
    name, data = f"{server.prefix}_pytest", [f"{MODULE}/{it}" for it in DATA]
    keep(odoo, server, name, ADDONS[1], fingerprint(odoo, *data))
    return name


def keep(
    odoo: Odoo, server: Server, name: str, module: str, code: str, update: bool = True
) -> None:
    """Have a database with `module`, made for the fingerprint `code`."""
    made_for = databases.FILESTORES / name / "made-for"
    with locked("database"):
        if not databases.exists(server, name) or not made_for.exists():
            template = databases.template(odoo, server)
            with step(f"Database {name} with {module}"):
                databases.drop(server, name)
                databases.create(server, name, template)
                databases.load(server, name, "-i", module)
        elif not update or made_for.read_text() == code:
            return
        else:
            with step(f"Database {name}: updating {MODULE}"):
                databases.load(server, name, "-u", MODULE)
        made_for.write_text(code)


def fingerprint(odoo: Odoo, *folders: str) -> str:
    """Return a hash of Odoo's version and of all files in `folders`.

    When it changes, a database with their addons has to be updated.
    """
    found = sha256(odoo.version.encode())
    for path in sorted(path for name in folders for path in (ROOT / name).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(f"\0{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def write(server: Server, topic: str = "") -> dict:
    """Write a post about `topic`; without one, see to it that there is a post.

    :return: its title, path, tokens_in, tokens_out and milliseconds
    :raise Missing: with the writer's own sentence
    """
    printed = databases.shell(server, server.prefix, "write_post", TOPIC=topic)
    post = json.loads(printed.splitlines()[-1])
    if problem := post.get("error"):
        raise Missing(f"The post was not written. {problem}")
    return post
