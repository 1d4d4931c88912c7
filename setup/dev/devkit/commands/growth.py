"""Measure whether a blog of 50,000 posts is as quick as one of 500, 6 minutes."""

from .. import live, workspace
from ..locks import locked


def run() -> int:
    """Print and publish; 1 if a target was missed."""
    with workspace.opened() as (odoo, server), locked("bench"):
        return live.run(odoo, server, "benchmark.growth")
