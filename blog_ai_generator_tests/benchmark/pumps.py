# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure one pump and two pumps on committed data, and claims from a long queue.

The simulation of :mod:`.scale` starts from these times. No server may use the database
meanwhile: its cron workers would take part.
"""

import multiprocessing
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

from odoo import SUPERUSER_ID, api, sql_db

from odoo.addons.blog_ai_generator.pump import Pump
from odoo.addons.blog_ai_generator.pump.limits import Limits

from .. import fixtures

LLM_SERVER = Path(__file__).parents[1] / "llm_server"
ROOM = 16


class Place(NamedTuple):
    """The posts' blog and provider, as ids: records must not cross threads."""

    registry: object
    blog_id: int
    provider_id: int
    model: str
    llm_server: psutil.Process

    def provider_seconds(self) -> float:
        """Return the processor seconds that the fake LLM server has used so far."""
        return sum(self.llm_server.cpu_times()[:2])

    @contextmanager
    def committed(self):
        """Yield an environment whose changes are committed when the block ends."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def queue(self, count: int) -> list[int]:
        values = {
            "blog_id": self.blog_id,
            "provider_id": self.provider_id,
            "model": self.model,
        }
        with self.committed() as env:
            return (
                env["blog.ai.generation"]
                .create(
                    [{"topic": f"Meadow number {n}", **values} for n in range(count)]
                )
                .ids
            )

    def purge(self) -> None:
        with self.committed() as env:
            env["blog.post"].search([("blog_id", "=", self.blog_id)]).unlink()
            for table in ("blog_ai_call", "blog_ai_generation"):
                env.cr.execute(
                    f"DELETE FROM {table} WHERE provider_id = %s", [self.provider_id]
                )

    def leave(self) -> None:
        self.purge()
        with self.committed() as env:
            env["blog.ai.provider"].browse(self.provider_id).unlink()
            env["blog.blog"].browse(self.blog_id).unlink()


@contextmanager
def llm_server_process() -> Iterator[tuple[str, psutil.Process]]:
    """Run a fake LLM server, and yield its URL and its process.

    A process of its own keeps its processor time apart from the pump's.
    """
    command = [sys.executable, str(LLM_SERVER), "--port=0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            url = process.stdout.readline().strip()
            # A full pipe would stop the server.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            yield url, psutil.Process(process.pid)
        finally:
            process.kill()


@contextmanager
def place(registry, model: str = "good") -> Iterator[Place]:
    """Create a blog and a fake LLM server, and remove them afterwards.

    :param model: behaviour of the server, such as ``latency-2``
    """
    with llm_server_process() as (url, process):
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            blog = env["blog.blog"].create({"name": "Benchmark of the pump"})
            provider = fixtures.provider(env, "Fake LLM", url, fixtures.GOOD_KEY)
            here = Place(registry, blog.id, provider.id, model, process)
        try:
            yield here
        finally:
            here.leave()


class TimedPump(Pump):
    """A pump that notes the duration of its transactions."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        # Milliseconds of each claim, and of each answer as its share of a batch: all
        # of them, and those that this thread computed.
        self.claims: list[tuple[float, float]] = []
        self.stores: list[tuple[float, float]] = []

    def _transact(self, function, *args):
        watch = Stopwatch()
        result = super()._transact(function, *args)
        if function.__name__ == "_claim_and_begin" and result:
            self.claims.append(watch.taken())
        return result

    def _store_together(self, batch):
        watch = Stopwatch()
        result = super()._store_together(batch)
        self.stores += [watch.taken(len(batch))] * len(batch)
        return result


class Stopwatch:
    """Measure milliseconds: those that pass, and those that this thread computes."""

    def __init__(self):
        self._began, self._computed = time.perf_counter(), time.thread_time()

    def taken(self, count: int = 1) -> tuple[float, float]:
        """Return both, divided by ``count``."""
        passed = time.perf_counter() - self._began
        computed = time.thread_time() - self._computed
        return 1000 * passed / count, 1000 * computed / count


class Work(NamedTuple):
    """The work of a pump in a process of its own.

    :param claims: milliseconds of each claim, in all and computed; ``stores`` likewise
    :param began: on the clock that all processes share, as is ``ended``
    :param computed: processor seconds of the whole process
    """

    claims: list[tuple[float, float]]
    stores: list[tuple[float, float]]
    began: float
    ended: float
    computed: float


def measure_pumps(
    registry, posts: int = 100, delay: float = 0.0, width: int = ROOM
) -> dict:
    """Write ``posts`` with one pump, then twice as many with two.

    Each pump is a process of its own, as on a server; all of them share this machine
    with PostgreSQL and the provider.

    :param delay: seconds until the provider answers; with 0 the pumps are the limit
    :return: raw samples of one pump in milliseconds (``claim_ms``, ``store_ms``); the
        share of them in which Python waited for PostgreSQL; the remaining processor
        time of a post, in the pump's process (``call_ms``) and in the provider's
        (``provider_ms``); the seconds and posts per second of both runs
    """
    with place(registry, f"latency-{delay:g}" if delay else "good") as here:
        write(here, 2 * width, width, pumps=1)  # warm caches
        provider = here.provider_seconds()
        (pump,), seconds = write(here, posts, width, pumps=1)
        provider = here.provider_seconds() - provider
        _pair, seconds_of_two = write(here, 2 * posts, width, pumps=2)
    samples = pump.claims + pump.stores
    computed = sum(cpu for _wall, cpu in samples)
    return {
        "posts": posts,
        "delay": delay,
        "width": width,
        "cores": os.cpu_count(),
        "claim_ms": [round(wall, 3) for wall, _cpu in pump.claims],
        "store_ms": [round(wall, 3) for wall, _cpu in pump.stores],
        "database_share": round(1 - computed / sum(wall for wall, _cpu in samples), 3),
        "call_ms": round((1000 * pump.computed - computed) / posts, 3),
        "provider_ms": round(1000 * provider / posts, 3),
        "one_pump": {"seconds": seconds, "per_second": posts / seconds},
        "two_pumps": {
            "seconds": seconds_of_two,
            "per_second": 2 * posts / seconds_of_two,
        },
    }


def write(here: Place, posts: int, width: int, pumps: int) -> tuple[list[Work], float]:
    """Let pumps write posts together; return their work and the seconds taken.

    :raises RuntimeError: not every post was written
    """
    ids = here.queue(posts)
    fork = multiprocessing.get_context("fork")
    start, done = fork.Barrier(pumps), fork.SimpleQueue()
    # The limit is that of the database.
    width *= pumps
    crew = [
        fork.Process(target=pump_beside, args=(here.registry, width, start, done))
        for _pump in range(pumps)
    ]
    for process in crew:
        process.start()
    for process in crew:
        process.join()
    works = [done.get() for process in crew if process.exitcode == 0]
    with here.committed() as env:
        states = env["blog.ai.generation"].browse(ids).mapped("state")
    if states != ["done"] * posts or len(works) != pumps:
        raise RuntimeError(f"{states.count('done')} of {posts} posts were written")
    here.purge()
    return works, max(it.ended for it in works) - min(it.began for it in works)


def pump_beside(registry, width: int, start, done) -> None:
    """Run a whole pump in a process of its own, once all are ready."""
    # The inherited connections belong to the parent process.
    sql_db._Pool = None
    registry._db = sql_db.db_connect(registry.db_name)
    pump = TimedPump(registry, Limits(width=width), linger=0.0)
    with registry.cursor():
        start.wait(timeout=60)
    began, computed = time.monotonic(), time.process_time()
    pump.run()
    ended, computed = time.monotonic(), time.process_time() - computed
    done.put(Work(pump.claims, pump.stores, began, ended, computed))


def measure_claim(
    registry, room: int = ROOM, backlog: int = 2000, samples: int = 30
) -> dict:
    """Claim ``room`` records again and again, from a short queue and from a long one.

    :return: raw samples in milliseconds, commit included, by length of the queue
    """
    with place(registry) as here:
        pump = Pump(registry, Limits(width=room))
        short = [claim_time(here, pump, room, room) for _sample in range(samples + 1)]
        here.purge()
        here.queue(backlog)
        long = [claim_time(here, pump, room, 0) for _sample in range(samples + 1)]
    # The first sample of each fills caches and is left out.
    return {
        "room": room,
        "backlog": backlog,
        "short_ms": short[1:],
        "long_ms": long[1:],
    }


def claim_time(here: Place, pump: Pump, room: int, queued: int) -> float:
    """Return the milliseconds to claim ``room`` records from a queue of ``queued``."""
    if queued:
        here.queue(queued)
    began = time.perf_counter()
    claims = pump._transact(pump._claim, room)
    elapsed = 1000 * (time.perf_counter() - began)
    if len(claims) != room:
        raise RuntimeError(f"{len(claims)} of {room} records were claimed")
    with here.committed() as env:
        # Claimed records count as calls in flight, and would leave no room.
        ids = [claim.generation_id for claim in claims]
        env["blog.ai.generation"].browse(ids).action_cancel()
    return round(elapsed, 3)
