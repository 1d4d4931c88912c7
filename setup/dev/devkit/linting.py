"""`make lint`: ruff and pylint-odoo, as OCA runs them."""

from collections.abc import Sequence

from .paths import ADDONS, PYTHON, ROOT
from .steps import captured, say, step

PLACES = (*ADDONS, "setup")


def run() -> int:
    """Run every linter, also after one has found something."""
    checks = {
        "ruff check": ("ruff", "check", *PLACES),
        "ruff format": ("ruff", "format", "--check", *PLACES),
        "pylint-odoo": ("pylint", *ADDONS),
    }
    return max(check(name, command) for name, command in checks.items())


def check(name: str, command: Sequence[str]) -> int:
    with step(name):
        done = captured([PYTHON.with_name(command[0]), *command[1:]], cwd=ROOT)
    if done.returncode:
        say(done.stdout + done.stderr)
    return done.returncode
