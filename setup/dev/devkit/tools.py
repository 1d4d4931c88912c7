"""The linters and packaging tools in `.dev/tools`, apart from Odoo's own Python.

They need other versions than Odoo of packages that both use.
"""

import os
import sys

from . import apt, node
from .paths import BIN, NODE, REQUIREMENTS_TOOLS, TOOLS
from .steps import call, step


def ensure() -> None:
    """Make the environment, and get the npm packages, unless they are there.

    :raise Missing: git is not there and can't be installed
    """
    # Some linters ask it which files are in the project; a copy may have come without.
    apt.provide("git")
    node.ensure()
    wanted = f"{sys.executable}\n{REQUIREMENTS_TOOLS.read_text()}"
    made_for = TOOLS / "made-for"
    if made_for.is_file() and made_for.read_text() == wanted:
        return
    with step("Linters and packaging tools"):
        call(
            [sys.executable, "-m", "venv", "--clear", TOOLS],
            "tools",
            f"{sys.executable} cannot make a virtual environment: install "
            "python3-venv.",
        )
        call(
            [tool("pip"), "install", "--disable-pip-version-check", "-r",
             REQUIREMENTS_TOOLS],
            "tools",
            "pip could not install the linters: check the network and pip's settings "
            "(PIP_INDEX_URL, PIP_CERT, HTTPS_PROXY), then try again.",
        )  # fmt: skip
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
