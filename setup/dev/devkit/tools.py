"""The linters and packaging tools in `.dev/tools`, apart from Odoo's own Python.

They need other versions than Odoo of packages that both use.
"""

import os
import sys
from pathlib import Path

from . import apt, node, python
from .paths import BIN, NODE, REQUIREMENTS_TOOLS, TOOLS
from .steps import step


def ensure() -> None:
    """Make the environment, and get the npm packages, unless they are there.

    :raise Missing: git is not there and can't be installed
    """
    # Some linters ask it which files are in the project; a copy may have come without.
    apt.provide("git")
    node.ensure()
    environment(TOOLS, REQUIREMENTS_TOOLS, "Linters and packaging tools")


def environment(folder: Path, requirements: Path, name: str) -> None:
    """Make a virtual environment with packages apart from Odoo's, unless it is there.

    :param name: what a person reads while it is made
    """
    wanted = f"{sys.executable}\n{requirements.read_text()}"
    made_for = folder / "made-for"
    if made_for.is_file() and made_for.read_text() == wanted:
        return
    with step(name):
        python.make(sys.executable, folder)
        python.install(folder, requirements)
        made_for.write_text(wanted)


def tool(name: str) -> str:
    """The command `name` of a Python package of these."""
    return str(TOOLS / "bin" / name)


def npm_tool(name: str) -> str:
    """The command `name` of an npm package."""
    return str(NODE / "node_modules" / ".bin" / name)


def variables() -> dict[str, str]:
    """What these tools, and the programs that they start, find each other by."""
    path = [str(BIN), str(TOOLS / "bin"), os.environ.get("PATH", os.defpath)]
    modules = str(NODE / "node_modules")
    return {**os.environ, "PATH": os.pathsep.join(path), "NODE_PATH": modules}
