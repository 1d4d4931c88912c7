# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A second Odoo on the database of a live server."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psutil

from ..live import LiveServer
from ..live.server import free_ports, kill

ASLEEP = Path(__file__).with_name("asleep")


class Node:
    """Odoo with cron workers of its own, for a ``with`` block.

    :param clock: what its clock is ahead, such as "-300s"; needs faketime
    """

    def __init__(self, server: LiveServer, clock: str = ""):
        self._server, self._clock = server, clock
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> "Node":
        http_port, gevent_port = free_ports(2)
        with self._server.log.open("ab") as output:
            self._process = subprocess.Popen(
                [
                    *self._prefix(),
                    *self._server.command(),
                    "--workers=1",
                    "--max-cron-threads=2",
                    f"--http-port={http_port}",
                    f"--gevent-port={gevent_port}",
                    f"--db-filter=^{self._server.database}$",
                ],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=self._environment(),
                start_new_session=True,
            )
        return self

    def __exit__(self, *_error) -> None:
        if self._process:
            kill(self._process)

    def _prefix(self) -> Sequence[str]:
        if not self._clock:
            return ()
        return ("faketime", "--exclude-monotonic", "-f", self._clock)

    def _environment(self) -> dict[str, str] | None:
        if not self._clock:
            return None
        paths = [str(ASLEEP), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}

    def processes(self) -> list[psutil.Process]:
        main = psutil.Process(self._process.pid)
        return [main, *main.children(recursive=True)]
