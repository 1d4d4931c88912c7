"""Run the linters that are tests of Odoo itself, its module test_lint."""

import json

from .. import databases, live, workspace
from ..locks import locked
from ..paths import ADDONS, LOGS, TOOLS
from ..steps import say, step


def run() -> int:
    workspace.prepare_tools()
    with workspace.opened() as (odoo, server):
        (linters,) = TOOLS.glob("lib/python*/site-packages")
        database = f"{server.prefix}_lint"
        template = live.template_with_addons(odoo, server)
        variables = {"LINTERS": str(linters), "ADDONS": ",".join(ADDONS)}
        with locked("core-lint"), step("Core's test_lint"):
            databases.drop(server, database)
            databases.create(server, database, template)
            printed = databases.shell(server, database, "core_lint", **variables)
            databases.drop(server, database)
    found = json.loads(printed.splitlines()[-1])
    say("   {run} run, {failed} failed, {skipped} skipped".format(**found))
    if found["failed"]:
        say((LOGS / "core_lint.log").read_text(errors="replace"))
    return int(bool(found["failed"]))
