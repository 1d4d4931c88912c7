# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure bursts of answers: throughput and memory with 32 and 64 calls in flight."""

import threading
from contextlib import suppress

import psutil

from .memory import MB
from .phases import batch
from .plan import BATCH, WIDE, WIDE_BATCH, WIDTH, Plan
from .site import Site

# Threads that tell a pump with calls in flight from other processes.
THREADS = 12
LOOK = 0.1  # seconds between two looks at the memory
SET_WIDTH = """
env["ir.config_parameter"].set_param("blog_ai_generator.width", width)
env.cr.commit()
env.registry.signal_changes()
"""


class Peak:
    """The most memory that a pump takes in the ``with`` block, in MB of RSS."""

    def __init__(self, server):
        self._server = server
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="peak", daemon=True)
        self.rss = 0.0

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(LOOK):
            for process in self._server.processes():
                with suppress(psutil.NoSuchProcess):
                    if process.num_threads() >= THREADS:
                        self.rss = max(self.rss, process.memory_info().rss / MB)


def bursts(site: Site, plan: Plan) -> dict[str, list[dict]]:
    """Queue posts of 2 s at once, with 32 calls in flight and with 64.

    :return: what ``phases.batch`` returns, with the pump's peak ``rss`` in MB
    """
    narrow = [burst(site, BATCH) for _batch in range(plan.batches)]
    site.server.shell(SET_WIDTH, width=str(WIDE))
    try:
        wide = [burst(site, WIDE_BATCH) for _batch in range(plan.batches)]
    finally:
        site.server.shell(SET_WIDTH, width=str(WIDTH))
    return {str(WIDTH): narrow, str(WIDE): wide}


def burst(site: Site, count: int) -> dict:
    with Peak(site.server) as peak:
        found = batch(site, count)
    return {**found, "rss": peak.rss}
