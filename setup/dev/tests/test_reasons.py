"""Growth, saved figures, and the reasons of those that miss their targets."""

import re
import sys

import pytest
from devkit.paths import ROOT

sys.path.insert(0, str(ROOT))
from blog_ai_generator_tests.benchmark import (  # noqa: E402
    cold_table,
    figures_page,
    report,
    results,
    saved,
    targets,
)
from blog_ai_generator_tests.benchmark.growth import report as growth  # noqa: E402
from blog_ai_generator_tests.benchmark.reasons import REASONS  # noqa: E402

SIZE = {"check": 10.0, "store": 20.0, "paste": 500.0}
SIZE |= {f"view {name}": 30.0 for name in growth.VIEWS}
GROWN = {
    "date": "2026-12-01",
    "commit": "abc",
    "machine": {"cores": 2},
    "raw": {
        "small": SIZE,
        "large": SIZE | {"paste": 2500.0, "view by state": 90.0, "view list": 60.0},
        "ticks": {
            "tick 10 ms": 4.0,
            "tick 500 ms": 5.2,
            "tick 500 statements": 3.7,
        },
    },
}


def missed(rows):
    return {row["name"]: row.get("why") for row in rows if not row["met"]}


def test_a_row_that_misses_its_target_has_a_reason():
    published = figures_page.rows(results.load())
    assert [name for name, why in missed(published).items() if not why] == [], (
        "Write what was tried in benchmark/reasons.py."
    )


def test_a_reason_belongs_to_a_target():
    known = [*targets.TARGETS, *growth.TARGETS, *cold_table.TARGETS]
    assert len({*known}) == len(known)
    assert REASONS.keys() <= {*known}


def test_a_target_that_is_met_needs_no_reason():
    target = targets.Target("Time", "×", "", "≤ 1.0")
    assert "why" not in target.result(1.0, "It is slow.")
    assert target.result(1.1, "It is slow.")["why"] == "It is slow."


def test_the_page_says_why_a_target_is_missed():
    target = targets.Target("Time", "×", "", "≤ 1.0")
    rows = [target.result(0.9), target.result(1.1, "It is slow."), target.result(1.2)]
    assert report.explained(rows)[2].splitlines() == [
        "- *Time*: It is slow.",
        "- *Time*: The reason is not known yet.",
    ]
    assert report.explained(rows[:1]) == [report.table(rows[:1])]


def test_growth_is_red_for_each_missed_target_whatever_its_reason():
    rows = growth.rows(GROWN)
    assert missed(rows) == {
        "100 topics pasted, grown": None,
        "Time a slot, 500 due / 10 due": REASONS["slot_time"],
        "List of generations, grown / new": None,
        "List, grouped by state, grown / new": REASONS["by state"],
    }
    assert targets.missed(rows) == [*missed(rows)]
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (line,) = re.findall(r"^\| `make growth` .*", contributing, re.MULTILINE)
    assert "red for each missed target, whatever its reason" in line


def test_growth_is_published_once_it_was_measured():
    section = "\n".join(growth.sections(GROWN))
    assert "500 posts and 1,000 generations, a grown one 50,000 and 100,000" in section
    assert "| Check for duplicates, grown / new | 1 × | – | ≤ 1.5 | met |" in section
    assert growth.sections({}) == []


@pytest.mark.parametrize("part", cold_table.NOTES)
def test_saved_figures_are_printed_with_their_date_and_commit(part):
    lines = "\n".join(saved.lines(GROWN, {}))
    assert "make growth, measured on 2026-12-01, commit abc:\n" in lines
    assert "Store of a post, grown / new" in lines
    assert f"make cold ONLY={part}: no saved figures" in lines
    assert "make growth: no saved figures" in "\n".join(saved.lines({}, {}))
