"""The floors of the coverage of each file."""

import pytest
from devkit.commands import coverage
from devkit.steps import Missing


def measured(**percents):
    files = {
        f"blog_ai_generator/{name.replace('__', '/')}.py": {
            "summary": {"percent_covered": percent},
            "missing_lines": [7, 9],
        }
        for name, percent in percents.items()
    }
    return {"totals": {"percent_covered": 96.0}, "files": files}


def test_a_file_below_its_floor_is_named_with_its_lines():
    found = coverage.judged(measured(pump__store=89.9, llm__body=85.0, content=84.0))
    assert found == [
        "blog_ai_generator/content.py: 84.0 %, not 85 %; 7, 9",
        "blog_ai_generator/pump/store.py: 89.9 %, not 90 %; 7, 9",
    ]


def test_nothing_measured_is_a_failure():
    with pytest.raises(Missing):
        coverage.judged(measured())
