"""The command line and the table of the tests beside other addons."""

import re

import pytest
from devkit.commands import neighbours
from devkit.paths import ROOT
from devkit.report import Report
from devkit.steps import Missing

JOURNEYS = ROOT / "blog_ai_generator_tests" / "journeys"


def test_addons_that_were_fetched_are_installed_with_ours(tmp_path):
    for name in ("queue_job", "auditlog"):
        manifest = tmp_path / "odoo" / "addons" / name / "__manifest__.py"
        manifest.parent.mkdir(parents=True)
        manifest.touch()
    modules = neighbours.oca(tmp_path)
    assert modules == ["auditlog", "queue_job"]
    words = neighbours.command("blog", modules, tmp_path)
    assert words[-2:] == ["-i", "auditlog,queue_job,blog_ai_generator_tests"]
    assert f"--addons-path={ROOT},{tmp_path}/odoo/addons" in words


def test_each_addon_is_pinned_to_a_version_for_this_odoo():
    lines = neighbours.REQUIREMENTS.read_text().splitlines()
    addons = [line for line in lines if line.startswith("odoo-addon-")]
    assert len(addons) > 100
    assert all(re.fullmatch(r"[a-z0-9-]+==19\.0\.[\d.]+", line) for line in addons)


def test_its_tours_are_declared():
    sources = "".join(path.read_text() for path in JOURNEYS.glob("*.py"))
    for name in neighbours.TOURS:
        assert f"\ndef {name}(" in sources


def test_a_row_counts_what_passed_and_failed():
    report = Report(
        started={"a", "b", "c", "d"}, failed={"a"}, skipped={"b": "so"}, tours=5
    )
    row = str(neighbours.Row("oca", 150, report, 90.0))
    assert row.split() == ["oca", "150", "2", "1", "5", "1.5"]


def test_a_part_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("ONLY", "oca moon")
    with pytest.raises(Missing, match="ONLY=moon is no part: use oca or apps"):
        neighbours.run()
