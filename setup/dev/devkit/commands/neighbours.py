"""Run tests beside addons of OCA and apps of Odoo; ONLY=oca or ONLY=apps: a part."""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from .. import databases, testing, tools, workspace
from ..locks import locked
from ..odoo import Odoo
from ..paths import ADDONS, DEV, HERE, LOGS, ROOT
from ..postgres import Server
from ..report import UNPINNED, Report
from ..steps import parts, say, step

PRODUCT, TESTS = ADDONS
VENV = DEV / "neighbours"
REQUIREMENTS = HERE / "requirements-neighbours.txt"
APPS = """
    crm event hr im_livechat mass_mailing project survey website_crm website_event
    website_forum website_sale website_slides
""".split()
# A way through most screens.
TOURS = """
    a_post_is_written_published_read_and_mailed
    a_rejected_draft_is_written_again
    edited_copy_is_counted_published_and_mailed
    ideas_are_asked_for_and_chosen_for_the_queue
    three_daily_slots_are_set_up
""".split()
TAGS = ",".join(
    (
        f"/{PRODUCT}",
        f"blog_ai_queries/{TESTS}",
        *(f"/{TESTS}:TestTours.test_{name}" for name in TOURS),
    )
)
LOADED = re.compile(r" (\d+) modules loaded in ")
HEAD = f"  {'beside':<10}{'modules':>9}{'passed':>9}{'failed':>9}{'tours':>7}{'min':>7}"


class Row(NamedTuple):
    """The result of the tests beside some addons.

    :param modules: how many Odoo has loaded
    """

    name: str
    modules: int
    report: Report
    seconds: float

    def __str__(self) -> str:
        report, failed = self.report, len(self.report.failed)
        passed = len(report.started - report.failed - set(report.skipped))
        return (
            f"  {self.name:<10}{self.modules:>9}{passed:>9}{failed:>9}"
            f"{report.tours:>7}{self.seconds / 60:>7.1f}"
        )


def run() -> int:
    """Print a table; 1 if a test failed beside some addons.

    :raise Missing: ONLY names no part
    """
    names = parts(PARTS, PARTS)
    with workspace.opened() as (odoo, server), locked("neighbours"):
        tools.environment(
            # Each needs the package `odoo`, which is not to be had.
            VENV, REQUIREMENTS, "Addons of OCA (24 MB)", "--no-deps"
        )  # fmt: skip
        (packages,) = VENV.glob("lib/python*/site-packages")
        os.environ["PYTHONPATH"] = str(packages)
        rows = [tested(odoo, server, name, packages) for name in names]
    for line in (HEAD, *rows):
        say(str(line))
    return int(any(row.report.red for row in rows))


def oca(packages: Path) -> list[str]:
    found = (packages / "odoo" / "addons").glob("*/__manifest__.py")
    return sorted(path.parent.name for path in found)


def apps(_packages: Path) -> list[str]:
    return APPS


PARTS: dict[str, Callable[[Path], list[str]]] = {"oca": oca, "apps": apps}


def tested(odoo: Odoo, server: Server, name: str, packages: Path) -> Row:
    """Install addons and run the tests beside them, on a copy of the template."""
    database = f"{server.prefix}_beside_{name}"
    log, begun = LOGS / f"beside_{name}.log", time.monotonic()
    testing.drop(server, database)
    databases.create(server, database, databases.template(odoo, server))
    with step(f"Beside {name}"):
        report = testing.watch(
            command(database, PARTS[name](packages), packages), server, log
        )
    # Their statements are no fault of ours.
    report.troubles = [it for it in report.troubles if not it.startswith(UNPINNED)]
    for trouble in report.troubles:
        say(f"!  {trouble}")
    if not report.red:
        testing.drop(server, database)
    loaded = map(int, LOADED.findall(log.read_text(errors="replace")))
    return Row(name, max(loaded, default=0), report, time.monotonic() - begun)


def command(database: str, modules: list[str], packages: Path) -> list[str]:
    """Return the command line of Odoo; the later of two equal options counts."""
    return [
        *testing.test_command(database, testing.Group("beside", TAGS)),
        f"--addons-path={ROOT},{packages / 'odoo' / 'addons'}",
        "-i",
        ",".join([*modules, TESTS]),
    ]
