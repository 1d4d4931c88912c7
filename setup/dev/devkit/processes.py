"""Processes that end with this one, however it ends."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from .paths import shown
from .steps import Missing, running

SHUTDOWN = 15  # seconds for Odoo to shut down by itself
STARTUP = 120  # seconds for Odoo to answer: it may have asset bundles to compile


@contextmanager
def child(
    command: Sequence[str], env: dict[str, str] | None = None, **options
) -> Iterator[subprocess.Popen]:
    """Start a process in its own session: a Ctrl-C here reaches it once, through us."""
    process = subprocess.Popen(command, env=env, start_new_session=True, **options)
    running.add(process)
    try:
        yield process
    finally:
        end(process)
        running.discard(process)


def end(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(SHUTDOWN)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def interrupt_on_signals() -> None:
    """Let SIGTERM and SIGHUP end this process as Ctrl-C does; the first one counts."""

    def interrupt(_number, _frame):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def free_port(wanted: int = 0) -> int:
    """Return the first free loopback port from `wanted` on; any if 0."""
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", wanted))
                return probe.getsockname()[1]
        wanted += 1


def wait_for(url: str, odoo: subprocess.Popen, log: Path) -> None:
    """Return once `url` answers.

    :raise Missing: it answers with an error, or not in time, or Odoo has ended
    """
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + STARTUP
    problem = "does not answer"
    while time.monotonic() < end and odoo.poll() is None:
        try:
            direct.open(url, timeout=STARTUP).close()
            return
        except urllib.error.HTTPError as error:
            problem = f"answers {error.code}"
            break
        except OSError:
            time.sleep(0.2)
    raise Missing(f"{url} {problem}: {shown(log)} says why.")
