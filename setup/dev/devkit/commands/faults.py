"""Break real servers while they write posts, 20 minutes; ONLY=… a part.

They have a PostgreSQL of their own, which is stopped and crashed.
"""

import json
import os
from pathlib import Path

from .. import apt, live, postgres, workspace
from ..locks import locked
from ..paths import DEV
from ..steps import Missing

RESULTS = DEV / "faults"


def run() -> int:
    """Play the faults and publish their rows; 1 if one of them cost too much.

    That is a post which was lost, doubled or stuck, or paid for twice.
    """
    only = os.environ.get("ONLY", "")
    output = RESULTS / ("part.json" if only else "full.json")
    options = ["--publish", *(["--only", only] if only else [])]
    with workspace.opened() as (odoo, server), locked("faults"):
        # It gives a server another clock.
        apt.provide("faketime")
        os.environ["FAULTS_POSTGRES"] = json.dumps(tools())
        return live.run(odoo, server, "faults", str(output), *options)


def tools() -> dict:
    """Return where PostgreSQL's programs are, and the account that runs the server.

    :raise Missing: they are not on this machine
    """
    found: Path | None = postgres.binaries()
    if not found:
        raise Missing("The faults need PostgreSQL on this machine: install postgresql.")
    return {"tools": str(found), "account": postgres.other_account()}
