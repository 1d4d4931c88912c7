"""`make lint` and `make format`: OCA's gates, with what package registries offer.

`.pre-commit-config.yaml` runs the same from the repositories of the hooks.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from . import databases, gitlab, live, packaging
from .locks import locked
from .odoo import Odoo
from .paths import ADDONS, LOGS, ROOT, SCRIPTS, TOOLS
from .postgres import Server
from .steps import captured, say, step
from .tools import npm_tool, tool, variables

PLACES = (*ADDONS, "setup")
ROOT_FILES = ("*.cfg", "*.cjs", "*.md", "*.toml", "*.txt", "*.yml", ".*.yml", ".*.yaml")
TEXTS = {
    ".cjs", ".csv", ".html", ".js", ".json", ".md", ".po", ".pot", ".py", ".scss",
    ".svg", ".toml", ".txt", ".xml", ".yaml", ".yml",
}  # fmt: skip
# Written by tools that end lines as they like.
GENERATED = {"index.html", ".po", ".pot"}


def run() -> int:
    """Run every check, also after one has found something."""
    results = [check(name, command) for name, command in checks().items()]
    return max(*results, requirements_current(), gitlab.validate())


def check(name: str, command: Sequence[str]) -> int:
    with step(name):
        done = captured(command, cwd=ROOT, env=variables())
    if done.returncode:
        say(done.stdout + done.stderr)
    return done.returncode


def checks() -> dict[str, list[str]]:
    python, xml, texts = files(".py"), files(".xml"), files(*TEXTS)
    layout = [path for path in texts if not GENERATED & {Path(path).name, suffix(path)}]
    return {
        "ruff check": [tool("ruff"), "check", *PLACES],
        "ruff format": [tool("ruff"), "format", "--check", *PLACES],
        "pylint-odoo": [tool("pylint"), *ADDONS],
        "eslint": [npm_tool("eslint"), *ADDONS],
        "prettier": prettier("--check"),
        "oca-checks-odoo-module": [tool("oca-checks-odoo-module"), *ADDONS],
        "oca-checks-po": [
            tool("oca-checks-po"), "--disable=po-pretty-format", *files(".po", ".pot"),
        ],
        "whool": [tool("whool"), "init", "--exit-non-zero-on-changes"],
        "README": [tool("python"), str(SCRIPTS / "readme.py"), "--check", *ADDONS],
        "trailing-whitespace": [tool("trailing-whitespace-fixer"), *layout],
        "end-of-file": [tool("end-of-file-fixer"), *layout],
        "mixed-line-ending": [tool("mixed-line-ending"), "--fix=lf", *layout],
        "merge conflicts": [tool("check-merge-conflict"), "--assume-in-merge", *texts],
        "case conflicts": [tool("check-case-conflict"), *texts],
        "docstring first": [tool("check-docstring-first"), *python],
        "debug statements": [tool("debug-statement-hook"), *python],
        "XML": [tool("check-xml"), *xml],
    }  # fmt: skip


def run_core(odoo: Odoo, server: Server) -> int:
    """Run core's module test_lint on our addons; 1 if it has found something."""
    (linters,) = TOOLS.glob("lib/python*/site-packages")
    database = f"{server.prefix}_lint"
    template = live.template_with_addons(odoo, server)
    with locked("core-lint"), step("Core's test_lint"):
        databases.drop(server, database)
        databases.create(server, database, template)
        printed = databases.shell(
            server, database, "core_lint", LINTERS=str(linters), ADDONS=",".join(ADDONS)
        )
        databases.drop(server, database)
    found = json.loads(printed.splitlines()[-1])
    say("   {run} run, {failed} failed, {skipped} skipped".format(**found))
    if found["failed"]:
        say((LOGS / "core_lint.log").read_text(errors="replace"))
    return int(bool(found["failed"]))


def reformat() -> int:
    """Lay out all files as the checks want them, generated ones included."""
    packaging.write_requirements()
    commands = {
        "ruff check": [tool("ruff"), "check", "--fix", *PLACES],
        "ruff format": [tool("ruff"), "format", *PLACES],
        "eslint": [npm_tool("eslint"), "--fix", *ADDONS],
        "prettier": prettier("--write"),
    }
    return max(check(name, command) for name, command in commands.items())


def readme() -> int:
    return check("README", [tool("python"), str(SCRIPTS / "readme.py"), *ADDONS])


def prettier(option: str) -> list[str]:
    return [npm_tool("prettier"), option, "--log-level=warn",
            *(f"{addon}/**/*.{{js,json,scss,xml}}" for addon in ADDONS)]  # fmt: skip


def requirements_current() -> int:
    path = packaging.REQUIREMENTS
    if path.is_file() and path.read_text() == packaging.requirements():
        return 0
    say("requirements.txt is not what the manifests say: run `make format`.")
    return 1


def files(*suffixes: str) -> list[str]:
    """The project's files that end with one of `suffixes`, relative to its root."""
    found = [path for place in PLACES for path in (ROOT / place).rglob("*")]
    found += [path for pattern in ROOT_FILES for path in ROOT.glob(pattern)]
    ours = (path.relative_to(ROOT) for path in found if suffix(path) in suffixes)
    return sorted(str(path) for path in ours)


def suffix(path: str | Path) -> str:
    return Path(path).suffix
