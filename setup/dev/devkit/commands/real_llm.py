"""Run the tests that need a real language model, which is fetched (113 MB)."""

from .. import llama, workspace
from ..testing import MODULE, Group, chosen, run_in_odoo

TAGS = f"{llama.TAG}/{MODULE}"


def run() -> int:
    """Run them; here, other than in `test`, it is a failure if the model is missing.

    :raise Missing: server or model could not be fetched
    """
    with workspace.opened() as (odoo, server):
        llama.ensure()
        group = Group("real_llm", chosen(TAGS))
        return run_in_odoo(odoo, server, group).conclude()
