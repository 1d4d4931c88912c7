"""Run a command with this checkout's database server and tools: … env psql blog_ai."""

from .. import workspace


def run(*command: str) -> int:
    with workspace.opened() as (_odoo, server):
        return workspace.foreground(command, server)
