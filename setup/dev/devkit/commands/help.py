"""Show this list."""

from .. import cli
from ..steps import say


def run() -> int:
    for name in cli.COMMANDS:
        say(f"  {name:<13} {cli.command(name).__doc__.splitlines()[0]}")
    return 0
