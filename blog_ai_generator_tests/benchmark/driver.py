# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Start a server, run every measurement on it, and report."""

import argparse
import json
import sys
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ..live import LiveServer
from ..live.bus_listener import BusListener
from ..live.server import Source
from . import cold_table, machine, phases, report, results, saved
from .alternatives import table
from .alternatives.measure import measure_alternatives
from .burst_results import alternatives
from .bursts import bursts
from .bystanders import bystanders
from .growth import report as growth
from .journeys import journeys
from .memory import Memory
from .plan import FULL, PREPARE, QUICK, WIDTH, Plan
from .publish import publish
from .site import Site

# Each by the name of its raw samples.
PHASES = {
    "throughput": phases.throughput,
    "bursts": bursts,
    "slots": phases.slots,
    "publication": phases.publication,
    "bystanders": bystanders,
    "latency": phases.latency,
    "journeys": journeys,
}
# Run on the database alone, once the server has stopped.
ALONE = """
from odoo.addons.blog_ai_generator_tests.benchmark import pumps, queries
found = {"queries": queries.measure(env)}
if thorough:
    found["pumps"] = pumps.measure_pumps(env.registry)
    found["claims"] = [
        pumps.measure_claim(env.registry, room) for room in (1, pumps.ROOM)
    ]
print(json.dumps(found))
"""


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and save; return 1 if a promised count or ratio was missed."""
    parser = argparse.ArgumentParser(prog="benchmark", description=__doc__)
    parser.add_argument("output", type=Path, help="JSON, written anew")
    parser.add_argument("--quick", action="store_true", help="fewer samples")
    parser.add_argument(
        "--publish", action="store_true", help="in README, charts and results.json, too"
    )
    parser.add_argument("--only", choices=PHASES, action="append", help="not all of it")
    parser.add_argument(
        "--template", type=json.loads, help="seconds of the template: JSON"
    )
    parser.add_argument(
        "--speed", type=json.loads, help="of the pump, beside an earlier build: JSON"
    )
    options = parser.parse_args(arguments)
    taken = measure(QUICK if options.quick else FULL, options.only or list(PHASES))
    if not options.only:
        with step("alternatives"):
            taken["alternatives"] = measure_alternatives(
                Source.from_environment(), options.quick
            )
        taken["raw"]["alternatives"] = alternatives(taken["alternatives"])
    for name in ("template", "speed"):
        if sample := getattr(options, name):
            taken["raw"][name] = sample
    taken = results.rounded(taken)
    found = results.values(taken["raw"])
    answer = {"quick": options.quick, **taken, "targets": results.rows(found)}
    results.save(answer, options.output)
    if options.publish and not taken["unmeasured"]:
        publish(answer)
    show(answer)
    if not options.only:
        for text in saved.lines(growth.load(), cold_table.load()):
            say(text)
    for name in results.slow(found):
        say(f"!  Slower on this machine than promised: {name}")
    return conclude([*taken["unmeasured"], *results.broken(found)])


def measure(plan: Plan, names: list[str]) -> dict:
    about = {
        "date": date.today().isoformat(),
        "commit": machine.commit(),
        "machine": machine.machine(),
    }
    raw: dict = {}
    unmeasured: dict[str, str] = {}
    with LiveServer(
        mail=True,
        cron_threads=2,
        prepare=PREPARE,
        parameters={"blog_ai_generator.width": str(WIDTH)},
    ) as server:
        with Memory(server) as memory, BusListener(server, server.login("vera")) as bus:
            site = Site(server, bus)
            phases.warm_up(site, plan)
            for name in names:
                with step(name), kept(unmeasured, name):
                    raw[name] = PHASES[name](site, plan)
            raw["leftovers"] = phases.leftovers(site)
        raw["memory"] = memory.processes()
        versions = machine.versions(server)
        server.stop()
        if names == list(PHASES):
            with step("queries and pumps"):
                printed = server.shell(ALONE, thorough=plan == FULL)
            raw.update(json.loads(printed.splitlines()[-1]))
    return {**about, "versions": versions, "unmeasured": unmeasured, "raw": raw}


@contextmanager
def kept(problems: dict[str, str], name: str):
    """Note an error and continue: one failure must not discard other measurements."""
    try:
        yield
    except Exception as error:
        problems[name] = f"{type(error).__name__}: {error}"


@contextmanager
def step(name: str):
    begun = time.monotonic()
    yield
    say(f"   {name}: {time.monotonic() - begun:.1f} s")


def show(answer: dict) -> None:
    say("")
    for row in answer["targets"]:
        say(report.line(row))
    for row in answer.get("alternatives", []):
        say(table.line(row))
    for trouble in troubles(answer):
        say(f"!  {trouble}")
    if answer["quick"]:
        say("\n  A quick run has few samples: P99 is close to the slowest one.")


def troubles(answer: dict) -> list[str]:
    """Return failures and leftovers, a line each."""
    raw = answer["raw"]
    failed = [run for run in raw.get("journeys", []) if run["problem"]]
    return [
        *(f"{name}: {error}" for name, error in answer["unmeasured"].items()),
        *(f"{run['name']}: {run['problem']}" for run in failed),
        *(f"{what}: {text}" for what, it in raw["leftovers"].items() for text in it),
    ]


def conclude(broken: list[str]) -> int:
    for name in broken:
        say(f"!  Missed: {name}")
    return int(bool(broken))


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
