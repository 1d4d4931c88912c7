# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""PostgreSQL, or the way to it, goes away."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg2

from ..live import database
from ..live.client import wait_until
from .cluster import PORT, Cluster
from .fault import THREADED, fault, situation
from .scene import GRACE, LEASE, SECONDS, WIDTH, Batch, Scene
from .severed import Severed
from .verdict import Verdict

# All connections of Odoo to the database and to the bus.
TERMINATE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE pid != pg_backend_pid() AND backend_type = 'client backend'
"""

# Seconds until a provider has made a picture.
PICTURE = 12
BLOG = """
from odoo.addons.blog_ai_generator_tests import fixtures
made = fixtures.blog_with_pictures(env, "Illustrated walks")
made.blog_ai_picture_model = model
print(made.id)
"""
PICTURES = """
    SELECT count(*) FROM blog_post
     WHERE blog_ai_generation_id = ANY(%s)
       AND website_meta_og_img LIKE '%%/picture.png'
"""


@fault("terminated connections", 4)
def terminate_backends(_scene: Scene) -> None:
    end = time.monotonic() + SECONDS + 1
    while time.monotonic() < end:
        database.run(TERMINATE)
        time.sleep(0.5)


@situation("terminated connections while pictures are made", 2)
def terminate_before_pictures(scene: Scene) -> Verdict:
    """Cut what cron workers listen to after the posts are written.

    Pictures count as posts do.
    """
    printed = scene.server.shell(BLOG, model=f"latency-{PICTURE}")
    blog_id = int(printed.splitlines()[-1])
    with scene.time_limit(2 * PICTURE):
        batch = scene.ask(WIDTH, "good", blog_id)
        wait_until(lambda: len(made(scene)) == WIDTH, pause=0.1)
        since = time.monotonic()
        terminate_backends(scene)
        with suppress(TimeoutError):
            wait_until(lambda: pictures(scene, batch) == WIDTH, 2 * PICTURE)
        # Judge after the pictures: a call for one that goes on would count as stuck.
        verdict = scene.verdict(batch, since, LEASE + GRACE)
    return verdict._replace(
        lost=verdict.lost + WIDTH - pictures(scene, batch),
        paid_twice=verdict.paid_twice + max(len(made(scene)) - WIDTH, 0),
        settled=time.monotonic() - since,
    )


def made(scene: Scene) -> list:
    """Return the calls for pictures."""
    return [call for call in scene.server.llm.requests if call.painter]


def pictures(scene: Scene, batch: Batch) -> int:
    """Return how many posts have the picture that a provider made."""
    with suppress(psycopg2.OperationalError):
        return scene.server.sql(PICTURES, batch.ids)[0][0]
    return 0


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
