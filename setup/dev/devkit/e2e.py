"""`make e2e`: the journeys in a browser, on a server of our own or on a deployed one.

Their Python packages are in `.dev/e2e-venv`, apart from Odoo's: nothing of Odoo is
needed where somebody else has deployed it.
"""

import ctypes
import os

from . import apt, chromium, live, tools
from .locks import locked
from .odoo import Odoo
from .paths import DEV, HERE, ROOT
from .postgres import Server
from .processes import child
from .workspace import check_owner, variables

VENV = DEV / "e2e-venv"
REQUIREMENTS = HERE / "requirements-e2e.txt"
ARTIFACTS = DEV / "e2e"


def run(odoo: Odoo, server: Server) -> int:
    """Play all journeys on a throw-away server; 1 if one failed."""
    prepare()
    with locked("e2e"):
        return play(live.environment(odoo, server))


def run_deployed(url: str) -> int:
    """Play the journeys that this server has what they need; 1 if one failed."""
    prepare()
    with locked("e2e"):
        return play(variables(), "--url", url)


def missing_libraries() -> list[str]:
    """What Playwright's own Node.js needs and a minimal Debian does not have."""
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return ["libatomic1"]
    return []


def play(environment: dict[str, str], *options: str) -> int:
    command = [
        str(VENV / "bin" / "python"), "-m", "blog_ai_generator_tests.live",
        "--artifacts", str(ARTIFACTS), *options,
    ]  # fmt: skip
    if only := os.environ.get("ONLY"):
        command += ["--only", only]
    with child(command, environment, cwd=ROOT) as driver:
        return driver.wait()


def prepare() -> None:
    """Get the packages and the browser, unless they are there."""
    check_owner()
    with locked("setup"):
        if missing := chromium.missing_packages() + missing_libraries():
            apt.check(missing)
            apt.install(missing)
        chromium.wrap()
        tools.environment(VENV, REQUIREMENTS, "Packages to drive a browser")
