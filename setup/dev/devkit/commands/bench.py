"""Measure the figures of the README, 20 minutes; QUICK=1 takes 6, ONLY=… a part.

These are the minutes of the machine that FIGURES.md names; a slower one takes longer.
"""

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
        template = json.dumps(template_seconds(odoo, server, anew=not quick))
        ratios = json.dumps(speed.compare(odoo, server, rounds=1 if quick else 3))
        options = [output, "--quick" if quick else "--publish", "--template", template]
        options += ["--speed", ratios]
        os.environ.update(alternatives.variables())
        return live.run(odoo, server, "benchmark", *options)


def template_seconds(odoo: Odoo, server: Server, anew: bool) -> dict[str, float]:
    """Measure the template database: made, our addons' share of that, and copied.

    :param anew: make one for this: the machine may have been busy with other things
        when the one in use was made
    """
    template = live.template_with_addons(odoo, server)
    name = f"{server.prefix}_bench"
    databases.drop(server, name)
    addons = addons_share()
    noted = databases.made_in(databases.template(odoo, server))
    made = noted + addons
    if anew or not noted:
        with step("A template database, cold"):
            databases.prime(server, name, [*databases.dependencies(), *ADDONS])
        made, addons = databases.made_in(name), addons_share()
    databases.drop(server, name)
    begun = time.monotonic()
    databases.create(server, name, template)
    copied = time.monotonic() - begun
    databases.drop(server, name)
    return {"cold": made, "addons": addons, "reuse": copied}


def addons_share() -> float:
    """Return the seconds of our addons' last installation, from Odoo's log."""
    path = LOGS / "load.log"
    log = path.read_text(errors="replace") if path.exists() else ""
    seconds = {
        found["module"]: float(found["seconds"]) for found in LOADED.finditer(log)
    }
    return sum(seconds.get(addon, 0.0) for addon in ADDONS)
