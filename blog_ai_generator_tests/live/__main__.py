# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Run the journeys on a server of our own or, with --url, on a deployed one."""

import argparse
import os
import shutil
import sys
import time
from contextlib import suppress
from pathlib import Path

import odooly

from .browser import TourFailed
from .runner import bound, run_all, say
from .sites import DeployedSite, OwnSite


def main(arguments: list[str] | None = None) -> int:
    """Return 1 if a journey failed, 2 if none could run."""
    parser = argparse.ArgumentParser(
        prog="live",
        description=__doc__,
        epilog="An administrator's E2E_LOGIN and E2E_PASSWORD are for a deployed one: "
        "admin and admin if they are not set.",
    )
    parser.add_argument("--url", help="of a deployed Odoo that has both addons")
    parser.add_argument("--only", default="", help="a part of the journeys' names")
    parser.add_argument("--lanes", type=int, help="how many at once")
    parser.add_argument("--rounds", type=int, default=1, help="how often each is run")
    parser.add_argument("--artifacts", type=Path, default=Path("e2e"))
    options = parser.parse_args(arguments)
    with suppress(FileNotFoundError):
        shutil.rmtree(options.artifacts)
    begun = time.monotonic()
    rounds = []
    try:
        for number in range(1, options.rounds + 1):
            with site(options.url) as opened:
                say(f"Journeys on {opened.url}")
                artifacts = options.artifacts / f"round_{number}"
                rounds.append(run_all(opened, options.only, options.lanes, artifacts))
    except (odooly.Error, TourFailed, LookupError, TimeoutError, ValueError) as problem:
        say(str(problem))
        return 2
    say(bound(rounds))
    say(f"{time.monotonic() - begun:.0f} s in all")
    return int(any(each.red for each in rounds) or not rounds)


def site(url: str | None) -> OwnSite | DeployedSite:
    if not url:
        return OwnSite()
    login = os.environ.get("E2E_LOGIN") or "admin"
    return DeployedSite(url, login, os.environ.get("E2E_PASSWORD") or "admin")


if __name__ == "__main__":
    sys.exit(main())
