"""Run all tests; TAGS="…" selects some as Odoo's --test-tags does."""

import time
from pathlib import Path

from .. import apt, llama, workspace
from ..paths import CI, HERE, LOGS, PYTHON, shown
from ..report import pytest_counts
from ..steps import captured, say, step
from ..testing import MODULE, chosen, run_in_odoo

# Odoo leaves the tests with the last two tags out of a usual run: those on committed
# data, and those with a real language model.
TAGS = ",".join(
    (
        "/blog_ai_generator",
        f"/{MODULE}",
        f"blog_ai_committed/{MODULE}",
        f"{llama.TAG}/{MODULE}",
    )
)


def run() -> int:
    begun = time.monotonic()
    with workspace.opened() as (odoo, server):
        own, tags = run_own_tests(), chosen(TAGS)
        no_model = llama.missing() if llama.TAG in tags else ""
        report = run_in_odoo(odoo, server, "test", tags, no_model)
    if report.first_at:
        say(f"   first test after {report.first_at - begun:.1f} s")
    report.others = own
    return report.conclude()


def run_own_tests() -> tuple[int, int, int]:
    """Return how many tests of `setup` passed, failed and were skipped."""
    apt.provide("curl")  # a script for Runboat is tested with the real one
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
