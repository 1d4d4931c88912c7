"""Make a build as Runboat does and write a post in it.

Runboat installs every addon of the repository with demo data, beside a database with
`base` alone, and serves both from one Odoo without workers.
"""

import subprocess

from .. import databases, testing
from ..paths import ADDONS, LOGS, PYTHON, SCRIPTS
from ..postgres import Server
from ..processes import child, free_port, wait_for
from ..steps import Missing, call, say, step
from ..workspace import odoo_command, opened, variables

LOG = LOGS / "preview.log"


def run() -> int:
    with opened() as (_odoo, server):
        return check(server)


def check(server: Server) -> int:
    """Make such a build, write a post in it and remove it.

    :raise Missing: an addon does not install, or the log contains a warning
    """
    name = f"{server.prefix}_preview"
    both = [f"{name}-baseonly", name]
    LOG.unlink(missing_ok=True)
    try:
        for database, modules in zip(both, ("base", ",".join(ADDONS)), strict=True):
            with step(f"Database with demo data: {modules}"):
                databases.drop(server, database)
                install(server, database, modules)
        return review(server, name)
    finally:
        for database in both:
            databases.drop(server, database)


def install(server: Server, database: str, modules: str) -> None:
    call(
        odoo_command(
            "-d", database, "-i", modules, "--with-demo", "--stop-after-init"
        ),
        LOG.stem,
        f"Odoo could not install {modules} with demo data.",
        env=variables(server),
    )  # fmt: skip


def review(server: Server, name: str) -> int:
    """Serve both databases and write a post in the one called `name`.

    :raise Missing: the log contains a warning
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = odoo_command(
        "--db-filter", f"^{name}", "--http-port", str(port),
        "--gevent-port", str(free_port()),
    )  # fmt: skip
    served = {**variables(server), "PGDATABASE": name}
    with (
        LOG.open("a") as output,
        child(command, served, stdout=output, stderr=output) as odoo,
    ):
        with step("Odoo without workers"):
            wait_for(f"{url}/web/health", odoo, LOG)
        say("-> A reviewer")
        code = subprocess.call([PYTHON, SCRIPTS / "reviewer.py", url, name])
        # Read while Odoo runs: its end may interrupt scheduled actions and log that.
        if troubles := testing.judge_log(LOG):
            raise Missing(f"The build is not clean: {troubles[0]}.")
        return code
