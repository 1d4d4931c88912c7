"""Run only the tests of the writer, which need no database."""

from .. import workspace
from ..paths import LOGS, PYTHON, SCRIPTS
from ..testing import watch


def run() -> int:
    workspace.prepare()
    return watch([PYTHON, SCRIPTS / "unit.py"], None, LOGS / "unit.log").conclude()
