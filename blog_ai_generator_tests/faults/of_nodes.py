# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two servers on one database: one of them freezes, or its clock is wrong."""

import time
from collections.abc import Iterable

import psutil

from ..live.client import wait_until
from .fault import situation
from .node import Node
from .scene import GRACE, LEASE, SECONDS, WIDTH, Scene
from .verdict import Verdict

# Seconds that a call may take: the other node looks for what is due once a minute, and
# must have looked once before the lease ends, as with a real provider.
TIME_LIMIT = 50
# A node has a main process, one for HTTP, one for websockets, and one for cron.
WORKERS = 3
FROZEN = "the other node makes the calls of a frozen node again"


@situation("a node of two freezes", 5, why_paid=FROZEN)
def freeze(scene: Scene) -> Verdict:
    with scene.time_limit(TIME_LIMIT), Node(scene.server) as other:
        batch = scene.ask()
        scene.wait_in_flight()
        frozen = calling(scene, [scene.server.processes(), other.processes()])
        since = time.monotonic()
        for process in frozen:
            process.suspend()
        try:
            verdict = scene.verdict(batch, since, TIME_LIMIT + 30 + GRACE)
        finally:
            for process in frozen:
                process.resume()
        # Its answers are late when it goes on.
        wait_until(lambda: not scene.server.llm.in_flight, timeout=SECONDS + GRACE)
        time.sleep(2)
        return verdict._replace(doubled=scene.verdict(batch, since, 0.0).doubled)


def calling(
    scene: Scene, groups: Iterable[list[psutil.Process]]
) -> list[psutil.Process]:
    """Return the processes of the node that calls the provider."""
    return max(groups, key=lambda group: sum(map(scene.connections, group)))


@situation("the clock of a node is 300 s ahead", 2)
def ahead(scene: Scene) -> Verdict:
    return beside_a_wrong_clock(scene, "+300s")


@situation("the clock of a node is 60 s ahead", 2)
def a_little_ahead(scene: Scene) -> Verdict:
    return beside_a_wrong_clock(scene, "+60s")


@situation("the clock of a node is 300 s behind", 2)
def behind(scene: Scene) -> Verdict:
    return beside_a_wrong_clock(scene, "-300s")


def beside_a_wrong_clock(scene: Scene, clock: str) -> Verdict:
    with Node(scene.server, clock) as other:
        # Wait: a node without workers takes no part.
        wait_until(lambda: len(other.processes()) > WORKERS, timeout=60.0)
        batch = scene.ask()
        scene.wait_in_flight()
        since = time.monotonic()
        while scene.server.llm.in_flight >= WIDTH // 2:
            scene.nudge()
            time.sleep(0.5)
        return scene.verdict(batch, since, LEASE + GRACE)
