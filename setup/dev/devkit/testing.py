"""`make test` and `make stress`: on a throw-away copy of the template database."""

import os
import queue
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from . import databases
from .locks import locked
from .odoo import Odoo
from .paths import CI, DEV, HERE, LOGS, PYTHON, ROOT, SCRIPTS, shown
from .postgres import Server
from .processes import child, free_port
from .report import Report, pytest_counts
from .steps import captured, say, step
from .workspace import odoo_command, variables

MODULE = "blog_ai_generator_tests"
# The last one marks tests on committed data, which Odoo leaves out of its standard run.
TAGS = f"/blog_ai_generator,/{MODULE},blog_ai_committed/{MODULE}"
STRESS_TAGS = f"blog_ai_stress/{MODULE}"
SCREENSHOTS = DEV / "screenshots"
STALL = 300  # seconds without a line in the log before a test counts as hung


def run(odoo: Odoo, server: Server, begun: float) -> int:
    """Run all tests and report; 0 if all is well.

    :param begun: `time.monotonic()` of the moment at which the command was typed
    """
    own = run_own_tests()
    report = run_in_odoo(odoo, server, "test", TAGS)
    if report.first_at:
        say(f"   first test after {report.first_at - begun:.1f} s")
    report.others = own
    return report.conclude()


def run_stress(odoo: Odoo, server: Server) -> int:
    """Run the tests of very many at once and report; 0 if all is well."""
    return run_in_odoo(odoo, server, "stress", STRESS_TAGS).conclude()


def run_in_odoo(odoo: Odoo, server: Server, name: str, tags: str) -> Report:
    """Run the tests with these tags, unless TAGS says otherwise.

    :param name: of the run, of its database and of its log
    """
    template = databases.template(odoo, server)
    database, log = f"{server.prefix}_{name}", LOGS / f"{name}.log"
    with locked(name):
        drop(server, database)
        databases.create(server, database, template)
        with step(f"{name.capitalize()} in Odoo"):
            report = watch(test_command(database, tags), server, log)
        if not report.failed:
            report.troubles += judge_log(log)
        if not report.red:
            drop(server, database)
        else:
            places = f"{database}, {shown(log)}, {shown(SCREENSHOTS)}"
            say(f"   kept until the next run: database {places}")
    return report


def run_unit() -> int:
    report = watch([PYTHON, SCRIPTS / "unit_tests.py"], None, LOGS / "unit.log")
    return report.conclude()


def run_own_tests() -> tuple[int, int, int]:
    """How many tests of `setup` passed, failed and were skipped."""
    passed, failed, skipped = zip(*map(run_pytest, (HERE, CI)), strict=True)
    return sum(passed), sum(failed), sum(skipped)


def run_pytest(folder: Path) -> tuple[int, int, int]:
    with step(f"Tests of {shown(folder)}"):
        report = LOGS / f"junit-{folder.name}.xml"
        done = captured(
            [PYTHON, "-m", "pytest", folder / "tests", f"--junitxml={report}"]
        )
    if done.returncode:
        say(done.stdout + done.stderr)
    passed, failed, skipped = pytest_counts(done.stdout)
    return passed, max(failed, int(done.returncode != 0)), skipped


def drop(server: Server, database: str) -> None:
    databases.drop(server, database)
    shutil.rmtree(SCREENSHOTS / database, ignore_errors=True)


def test_command(database: str, tags: str) -> list[str]:
    tags = os.environ.get("TAGS") or tags
    return odoo_command(
        "-d", database, "-i", MODULE, "--test-enable", "--test-tags", tags,
        "--stop-after-init", "--http-port", str(free_port()),
        "--screenshots", str(SCREENSHOTS), "--log-handler", "odoo.tests.stats:DEBUG",
    )  # fmt: skip


def watch(command: Sequence, server: Server | None, log: Path) -> Report:
    """Run tests, with their output in `log`, and report what they did."""
    report = Report()
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with (
        log.open("w") as copy,
        # Browsers leave their profiles behind.
        TemporaryDirectory(prefix="blog-ai-", ignore_cleanup_errors=True) as scratch,
        child(
            command,
            {**variables(server), "TMPDIR": scratch},
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
    """What `process` prints; once it stalls, it is made to tell where, and ended."""
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in process.stdout:
            lines.put(line)
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    with suppress(queue.Empty):
        yield from iter(lambda: lines.get(timeout=STALL), "")
        return
    report.troubles.append(f"nothing happened for {STALL} s: see where, in the log")
    process.send_signal(signal.SIGQUIT)  # Odoo logs the stack of every thread
    with suppress(queue.Empty):
        yield from iter(lambda: lines.get(timeout=5), "")
    process.kill()


def judge_log(log: Path) -> list[str]:
    """Let checklog-odoo look for what no test expected."""
    done = captured([PYTHON.with_name("checklog-odoo"), "--no-echo", log], cwd=ROOT)
    if not done.returncode:
        return []
    say(done.stdout)
    return ["the log holds a WARNING or an ERROR that no test expected"]
