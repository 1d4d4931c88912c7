import sys

import pytest
from devkit.commands import conformance
from devkit.steps import Missing

CASES = [
    {"why": "letters", "text": "abc", "expected": {"length": 3, "valid": True}},
    {"why": "a link", "text": "x.com", "expected": {"links": ["x.com"]}},
]


def counter(*results):
    """Return a command that prints these, whatever its input is."""
    return [sys.executable, "-c", f"import json; print(json.dumps({list(results)!r}))"]


def result(**changes):
    return {"length": 3, "valid": True, "links": ["x.com"], **changes}


def test_counters_that_agree_pass(capsys):
    assert conformance.agrees("Ours", counter(result(), result()), CASES) == 0
    assert capsys.readouterr().out == "Ours: 2 of 2 vectors agree\n"


def test_a_counter_that_differs_fails_and_says_where(capsys):
    assert conformance.agrees("Ours", counter(result(length=4), result()), CASES) == 1
    assert "Ours: 1 of 2" in capsys.readouterr().out


def test_a_known_difference_is_named_but_passes(capsys, monkeypatch):
    monkeypatch.setitem(conformance.KNOWN, "a link", "it is not one")
    assert conformance.agrees("Ours", counter(result(), result(links=[])), CASES) == 0
    assert "   a link: it is not one\n" in capsys.readouterr().out


def test_a_folder_without_vectors_is_refused(tmp_path):
    with pytest.raises(Missing, match="validate.yml does not exist: give the folder"):
        conformance.compare(str(tmp_path))
