"""Measure whether a blog of 50,000 posts is as quick as one of 500, 6 minutes."""

from .. import live, workspace
from ..locks import locked


def run() -> int:
    """Print and publish; 1 if a count or ratio misses its target without a reason."""
    with workspace.opened() as (odoo, server), locked("bench"):
        return live.run(odoo, server, "benchmark.growth")
