# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The compared ways to write a post, and the server that each one needs."""

import configparser
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ...live.server import Source
from ..plan import WIDTH

ADDONS = Path(__file__).parent / "addons"
# The pump must not claim posts of another way.
INSTALL = """
for name in ("cron_pump", "cron_pump_relay"):
    env.ref(f"blog_ai_generator.{{name}}").active = False
env["ir.module.module"].update_list()
modules = env["ir.module.module"].search([("name", "in", {modules!r})])
assert len(modules) == {count}, modules.mapped("name")
modules.button_immediate_install()
"""


class Way(NamedTuple):
    """One way to write posts.

    :param workers: HTTP workers
    :param modules: installed for it
    :param channels: of ``queue_job``; its runner is started if there are any
    """

    name: str
    workers: int
    modules: tuple[str, ...] = ()
    channels: str = ""

    @property
    def prepare(self) -> str:
        """Return Python for the server's shell, run before it starts."""
        if not self.modules:
            return ""
        return INSTALL.format(modules=self.modules, count=len(self.modules))

    @property
    def parameters(self) -> dict[str, str]:
        return {
            "blog_ai_generator.width": str(WIDTH),
            "blog_ai_alternatives.way": "queue_job" if self.channels else "request",
        }


QUEUED = ("queue_job", "blog_ai_alternatives")
WAYS = (
    Way("This pump", 2),
    # Makes as many calls at once as the pump, and has two workers for people.
    Way("queue_job, a worker for each call", WIDTH + 2, QUEUED, f"root:{WIDTH}"),
    Way("queue_job, the same workers", 2, QUEUED, "root:2"),
    Way("Inside the request", 2, ("blog_ai_alternatives",)),
)


@contextmanager
def installed(way: Way, source: Source, queue_job: Path | None) -> Iterator[Source]:
    """Yield the source of a server that finds and loads the modules of ``way``."""
    if not way.modules:
        yield source
        return
    config = configparser.RawConfigParser()
    config.read(os.environ["ODOO_RC"])
    options = config["options"]
    paths = [options["addons_path"], str(ADDONS)]
    words = []
    if way.channels:
        paths.append(str(queue_job / "odoo" / "addons"))
        options["server_wide_modules"] = "base,rpc,web,queue_job"
        config["queue_job"] = {"channels": way.channels}
        words.append(f"PYTHONPATH={queue_job}")
    options["addons_path"] = ",".join(paths)
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        config.write(file)
        file.flush()
        # Set with `env`, so that every process of the server and its shell have them.
        words = ["env", f"ODOO_RC={file.name}", *words]
        yield source._replace(command=[*words, *source.command])
