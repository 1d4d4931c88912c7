"""Run the linters, and check the types, the docstrings and what is generated."""

from .. import checks
from ..workspace import prepare_tools


def run() -> int:
    """Run every check, also after one has found something; 1 if any has."""
    prepare_tools()
    found = [checks.run(name, check) for name, check in checks.every().items()]
    return int(any(found))
