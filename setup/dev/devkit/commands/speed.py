"""Compare the pump with the one of an earlier build, in one run."""

import json
import subprocess
from pathlib import Path
from statistics import median

from .. import databases, live, workspace
from ..locks import locked
from ..odoo import Odoo
from ..paths import ADDONS, DEV, LOGS, ODOO_CONF, ROOT
from ..postgres import Server
from ..steps import Missing, call, say, step

BEFORE = "386040e"
FOLDER = DEV / "before"
POSTS, WIDTH, ALONE, ROUNDS = 100, 16, 20, 3


def run() -> int:
    """Print the ratios of posts a second, and of the time of a post."""
    with workspace.opened() as (odoo, server), locked("speed"):
        found = compare(odoo, server)
    say(
        f"   {POSTS} published posts without covers, answers at once, against "
        f"{BEFORE}: "
        f"{found['posts']:.2f} × the posts a second, "
        f"{found['computed']:.2f} × the processor time a post, "
        f"{found['alone']:.2f} × the time of a post alone"
    )
    return 0


def compare(odoo: Odoo, server: Server, rounds: int = ROUNDS) -> dict[str, float]:
    """Return this build's figures as shares of the earlier one's.

    The builds take turns, so that both have the same share of a busy machine.
    """
    conf = str(before())
    earlier, ours = f"{server.prefix}_speed_before", f"{server.prefix}_speed"
    fresh(server, ours, live.template_with_addons(odoo, server))
    fresh(server, earlier, databases.template(odoo, server))
    runs: list[tuple[dict, dict]] = []
    try:
        with step(f"The build {BEFORE}"):
            install(server, earlier, conf)
        with step(f"The pumps of {BEFORE} and of this build, in turn"):
            for _round in range(rounds):
                old = measure(server, earlier, conf)
                runs.append((old, measure(server, ours, str(ODOO_CONF))))
    finally:
        for name in (earlier, ours):
            databases.drop(server, name)
    return {
        "posts": median(old["seconds"] / new["seconds"] for old, new in runs),
        "computed": median(new["computed"] / old["computed"] for old, new in runs),
        "alone": median(new["alone"] / old["alone"] for old, new in runs),
    }


def fresh(server: Server, name: str, source: str) -> None:
    databases.drop(server, name)
    databases.create(server, name, source)


def measure(server: Server, name: str, conf: str) -> dict[str, float]:
    sizes = {"POSTS": str(POSTS), "WIDTH": str(WIDTH), "ALONE": str(ALONE)}
    printed = databases.shell(server, name, "pump_speed", ODOO_RC=conf, **sizes)
    result: dict[str, float] = json.loads(printed.splitlines()[-1])
    return result


def install(server: Server, name: str, conf: str) -> None:
    call(
        workspace.odoo_command("-d", name, "-i", ADDONS[0], "--stop-after-init"),
        "load-before",
        f"Odoo could not load the build {BEFORE}.",
        env={**workspace.variables(server), "ODOO_RC": conf},
    )


def before() -> Path:
    """Return the configuration of an Odoo with the earlier build's addons.

    :raise Missing: the repository has no such commit, as a shallow clone
    """
    tree = FOLDER / BEFORE
    if not tree.exists():
        LOGS.mkdir(parents=True, exist_ok=True)
        unfinished = FOLDER / "unfinished"
        unfinished.mkdir(parents=True, exist_ok=True)
        archive = subprocess.run(
            ["git", "archive", BEFORE, *ADDONS[:1]],
            cwd=ROOT,
            check=False,
            capture_output=True,
        )
        if archive.returncode:
            raise Missing(f"The history has no {BEFORE}: fetch it with git fetch.")
        subprocess.run(
            ["tar", "-x", "-C", unfinished], input=archive.stdout, check=True
        )
        unfinished.rename(tree)
    conf = FOLDER / "odoo.conf"
    conf.write_text(ODOO_CONF.read_text().replace(str(ROOT), str(tree), 1))
    return conf
