"""Lay out all files as the linters want them, and write requirements.txt."""

from .. import checks, packaging
from ..paths import ADDONS
from ..tools import npm_tool, tool
from ..workspace import prepare_tools


def run() -> int:
    prepare_tools()
    packaging.write_requirements()
    commands = {
        "ruff": [tool("ruff"), "check", "--fix", *checks.PLACES],
        "ruff-format": [tool("ruff"), "format", *checks.PLACES],
        "eslint": [npm_tool("eslint"), "--fix", *ADDONS],
        "prettier": checks.prettier("--write"),
    }
    return max(checks.run(name, command) for name, command in commands.items())
