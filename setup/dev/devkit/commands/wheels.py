"""Build wheels of the addons in .dev/wheels, and install them beside Odoo."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from .. import databases, python, workspace
from ..odoo import Odoo
from ..packaging import METAPACKAGE
from ..paths import ADDONS, LAUNCHER, ODOO_DATA, PYTHON, ROOT, WHEELS, shown
from ..postgres import Server
from ..steps import Missing, call, say, step
from ..tools import tool

# Odoo skips a module that it does not find, and loads one from any folder.
INSTALLED = """
import sys, odoo.addons.{addon} as it
sys.exit(not it.__file__.startswith(sys.prefix))
"""


def run() -> int:
    workspace.prepare_tools()
    build()
    with workspace.opened() as (odoo, server):
        return try_out(odoo, server)


def build() -> None:
    """Build a wheel of each addon, of its committed files only, and the metapackage."""
    shutil.rmtree(WHEELS, ignore_errors=True)
    with TemporaryDirectory() as folder:
        # Copied, because setuptools leaves files beside the source.
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


def try_out(odoo: Odoo, server: Server) -> int:
    """Install the wheels in a throw-away environment and write a post with them.

    The environment finds Odoo and its packages, and nothing of this checkout.
    """
    database = f"{server.prefix}_wheels"
    databases.drop(server, database)
    databases.create(server, database, databases.template(odoo, server))
    with TemporaryDirectory() as folder, step("Odoo with the wheels alone"):
        interpreter = install(odoo, Path(folder))
        printed = write_post(server, database, interpreter, Path(folder))
    databases.drop(server, database)
    post = json.loads(printed.splitlines()[-1])
    if problem := post.get("error"):
        raise Missing(f"The installed wheel wrote no post. {problem}")
    say(f"   its post: {post['path']}")
    return 0


def install(odoo: Odoo, folder: Path) -> Path:
    venv = folder / "venv"
    packages = PYTHON.parent.parent.glob("lib/python*/site-packages")
    parents = (*map(str, packages), *odoo.parent_sites)
    python.create(replace(odoo, parent_sites=parents), venv)
    interpreter = venv / "bin" / "python"
    # Leave out dependencies: Debian's Odoo lists some that it runs without.
    options = ["-m", "pip", "install", "--no-index", "--no-deps"]
    call(
        [interpreter, *options, *WHEELS.glob("*.whl")],
        "wheels",
        "The wheels could not be installed.",
    )
    for addon in ADDONS:
        call(
            [interpreter, "-c", INSTALLED.format(addon=addon)],
            "wheels",
            f"{addon} is not where its wheel should have put it.",
            cwd=folder,
        )
    return interpreter


def write_post(server: Server, database: str, interpreter: Path, folder: Path) -> str:
    conf = folder / "odoo.conf"
    conf.write_text(f"[options]\ndata_dir = {ODOO_DATA}\n")
    command = [interpreter, LAUNCHER]
    call(
        [*command, "-d", database, "-i", ADDONS[0], "--stop-after-init"],
        "wheels",
        f"Odoo could not install {ADDONS[0]} from its wheel.",
        cwd=folder,
        env={**os.environ, **server.variables, "ODOO_RC": str(conf)},
    )
    topic = {"TOPIC": "Written by a wheel", "ODOO_RC": str(conf)}
    return databases.shell(server, database, "write_post", command, **topic)
