"""Run the linters that are tests of Odoo itself, its module test_lint."""

import json
from collections import Counter
from collections.abc import Callable
from functools import partial

from .. import databases, live, workspace
from ..locks import locked
from ..paths import ADDONS, LOGS, TOOLS
from ..postgres import Server
from ..steps import say, side_by_side, step


def run() -> int:
    with workspace.opened(linters=True) as (odoo, server), locked("core-lint"):
        # pylint reads files alone, so that it need not wait for the other template.
        found = side_by_side(
            partial(lint, server, "pylint", partial(databases.template, odoo, server)),
            partial(
                lint,
                server,
                "others",
                partial(live.template_with_addons, odoo, server),
            ),
        )
    total = sum(found, Counter())
    say(f"   {total['run']} run, {total['failed']} failed, {total['skipped']} skipped")
    return int(bool(total["failed"]))


def lint(server: Server, part: str, template: Callable[[], str]) -> Counter[str]:
    """Run a part of the tests on a copy of a template; return their numbers."""
    (linters,) = TOOLS.glob("lib/python*/site-packages")
    database, source = f"{server.prefix}_lint_{part}", template()
    log = f"core_lint_{part}"
    variables = {"LINTERS": str(linters), "ADDONS": ",".join(ADDONS), "PART": part}
    with step(f"Core's test_lint, {part}"):
        databases.drop(server, database)
        databases.create(server, database, source)
        printed = databases.shell(server, database, "core_lint", log=log, **variables)
        databases.drop(server, database)
    found = Counter(json.loads(printed.splitlines()[-1]))
    if found["failed"]:
        say((LOGS / f"{log}.log").read_text(errors="replace"))
    return found
