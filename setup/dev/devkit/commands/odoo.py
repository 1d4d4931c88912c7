"""Run Odoo's command line: setup/dev/dev odoo shell -d blog_ai."""

from .. import workspace
from . import env


def run(*arguments: str) -> int:
    return env.run(*workspace.odoo_command(*arguments))
