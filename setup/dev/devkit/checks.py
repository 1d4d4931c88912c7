"""The checks of `make lint`: OCA's gates and ours, from the package registries.

`.pre-commit-config.yaml` runs the same ones from the repositories of the hooks.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from . import packaging
from .paths import ADDONS, HERE, REQUIREMENTS_ADDONS, ROOT, SCRIPTS
from .steps import captured, say, step
from .tools import npm_tool, tool, variables

PLACES = (*ADDONS, "setup")
ROOT_FILES = ("*.cfg", "*.cjs", "*.md", "*.toml", "*.txt", "*.yml", ".*.yml", ".*.yaml")
TEXTS = {
    ".cjs", ".csv", ".html", ".js", ".json", ".md", ".po", ".pot", ".py", ".scss",
    ".svg", ".toml", ".txt", ".xml", ".yaml", ".yml",
}  # fmt: skip
# Written by tools with line ends of their own.
GENERATED = {"index.html", ".po", ".pot"}
# Files that must not be there, and why, by the id of the hook that refuses them.
FORBIDDEN = {
    "forbidden-files": (
        r"\.rej$",
        "a patch could not apply these changes; check and remove the file",
    ),
    "en-po-files": (
        r"/i18n/en\.po$",
        "the source is English and needs no translation; remove the file",
    ),
    "obsolete-dotfiles": (
        r"^(\.travis\.yml|\.t2d\.yml|\.prettierrc\.yml|\.eslintrc\.yml)$",
        "no tool reads this file any more; remove it",
    ),
}
WEBSITE = "https://github.com/OCA/website"


Check = Sequence[str] | Callable[[], str]


def run(name: str, check: Check) -> int:
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


def every() -> dict[str, Check]:
    """Return every check by the id of its hook in `.pre-commit-config.yaml`."""
    python, xml, texts = files(".py"), files(".xml"), files(*TEXTS)
    layout = [path for path in texts if not GENERATED & {Path(path).name, suffix(path)}]
    return {
        **{name: partial(forbidden, name) for name in FORBIDDEN},
        "ruff": [tool("ruff"), "check", *PLACES],
        "ruff-format": [tool("ruff"), "format", "--check", *PLACES],
        "mypy": [tool("mypy")],
        "house": [sys.executable, str(HERE / "main.py"), "house"],
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
        "readme": readme("--check"),
        "check-gitlab-ci": gitlab_ci(),
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


def prettier(option: str) -> list[str]:
    return [npm_tool("prettier"), option, "--log-level=warn",
            *(f"{addon}/**/*.{{js,json,scss,xml}}" for addon in ADDONS)]  # fmt: skip


def readme(*options: str) -> list[str]:
    return [tool("python"), str(SCRIPTS / "readme.py"), *options, *ADDONS]


def gitlab_ci() -> list[str]:
    schema = ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
    return [tool("check-jsonschema"), *schema, ".gitlab-ci.yml"]


def forbidden(name: str) -> str:
    pattern, why = FORBIDDEN[name]
    found = (str(path.relative_to(ROOT)) for path in everything())
    refused = sorted(path for path in found if re.search(pattern, path))
    return "".join(f"{path}: {why}\n" for path in refused)


def outdated_requirements() -> str:
    path = REQUIREMENTS_ADDONS
    if path.is_file() and path.read_text() == packaging.requirements():
        return ""
    return "requirements.txt differs from the manifests: run `make format`."


def wrong_websites() -> str:
    wrong = [it for it in ADDONS if packaging.manifest(it).get("website") != WEBSITE]
    return f"Set website to {WEBSITE}: {', '.join(wrong)}" if wrong else ""


def uninstallable_addons() -> str:
    installable = {it: packaging.manifest(it).get("installable", True) for it in ADDONS}
    excluded = [addon for addon in ADDONS if not installable[addon]]
    return f"Not installable: {', '.join(excluded)}" if excluded else ""


def everything() -> Iterator[Path]:
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
