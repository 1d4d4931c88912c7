"""Show steps with their times; say in one sentence what is missing."""

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from .paths import LOGS, shown

running: set[subprocess.Popen] = set()  # started by us and not yet ended
NEWS_EVERY = 5  # seconds between two lines about a command that takes long
LOADING = re.compile(r"Loading module (\S+) \((\d+/\d+)\)")
ODOO_PREFIX = re.compile(r"\d{4}-\d\d-\d\d [\d:,]+ \d+ [A-Z]+ \S+ \S+: ")


Item = TypeVar("Item")


class Missing(Exception):
    """One sentence that says what this machine lacks, and how to provide it."""


def say(text: str) -> None:
    # Write the line in one piece: tests that run side by side print in turn.
    print(f"{text}\n", end="", flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print a line when `name` begins, and one with its seconds when it is done."""
    say(f"-> {name}")
    begun = time.monotonic()
    yield
    say(f"   {name}: {time.monotonic() - begun:.1f} s")


def parts(known: Iterable[str], default: Iterable[str]) -> list[str]:
    """Return the parts of a command that the variable ONLY names.

    :param default: the parts if it is not set
    :raise Missing: ONLY names no part
    """
    chosen = os.environ.get("ONLY", "").split() or [*default]
    if unknown := {*chosen} - {*known}:
        raise Missing(f"ONLY={unknown.pop()} is no part: use {' or '.join(known)}.")
    return chosen


def call(command: Sequence[object], log: str, problem: str, **options) -> None:
    """Run `command` with its output added to `.dev/log/<log>.log`.

    :raise Missing: `problem`, and the last line that the command printed
    """
    path = LOGS / f"{log}.log"
    if logged(command, path, **options):
        raise Missing(f"{problem} {last_word(path)}")


def logged(command: Sequence[object], log: Path, **options) -> int:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = subprocess.Popen(
            [os.fspath(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            **options,
        )
        finish(process, log)
    return process.returncode


def finish(process: subprocess.Popen, log: Path) -> str:
    """Wait for `process`, with news of its log meanwhile; return what it printed."""
    begun = time.monotonic()
    running.add(process)
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                return process.communicate(timeout=NEWS_EVERY)[0] or ""
            told = f"{log.stem}: {news(log)}".removesuffix(": ")
            say(f"   … {time.monotonic() - begun:.0f} s, {told}")
    except BaseException:
        process.terminate()
        raise
    finally:
        running.discard(process)


def counted(items: Sequence[Item], what: str) -> Iterator[Item]:
    """Yield `items`, with news of how many are done."""
    begun = told = time.monotonic()
    for number, item in enumerate(items):
        if (now := time.monotonic()) - told >= NEWS_EVERY:
            say(f"   … {now - begun:.0f} s, {number} of {len(items)} {what}")
            told = now
        yield item


def news(log: Path) -> str:
    """Return the end of a log in a few words: for Odoo's, the module it loads."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 20_000))
        text = file.read().decode(errors="replace")
    if modules := LOADING.findall(text):
        return "{} ({} modules)".format(*modules[-1])
    lines = [ODOO_PREFIX.sub("", line).strip() for line in text.splitlines()]
    return next(filter(None, reversed(lines)), "")[:72]


def captured(command: Sequence[object], **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [os.fspath(word) for word in command],
        check=False,
        capture_output=True,
        text=True,
        **options,
    )


def last_word(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines()]
    last = next(filter(None, reversed(lines)), "nothing")
    return f"The last line of {shown(log)}: {last}"


def side_by_side(*tasks: Callable[[], object]) -> list:
    """Run `tasks` in threads; the first failure, or Ctrl-C, ends them all."""
    with ThreadPoolExecutor(len(tasks)) as pool:
        futures = [pool.submit(task) for task in tasks]
        try:
            for future in as_completed(futures):
                future.result()
        except BaseException:
            while wait(futures, timeout=0.1).not_done:
                for process in list(running):
                    with suppress(OSError):  # we may not end apt-get under sudo
                        process.terminate()
            raise
    return [future.result() for future in futures]
