# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tables of the simulation in :mod:`.scale`, made from measured times."""

import itertools
from statistics import median

from .scale import Costs, shortest_delay, simulate, useful_pumps

DELAYS = (1.0, 5.0, 20.0)  # seconds until the provider answers
# Calls in flight of all pumps together; the last is the most that the settings allow.
WIDTHS = (16, 32, 64)
# Name, nodes, pumps of each node.
SETUPS = (("one pump", 1, 1), ("two pumps", 1, 2), ("four nodes", 4, 1))
# Calls one after the other in each place: enough for start and end to weigh little.
WAVES = 10


def costs_of(measured: dict) -> Costs:
    """Return the medians of what ``pumps.measure_pumps`` returned."""
    return Costs(
        claim_ms=median(measured["claim_ms"]),
        store_ms=median(measured["store_ms"]),
        call_ms=measured["call_ms"],
        database_share=measured["database_share"],
        cores=measured["cores"],
        database_cores=measured["cores"],
    )


def table(measured: dict) -> list[dict]:
    """Simulate each setup, width and delay.

    :param measured: what ``pumps.measure_pumps`` returned
    """
    costs = costs_of(measured)
    combinations = itertools.product(SETUPS, WIDTHS, DELAYS)
    return [row(costs, *combination) for combination in combinations]


def row(costs: Costs, setup: tuple[str, int, int], width: int, delay: float) -> dict:
    name, nodes, pumps = setup
    posts = WAVES * width
    places = {"nodes": nodes, "pumps": pumps, "one_machine": nodes == 1}
    run = simulate(posts, delay, width, costs, **places)
    return {
        "setup": name,
        "width": width,
        "delay": delay,
        "per_minute": round(run.per_minute, 1),
        "efficiency": round(run.efficiency, 3),
        "limit": run.limit,
        "busy": {part: round(share, 3) for part, share in run.busy.items()},
        "shortest_delay": round(shortest_delay(width, costs, nodes * pumps), 2),
        "useful_pumps": useful_pumps(delay, width, costs),
    }


def check(measured: dict) -> list[dict]:
    """Simulate the two setups that were measured, and return both figures.

    The fake LLM server runs on the same machine: its processor time is part of a call.

    :param measured: what ``pumps.measure_pumps`` returned
    """
    costs = costs_of(measured)
    costs = costs._replace(call_ms=costs.call_ms + measured["provider_ms"])
    delay, width = measured["delay"], measured["width"]
    rows = []
    for name, pumps in (("one_pump", 1), ("two_pumps", 2)):
        posts = pumps * measured["posts"]
        # As `pumps.write` measures it: the limit is raised with the pumps.
        places = pumps * width
        run = simulate(posts, delay, places, costs, pumps=pumps, one_machine=True)
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
    lines = (
        f"| {row['pumps']} | {row['posts']} | {row['measured']:.1f} posts/s "
        f"| {row['simulated']:.1f} posts/s |"
        for row in rows
    )
    return "\n".join(
        ("| pumps | posts | measured | simulated |", "|--:|--:|--:|--:|", *lines)
    )


def markdown(rows: list[dict]) -> str:
    """Show the rows of :func:`table`, a line for each setup and width."""
    delays = sorted({row["delay"] for row in rows})
    heads = [f"answer after {delay:g} s" for delay in delays]
    lines = [
        f"| setup | width | {' | '.join(heads)} | pumps are the bottleneck below |",
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
    return "\n".join((*lines, "", "In brackets: share of the ideal rate.", bound(rows)))


def bound(rows: list[dict]) -> str:
    """Say how many pumps are of use at the widest limit, for each delay."""
    widest = max(row["width"] for row in rows)
    counts = {
        row["delay"]: row["useful_pumps"] for row in rows if row["width"] == widest
    }
    shown = ", ".join(f"{count} after {delay:g} s" for delay, count in counts.items())
    return f"Pumps of use at width {widest}, by answer: {shown}. More write no faster."
