"""Measure the figures of the README, 17 minutes; QUICK=1 takes 6, ONLY=… a part."""

import json
import os
import re
import time

from .. import alternatives, databases, live, workspace
from ..locks import locked
from ..odoo import Odoo
from ..paths import ADDONS, DEV, LOGS
from ..postgres import Server
from ..steps import step
from . import speed

FULL, QUICK = DEV / "bench" / "full.json", DEV / "bench" / "quick.json"
PART = DEV / "bench" / "part.json"
LOADED = re.compile(r"Module (?P<module>\w+) loaded in (?P<seconds>[\d.]+)s")


def run() -> int:
    """Measure everything; 1 if a target was missed.

    A quick run, with QUICK=1, leaves the results of the last full one as they are, and
    so does a part, as with ONLY=journeys.
    """
    quick = os.environ.get("QUICK", "") not in ("", "0")
    output = str(QUICK if quick else FULL)
    with workspace.opened() as (odoo, server), locked("bench"):
        if only := os.environ.get("ONLY"):
            return live.run(odoo, server, "benchmark", str(PART), "--only", only)
        template = json.dumps(template_seconds(odoo, server))
        ratios = json.dumps(speed.compare(odoo, server, rounds=1 if quick else 3))
        options = [output, "--quick" if quick else "--publish", "--template", template]
        options += ["--speed", ratios]
        os.environ.update(alternatives.variables())
        return live.run(odoo, server, "benchmark", *options)


def template_seconds(odoo: Odoo, server: Server) -> dict[str, float]:
    """Measure the template database: made, our addons' share of that, and copied.

    A new one is made for this: the machine may have been busy with other things when
    the one in use was made.
    """
    template = live.template_with_addons(odoo, server)
    name = f"{server.prefix}_bench"
    databases.drop(server, name)
    with step("A template database, cold"):
        databases.prime(server, name, [*databases.dependencies(), *ADDONS])
    made = databases.made_in(name)
    databases.drop(server, name)
    begun = time.monotonic()
    databases.create(server, name, template)
    copied = time.monotonic() - begun
    databases.drop(server, name)
    return {"cold": made, "addons": addons_share(), "reuse": copied}


def addons_share() -> float:
    """Return the seconds of our addons' last installation, from Odoo's log."""
    log = (LOGS / "load.log").read_text(errors="replace")
    seconds = {
        found["module"]: float(found["seconds"]) for found in LOADED.finditer(log)
    }
    return sum(seconds[addon] for addon in ADDONS)
