"""Compare the pump with the one of an earlier build, in one run."""

import json
import math
import socket
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from .. import databases, live, workspace
from ..locks import locked
from ..odoo import Odoo
from ..paths import ADDONS, DEV, LOGS, ODOO_CONF, ROOT, SCRIPTS
from ..postgres import Server
from ..processes import child
from ..steps import Missing, call, counted, last_word, say, step

BEFORE = "386040e"
FOLDER = DEV / "before"
POSTS, WIDTH, ALONE, ROUNDS = 100, 16, 40, 4

# Writes so many posts, alone or together; returns what `pump_speed` measured.
Pump = Callable[[str, int], dict[str, float]]
Pairs = list[tuple[dict[str, float], dict[str, float]]]


def run() -> int:
    """Print the ratios of posts a second, and of the time of a post."""
    with workspace.opened() as (odoo, server), locked("speed"):
        ratios = {
            name: "{1:.2f} × ({0:.2f}–{2:.2f})".format(*bounds(values))
            for name, values in measure(odoo, server, ROUNDS).items()
        }
    say(
        f"   {POSTS} published posts without covers, answers at once, against "
        f"{BEFORE}: {ratios['posts']} the posts a second, {ratios['computed']} the "
        f"processor time a post (medians and extremes of {ROUNDS} pairs), "
        f"{ratios['alone']} the time of a post alone (median of {ROUNDS * ALONE} "
        "pairs, within its bounds of 95 %)"
    )
    return 0


def compare(odoo: Odoo, server: Server, rounds: int = ROUNDS) -> dict[str, float]:
    """Return this build's figures as shares of the earlier one's."""
    found = measure(odoo, server, rounds)
    return {name: median(values) for name, values in found.items()}


def bounds(values: Iterable[float]) -> tuple[float, float, float]:
    """Return the median between its bounds of 95 %; the extremes of a few values."""
    ordered = sorted(values)
    aside = max(0, math.floor(len(ordered) / 2 - 0.98 * math.sqrt(len(ordered))))
    return ordered[aside], median(ordered), ordered[-1 - aside]


def measure(odoo: Odoo, server: Server, rounds: int) -> dict[str, list[float]]:
    """Return this build's shares of the earlier one's figures, a value for each pair.

    Both builds run beside each other and take turns, post by post, so that both have
    the same share of a busy machine.
    """
    conf = str(before())
    earlier, ours = f"{server.prefix}_speed_before", f"{server.prefix}_speed"
    fresh(server, ours, live.template_with_addons(odoo, server))
    fresh(server, earlier, databases.template(odoo, server))
    try:
        with step(f"The build {BEFORE}"):
            install(server, earlier, conf)
        with (
            step(f"The pumps of {BEFORE} and of this build, in turn"),
            pump(server, earlier, conf) as old,
            pump(server, ours, str(ODOO_CONF)) as new,
        ):
            in_turn(old, new, ["together"], 2 * WIDTH)
            alone = in_turn(old, new, ["alone"] * ALONE * rounds, 1)
            together = in_turn(old, new, ["together"] * rounds, POSTS)
    finally:
        for name in (earlier, ours):
            databases.drop(server, name)
    return {
        "posts": [old["seconds"] / new["seconds"] for old, new in together],
        "computed": [new["computed"] / old["computed"] for old, new in together],
        "alone": [new["seconds"] / old["seconds"] for old, new in alone],
    }


def in_turn(old: Pump, new: Pump, ways: Sequence[str], posts: int) -> Pairs:
    """Let both write; each one is the first of every other pair."""
    pairs = []
    for number, way in enumerate(counted(ways, "pairs")):
        if number % 2:
            first = old(way, posts)
            pairs.append((first, new(way, posts)))
        else:
            first = new(way, posts)
            pairs.append((old(way, posts), first))
    return pairs


@contextmanager
def pump(server: Server, name: str, conf: str) -> Iterator[Pump]:
    """Start `pump_speed` in the `odoo shell` of a build, to write as it is told.

    :raise Missing: it failed
    """
    log = LOGS / f"{name}.log"
    ours, theirs = socket.socketpair()
    variables = {**workspace.variables(server), "ODOO_RC": conf}
    with (
        (SCRIPTS / "pump_speed.py").open() as source,
        log.open("w") as errors,
        child(
            workspace.odoo_command("shell", "-d", name, "--no-http"),
            {**variables, "WIDTH": str(WIDTH), "TALK": str(theirs.fileno())},
            stdin=source,
            stdout=errors,
            stderr=errors,
            pass_fds=[theirs.fileno()],
        ),
        ours,
        ours.makefile("rw") as talk,
    ):
        theirs.close()

        def write(way: str, posts: int) -> dict[str, float]:
            talk.write(json.dumps([way, posts]) + "\n")
            talk.flush()
            answer = talk.readline()
            if not answer:
                raise Missing(f"pump_speed failed in Odoo. {last_word(log)}")
            result: dict[str, float] = json.loads(answer)
            return result

        yield write


def fresh(server: Server, name: str, source: str) -> None:
    databases.drop(server, name)
    databases.create(server, name, source)


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
