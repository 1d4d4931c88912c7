"""Run single tests with pytest, tours too: setup/dev/dev pytest PATH -k NAME.

The database, `…_pytest`, is kept from one run to the next, so that a run takes seconds.
A tour takes half a minute: Odoo compiles its asset bundles anew.
"""

import os

from .. import databases, site, workspace
from ..paths import PYTHON
from ..testing import ALONE


def run(*words: str) -> int:
    with workspace.opened() as (odoo, server):
        database = site.ensure_test_database(odoo, server)
        os.environ[ALONE] = databases.template(odoo, server)
        return workspace.foreground(command(database, words), server)


def command(database: str, words: tuple[str, ...]) -> list[str]:
    """Return the command line of pytest-odoo, which skips tours without a server."""
    return [
        str(PYTHON), "-m", "pytest", "-p", "no:cacheprovider",
        f"--odoo-database={database}", "--odoo-http", *words,
    ]  # fmt: skip
