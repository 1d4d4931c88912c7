"""Play all journeys in a browser on a real server; URL="…" on a deployed one.

ROUNDS=10 plays them ten times, each time on a new database, and says how often one may
fail.

Their Python packages are in `.dev/e2e-venv`, apart from Odoo's: nothing of Odoo is
needed where the server is deployed elsewhere.
"""

import ctypes
import os

from .. import apt, chromium, live, tools, workspace
from ..locks import locked
from ..paths import DEV, HERE, ROOT
from ..processes import child

VENV = DEV / "e2e-venv"
REQUIREMENTS = HERE / "requirements-e2e.txt"
ARTIFACTS = DEV / "e2e"


def run() -> int:
    if url := os.environ.get("URL"):
        prepare()
        with locked("e2e"):
            return play(workspace.variables(), "--url", url)
    with workspace.opened() as (odoo, server):
        prepare()
        with locked("e2e"):
            return play(live.environment(odoo, server))


def missing_libraries() -> list[str]:
    """Return what Playwright's own Node.js needs and a minimal Debian lacks."""
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
    if rounds := os.environ.get("ROUNDS"):
        command += ["--rounds", rounds]
    with child(command, environment, cwd=ROOT) as driver:
        return driver.wait()


def prepare() -> None:
    workspace.check_owner()
    with locked("setup"):
        if missing := chromium.missing_packages() + missing_libraries():
            apt.check(missing)
            apt.install(missing)
        chromium.wrap()
        tools.environment(VENV, REQUIREMENTS, "Packages to drive a browser (67 MB)")
