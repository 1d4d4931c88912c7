# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A fault is a function that breaks something while posts are written."""

import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from types import MappingProxyType
from typing import NamedTuple

from ..live import LiveServer
from .cluster import Cluster
from .scene import GRACE, LEASE, PREPARE, WIDTH, Scene
from .verdict import Verdict

# Options of the live server. Two cron workers: Odoo's default.
PREFORK = MappingProxyType({"workers": 1, "cron_threads": 2})
THREADED = MappingProxyType({"workers": 0, "cron_threads": 2})


Around = Callable[[Cluster], AbstractContextManager[dict]]


def nothing(_cluster: Cluster) -> AbstractContextManager[dict]:
    return nullcontext({})


class Fault(NamedTuple):
    """A row of the matrix.

    :param play: one round; returns its verdict
    :param rounds: how often it is played
    :param server: options of the live server
    :param around: a context manager around the server, from the cluster; it may yield
        more options
    :param why_paid: why calls may be paid for twice; empty if none may
    :param spoils: whether the server is of no use afterwards
    """

    name: str
    play: Callable[[Scene], Verdict]
    rounds: int
    server: Mapping[str, object]
    around: Around
    why_paid: str
    spoils: bool

    @property
    def needs(self) -> tuple:
        """The settings that faults share if they may be played on one server."""
        return dict(self.server), self.around

    def live_server(self, **options) -> LiveServer:
        parameters = {"blog_ai_generator.width": str(WIDTH)}
        options = {"prepare": PREPARE, "parameters": parameters, **options}
        return LiveServer(**{**options, **self.server})


FAULTS: list[Fault] = []


def fault(name: str, rounds: int, server=PREFORK, **options):
    """Declare a fault: a function that breaks something, and mends it again.

    It is called with a :class:`Scene` while calls are in flight.
    """

    def declare(happen: Callable[[Scene], object]):
        def play(scene: Scene) -> Verdict:
            batch = scene.ask()
            scene.wait_in_flight()
            since = time.monotonic()
            happen(scene)
            return scene.verdict(batch, since, LEASE + GRACE)

        situation(name, rounds, server, **options)(play)
        return happen

    return declare


def situation(
    name: str,
    rounds: int,
    server: Mapping[str, object] = PREFORK,
    around: Around = nothing,
    why_paid: str = "",
    *,
    spoils: bool = False,
):
    """Declare a fault that asks for its posts itself, and returns the verdict."""

    def declare(play: Callable[[Scene], Verdict]):
        FAULTS.append(Fault(name, play, rounds, server, around, why_paid, spoils))
        return play

    return declare
