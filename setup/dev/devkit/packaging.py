"""`make wheels`, and what packaging derives from the manifests."""

import ast
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from . import databases, python
from .odoo import Odoo
from .paths import ADDONS, HERE, LAUNCHER, ODOO_DATA, PYTHON, ROOT, WHEELS, shown
from .postgres import Server
from .steps import Missing, call, say, step
from .tools import tool

# Odoo passes over a module that it does not find, and takes one from anywhere.
INSTALLED = """
import sys, odoo.addons.{addon} as it
sys.exit(not it.__file__.startswith(sys.prefix))
"""
TOWNCRIER = HERE / "towncrier.toml"
METAPACKAGE = ROOT / "setup" / "_metapackage"
REQUIREMENTS = ROOT / "requirements.txt"


def wheels() -> None:
    """Build a wheel of each addon, of its committed files only, and the metapackage."""
    shutil.rmtree(WHEELS, ignore_errors=True)
    with TemporaryDirectory() as folder:
        # Apart, as setuptools leaves its traces beside what it builds.
        metapackage = shutil.copytree(METAPACKAGE, Path(folder) / METAPACKAGE.name)
        for source in (*(ROOT / addon for addon in ADDONS), metapackage):
            with step(f"Wheel of {source.name}"):
                call(
                    [tool("pip"), "wheel", "--no-deps", "--no-build-isolation",
                     "--disable-pip-version-check", "--wheel-dir", WHEELS, source],
                    "wheels",
                    f"The wheel of {source.name} could not be built.",
                )  # fmt: skip
    for wheel in sorted(WHEELS.glob("*.whl")):
        say(f"   {shown(wheel)}")


def try_wheels(odoo: Odoo, server: Server) -> int:
    """Install the wheels in a throw-away environment, the addon in a database, and
    write a post with it.

    The environment finds Odoo and its packages, and nothing of this checkout.
    """
    database = f"{server.prefix}_wheels"
    databases.drop(server, database)
    databases.create(server, database, databases.template(odoo, server))
    with TemporaryDirectory() as folder, step("Odoo with the wheels alone"):
        venv = Path(folder) / "venv"
        packages = PYTHON.parent.parent.glob("lib/python*/site-packages")
        parents = (*map(str, packages), *odoo.parent_sites)
        python.create(replace(odoo, parent_sites=parents), venv)
        # Without dependencies: Debian's Odoo lists some that it runs without.
        install = ["-m", "pip", "install", "--no-index", "--no-deps"]
        call(
            [venv / "bin" / "python", *install, *WHEELS.glob("*.whl")],
            "wheels",
            "The wheels could not be installed.",
        )
        for addon in ADDONS:
            call(
                [venv / "bin" / "python", "-c", INSTALLED.format(addon=addon)],
                "wheels",
                f"{addon} is not where its wheel should have put it.",
                cwd=folder,
            )
        conf = Path(folder) / "odoo.conf"
        conf.write_text(f"[options]\ndata_dir = {ODOO_DATA}\n")
        command = [venv / "bin" / "python", LAUNCHER]
        call(
            [*command, "-d", database, "-i", ADDONS[0], "--stop-after-init"],
            "wheels",
            f"Odoo could not install {ADDONS[0]} from its wheel.",
            cwd=folder,
            env={**os.environ, **server.variables, "ODOO_RC": str(conf)},
        )
        topic = {"TOPIC": "Written by a wheel", "ODOO_RC": str(conf)}
        printed = databases.shell(server, database, "write_post", command, **topic)
    databases.drop(server, database)
    post = json.loads(printed.splitlines()[-1])
    if problem := post.get("error"):
        raise Missing(f"The installed wheel wrote no post. {problem}")
    say(f"   its post: {post['path']}")
    return 0


def requirements() -> str:
    """What the manifests ask of Python, in the form of OCA's requirements.txt."""
    names: set[str] = set()
    for addon in ADDONS:
        needed = manifest(addon).get("external_dependencies", {})
        names.update(needed.get("python", []))
    lines = ["# generated from manifests external_dependencies", *sorted(names)]
    return "\n".join(lines) + "\n"


def manifest(addon: str) -> dict:
    return ast.literal_eval((ROOT / addon / "__manifest__.py").read_text())


def history() -> int:
    """Add what is new to each addon's history, under the version of its manifest."""
    for addon in filter(fragments, ADDONS):
        version = manifest(addon)["version"]
        with step(f"History of {addon} {version}"):
            call(
                [tool("towncrier"), "build", "--yes", "--config", TOWNCRIER,
                 "--dir", ROOT / addon, "--version", version],
                "history",
                f"The news of {addon} could not be gathered.",
            )  # fmt: skip
    return 0


def fragments(addon: str) -> list[Path]:
    return list((ROOT / addon / "readme" / "newsfragments").glob("*.md"))


def write_requirements() -> None:
    REQUIREMENTS.write_text(requirements())
