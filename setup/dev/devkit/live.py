"""Run programs of the tests addon outside Odoo, against a real server."""

import json

from . import databases
from .locks import locked
from .odoo import Odoo
from .paths import ADDONS, PYTHON, ROOT
from .postgres import Server
from .processes import child
from .site import fingerprint
from .steps import step
from .workspace import odoo_command, variables


def run(odoo: Odoo, server: Server, module: str, *arguments: str) -> int:
    """Run `module` of the tests addon against a live server; return its exit code.

    It has a session of its own, so that Ctrl-C reaches it once and it can clean up.
    """
    command = [str(PYTHON), "-m", f"{ADDONS[1]}.{module}", *arguments]
    with child(command, environment(odoo, server), cwd=ROOT) as driver:
        return driver.wait()


def environment(odoo: Odoo, server: Server) -> dict[str, str]:
    """Return the variables that `live.Source.from_environment` and Odoo read."""
    template = template_with_addons(odoo, server)
    return {
        **variables(server),
        "LIVE_ODOO": json.dumps(odoo_command()),
        "LIVE_TEMPLATE": template,
        "LIVE_FILESTORE": str(databases.FILESTORES / template),
    }


def template_with_addons(odoo: Odoo, server: Server) -> str:
    """Return the template database with our addons; replace it if they changed."""
    template = databases.template(odoo, server)
    prefix = f"{template}_with_"
    # PostgreSQL allows 63 characters. The tests addon has only static files to add.
    name = prefix + fingerprint(odoo, ADDONS[0], f"{ADDONS[1]}/static")[:8]
    with locked("template-addons"):
        if not databases.exists(server, name):
            for stale in databases.names(server, prefix):
                databases.drop(server, stale)
            with step(f"Template database: {', '.join(ADDONS)}"):
                databases.prime(server, name, list(ADDONS), template, bundles=True)
    return name
