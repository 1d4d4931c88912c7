"""Run all tests but the tours and check how much of each file they reach."""

import json
import os
import shutil

from .. import llama, workspace
from ..paths import ADDONS, DEV, PYTHON, ROOT
from ..steps import Missing, call, say
from ..testing import Group, run_groups
from .test import BROWSER, TAGS

RESULTS = DEV / "coverage"
LEAST, LEAST_OF = 85, {f"{ADDONS[0]}/pump/": 90}  # percent of lines and branches
# Tours reach what other tests do; the other one compares times, which this changes.
NOT_MEASURED = f"-{BROWSER},-/{ADDONS[0]}:TestLinear"


def run() -> int:
    """Run them; 1 if a test failed or if a file is below its floor."""
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir(parents=True)
    os.chdir(ROOT)  # the patterns of .coveragerc begin there
    groups = [Group("coverage", f"{TAGS},{NOT_MEASURED}")]
    with workspace.opened() as (odoo, server):
        no_model = llama.missing()
        os.environ["COVERAGE_FILE"] = str(RESULTS / "data")
        report = run_groups(odoo, server, groups, no_model)
    below = judged(measured())
    for line in below:
        say(f"!  {line}")
    return report.conclude() or int(bool(below))


def measured() -> dict:
    target = RESULTS / "coverage.json"
    for words in (["combine"], ["json", "--fail-under=0", "-o", target]):
        call(
            [PYTHON, "-m", "coverage", *words],
            "coverage",
            "The coverage could not be added up.",
        )
    return json.loads(target.read_text())


def judged(measured: dict) -> list[str]:
    """Return the files below their floor, with the lines that no test reaches."""
    say(f"   coverage: {measured['totals']['percent_covered']:.1f} % in all")
    found = []
    for name, it in sorted(measured["files"].items()):
        percent = it["summary"]["percent_covered"]
        if percent < floor(name):
            lines = ", ".join(map(str, it["missing_lines"]))
            found.append(f"{name}: {percent:.1f} %, not {floor(name)} %; {lines}")
    if not measured["files"]:
        raise Missing("No file was measured: .dev/log/coverage.log says more.")
    return found


def floor(name: str) -> int:
    return next((it for start, it in LEAST_OF.items() if name.startswith(start)), LEAST)
