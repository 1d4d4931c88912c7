"""Odoo 19: one on this machine, or Debian's package unpacked into `.dev/odoo`."""

import json
import os
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from . import debian
from .paths import DEV, ODOO
from .steps import Missing, captured

SERIES = "19.0"
PROBE = """
import json, os, site, sys
from odoo import release
print(json.dumps({
    "python": sys.executable,
    "series": release.series,
    "version": release.version,
    "folder": os.path.dirname(os.path.dirname(os.path.abspath(release.__file__))),
    "parent_sites": [*site.getsitepackages(), site.getusersitepackages()],
}))
"""


@dataclass(frozen=True)
class Odoo:
    """An Odoo 19 and the Python that runs it."""

    python: str
    version: str  # empty until it is fetched
    folder: Path  # contains the package `odoo`
    parent_sites: tuple[str, ...] = ()  # site-packages of an Odoo that was there


def plan() -> Odoo:
    """Return the Odoo to use; if none is here, Debian's, which is yet to be fetched.

    `ODOO_BIN` comes first, then an `odoo` that `python3` on the PATH can import.

    :raise Missing: `ODOO_BIN` is not Odoo 19
    """
    if chosen := os.environ.get("ODOO_BIN"):
        return from_bin(Path(chosen).expanduser().absolute())
    return importable() or Odoo(sys.executable, "", ODOO / debian.PYTHON_FOLDER)


def ensure(planned: Odoo) -> Odoo:
    if planned.version:
        return planned
    version = ODOO / "version"
    if not version.is_file():
        debian.fetch_odoo(ODOO)
    return replace(planned, version=version.read_text())


def from_bin(path: Path) -> Odoo:
    if not path.is_file():
        raise Missing(f"ODOO_BIN={path} is not a file: set it to Odoo 19's odoo-bin.")
    found = probe(interpreter(path), str(path.resolve().parent))
    if not found:
        raise Missing(
            f"ODOO_BIN={path} does not lead to an Odoo that its Python can import: "
            "set it to the odoo-bin of a working Odoo 19, or unset it."
        )
    if found["series"] != SERIES:
        raise Missing(
            f"ODOO_BIN={path} is Odoo {found['series']}: set it to the odoo-bin of an "
            "Odoo 19.0, or unset it."
        )
    return existing(found)


def importable() -> Odoo | None:
    found = probe("python3", os.environ.get("PYTHONPATH", ""))
    if not found or found["series"] != SERIES or DEV in Path(found["folder"]).parents:
        return None
    return existing(found)


def existing(found: dict) -> Odoo:
    folder = Path(found["folder"])
    version = f"{found['version']} {revision(folder)}"
    return Odoo(found["python"], version, folder, tuple(found["parent_sites"]))


def revision(folder: Path) -> str:
    """Return a text that differs between two states of an Odoo."""
    if shutil.which("git") and (folder / ".git").exists():
        return captured(["git", "-C", folder, "rev-parse", "HEAD"]).stdout.strip()
    return str((folder / "odoo").stat().st_mtime_ns)


def interpreter(script: Path) -> str:
    with script.open(errors="replace") as text:
        words = text.readline().removeprefix("#!").split()
    return next((word for word in words if "python" in word), "python3")


def probe(python: str, path: str) -> dict | None:
    """Return what `python` can say of its Odoo; `path` is its PYTHONPATH."""
    try:
        done = captured(
            [python, "-c", PROBE], env={**os.environ, "PYTHONPATH": path}, cwd="/"
        )
        return None if done.returncode else json.loads(done.stdout)
    except (OSError, ValueError):
        return None
