# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A PostgreSQL of its own, which may be stopped, crashed and cut off."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..live import database

PORT = "5432"
SUPERUSER = "odoo"  # Odoo refuses to work as "postgres"
# A process that crashes loses nothing that the kernel has: no fsync is needed. But what
# is committed must have been written.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "300",
    "fsync": "off",
    "synchronous_commit": "on",
}


class Cluster:
    """A private cluster, reached by a unix socket.

    :param tools: the folder of PostgreSQL's programs
    :param account: options of ``subprocess`` for the account that runs the server
    """

    def __init__(self, tools: Path, account: dict):
        self._tools, self._account = tools, account
        self.folder = Path(tempfile.mkdtemp(prefix="blog-ai-faults-", dir="/var/tmp"))
        self._data = self.folder / "data"

    def __enter__(self) -> "Cluster":
        self.folder.chmod(0o700)
        if self._account:
            shutil.chown(self.folder, self._account["user"], self._account["group"])
        options = ["-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-locale"]
        self._run("initdb", "-D", self._data, *options, "--no-sync")
        self.start()
        return self

    def __exit__(self, *_error) -> None:
        self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def variables(self) -> dict[str, str]:
        """The variables by which clients find it."""
        return {"PGHOST": str(self.folder), "PGPORT": PORT, "PGUSER": SUPERUSER}

    def start(self) -> None:
        settings = {**SETTINGS, "unix_socket_directories": self.folder, "port": PORT}
        words = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        log = self.folder / "server.log"
        self._run("pg_ctl", "start", "-w", "-D", self._data, "-l", log, "-o", words)

    def stop(self, mode: str) -> None:
        """Stop it.

        :param mode: "fast", or "immediate", which is a crash for its clients
        """
        self._run("pg_ctl", "stop", "-m", mode, "-D", self._data)

    @contextmanager
    def copied(self, template: str) -> Iterator[None]:
        """Copy a database of the server in use, and use this one for the block."""
        dump = self.folder / "template.dump"
        subprocess.run(
            [self._tools / "pg_dump", "-Fc", "-Z0", "-f", dump, template], check=True
        )
        before = dict(os.environ)
        os.environ.update(self.variables)
        try:
            database.run(f'CREATE DATABASE "{template}"')
            restore = [self._tools / "pg_restore", "--no-owner", "-d", template, dump]
            subprocess.run(restore, check=True)
            dump.unlink()
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)

    def _run(self, tool: str, *arguments: object) -> None:
        done = subprocess.run(
            [self._tools / tool, *map(str, arguments)],
            check=False,
            # The server keeps its output open.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            **self._account,
        )
        if done.returncode:
            raise RuntimeError(f"PostgreSQL's {tool} failed: {done.returncode}")
