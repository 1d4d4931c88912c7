"""Run all tests; TAGS="…" selects some as Odoo's --test-tags does."""

import os
import time
from functools import partial
from pathlib import Path

from .. import apt, databases, llama, workspace
from ..odoo import Odoo
from ..paths import CI, HERE, LOGS, PYTHON, shown
from ..postgres import Server
from ..report import Report, pytest_counts
from ..steps import logged, say, side_by_side, step
from ..testing import MODULE, Group, run_groups, run_in_odoo

PRODUCT = "blog_ai_generator"
ALONE = "blog_ai_alone"  # tests that measure time: nothing runs beside them
BROWSER = "blog_ai_browser"  # tours, which take minutes
COMMITTED = "blog_ai_committed"  # tests on committed data, which mostly wait
# Odoo leaves the tests with the last two tags out of a usual run: those on committed
# data, and those with a real language model.
USUAL = f"/{PRODUCT},/{MODULE}"
TAGS = f"{USUAL},{COMMITTED}/{MODULE},{llama.TAG}/{MODULE}"
# Each group has a copy of the database. One that waits leaves its core to another one.
SIDE_BY_SIDE = (
    Group("test", f"{USUAL},-{ALONE},-{BROWSER}"),
    Group("test_committed", f"{COMMITTED}/{MODULE},-{ALONE}", installed=True),
    Group("test_browser", f"{BROWSER}/{MODULE}", installed=True),
)
THEN = Group("test_alone", f"{ALONE}/{PRODUCT},{ALONE}/{MODULE}", installed=True)


def run() -> int:
    begun = time.monotonic()
    with workspace.opened() as (odoo, server):
        tags = os.environ.get("TAGS")
        report = run_chosen(odoo, server, tags) if tags else run_all(odoo, server)
    if report.first_at:
        say(f"   first test after {report.first_at - begun:.1f} s")
    return report.conclude()


def run_chosen(odoo: Odoo, server: Server, tags: str) -> Report:
    own, no_model, _template = side_by_side(
        run_own_tests, model, partial(databases.template, odoo, server)
    )
    report = run_in_odoo(odoo, server, Group("test", tags), no_model)
    report.others = own
    return report


def run_all(odoo: Odoo, server: Server) -> Report:
    # Fetch the model meanwhile: it is needed by tests that run alone.
    own, no_model, report = side_by_side(
        run_own_tests, model, partial(run_groups, odoo, server, SIDE_BY_SIDE)
    )
    report.others, report.excuse = own, no_model
    report.add(run_in_odoo(odoo, server, THEN, no_model))
    return report


def model() -> str:
    """Return why there is no language model; empty if it is here or not wanted."""
    return llama.missing() if llama.TAG in (os.environ.get("TAGS") or TAGS) else ""


def run_own_tests() -> tuple[int, int, int]:
    """Return how many tests of `setup` passed, failed and were skipped."""
    apt.provide("curl")  # a script for Runboat is tested with the real one
    passed, failed, skipped = zip(*map(run_pytest, (HERE, CI)), strict=True)
    return sum(passed), sum(failed), sum(skipped)


def run_pytest(folder: Path) -> tuple[int, int, int]:
    with step(f"Tests of {shown(folder)}"):
        log = LOGS / f"pytest-{folder.name}.log"
        log.unlink(missing_ok=True)
        report = f"--junitxml={LOGS / f'junit-{folder.name}.xml'}"
        # Unbuffered: the log is read meanwhile.
        code = logged([PYTHON, "-u", "-m", "pytest", folder / "tests", report], log)
    printed = log.read_text(errors="replace")
    if code:
        say(printed)
    passed, failed, skipped = pytest_counts(printed)
    return passed, max(failed, int(code != 0)), skipped
