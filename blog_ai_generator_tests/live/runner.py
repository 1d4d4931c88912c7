# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Run the journeys on a site, side by side where possible, and report."""

import sys
import time
import traceback
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from ..benchmark.figures import failure_bound
from ..journeys import JOURNEYS, WEBSITE, Journey
from .browser import Browser, TourFailed
from .case import LiveCase, Tour
from .pace import Pace
from .sites import Site

# Asset bundles are compiled meanwhile, on a machine that may be slow and busy.
WARM_UP_PATIENCE = 180.0
# Loaded by the website preview; leaving the page before it is there shows an error.
FETCHED_AHEAD = "website.website_builder_assets"
ANY_TOUR = "blog_ai_write_and_publish"


class Result(NamedTuple):
    """The outcome of a journey; ``problem`` is empty if it passed."""

    journey: Journey
    tours: list[Tour]
    problem: str


class Round(NamedTuple):
    """The outcome of journeys on one site.

    :param red: a journey failed, none was run, or the server's log has a problem
    """

    runs: int
    failed: int
    red: bool


def run_all(site: Site, wanted: str, lanes: int | None, artifacts: Path) -> Round:
    """Run the journeys whose names contain ``wanted``.

    :param lanes: how many at once; as many as the machine can if it is not given
    :param artifacts: folder for traces and screenshots of failed ones
    """
    chosen = [it for it in JOURNEYS if wanted in it.name]
    todo = [it for it in chosen if it.needs <= site.offers]
    with Browser(site.url) as browser:
        warm_up(site, browser)
        browser.pace = pace_of(site, browser)
        say(str(browser.pace))
        numbers = {journey: number for number, journey in enumerate(JOURNEYS, 1)}

        def run_each(journeys: Iterable[Journey]) -> list[Result]:
            return [
                announced(attempt(LiveCase(site, browser, it, numbers[it], artifacts)))
                for it in journeys
            ]

        with ThreadPoolExecutor(lanes or browser.pace.lanes) as pool:
            chains = pool.map(run_each, chained(it for it in todo if not it.alone))
            results = [one for chain in chains for one in chain]
        results += run_each(it for it in todo if it.alone)
    skipped = [it for it in chosen if it not in todo]
    return report(site, results, skipped, artifacts)


def warm_up(site: Site, browser: Browser) -> None:
    """Make the first visit, which compiles asset bundles.

    :raise TourFailed: the tours are missing, as without the tests addon
    """
    page = browser.open(site.database, "198.18.0.1", phone=False)
    try:
        page.log_in(site.login, site.password, WEBSITE)
        page.wait_for_tour(ANY_TOUR, WARM_UP_PATIENCE)
        page.fetch_bundle(FETCHED_AHEAD, WARM_UP_PATIENCE)
    finally:
        page.close()


def pace_of(site: Site, browser: Browser) -> Pace:
    """Time a visit that nothing is compiled for any more."""
    page = browser.open(site.database, "198.18.0.1", phone=False)
    begun = time.monotonic()
    try:
        page.log_in(site.login, site.password, WEBSITE)
        page.wait_for_tour(ANY_TOUR, WARM_UP_PATIENCE)
        return Pace(time.monotonic() - begun)
    finally:
        page.close()


def chained(journeys: Iterable[Journey]) -> list[list[Journey]]:
    """Return lists that may run side by side; equal ``changes`` share a list."""
    chains: dict[object, list[Journey]] = {}
    for journey in journeys:
        chains.setdefault(journey.changes or journey.name, []).append(journey)
    return sorted(chains.values(), key=len, reverse=True)


def attempt(case: LiveCase) -> Result:
    problem = ""
    try:
        case.run_journey()
    except Exception as error:
        expected = isinstance(error, (AssertionError, TourFailed))
        problem = str(error) if expected else traceback.format_exc()
    return Result(case.journey, case.tours, problem)


def announced(result: Result) -> Result:
    say(f"{'FAILED' if result.problem else 'ok    '} {result.journey.name}")
    return result


def report(
    site: Site, results: list[Result], skipped: list[Journey], artifacts: Path
) -> Round:
    """Print the results."""
    tours = [tour for one in results for tour in one.tours]
    show_tours(site, tours)
    failed = [one for one in results if one.problem]
    for one in failed:
        say(f"\nFAILED {one.journey.name}\n{one.problem}")
    for journey in skipped:
        missing = " and ".join(sorted(journey.needs - site.offers))
        say(f"skipped {journey.name}: this server offers no {missing}")
    troubles = site.troubles(sum(one.journey.warnings for one in results))
    for line in troubles:
        say(f"in the server's log: {line}")
    if failed or troubles:
        site.keep_log(artifacts)
        say(f"\nTraces, screenshots, the server's log: {artifacts}")
    good = sum(tour.passed for tour in tours)
    say(
        f"\ntours: {len(tours)} run, {good} passed, {len(tours) - good} failed\n"
        f"journeys: {len(results)} run, {len(results) - len(failed)} passed, "
        f"{len(failed)} failed, {len(skipped)} skipped"
    )
    red = bool(failed or troubles or not results)
    return Round(len(results), len(failed), red)


def bound(rounds: list[Round]) -> str:
    """Return how many runs failed, and how many may fail at most."""
    runs = sum(each.runs for each in rounds)
    failed = sum(each.failed for each in rounds)
    share = 100 * failure_bound(failed, runs)
    return (
        f"{runs} runs of journeys, {failed} failed: at most {share:.2f} % with 95 % "
        "confidence"
    )


def show_tours(site: Site, tours: list[Tour]) -> None:
    queries = site.queries()
    row = "{:<36} {:<12} {:>8} {:>8}  {}".format
    say("\n" + row("tour", "user", "seconds", "queries", ""))
    for tour in tours:
        say(
            row(
                tour.name,
                tour.login,
                f"{tour.seconds:.1f}",
                queries[tour.address] or "-",
                "" if tour.passed else "FAILED",
            )
        )


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
