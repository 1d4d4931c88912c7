"""Get everything that is missing."""

from .. import workspace


def run() -> int:
    workspace.prepare()
    return 0
