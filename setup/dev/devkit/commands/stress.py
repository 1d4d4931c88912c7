"""Run the tests with very many posts at once, which take some minutes."""

from .. import workspace
from ..testing import MODULE, Group, chosen, run_in_odoo

TAGS = f"blog_ai_stress/{MODULE}"


def run() -> int:
    with workspace.opened() as (odoo, server):
        group = Group("stress", chosen(TAGS), installed=True)
        return run_in_odoo(odoo, server, group).conclude()
