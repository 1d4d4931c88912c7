# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What more pumps and nodes would write: by simulation, from measured times.

A pump claims and stores one thing after the other, its calls wait side by side; all
pumps of a node share its processors, all nodes share one PostgreSQL, and a single node
shares its processors with it. The simulation knows these and nothing of Odoo. Its
figures hold as long as the times it is given do, and as long as the provider takes so
many calls at once.
"""

import heapq
import itertools
import math
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

DELAYS = (5.0, 20.0, 60.0)
WIDTHS = (16, 32, 64)
# Name, nodes, pumps of each node.
SETUPS = (("one pump", 1, 1), ("two pumps", 1, 2), ("four nodes", 4, 1))
# So many calls one after the other in each place, so that begin and end weigh little.
WAVES = 10


class Costs(NamedTuple):
    """What a post costs this side of the provider.

    :param claim_ms: a claim's own part, however many records it takes
    :param claim_record_ms: what each record adds to its claim
    :param store_ms: storing one answer
    :param call_ms: what a call computes beside the loop of its pump
    :param database_share: how much of a claim or store PostgreSQL works, between 0 and
        1; the rest is Python
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
        """Seconds of work for a post when a pump has no room but for the next one."""
        return (self.claim_ms + self.claim_record_ms + self.store_ms) / 1000


class Run(NamedTuple):
    """What a simulated setup did.

    :param seconds: from the first claim to the last store
    :param ideal: seconds if claiming and storing took no time
    :param limit: what bounds it: provider, pump, python or database; on one machine
        the last two are the machine
    :param busy: how busy each of them was, between 0 and 1
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


@dataclass
class Resource:
    """``places`` that work at once; who comes when all are taken waits his turn."""

    places: int
    busy: float = 0.0
    taken: int = 0
    waiting: deque = field(default_factory=deque)


class Use(NamedTuple):
    """What a process yields to work for so many seconds at a resource."""

    resource: Resource
    seconds: float


class Timeline:
    """Runs processes, which are generators, in simulated time."""

    def __init__(self):
        self.now = 0.0
        self._due: list[tuple[float, int, Callable]] = []
        self._order = itertools.count()

    def at(self, moment: float, function: Callable) -> None:
        heapq.heappush(self._due, (moment, next(self._order), function))

    def start(self, process: Iterator) -> None:
        self.at(self.now, lambda: self.go_on(process))

    def run(self) -> None:
        while self._due:
            self.now, _order, function = heapq.heappop(self._due)
            function()

    def go_on(self, process: Iterator) -> None:
        """Let a process run to its next use of a resource, or to its next wait."""
        use = next(process, None)
        if use is None:
            return
        if use.resource.taken < use.resource.places:
            self._work(process, use)
        else:
            use.resource.waiting.append((process, use))

    def _work(self, process: Iterator, use: Use) -> None:
        use.resource.taken += 1
        use.resource.busy += use.seconds
        self.at(self.now + use.seconds, lambda: self._worked(process, use.resource))

    def _worked(self, process: Iterator, resource: Resource) -> None:
        resource.taken -= 1
        if resource.waiting:
            self._work(*resource.waiting.popleft())
        self.go_on(process)


class SimulatedPump:
    """The pump's loop: claim what there is room for, store one answer, from the top."""

    def __init__(self, world: "World", processors: Resource):
        self.world = world
        self.processors = processors
        self.in_flight = 0
        self.answers = 0
        self.busy = 0.0
        self._idle = False
        self._process = self._loop()
        world.timeline.start(self._process)

    def _loop(self) -> Iterator[Use | None]:
        world, costs = self.world, self.world.costs
        while True:
            claimed = world.take(world.width - self.in_flight)
            if claimed:
                yield from self._work(costs.claim_ms + claimed * costs.claim_record_ms)
                self._call(claimed)
            if not self.in_flight:
                return
            if not self.answers:
                self._idle = True
                yield None
            self.answers -= 1
            self.in_flight -= 1
            yield from self._work(costs.store_ms)

    def _work(self, milliseconds: float) -> Iterator[Use]:
        world, began = self.world, self.world.timeline.now
        share = world.costs.database_share
        yield Use(self.processors, milliseconds * (1 - share) / 1000)
        yield Use(world.database, milliseconds * share / 1000)
        self.busy += world.timeline.now - began

    def _call(self, count: int) -> None:
        self.in_flight += count
        for _call in range(count):
            self.world.timeline.start(self._calling())

    def _calling(self) -> Iterator[Use]:
        world = self.world
        if world.costs.call_ms:
            yield Use(self.processors, world.costs.call_ms / 1000)
        world.timeline.at(world.timeline.now + world.delay, self._answered)

    def _answered(self) -> None:
        self.answers += 1
        if self._idle:
            self._idle = False
            self.world.timeline.go_on(self._process)


class World:
    """One queue, one PostgreSQL, the nodes and their pumps."""

    def __init__(self, posts: int, delay: float, width: int, costs: Costs):
        self.left, self.delay, self.width, self.costs = posts, delay, width, costs
        self.timeline = Timeline()
        self.database = Resource(costs.database_cores)

    def take(self, room: int) -> int:
        taken = min(room, self.left)
        self.left -= taken
        return taken


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
    """Let pumps write what is queued, all of it at the beginning.

    :param delay: seconds the provider takes for a call
    :param width: calls in flight of a pump
    :param pumps: of each node
    :param one_machine: the only node is PostgreSQL's machine, too
    """
    world = World(posts, delay, width, costs)
    computers = [Resource(costs.cores) for _node in range(nodes)]
    if one_machine:
        (world.database,) = computers
    crew = [SimulatedPump(world, node) for node in computers for _pump in range(pumps)]
    world.timeline.run()
    seconds = world.timeline.now
    places = width * len(crew)
    used = {
        "provider": (posts * delay, places),
        "pump": (sum(pump.busy for pump in crew), len(crew)),
        "machine": (world.database.busy, costs.cores),
        "python": (sum(node.busy for node in computers), nodes * costs.cores),
        "database": (world.database.busy, costs.database_cores),
    }
    capacities = capacity(
        delay, width, costs, nodes=nodes, pumps=pumps, one_machine=one_machine
    )
    busy = {
        name: work / (count * seconds) if seconds else 0.0
        for name, (work, count) in used.items()
        if name in capacities
    }
    return Run(
        posts,
        seconds,
        math.ceil(posts / places) * delay,
        min(capacities, key=capacities.__getitem__),
        busy,
    )


def capacity(
    delay: float,
    width: int,
    costs: Costs,
    *,
    nodes: int = 1,
    pumps: int = 1,
    one_machine: bool = False,
) -> dict[str, float]:
    """Posts a second that each part could do alone; the smallest one is the limit."""
    call = costs.call_ms / 1000
    database = costs.post * costs.database_share
    parts = {
        "provider": (width * nodes * pumps, delay),
        "pump": (nodes * pumps, costs.post),
    }
    if one_machine:
        parts["machine"] = (costs.cores, costs.post + call)
    else:
        parts["python"] = (nodes * costs.cores, costs.post - database + call)
        parts["database"] = (costs.database_cores, database)
    return {
        name: places / seconds if seconds else math.inf
        for name, (places, seconds) in parts.items()
    }


def shortest_delay(width: int, costs: Costs) -> float:
    """Seconds of a provider's answer below which a pump, not the provider, is the
    limit."""
    return width * costs.post


def most_pumps(delay: float, width: int, costs: Costs) -> float:
    """How many pumps, on as many nodes as they need, PostgreSQL can keep busy."""
    alone = capacity(delay, width, costs)
    return alone["database"] / min(alone["provider"], alone["pump"])


def costs_of(measured: dict) -> Costs:
    """What :func:`measure_pumps` found, as medians."""
    return Costs(
        claim_ms=median(measured["claim_ms"]),
        store_ms=median(measured["store_ms"]),
        call_ms=measured["call_ms"],
        database_share=measured["database_share"],
        cores=measured["cores"],
        database_cores=measured["cores"],
    )


def table(measured: dict) -> list[dict]:
    """A row for each setup, delay and width.

    :param measured: what :func:`measure_pumps` returned
    """
    costs = costs_of(measured)
    rows = []
    for (name, nodes, pumps), width, delay in itertools.product(SETUPS, WIDTHS, DELAYS):
        posts = WAVES * width * nodes * pumps
        run = simulate(
            posts,
            delay,
            width,
            costs,
            nodes=nodes,
            pumps=pumps,
            one_machine=nodes == 1,
        )
        rows.append(
            {
                "setup": name,
                "width": width,
                "delay": delay,
                "per_minute": round(run.per_minute, 1),
                "efficiency": round(run.efficiency, 3),
                "limit": run.limit,
                "busy": {part: round(share, 3) for part, share in run.busy.items()},
                "shortest_delay": round(shortest_delay(width, costs), 2),
                "most_pumps": round(most_pumps(delay, width, costs), 1),
            }
        )
    return rows


def check(measured: dict) -> list[dict]:
    """What was measured of one pump and of two, and what is simulated for the same.

    The fake LLM server computes on the same machine: its part of a call counts here.

    :param measured: what :func:`measure_pumps` returned
    """
    costs = costs_of(measured)
    costs = costs._replace(call_ms=costs.call_ms + measured["provider_ms"])
    delay, width = measured["delay"], measured["width"]
    rows = []
    for name, pumps in (("one_pump", 1), ("two_pumps", 2)):
        posts = pumps * measured["posts"]
        run = simulate(posts, delay, width, costs, pumps=pumps, one_machine=True)
        rows.append(
            {
                "pumps": pumps,
                "posts": posts,
                "measured": measured[name]["per_second"],
                "simulated": posts / run.seconds,
            }
        )
    return rows


def markdown_check(rows: list[dict]) -> str:
    """The rows of :func:`check` for a README."""
    lines = (
        f"| {row['pumps']} | {row['posts']} | {row['measured']:.1f} posts/s "
        f"| {row['simulated']:.1f} posts/s |"
        for row in rows
    )
    return "\n".join(
        ("| pumps | posts | measured | simulated |", "|--:|--:|--:|--:|", *lines)
    )


def markdown(rows: list[dict]) -> str:
    """The rows of :func:`table` for a README: a line for each setup and width."""
    delays = sorted({row["delay"] for row in rows})
    heads = [f"answer in {delay:g} s" for delay in delays]
    lines = [
        f"| setup | width | {' | '.join(heads)} | pump is the limit below |",
        f"|---|--:|{'--:|' * (len(delays) + 1)}",
    ]
    for setup, width in dict.fromkeys((row["setup"], row["width"]) for row in rows):
        cells = [row for row in rows if (row["setup"], row["width"]) == (setup, width)]
        cells.sort(key=lambda row: row["delay"])
        figures = " | ".join(
            f"{row['per_minute']:,.0f} posts/min ({row['efficiency']:.0%})"
            for row in cells
        )
        lines.append(
            f"| {setup} | {width} | {figures} | {cells[0]['shortest_delay']:g} s |"
        )
    bounds = {row["delay"]: row["most_pumps"] for row in rows if _widest(row)}
    pumps = ", ".join(
        f"{count:,.0f} with answers in {delay:g} s" for delay, count in bounds.items()
    )
    return (
        "\n".join(lines)
        + "\n\nIn brackets: the share of what would be written if claiming and storing "
        "took no time.\n"
        f"PostgreSQL is the limit from so many pumps of width {max(WIDTHS)} on: "
        f"{pumps}.\n"
    )


def _widest(row: dict) -> bool:
    return row["width"] == max(WIDTHS)
