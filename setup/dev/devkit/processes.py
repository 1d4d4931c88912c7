"""Processes that end with us, whatever ends us."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

PATIENCE = 15  # seconds for Odoo to shut down by itself


@contextmanager
def child(
    command: Sequence[str], env: dict[str, str] | None = None, **options
) -> Iterator[subprocess.Popen]:
    """A process in a session of its own: a Ctrl-C here reaches it once, through us."""
    process = subprocess.Popen(command, env=env, start_new_session=True, **options)
    try:
        yield process
    finally:
        end(process)


def end(process: subprocess.Popen) -> None:
    """Ask `process` to stop, then see to it that nothing of its session is left."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def interrupt_on_signals() -> None:
    """Make SIGTERM and SIGHUP end us as Ctrl-C does; only the first of all counts."""

    def interrupt(_number, _frame):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def free_port(wanted: int = 0) -> int:
    """`wanted` or the next free port of the loopback interface; any one for 0."""
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                probe.bind(("127.0.0.1", wanted))
                return probe.getsockname()[1]
        wanted += 1
