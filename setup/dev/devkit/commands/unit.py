"""Run only the tests of the writer, which need no database."""

from functools import partial

from .. import workspace
from ..paths import LOGS, PYTHON, SCRIPTS
from ..report import Report
from ..steps import side_by_side
from ..testing import watch

PARTS = 2  # processes, each with a part of the test files


def run() -> int:
    workspace.prepare()
    parts = (partial(run_part, part) for part in range(PARTS))
    first, *others = side_by_side(*parts)
    for report in others:
        first.add(report)
    return first.conclude()


def run_part(part: int) -> Report:
    command = [PYTHON, SCRIPTS / "unit.py", str(part), str(PARTS)]
    return watch(command, None, LOGS / f"unit-{part}.log")
