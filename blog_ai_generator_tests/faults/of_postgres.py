# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PostgreSQL, or the way to it, goes away."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from ..live import database
from .cluster import PORT, Cluster
from .fault import THREADED, fault, situation
from .scene import GRACE, LEASE, SECONDS, Scene
from .severed import Severed
from .verdict import Verdict

# All connections of Odoo to the database and to the bus.
TERMINATE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE pid != pg_backend_pid() AND backend_type = 'client backend'
"""


@fault("terminated connections", 4)
def terminate_backends(_scene: Scene) -> None:
    end = time.monotonic() + SECONDS + 1
    while time.monotonic() < end:
        database.run(TERMINATE)
        time.sleep(0.5)


@fault("terminated connections, threaded", 2, THREADED)
def terminate_backends_threaded(scene: Scene) -> None:
    terminate_backends(scene)


@situation("PostgreSQL stopped for 3 s", 2)
def stop_briefly(scene: Scene) -> Verdict:
    return stop_while_a_person_waits(scene, 3)


@situation("PostgreSQL stopped for 20 s", 2)
def stop_long(scene: Scene) -> Verdict:
    return stop_while_a_person_waits(scene, 20)


def stop_while_a_person_waits(scene: Scene, seconds: float) -> Verdict:
    batch = scene.ask()
    scene.wait_in_flight()
    asked = scene.ask_outline()
    since = time.monotonic()
    stop(scene, "fast", seconds)
    verdict = scene.verdict(batch, since, LEASE + GRACE)
    return scene.with_outline(verdict, asked)


@fault("PostgreSQL crashes", 10)
def crash(scene: Scene) -> None:
    stop(scene, "immediate", 0)


@fault("PostgreSQL crashes, threaded", 3, THREADED)
def crash_threaded(scene: Scene) -> None:
    stop(scene, "immediate", 0)


@situation("PostgreSQL crashes before posts are asked for, threaded", 2, THREADED)
def crash_idle(scene: Scene) -> Verdict:
    """Let all cron threads lose their connection; prefork workers are replaced."""
    stop(scene, "immediate", 1)
    since = time.monotonic()
    return scene.verdict(scene.ask(), since, LEASE + GRACE)


def stop(scene: Scene, mode: str, seconds: float) -> None:
    scene.cluster.stop(mode)
    time.sleep(seconds)
    scene.cluster.start()


@contextmanager
def through_a_network(cluster: Cluster) -> Iterator[dict]:
    global network
    network = Severed(cluster.folder / f".s.PGSQL.{PORT}")
    try:
        yield {"options": ["--db_host=127.0.0.1", f"--db_port={network.port}"]}
    finally:
        network.close()


network: Severed


@fault(
    "the network to PostgreSQL stalls, then is cut",
    2,
    around=through_a_network,
)
def cut_network(_scene: Scene) -> None:
    network.stall()
    time.sleep(3)
    network.cut()
    time.sleep(3)
    network.mend()
