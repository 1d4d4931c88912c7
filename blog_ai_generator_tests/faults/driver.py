# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Play all faults on real servers, and report."""

import argparse
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from ..benchmark import machine
from ..live.server import Source
from . import lanes, results
from .cluster import Cluster
from .fault import Fault
from .matrix import FAULTS
from .publish import publish
from .scene import Scene
from .stage import Stage, in_order
from .verdict import Verdict


def main(arguments: list[str] | None = None) -> int:
    """Play the faults, print and save the results.

    :return: 1 if anything was lost, doubled, stuck, or paid for twice without a known
        reason, or if a fault could not be played
    """
    parser = argparse.ArgumentParser(prog="faults", description=__doc__)
    parser.add_argument("output", type=Path, help="JSON, one for each lane")
    parser.add_argument("--only", action="append", help="part of a fault's name")
    parser.add_argument("--rounds", type=int, help="of each fault, instead of its own")
    parser.add_argument("--publish", action="store_true", help="in FIGURES.md, too")
    parser.add_argument("--lanes", type=int, default=2, help="faults played at once")
    parser.add_argument("--lane", type=int, help="play the share of this lane only")
    options = parser.parse_args(arguments)
    chosen = in_order([it for it in FAULTS if is_chosen(it, options.only)])
    if not chosen:
        parser.error("no fault has such a name")
    if options.lane is None:
        say(results.HEADING)
        return lanes.play(min(options.lanes, len(chosen)), arguments or sys.argv[1:])
    about = {"date": date.today().isoformat(), "commit": machine.commit()}
    answer = {**about, "machine": machine.machine(), "rows": []}
    options.output.parent.mkdir(parents=True, exist_ok=True)
    output = options.output.with_stem(f"{options.output.stem}-{options.lane}")
    with (
        cluster() as ours,
        ours.copied(Source.from_environment().template),
        Stage(ours) as stage,
    ):
        for fault in chosen[options.lane :: options.lanes]:
            taken = row(fault, stage, options.rounds, options.output.parent)
            answer["rows"].append({**taken, **about})
            # Save each row: playing all of them takes long, and may be interrupted.
            results.save(answer, output)
            if options.publish:
                publish(answer, [fault.name for fault in FAULTS])
    missed = [line for row in answer["rows"] for line in results.missed(row)]
    for line in missed:
        say(f"!  {line}")
    return int(bool(missed))


def is_chosen(fault: Fault, only: list[str] | None) -> bool:
    return not only or any(part.lower() in fault.name.lower() for part in only)


def cluster() -> Cluster:
    """Return the cluster that ``FAULTS_POSTGRES`` describes."""
    about = json.loads(os.environ["FAULTS_POSTGRES"])
    return Cluster(Path(about["tools"]), about["account"])


def row(fault: Fault, stage: Stage, rounds: int | None, logs: Path) -> dict:
    """Play the rounds of a fault on one server; an error ends them.

    :param logs: folder for the server's log, if something went wrong
    """
    begun, verdicts, problem = time.monotonic(), [], ""
    try:
        found = stage.scene(fault)
        with kept_log(found, fault, verdicts, logs):
            for _round in range(rounds or fault.rounds):
                verdicts.append(fault.play(found))
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    if problem or fault.spoils or is_wrong(fault, verdicts):
        stage.clear()
    taken = results.row(fault.name, verdicts, problem, fault.why_paid)
    say(f"{results.line(taken)}   ({time.monotonic() - begun:.0f} s)")
    return taken


@contextmanager
def kept_log(
    scene: Scene, fault: Fault, verdicts: list[Verdict], folder: Path
) -> Iterator[None]:
    """Keep the server's log if a round went wrong."""
    is_kept = True
    try:
        yield
        is_kept = is_wrong(fault, verdicts)
    finally:
        if is_kept:
            shutil.copy(scene.server.log, folder / f"{fault.name}.log")


def is_wrong(fault: Fault, verdicts: list[Verdict]) -> bool:
    return bool(results.missed(results.row(fault.name, verdicts, "", fault.why_paid)))


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
