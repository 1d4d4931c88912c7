"""Bring `.dev/` up to date, and run things in it."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from . import apt, chromium, llama, node, odoo, postgres, python, tools
from .locks import locked
from .paths import (
    BIN,
    DEV,
    LAUNCHER,
    NODE,
    ODOO_CONF,
    ODOO_DATA,
    PYTHON,
    ROOT,
    TOOLS,
    VENV,
    put,
)
from .postgres import Server
from .steps import Missing, side_by_side


def prepare(tests: bool = True, linters: bool = False) -> odoo.Odoo:
    """Get what is missing.

    :param tests: False to leave out what only tests need: Chromium, npm and their tools
    :param linters: whether to get the linters, too
    """
    check_owner()
    with locked("setup"):
        planned = odoo.plan()
        browser = chromium.missing_packages() if tests else []
        # The examples of the documentation are run with it.
        curl = ["curl"] if tests and not shutil.which("curl") else []
        missing = [*postgres.missing_packages(), *browser, *curl]
        missing += tools.missing_packages() if linters else []
        apt.check(missing)

        def environment() -> None:
            python.ensure(planned, tests)
            if tests:
                node.ensure()

        ready, *_ = side_by_side(
            lambda: odoo.ensure(planned),
            environment,
            lambda: packages(missing),
            *([tools.ensure] if linters else []),
        )
        if tests:
            chromium.wrap()
        configure()
    return ready


def packages(missing: list[str]) -> None:
    if missing:
        apt.install(missing)


@contextmanager
def opened(
    tests: bool = True, linters: bool = False
) -> Iterator[tuple[odoo.Odoo, Server]]:
    """Prepare everything, and start the database server for as long as it is used."""
    ready = prepare(tests, linters)
    with postgres.serving() as server:
        yield ready, server


def prepare_tools() -> None:
    """Get the Python environment and the linters, without Odoo and PostgreSQL."""
    check_owner()
    with locked("setup"):
        missing = tools.missing_packages()
        apt.check(missing)

        def environment() -> None:
            python.ensure(odoo.plan())
            node.ensure()

        side_by_side(environment, tools.ensure, lambda: packages(missing))


def check_owner() -> None:
    DEV.mkdir(exist_ok=True)
    if not os.access(DEV, os.W_OK) or DEV.stat().st_uid != os.geteuid():
        raise Missing(
            f"{DEV} belongs to another user: work as that user, or remove the folder."
        )


def configure() -> None:
    put(
        ODOO_CONF,
        "[options]\n"
        f"addons_path = {ROOT}\n"
        f"data_dir = {ODOO_DATA}\n"
        "http_interface = 127.0.0.1\n",
    )


def variables(server: Server | None = None) -> dict[str, str]:
    theirs = os.environ.get("PATH", os.defpath)
    path = [str(BIN), str(VENV / "bin"), theirs, str(TOOLS / "bin")]
    modules = NODE / "node_modules"
    return {
        **os.environ,
        **(server.variables if server else {}),
        "PATH": os.pathsep.join(path),
        "ODOO_RC": str(ODOO_CONF),
        "NODE_PATH": str(modules),
        "AIMOCK_BIN": str(modules / ".bin" / "llmock"),
        "LLAMA_SERVER": str(llama.SERVER),
    }


def odoo_command(*arguments: str) -> list[str]:
    """Return the command line of Odoo; `make coverage` sets the variable."""
    measured = "COVERAGE_FILE" in os.environ
    tracer = ["-m", "coverage", "run", "--parallel-mode"] if measured else []
    return [str(PYTHON), *tracer, str(LAUNCHER), *arguments]


def foreground(command: Sequence[str], server: Server | None = None) -> int:
    """Run `command` on this terminal, with Ctrl-C for it alone; its exit code."""
    handler = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.call(command, env=variables(server))
    finally:
        signal.signal(signal.SIGINT, handler)
