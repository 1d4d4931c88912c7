"""Time `make run` and a template beside an earlier build's; ONLY=test: `make test`.

Both builds are clean clones. PostgreSQL, Chromium and Python are the machine's; each
build downloads everything else, without caches of pip and npm.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from .. import llama, postgres, workspace
from ..locks import locked
from ..paths import ADDONS, DEV, LOGS, PYTHON, ROOT
from ..processes import child, wait_for
from ..steps import (
    NEWS_EVERY,
    Missing,
    call,
    captured,
    finish,
    news,
    parts,
    say,
    side_by_side,
    step,
)
from .speed import BEFORE

OUTPUT = DEV / "bench" / "cold.json"
ROUNDS = 2
OURS = "ours"
ADDRESS = re.compile(r"A post +(http\S+)")
COUNTS = re.compile(r"^(\d+) passed, (\d+) failed, (\d+) skipped$", re.MULTILINE)
# Run in `setup/dev` of both builds; measures what `make bench` calls a cold template.
TEMPLATE = """
from devkit import databases, workspace
from devkit.paths import ADDONS
with workspace.opened() as (odoo, server):
    databases.drop(server, "cold")
    databases.prime(server, "cold", [*databases.dependencies(), *ADDONS])
    print("seconds:", databases.made_in("cold"))
"""
SECONDS = re.compile(r"^seconds: ([\d.]+)$", re.MULTILINE)
PATIENCE = 1800  # seconds for a first run
STOPPING = 60  # seconds for Odoo, and then for PostgreSQL, to stop
# Variables of make and of our own targets; a first run has a private PostgreSQL.
NOT_PASSED = re.compile(r"MAKE|MFLAGS|PG|(TOPIC|TAGS|QUICK|URL|ONLY|COUNT|ROUNDS)$")
# A few tests that both builds have; running them fetches all that tests need.
FEW = f"/{ADDONS[0]}:TestSlot,{llama.TAG}/{ADDONS[1]}:TestNone"


class TooLate(Exception):
    """The other build is done: nothing runs beside this one any more."""


def run() -> int:
    """Measure the parts that ONLY names, and publish them.

    :return: 1 if a target was missed
    :raise Missing: one of the builds does not run
    """
    names = parts(PARTS, ["run", "template"])
    workspace.prepare()
    if not postgres.binaries():
        raise Missing("Both builds need PostgreSQL here: install postgresql.")
    with locked("cold"), clones() as (before, ours):
        samples = {name: PARTS[name](before, ours) for name in names}
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(samples))
    publisher = [str(PYTHON), "-m", f"{ADDONS[1]}.benchmark.cold", str(OUTPUT)]
    return subprocess.call(publisher, cwd=ROOT)


@contextmanager
def clones() -> Iterator[tuple[Path, Path]]:
    """Clone the earlier build and the last commit, and remove all that they made."""
    with TemporaryDirectory(prefix="blog-ai-cold-") as scratch:
        # PostgreSQL's account has to reach its data in there.
        Path(scratch).chmod(0o755)
        made = [clone(Path(scratch, name), name) for name in (BEFORE, OURS)]
        try:
            yield made[0], made[1]
        finally:
            with ExitStack() as cleaning:
                for checkout in made:
                    cleaning.callback(clean, checkout)


def clone(target: Path, name: str) -> Path:
    commit = "HEAD" if name == OURS else name
    found = captured(["git", "-C", ROOT, "rev-parse", f"{commit}^{{commit}}"])
    if found.returncode:
        raise Missing(f"The history has no {commit}: fetch it with git fetch.")
    copy = ["git", "clone", "--quiet", "--no-checkout", ROOT, target]
    checkout = ["git", "-C", target, "checkout", "--quiet", found.stdout.strip()]
    for command in (copy, checkout):
        done = captured(command)
        if done.returncode:
            raise Missing(f"git could not clone this repository: {done.stderr}")
    return target


def first_runs(before: Path, ours: Path) -> list[dict]:
    """Let both make their sites from nothing, beside each other.

    The load of a machine changes within minutes: builds that take turns cannot be
    compared on a busy one.

    :return: for each round the measures of `first_run`: one `before`, a list of `ours`
    """
    return [beside(first_run, before, ours) for _round in range(ROUNDS)]


def templates(before: Path, ours: Path) -> list[dict]:
    """Let both make a template database, once all that it needs is there.

    :return: as that of `first_runs`, without `megabytes`
    """
    with step("All that the templates need"):
        side_by_side(lambda: set_up(before), lambda: set_up(ours))
    return [beside(template, before, ours) for _round in range(ROUNDS)]


def beside(measure: Callable, before: Path, ours: Path) -> dict:
    """Measure our build again and again while the earlier one runs.

    Both share the machine with the other one all the time: our last run, which the
    earlier build does not wait for, is stopped and does not count.
    """
    over = threading.Event()

    def once() -> dict[str, float]:
        try:
            return measure(before)
        finally:
            over.set()

    def repeated() -> list[dict[str, float]]:
        found = [measure(ours)]
        with suppress(TooLate):
            while not over.is_set():
                found.append(measure(ours, over))
        return found

    earlier, runs = side_by_side(once, repeated)
    return {"before": earlier, "ours": runs}


def first_run(checkout: Path, over: threading.Event | None = None) -> dict[str, float]:
    """Return the `seconds` until the post can be read, and the `megabytes` of `.dev`.

    :raise TooLate: `over` was set before that
    """
    clean(checkout)
    log = LOGS / f"cold-run-{checkout.name}.log"
    begun = time.monotonic()
    with (
        step(f"make run, cold: {checkout.name}"),
        log.open("w") as output,
        child(
            command(checkout, "run"), variables(checkout), stdout=output, stderr=output
        ) as site,
    ):
        try:
            wait_for(address(site, log, over), site, log)
            seconds = time.monotonic() - begun
        finally:
            stop(site)
    # Its PostgreSQL writes files no more.
    return {"seconds": seconds, "megabytes": megabytes(checkout / ".dev")}


def address(
    site: subprocess.Popen, log: Path, over: threading.Event | None = None
) -> str:
    """Return the address of the post, once it is printed.

    :raise Missing: the build has ended, or takes too long
    :raise TooLate: `over` was set before that
    """
    begun = told = time.monotonic()
    while (now := time.monotonic()) < begun + PATIENCE and site.poll() is None:
        if found := ADDRESS.search(log.read_text(errors="replace")):
            return found[1]
        if over and over.is_set():
            raise TooLate
        if now > told + NEWS_EVERY:
            told = now
            say(f"   … {now - begun:.0f} s, {log.stem}: {news(log)}")
        time.sleep(0.1)
    raise Missing(f"make run has printed no address: {log} says why.")


def stop(site: subprocess.Popen) -> None:
    """End `make run` as Ctrl-C does, and wait for all that it has started."""
    if site.poll() is None:
        site.send_signal(signal.SIGINT)
        site.wait(STOPPING)


def set_up(checkout: Path) -> None:
    log = f"cold-setup-{checkout.name}"
    problem = f"make setup of {checkout.name} failed."
    call(command(checkout, "setup"), log, problem, env=variables(checkout))


def template(checkout: Path, over: threading.Event | None = None) -> dict[str, float]:
    """Return the `seconds` that a template database takes.

    :raise Missing: it could not be made
    :raise TooLate: `over` was set before its end
    """
    log = LOGS / f"cold-template-{checkout.name}.log"
    with step(f"Template database, cold: {checkout.name}"):
        printed = printed_by(
            [sys.executable, "-c", TEMPLATE],
            log,
            variables(checkout),
            cwd=checkout / "setup" / "dev",
        )
    found = SECONDS.search(printed)
    if not found:
        raise Missing(f"{checkout.name} has made no template database. {log} says why.")
    if over and over.is_set():
        raise TooLate
    return {"seconds": float(found[1])}


def warm_tests(before: Path, ours: Path) -> dict[str, dict[str, float]]:
    """Let both run all tests, once all that tests need is there.

    :return: for each build the `seconds`, how many `tests` ran, and how many `failed`
    """
    return {"before": warm_test(before), "ours": warm_test(ours)}


def warm_test(checkout: Path) -> dict[str, float]:
    with step(f"A few tests, cold: {checkout.name}"):
        tested(checkout, f"cold-few-{checkout.name}", TAGS=FEW)
    begun = time.monotonic()
    with step(f"make test, warm: {checkout.name}"):
        passed, failed, skipped = tested(checkout, f"cold-test-{checkout.name}")
    seconds = time.monotonic() - begun
    return {"seconds": seconds, "tests": passed + failed, "failed": failed}


def tested(checkout: Path, name: str, **extra: str) -> tuple[int, int, int]:
    """Run tests; return how many passed, failed and were skipped.

    :raise Missing: they ended without saying so
    """
    log = LOGS / f"{name}.log"
    environment = {**variables(checkout), **extra}
    printed = printed_by(command(checkout, "test"), log, environment)
    found = COUNTS.findall(printed)
    if not found:
        raise Missing(f"make test of {checkout.name} has no result: {log} says why.")
    passed, failed, skipped = map(int, found[-1])
    return passed, failed, skipped


def printed_by(words: list[str], log: Path, env: dict[str, str], **options) -> str:
    """Run a command until its end; return all that it printed, which `log` keeps."""
    with (
        log.open("w") as output,
        child(words, env, stdout=output, stderr=output, **options) as process,
    ):
        finish(process, log)
    return log.read_text(errors="replace")


def command(checkout: Path, name: str) -> list[str]:
    return [str(checkout / "setup" / "dev" / "dev"), name]


def variables(checkout: Path) -> dict[str, str]:
    passed = {
        name: value for name, value in os.environ.items() if not NOT_PASSED.match(name)
    }
    caches = cache_folder(checkout)
    return {
        **passed,
        "PIP_CACHE_DIR": str(caches / "pip"),
        "npm_config_cache": str(caches / "npm"),
    }


def cache_folder(checkout: Path) -> Path:
    return checkout.with_name(f"{checkout.name}-cache")


def clean(checkout: Path) -> None:
    """Remove what a build has fetched and made, its PostgreSQL and caches included."""
    done = captured(command(checkout, "clean"), env=variables(checkout))
    if done.returncode:
        raise Missing(f"{checkout.name} could not be cleaned: {done.stderr}")
    shutil.rmtree(cache_folder(checkout), ignore_errors=True)


def megabytes(folder: Path) -> float:
    files = (path.lstat() for path in folder.rglob("*"))
    return sum(file.st_blocks for file in files) * 512 / 1e6


PARTS = {"run": first_runs, "template": templates, "test": warm_tests}
