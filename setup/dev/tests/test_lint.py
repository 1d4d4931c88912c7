"""`make lint`, pre-commit and their settings say the same."""

import json
import re
from pathlib import Path

import pytest
from devkit import checks
from devkit.paths import HERE, REQUIREMENTS_TOOLS, ROOT

HOOKS = (ROOT / ".pre-commit-config.yaml").read_text()


def pins() -> dict[str, str]:
    """Return the versions of the packages that `make lint` installs, by name."""
    lines = REQUIREMENTS_TOOLS.read_text().splitlines()
    found = dict(re.findall(r"^([\w-]+)==([\w.]+)", "\n".join(lines), re.MULTILINE))
    npm = json.loads((HERE / "node" / "package.json").read_text())["dependencies"]
    return {**{name.replace("_", "-"): it for name, it in found.items()}, **npm}


@pytest.mark.parametrize(
    ("name", "repository"),
    [
        ("ruff", "ruff-pre-commit"),
        ("pylint-odoo", "pylint-odoo"),
        ("pre-commit-hooks", "pre-commit-hooks"),
        ("oca-odoo-pre-commit-hooks", "odoo-pre-commit-hooks"),
        ("mypy", "mirrors-mypy"),
        ("check-jsonschema", "check-jsonschema"),
    ],
)
def test_lint_and_pre_commit_run_the_same_version(name, repository):
    rev = re.search(rf"/{repository}\n +rev: v?(\S+)", HOOKS)[1]
    assert pins()[name] == rev


def test_lint_and_pre_commit_run_the_same_checks_by_the_same_ids():
    hooks = re.findall(r"^ +- id: (\S+)$", HOOKS, re.MULTILINE)
    assert {*hooks} == {*checks.every()}


def test_lint_and_pre_commit_refuse_the_same_files():
    for name, (pattern, why) in checks.FORBIDDEN.items():
        hook = re.search(rf"- id: {name}\n(?: {{8}}.+\n)+", HOOKS)[0]
        assert f"\n        files: {pattern}\n" in hook
        assert f"\n        entry: {why}\n" in hook


def test_mypy_knows_the_same_types_in_both():
    block = re.search(r"- id: mypy\n(?:.*\n)*?(?=  - repo)", HOOKS)[0]
    theirs = dict(re.findall(r"^ +- ([\w-]+)==(\S+)$", block, re.MULTILINE))
    ours = pins()
    assert {"markdown-it-py", "types-regex"} <= theirs.keys()
    assert theirs.items() <= ours.items()
    assert {name for name in ours if name.startswith("types-")} <= theirs.keys()


def test_the_website_is_the_one_that_oca_s_hook_sets():
    assert f'args: ["{checks.WEBSITE}"]' in HOOKS


def test_lint_and_pre_commit_run_the_same_npm_packages():
    theirs = dict(re.findall(r'- "?(@?[\w/-]+)@([\d.]+)"?$', HOOKS, re.MULTILINE))
    assert len(theirs) == 5
    assert theirs.items() <= pins().items()


def enabled(path: Path) -> set[str]:
    text = path.read_text().partition("enable=")[2].partition("[")[0]
    return set(text.replace(",", " ").split())


def test_the_checks_that_oca_requires_are_enabled_here_too():
    asked = enabled(ROOT / ".pylintrc-mandatory")
    assert "sql-injection" in asked
    assert asked <= enabled(ROOT / ".pylintrc")
