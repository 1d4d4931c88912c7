"""The files of packaging and linting say the same as each other."""

import json
import re
from pathlib import Path

import pytest
from devkit import linting, packaging
from devkit.paths import ADDONS, HERE, REQUIREMENTS_TOOLS, ROOT

HOOKS = (ROOT / ".pre-commit-config.yaml").read_text()


def pins() -> dict[str, str]:
    """Version by name of what `make lint` installs."""
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


def test_lint_and_pre_commit_run_the_same_checks():
    """Each check of `make lint` has the id of its hook."""
    hooks = re.findall(r"^ +- id: (\S+)$", HOOKS, re.MULTILINE)
    assert {*hooks} == {*linting.checks()}


def test_lint_and_pre_commit_refuse_the_same_files():
    for name, (pattern, why) in linting.FORBIDDEN.items():
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
    assert f'args: ["{linting.WEBSITE}"]' in HOOKS


def test_lint_and_pre_commit_run_the_same_npm_packages():
    theirs = dict(re.findall(r'- "?(@?[\w/-]+)@([\d.]+)"?$', HOOKS, re.MULTILINE))
    assert len(theirs) == 5
    assert theirs.items() <= pins().items()


def enabled(path: Path) -> set[str]:
    text = path.read_text().partition("enable=")[2].partition("[")[0]
    return set(text.replace(",", " ").split())


def test_what_oca_asks_of_python_is_asked_here_too():
    asked = enabled(ROOT / ".pylintrc-mandatory")
    assert "sql-injection" in asked
    assert asked <= enabled(ROOT / ".pylintrc")


def test_the_metapackage_has_every_addon():
    text = (packaging.METAPACKAGE / "pyproject.toml").read_text()
    assert set(re.findall(r"odoo-addon-(\w+)==19\.0", text)) == set(ADDONS)


def test_requirements_are_those_of_all_manifests(monkeypatch):
    manifests = {
        "one": {"external_dependencies": {"python": ["regex", "lxml"], "bin": ["sh"]}},
        "two": {"external_dependencies": {"python": ["regex"]}},
        "three": {},
    }
    monkeypatch.setattr(packaging, "ADDONS", manifests)
    monkeypatch.setattr(packaging, "manifest", manifests.get)
    header, *names = packaging.requirements().splitlines()
    assert header.startswith("# generated")
    assert names == ["lxml", "regex"]
