"""The linters and packaging tools in `.dev/tools`, apart from Odoo's own Python.

They and Odoo need different versions of some packages.
"""

import os
import shutil
import sys
from pathlib import Path

from . import python
from .paths import BIN, NODE, REQUIREMENTS_TOOLS, TOOLS
from .steps import step


def missing_packages() -> list[str]:
    # Some linters ask git for the project's files. A copied checkout may lack it.
    return [] if shutil.which("git") else ["git"]


def ensure() -> None:
    environment(TOOLS, REQUIREMENTS_TOOLS, "Linters and packaging tools (85 MB)")


def environment(folder: Path, requirements: Path, name: str, *options: str) -> None:
    """Make a virtual environment apart from Odoo's, unless it is there.

    :param name: printed while it is made
    :param options: of pip
    """
    wanted = f"{sys.executable}\n{requirements.read_text()}"
    made_for = folder / "made-for"
    if made_for.is_file() and made_for.read_text() == wanted:
        return
    with step(name):
        python.make(sys.executable, folder)
        python.install(folder, *options, requirements)
        made_for.write_text(wanted)


def tool(name: str) -> str:
    return str(TOOLS / "bin" / name)


def npm_tool(name: str) -> str:
    return str(NODE / "node_modules" / ".bin" / name)


def variables() -> dict[str, str]:
    path = [str(BIN), str(TOOLS / "bin"), os.environ.get("PATH", os.defpath)]
    modules = str(NODE / "node_modules")
    return {**os.environ, "PATH": os.pathsep.join(path), "NODE_PATH": modules}
