# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Run a server and the load for each way."""

import os
from pathlib import Path

from ...live import LiveServer
from ...live.server import Source
from ..burst_results import ALTERNATIVE, OURS
from ..plan import PREPARE, WIDTH
from ..site import Site
from .load import FULL, QUICK, Load, run, warm_up
from .watch import Watch
from .ways import WAYS, Way, installed


def measure_alternatives(source: Source, quick: bool) -> list[dict]:
    """Return one row for each way, with raw samples; see ``load.run``.

    ``LIVE_QUEUE_JOB`` is the folder that has ``queue_job`` among its addons. Without
    it, the rows of the ways that need it have an ``absent`` text.

    :param quick: with a small load, only the two ways that a target compares
    """
    load = QUICK if quick else FULL
    ways = compared(load) if quick else WAYS
    folder = os.environ.get("LIVE_QUEUE_JOB")
    return [row(way, source, load, folder and Path(folder)) for way in ways]


def compared(load: Load) -> list[Way]:
    """Return the ways that a target compares, with no more workers than have work."""
    ours, other = (
        next(way for way in WAYS if way.name == name) for name in (OURS, ALTERNATIVE)
    )
    calls = min(load.posts, WIDTH)
    return [ours, other._replace(workers=calls + 2, channels=f"root:{calls}")]


def row(way: Way, source: Source, load: Load, queue_job: Path | None) -> dict:
    about = {"way": way.name, "workers": way.workers, **load._asdict()}
    if way.channels and not queue_job:
        return {**about, "absent": "queue_job could not be fetched"}
    try:
        return {**about, **measure(way, source, load, queue_job)}
    except Exception as error:
        # One failure must not discard the other ways.
        return {**about, "absent": f"{type(error).__name__}: {error}"}


def measure(way: Way, source: Source, load: Load, queue_job: Path | None) -> dict:
    with (
        installed(way, source, queue_job) as own_source,
        LiveServer(
            workers=way.workers,
            cron_threads=2,
            prepare=PREPARE + way.prepare,
            parameters=way.parameters,
            source=own_source,
        ) as server,
    ):
        site = Site(server)
        warm_up(site, load, way.workers)
        with Watch(server) as watch:
            return run(site, load, watch)
