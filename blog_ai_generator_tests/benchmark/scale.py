# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Simulate how many posts several pumps and nodes write, from measured times.

A pump claims and stores one thing at a time; its calls wait side by side. The limit of
calls in flight, *width*, is that of the database: all pumps share it, here evenly. All
pumps of a node share its processors, all nodes share one PostgreSQL, and a single node
also runs PostgreSQL on its processors. The model contains nothing of Odoo. Its figures
hold while the measured times do and the provider accepts that many calls at once.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

try:
    import simpy
except ModuleNotFoundError:
    # Debian has only one of 2018, under another name: Odoo must load all the same.
    simpy = None


class Costs(NamedTuple):
    """Work for one post, the provider's answer excluded.

    :param claim_ms: fixed part of a claim
    :param store_ms: storing one answer
    :param claim_record_ms: added to a claim by each record
    :param call_ms: processor time of a call, outside the pump's loop
    :param database_share: share of claims and stores that PostgreSQL computes, 0 to 1
    :param cores: processors of a node
    :param database_cores: processors of PostgreSQL
    """

    claim_ms: float
    store_ms: float
    claim_record_ms: float = 0.0
    call_ms: float = 0.0
    database_share: float = 0.3
    cores: int = 2
    database_cores: int = 2

    @property
    def post(self) -> float:
        """Seconds of a pump for one post, if each claim takes one record."""
        return (self.claim_ms + self.claim_record_ms + self.store_ms) / 1000


class Run(NamedTuple):
    """The outcome of one simulated setup.

    :param seconds: from the first claim to the last store
    :param ideal: the same if claiming and storing took no time
    :param limit: the bottleneck: provider, pump, python, database or machine
    :param busy: use of each part, 0 to 1
    """

    posts: int
    seconds: float
    ideal: float
    limit: str
    busy: dict[str, float]

    @property
    def per_minute(self) -> float:
        return 60 * self.posts / self.seconds if self.seconds else math.inf

    @property
    def efficiency(self) -> float:
        return self.ideal / self.seconds if self.seconds else 1.0


class World:
    """One queue, one PostgreSQL and the nodes.

    :ivar busy: seconds of work done by ``pump``, ``python`` and ``database``
    """

    def __init__(self, posts: int, delay: float, costs: Costs):
        self.left, self.delay, self.costs = posts, delay, costs
        self.env = simpy.Environment()
        self.database = simpy.Resource(self.env, costs.database_cores)
        self.busy: Counter[str] = Counter()

    def pump(self, node: simpy.Resource, share: int) -> Iterator[simpy.Event]:
        """Run the pump's loop: claim what fits, store one answer, start again.

        :param share: calls that this pump may have in flight
        """
        answers, in_flight = simpy.Store(self.env), 0
        while True:
            claimed = min(share - in_flight, self.left)
            self.left -= claimed
            if claimed:
                costs = self.costs.claim_ms + claimed * self.costs.claim_record_ms
                yield from self._step(node, costs)
                in_flight += claimed
                for _call in range(claimed):
                    self.env.process(self._call(node, answers))
            if not in_flight:
                return
            yield answers.get()
            in_flight -= 1
            yield from self._step(node, self.costs.store_ms)

    def _step(self, node: simpy.Resource, ms: float) -> Iterator[simpy.Event]:
        began, share = self.env.now, self.costs.database_share
        yield from self._use(node, "python", ms * (1 - share))
        yield from self._use(self.database, "database", ms * share)
        self.busy["pump"] += self.env.now - began

    def _call(self, node: simpy.Resource, answers: simpy.Store) -> Iterator:
        # Let other events of this moment go first, such as another pump's claim.
        yield self.env.timeout(0)
        if self.costs.call_ms:
            yield from self._use(node, "python", self.costs.call_ms)
        yield self.env.timeout(self.delay)
        answers.put(True)

    def _use(self, resource: simpy.Resource, name: str, ms: float) -> Iterator:
        with resource.request() as turn:
            yield turn
            yield self.env.timeout(ms / 1000)
        self.busy[name] += ms / 1000


def simulate(
    posts: int,
    delay: float,
    width: int,
    costs: Costs,
    *,
    nodes: int = 1,
    pumps: int = 1,
    one_machine: bool = False,
) -> Run:
    """Let pumps write posts that are all queued at the beginning.

    :param delay: seconds until the provider answers
    :param width: calls in flight of all pumps together
    :param pumps: of each node
    :param one_machine: the only node is also PostgreSQL's machine
    """
    world = World(posts, delay, costs)
    computers = [simpy.Resource(world.env, costs.cores) for _node in range(nodes)]
    if one_machine:
        (world.database,) = computers
    crew = nodes * pumps
    for number, node in enumerate(computers * pumps):
        world.env.process(world.pump(node, (width + number) // crew))
    world.env.run()
    seconds, work = world.env.now, world.busy
    used = {
        "provider": (posts * delay, width),
        "pump": (work["pump"], crew),
        "machine": (work["python"] + work["database"], costs.cores),
        "python": (work["python"], nodes * costs.cores),
        "database": (work["database"], costs.database_cores),
    }
    most = capacity(
        delay, width, costs, nodes=nodes, pumps=pumps, one_machine=one_machine
    )
    shares = {name: busy / places for name, (busy, places) in used.items()}
    busy = {name: shares[name] / seconds if seconds else 0.0 for name in most}
    ideal = math.ceil(posts / width) * delay
    return Run(posts, seconds, ideal, min(most, key=most.__getitem__), busy)


def capacity(
    delay: float,
    width: int,
    costs: Costs,
    *,
    nodes: int = 1,
    pumps: int = 1,
    one_machine: bool = False,
) -> dict[str, float]:
    """Return the posts a second that each part could do alone."""
    call, database = costs.call_ms / 1000, costs.post * costs.database_share
    crew = nodes * pumps
    parts = {"provider": (width, delay), "pump": (crew, costs.post)}
    if one_machine:
        parts["machine"] = (costs.cores, costs.post + call)
    else:
        parts["python"] = (nodes * costs.cores, costs.post - database + call)
        parts["database"] = (costs.database_cores, database)
    return {
        name: places / seconds if seconds else math.inf
        for name, (places, seconds) in parts.items()
    }


def shortest_delay(width: int, costs: Costs, pumps: int = 1) -> float:
    """Return the seconds of an answer below which the pumps are the bottleneck.

    :param pumps: of all nodes
    """
    return width * costs.post / pumps


def useful_pumps(delay: float, width: int, costs: Costs) -> int:
    """Return how many pumps write faster than one less, on as many nodes as they need.

    More of them wait for the provider or for PostgreSQL.
    """
    alone = capacity(delay, width, costs)
    return math.ceil(min(alone["provider"], alone["database"]) / alone["pump"])
