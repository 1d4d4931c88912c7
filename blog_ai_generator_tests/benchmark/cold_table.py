# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Write the results of ``make cold`` as a section of FIGURES.md."""

import json
from pathlib import Path
from statistics import median

from .reasons import REASONS
from .report import explained, shown
from .results import save as save_json
from .targets import Target

PATH = Path(__file__).parent / "cold.json"
# “Before” is the build 386040e, measured in the same run.
TARGETS = {
    "run": Target("`make run`, cold → the post is read / before", "×", "", "≤ 0.6"),
    "size": Target("Size of `.dev` after `make run`", "MB", "", "≤ 900"),
    "template": Target("Template database, cold / before", "×", "", "≤ 0.65"),
    "test": Target("`make test`, warm, a test / before", "×", "", "≤ 0.7"),
}


def values(answer: dict) -> dict[str, float]:
    """Return the number for each measured target, by its key in ``TARGETS``."""
    found = {}
    if "run" in answer:
        rounds = answer["run"]["samples"]
        found["run"] = median(map(share, rounds))
        found["size"] = max(run["megabytes"] for it in rounds for run in it["ours"])
    if "template" in answer:
        found["template"] = median(map(share, answer["template"]["samples"]))
    if "test" in answer:
        both = answer["test"]["samples"]
        found["test"] = of_each(both["ours"]) / of_each(both["before"])
    return found


def share(round_: dict) -> float:
    """Return the seconds of our runs as a share of the one that they ran beside."""
    ours = median(run["seconds"] for run in round_["ours"])
    return ours / round_["before"]["seconds"]


def of_each(tests: dict[str, float]) -> float:
    """Return the seconds of a test."""
    return tests["seconds"] / tests["tests"]


def rows(answer: dict) -> list[dict]:
    return [
        TARGETS[key].result(round(value, 4), REASONS.get(key, ""))
        for key, value in values(answer).items()
    ]


def note_of_run(part: dict) -> str:
    return "`make run` took {} s, before {} s; `.dev` had {} MB, before {} MB.".format(
        *listed(part, "seconds"), *listed(part, "megabytes")
    )


def note_of_template(part: dict) -> str:
    ours, before = listed(part, "seconds")
    return f"A template took {ours} s; before, with its asset bundles, {before} s."


def listed(part: dict, what: str) -> list[str]:
    """Return the figures of our runs, and those of the earlier build."""
    both = (
        [run for it in part["samples"] for run in it["ours"]],
        [it["before"] for it in part["samples"]],
    )
    return [", ".join(shown(run[what], 1) for run in runs) for runs in both]


def note_of_test(part: dict) -> str:
    ours, before = (told(part["samples"][name]) for name in ("ours", "before"))
    return f"`make test` ran {ours}; before, {before}."


def told(tests: dict[str, float]) -> str:
    failed = f", of which {tests['failed']} failed," * bool(tests["failed"])
    return (
        f"{tests['tests']:,} tests{failed} in {shown(tests['seconds'])} s, "
        f"{shown(1000 * of_each(tests))} ms each"
    )


NOTES = {"run": note_of_run, "template": note_of_template, "test": note_of_test}


def sections(answer: dict) -> list[str]:
    """Return the part of FIGURES.md; nothing while there are no results."""
    if not answer:
        return []
    measured = [
        f"- {NOTES[name](part)} Measured on {part['date']}, commit {part['commit']}, "
        f"{part['cores']} cores."
        for name, part in sorted(answer.items())
    ]
    return [
        "## First run and tests",
        "Measured by `make cold` in clean clones of this build and of 386040e. First "
        "runs and templates\nof both share the machine all the time; tests run one "
        "after the other. PostgreSQL, Chromium\nand Python are the machine's; each "
        "build downloads everything else, without caches of pip and npm.",
        *explained(rows(answer)),
        "\n".join(measured),
    ]


def load(path: Path = PATH) -> dict:
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def save(answer: dict, path: Path = PATH) -> None:
    save_json(answer, path)
