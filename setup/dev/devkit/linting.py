"""`make lint` and `make format`: OCA's gates, with what package registries offer.

`.pre-commit-config.yaml` runs the same from the repositories of the hooks.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
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
# Files that must not be there, and why, by the id of the hook that refuses them.
FORBIDDEN = {
    "forbidden-files": (
        r"\.rej$",
        "what a patch could not apply; look through it and remove it",
    ),
    "en-po-files": (
        r"/i18n/en\.po$",
        "English is in the source and needs no translation; remove the file",
    ),
    "obsolete-dotfiles": (
        r"^(\.travis\.yml|\.t2d\.yml|\.prettierrc\.yml|\.eslintrc\.yml)$",
        "a file that nothing reads any more; remove it",
    ),
}
WEBSITE = "https://github.com/OCA/website"


def run() -> int:
    """Run every check, also after one has found something; 1 if any has."""
    return int(any([passes(name, check) for name, check in checks().items()]))


def passes(name: str, check: Sequence[str] | Callable[[], str]) -> int:
    """Run a command, or a function that returns what it has found; 0 if all is well."""
    with step(name):
        if callable(check):
            found = check()
            code = int(bool(found))
        else:
            done = captured(check, cwd=ROOT, env=variables())
            code, found = done.returncode, done.stdout + done.stderr
    if code:
        say(found)
    return code


def checks() -> dict[str, list[str] | Callable[[], str]]:
    """Return every check by the id of its hook in `.pre-commit-config.yaml`."""
    python, xml, texts = files(".py"), files(".xml"), files(*TEXTS)
    layout = [path for path in texts if not GENERATED & {Path(path).name, suffix(path)}]
    return {
        **{name: partial(forbidden, name) for name in FORBIDDEN},
        "ruff": [tool("ruff"), "check", *PLACES],
        "ruff-format": [tool("ruff"), "format", "--check", *PLACES],
        "mypy": [tool("mypy")],
        "pylint_odoo": [tool("pylint"), *ADDONS],
        "eslint": [npm_tool("eslint"), *ADDONS],
        "prettier": prettier("--check"),
        "oca-checks-odoo-module": [tool("oca-checks-odoo-module"), *ADDONS],
        "oca-checks-po": [
            tool("oca-checks-po"), "--disable=po-pretty-format", *files(".po", ".pot"),
        ],
        "oca-gen-external-dependencies": outdated_requirements,
        "oca-fix-manifest-website": wrong_websites,
        "oca-update-pre-commit-excluded-addons": uninstallable_addons,
        "whool-init": [tool("whool"), "init", "--exit-non-zero-on-changes"],
        "readme": [tool("python"), str(SCRIPTS / "readme.py"), "--check", *ADDONS],
        "check-gitlab-ci": gitlab.command(),
        "trailing-whitespace": [tool("trailing-whitespace-fixer"), *layout],
        "end-of-file-fixer": [tool("end-of-file-fixer"), *layout],
        "mixed-line-ending": [tool("mixed-line-ending"), "--fix=lf", *layout],
        "check-merge-conflict": [
            tool("check-merge-conflict"), "--assume-in-merge", *texts,
        ],
        "check-case-conflict": [tool("check-case-conflict"), *texts],
        "check-docstring-first": [tool("check-docstring-first"), *python],
        "check-executables-have-shebangs": [
            tool("check-executables-have-shebangs"), *executables(),
        ],
        "check-symlinks": [tool("check-symlinks"), *symlinks()],
        "check-xml": [tool("check-xml"), *xml],
        "debug-statements": [tool("debug-statement-hook"), *python],
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
    return max(passes(name, command) for name, command in commands.items())


def readme() -> int:
    return passes("readme", [tool("python"), str(SCRIPTS / "readme.py"), *ADDONS])


def prettier(option: str) -> list[str]:
    return [npm_tool("prettier"), option, "--log-level=warn",
            *(f"{addon}/**/*.{{js,json,scss,xml}}" for addon in ADDONS)]  # fmt: skip


def forbidden(name: str) -> str:
    """Return the files that the check `name` refuses, and why."""
    pattern, why = FORBIDDEN[name]
    found = (str(path.relative_to(ROOT)) for path in everything())
    refused = sorted(path for path in found if re.search(pattern, path))
    return "".join(f"{path}: {why}\n" for path in refused)


def outdated_requirements() -> str:
    path = packaging.REQUIREMENTS
    if path.is_file() and path.read_text() == packaging.requirements():
        return ""
    return "requirements.txt differs from the manifests: run `make format`."


def wrong_websites() -> str:
    wrong = [it for it in ADDONS if packaging.manifest(it).get("website") != WEBSITE]
    return f"Set website to {WEBSITE}: {', '.join(wrong)}" if wrong else ""


def uninstallable_addons() -> str:
    """Return which addons OCA's hook would exclude from all other checks."""
    installable = {it: packaging.manifest(it).get("installable", True) for it in ADDONS}
    excluded = [addon for addon in ADDONS if not installable[addon]]
    return f"Not installable: {', '.join(excluded)}" if excluded else ""


def everything() -> Iterator[Path]:
    """Yield the project's files: those of its folders, and those at its root."""
    for place in (*PLACES, ".ci"):
        yield from (ROOT / place).rglob("*")
    yield from (path for path in ROOT.iterdir() if path.is_file())


def files(*suffixes: str) -> list[str]:
    """Return the project's files that end with one of `suffixes`.

    Paths are relative to the root. Files at the root count if they match `ROOT_FILES`.
    """
    found = [path for place in PLACES for path in (ROOT / place).rglob("*")]
    found += [path for pattern in ROOT_FILES for path in ROOT.glob(pattern)]
    return relative(path for path in found if suffix(path) in suffixes)


def executables() -> list[str]:
    found = (path for path in everything() if path.is_file())
    return relative(path for path in found if os.access(path, os.X_OK))


def symlinks() -> list[str]:
    return relative(path for path in everything() if path.is_symlink())


def relative(paths: Iterable[Path]) -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in paths)


def suffix(path: str | Path) -> str:
    return Path(path).suffix
