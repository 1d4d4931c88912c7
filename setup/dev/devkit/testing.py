"""Run Odoo's tests on a throw-away copy of the template database, and judge its log."""

import os
import queue
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from . import chromium, databases, live
from .locks import locked
from .odoo import Odoo
from .paths import ADDONS, DEV, LOGS, PYTHON, ROOT, shown
from .postgres import Server
from .processes import child, free_port
from .report import RECORD, Report
from .steps import captured, say, side_by_side, step
from .workspace import odoo_command, variables

MODULE = ADDONS[1]
# The variable that names a database with the modules that our addons need, and no more.
ALONE = "ODOO_ALONE"
SCREENSHOTS = DEV / "screenshots"
STALL = 300  # seconds without a line in the log before a test counts as hung


@dataclass(frozen=True)
class Group:
    """Tests that one process runs on a database of its own.

    :ivar name: of the run, of its database and of its log
    :ivar tags: as Odoo's --test-tags has them
    :ivar installed: whether the database has the addons and their asset bundles from
        the beginning, which takes no time; otherwise the run installs them, and tests
        that are run at the installation are run, too
    """

    name: str
    tags: str
    installed: bool = False


def run_in_odoo(odoo: Odoo, server: Server, group: Group, no_model: str = "") -> Report:
    """Run a group of tests.

    The database is kept when a test fails.

    :param no_model: why there is no language model: its tests are skipped with it
    """
    return run_groups(odoo, server, [group], no_model)


def run_on_copy(odoo: Odoo, server: Server, group: Group, no_model: str) -> Report:
    name = group.name
    database, log = f"{server.prefix}_{name}", LOGS / f"{name}.log"
    with locked(name):
        template = template_of(odoo, server, group)
        drop(server, database)
        databases.create(server, database, template)
        with step(f"{name.capitalize().replace('_', ' ')} in Odoo"):
            alone = databases.template(odoo, server)
            report = watch(test_command(database, group), server, log, no_model, alone)
        if not report.failed:
            report.troubles += judge_log(log)
        if not report.red:
            drop(server, database)
        else:
            places = f"{database}, {shown(log)}, {shown(SCREENSHOTS)}"
            say(f"   kept until the next run: database {places}")
    return report


def run_groups(
    odoo: Odoo, server: Server, groups: Sequence[Group], no_model: str = ""
) -> Report:
    """Run groups of tests side by side, each as `run_in_odoo` does."""
    runs = [partial(run_on_copy, odoo, server, it, no_model) for it in groups]
    report, *others = side_by_side(*runs)
    for other in others:
        report.add(other)
    return report


def template_of(odoo: Odoo, server: Server, group: Group) -> str:
    if group.installed:
        return live.template_with_addons(odoo, server)
    return databases.template(odoo, server)


def chosen(tags: str) -> str:
    """Return the tags of the variable TAGS, which selects as Odoo's --test-tags does.

    :param tags: returned where there is no such variable
    """
    return os.environ.get("TAGS") or tags


def drop(server: Server, database: str) -> None:
    databases.drop(server, database)
    shutil.rmtree(SCREENSHOTS / database, ignore_errors=True)


def test_command(database: str, group: Group) -> list[str]:
    install = [] if group.installed else ["-i", MODULE]
    return odoo_command(
        "-d", database, *install, "--test-enable", "--test-tags", group.tags,
        "--stop-after-init", "--http-port", str(free_port()),
        "--screenshots", str(SCREENSHOTS), "--log-handler", "odoo.tests.stats:DEBUG",
    )  # fmt: skip


def watch(
    command: Sequence,
    server: Server | None,
    log: Path,
    no_model: str = "",
    alone: str = "",
) -> Report:
    """Run tests, with their output in `log`, and report what they did.

    :param alone: a database without our addons
    """
    report = Report(excuse=no_model)
    own = {"LLAMA_MISSING": no_model, ALONE: alone}
    own = {name: value for name, value in own.items() if value}
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("w") as copy,
        # Browsers leave their profiles behind.
        TemporaryDirectory(prefix="blog-ai-", ignore_cleanup_errors=True) as scratch,
        child(
            command,
            {
                **variables(server),
                **own,
                "TMPDIR": scratch,
                chromium.CACHE: f"{scratch}/browser-cache",
            },
            errors="replace",
            **output,
        ) as process,
    ):
        for line in lines_of(process, report):
            copy.write(line)
            copy.flush()
            report.read(line)
        report.end(process.wait())
    return report


def lines_of(process: subprocess.Popen, report: Report) -> Iterator[str]:
    """Yield what `process` prints; if it stalls, have it log where, and kill it."""
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in process.stdout:
            lines.put(line)
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    with suppress(queue.Empty):
        yield from iter(lambda: lines.get(timeout=STALL), "")
        return
    report.troubles.append(f"nothing happened for {STALL} s: the log shows where")
    process.send_signal(signal.SIGQUIT)  # Odoo logs the stack of every thread
    with suppress(queue.Empty):
        yield from iter(lambda: lines.get(timeout=5), "")
    process.kill()


def judge_log(log: Path) -> list[str]:
    """Return a sentence for each record of a log that no test expected.

    checklog-odoo finds them. They are said at the end, because tests that run side by
    side print a lot after them.
    """
    done = captured([PYTHON.with_name("checklog-odoo"), "--no-echo", log], cwd=ROOT)
    if not done.returncode:
        return []
    say(done.stdout)
    records = filter(None, map(RECORD.match, done.stdout.splitlines()))
    return [
        f"no test expected this {it['level']} in {shown(log)}: "
        f"{it['logger']}: {it['message']}"
        for it in records
    ] or [f"checklog-odoo cannot read {shown(log)}: {done.stderr.strip()}"]
