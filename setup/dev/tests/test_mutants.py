"""Mutants: exchanging the code of functions, and what is said of the results."""

import importlib.util
import json
import sys

import pytest
from devkit import mutants
from devkit.commands import mutants as command
from devkit.paths import ROOT, SCRIPTS

sys.path[:0] = [str(SCRIPTS), str(ROOT)]
from code_exchange import exchange, functions  # noqa: E402

from blog_ai_generator_tests.benchmark import mutant_table  # noqa: E402

SOURCE = """
class Shelf:
    def first(self):
        return self.height(1) + 1

    @staticmethod
    def height(number):
        return [it for it in range(number + 1)][-1]


LIMIT = 3
"""


@pytest.fixture
def shelf(tmp_path):
    path = tmp_path / "shelf.py"
    path.write_text(SOURCE)
    spec = importlib.util.spec_from_file_location("shelf", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def changed(shelf, was, now, line):
    path = shelf.__file__
    return exchange(path, SOURCE.replace(was, now), line, functions([path]))


def test_a_record_that_exists_runs_the_changed_code(shelf):
    it = shelf.Shelf()
    assert it.first() == 2
    assert changed(shelf, "height(1) + 1", "height(1) - 1", 4)
    assert it.first() == 0


def test_the_code_of_a_static_method_is_exchanged_too(shelf):
    assert changed(shelf, "number + 1", "number + 2", 8)
    assert shelf.Shelf.height(1) == 2
    assert shelf.Shelf().first() == 3


def test_a_change_outside_functions_is_none(shelf):
    assert not changed(shelf, "LIMIT = 3", "LIMIT = 4", 11)


def mutant(outcome, now="a < b", file="blog_ai_generator/llm/body.py"):
    return {"file": file, "was": "a <= b", "now": now, "outcome": outcome, "line": 3}


@pytest.fixture
def reasons(tmp_path, monkeypatch):
    path = tmp_path / "reasons.json"
    known = mutant("survived", "a < b or False")
    path.write_text(json.dumps([{**known, "why": "The same."}]))
    monkeypatch.setattr(mutants, "REASONS", path)


def test_a_change_without_effect_counts_neither_way(reasons):
    tried = [
        *[mutant("killed")] * 7,
        mutant("timed out"),
        mutant("survived", "a < b or False"),
        mutant("survived"),
        mutant("not reached"),
    ]
    found = mutants.counts({"places": 99, "mutants": tried})
    assert found["killed"] == 8
    assert (found["harmless"], found["left"]) == (1, 2)
    assert found["share"] == 80.0


def test_a_part_is_red_below_its_share(reasons):
    left = mutant("survived")
    answer = {"places": 9, "mutants": [*[mutant("killed")] * 89, *[left] * 11]}
    share = "pump: tests notice 89.0 % of the changes, not 90 %"
    assert share not in mutants.judged("llm", answer)
    assert share in mutants.judged("pump", answer)


def test_a_part_is_red_while_a_change_has_neither_a_test_nor_a_reason(reasons):
    harmless = mutant("survived", "a < b or False")
    answer = {"places": 9, "mutants": [*[mutant("killed")] * 99, harmless]}
    assert mutants.judged("pump", answer) == []
    answer["mutants"][0] = mutant("survived")
    assert mutants.judged("pump", answer) == [
        "blog_ai_generator/llm/body.py:3: neither a test nor a reason for “a < b”"
    ]


@pytest.fixture
def published(tmp_path, monkeypatch, reasons):
    left = [
        mutant("survived"),
        mutant("survived", "a < b or False"),
        mutant("survived", "a > b"),
    ]
    row = {**mutants.counts({"places": 9, "mutants": left}), "survivors": left}
    monkeypatch.setattr(mutants, "PUBLISHED", tmp_path / "published.json")
    monkeypatch.setattr(mutants, "call", lambda *_args, **_options: None)
    mutants.write({"llm": {**row, "date": "2026-11-30"}})


def test_survivors_without_a_reason_are_tried_again_where_they_are(
    published, tmp_path, monkeypatch
):
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    path = tmp_path / "blog_ai_generator/llm/body.py"
    path.parent.mkdir(parents=True)
    path.write_text("if c:\n    a <= b\n")
    first, second = mutants.survivors("llm")
    assert (first["line"], first["code"]) == (2, "if c:\n    a < b\n")
    assert second["code"] == "if c:\n    a > b\n"
    path.write_text("if c:\n    a == b\n")
    assert mutants.survivors("llm") == []


def test_a_survivor_that_a_test_notices_since_leaves_the_share_as_it_is(published):
    again = {"mutants": [mutant("killed"), mutant("survived", "a > b")]}
    (line,) = mutants.publish_again("llm", again)
    assert "“a > b”" in line
    row = mutants.published()["llm"]
    assert (row["killed"], row["left"]) == (0, 2)
    assert [bool(it.get("noticed")) for it in row["survivors"]] == [True, False, False]
    assert "\nnotice 1 of the unnoticed" in "".join(mutant_table.sections({"llm": row}))


def test_each_published_survivor_has_a_test_or_a_reason():
    for row in mutants.published().values():
        assert mutants.unjudged(row["survivors"]) == []


def test_another_seed_chooses_another_sample(monkeypatch):
    monkeypatch.delenv("SEED", raising=False)
    assert command.seed() == "17"
    monkeypatch.setenv("SEED", "18")
    assert command.seed() == "18"


def test_each_part_has_files_that_are_there():
    for part in mutants.PARTS.values():
        found = part.files()
        assert found
        assert all((mutants.ROOT / name).is_file() for name in found)


def test_each_reason_says_why_and_about_which_file():
    known = json.loads(mutants.REASONS.read_text())
    assert known
    for it in known:
        assert (ROOT / it["file"]).is_file(), it
        assert it["why"].endswith("."), it


def test_the_page_of_figures_has_a_row_for_each_part_that_was_tried(reasons):
    tried = [*[mutant("killed")] * 19, mutant("survived")]
    row = {"date": "2026-11-29", **mutants.counts({"places": 2000, "mutants": tried})}
    assert mutant_table.sections({}) == []
    page = mutant_table.sections({"llm": row})[-1].splitlines()
    assert page[2] == "| `llm/` | 2,000 | 20 | 19 | 0 | 1 | 95.0 % | 78.4 % |"
