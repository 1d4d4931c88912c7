"""The files of packaging and linting say the same as each other."""

import json
import re
from pathlib import Path

import pytest
from devkit import packaging
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
    ],
)
def test_lint_and_pre_commit_run_the_same_version(name, repository):
    rev = re.search(rf"/{repository}\n +rev: v(\S+)", HOOKS)[1]
    assert pins()[name] == rev


def test_lint_and_pre_commit_run_the_same_npm_packages():
    theirs = dict(re.findall(r'- "?(@?[\w/-]+)@([\d.]+)"?$', HOOKS, re.MULTILINE))
    assert len(theirs) == 5
    assert theirs.items() <= pins().items()


def checks(path: Path) -> set[str]:
    enabled = path.read_text().partition("enable=")[2].partition("[")[0]
    return set(enabled.replace(",", " ").split())


def test_what_oca_asks_of_python_is_asked_here_too():
    asked = checks(ROOT / ".pylintrc-mandatory")
    assert "sql-injection" in asked
    assert asked <= checks(ROOT / ".pylintrc")


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
