# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A real prefork Odoo on a throw-away database, with a fake LLM server."""

import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

import psutil
import requests

from ..llm_server import LLMServer
from . import database
from .client import Client
from .mail import MailSink
from .reverse_proxy import ReverseProxy

START_PATIENCE = 120.0  # seconds until a server answers, asset bundles compiled
STOP_PATIENCE = 10.0  # seconds for a server to stop by itself
RECORD = re.compile(r"^(?=\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,)", re.MULTILINE)
TROUBLE = re.compile(r"\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) ")
# Distinguishes the servers of one process.
numbers = itertools.count(1)


class Source(NamedTuple):
    """The parts that a live server is made from.

    :param command: Odoo's command line; its script is a path, as prefork runs it again
    :param template: a database with the two addons
    :param filestore: the template's
    """

    command: list[str]
    template: str
    filestore: Path

    @classmethod
    def from_environment(cls) -> "Source":
        """Read ``LIVE_ODOO`` (a JSON list), ``LIVE_TEMPLATE`` and ``LIVE_FILESTORE``.

        ``ODOO_RC`` and ``PG*`` are read by Odoo and PostgreSQL themselves.

        :raise KeyError: with the name of a variable that is not set
        """
        return cls(
            json.loads(os.environ["LIVE_ODOO"]),
            os.environ["LIVE_TEMPLATE"],
            Path(os.environ["LIVE_FILESTORE"]),
        )


class LiveServer:
    """Odoo with HTTP workers, cron workers and the websocket, for a ``with`` block.

    Nothing of it remains afterwards: no process, no database, no file.

    :param workers: HTTP workers; 0 for a threaded server
    :param cron_threads: cron workers
    :param mail: run a mail server, ``mail``, that keeps every email
    :param prepare: Python for ``shell()``, run after ``fixtures.prepare`` and before
        the server starts
    :param parameters: ``ir.config_parameter`` values by key
    :param seed: of the provider's texts and latencies
    :param options: more options of Odoo's command line
    :raise RuntimeError: Odoo did not start, or the preparation failed
    """

    llm: LLMServer
    database: str
    url: str

    def __init__(
        self,
        *,
        workers: int = 2,
        cron_threads: int = 1,
        mail: bool = False,
        prepare: str = "",
        parameters: dict[str, str] | None = None,
        seed: int = 0,
        options: Sequence[str] = (),
        source: Source | None = None,
    ):
        self.workers, self.cron_threads = workers, cron_threads
        self.source = source or Source.from_environment()
        self.seed, self.options = seed, options
        self.http_port, self.gevent_port, mail_port = free_ports(3)
        self.mail = MailSink(mail_port) if mail else None
        self._prepare = prepare
        self._parameters = parameters or {}
        self._process: subprocess.Popen | None = None
        self._cleanup = ExitStack()

    def __enter__(self) -> "LiveServer":
        with ExitStack() as stack:
            self._make(stack)
            self.start()
            self._cleanup = stack.pop_all()
        return self

    def __exit__(self, *_error) -> None:
        self._cleanup.close()

    def _make(self, stack: ExitStack) -> None:
        """Create everything but the server; ``stack`` removes it again."""
        self.folder = Path(tempfile.mkdtemp(prefix="blog-ai-live-"))
        stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.log = self.folder / "odoo.log"
        self.llm = stack.enter_context(LLMServer(self.seed))
        if self.mail:
            stack.callback(self.mail.start().close)
        self.database = database.create(self.source.template, next(numbers))
        stack.callback(database.drop, self.database)
        shutil.copytree(
            self.source.filestore, self.folder / "filestore" / self.database
        )
        # A threaded server, without workers, has one port.
        websocket_port = self.gevent_port if self.workers else self.http_port
        proxy = ReverseProxy(self.http_port, websocket_port)
        stack.callback(proxy.close)
        self.url = f"http://127.0.0.1:{proxy.port}"
        self.shell(PREPARE + self._prepare, parameters=self._settings())
        stack.callback(self.stop)

    def _settings(self) -> dict[str, str]:
        return {
            # Links in emails lead to this server, whoever logs in first.
            "web.base.url": self.url,
            "web.base.url.freeze": "True",
            **self._parameters,
        }

    # The server

    def start(self) -> None:
        """Start Odoo and return once it answers.

        :raise RuntimeError: it stopped, or did not answer in time
        """
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [
                    *self.command(),
                    f"--workers={self.workers}",
                    f"--max-cron-threads={self.cron_threads}",
                    f"--http-port={self.http_port}",
                    f"--gevent-port={self.gevent_port}",
                    f"--db-filter=^{self.database}$",
                    "--no-database-list",
                    *self.options,
                ],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                # A process group of its own: one signal reaches every worker.
                start_new_session=True,
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.stop()
            raise

    def command(self, *words: str) -> list[str]:
        options = [f"--database={self.database}", f"--data-dir={self.folder}"]
        return [*self.source.command, *words, *options]

    def _wait_until_it_answers(self) -> None:
        end = time.monotonic() + START_PATIENCE
        with requests.Session() as http:
            http.trust_env = False
            # A connection for each request: the proxy decides by the first one.
            http.headers["Connection"] = "close"
            while self._process.poll() is None and time.monotonic() < end:
                with suppress(requests.ConnectionError):
                    for path in ("/websocket/health", "/web/login"):
                        # Pages and the websocket are served by different processes.
                        options = {"headers": {"Connection": "close"}}
                        http.get(self.url + path, timeout=START_PATIENCE, **options)
                    return
                time.sleep(0.1)
        raise RuntimeError(f"Odoo did not start:\n{self._end_of_log()}")

    def _end_of_log(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-20:])

    def stop(self) -> None:
        """Stop every process of the server; the database stays."""
        process, self._process = self._process, None
        if not process:
            return
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_PATIENCE)
        kill(process)

    def kill(self) -> None:
        """Kill every process at once, as a crash does."""
        process, self._process = self._process, None
        kill(process)

    def terminate(self) -> None:
        """Send SIGTERM to the main process, and SIGKILL to all a while later.

        Docker does so, and gives them as long.
        """
        process, self._process = self._process, None
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_PATIENCE)
        kill(process)

    def revive(self) -> None:
        """Start it again if its main process has ended, as a service manager does.

        Processes that are left of it are killed first.
        """
        if self._process and self._process.poll() is not None:
            self.kill()
            self.start()

    def restart(self) -> None:
        self.stop()
        self.start()

    def processes(self) -> list[psutil.Process]:
        """Return the master, then its workers and the websocket process."""
        master = psutil.Process(self._process.pid)
        return [master, *master.children(recursive=True)]

    def pids(self) -> list[int]:
        return [process.pid for process in self.processes()]

    def troubles(self) -> list[str]:
        """Return the log's records of warnings and errors, tracebacks included."""
        records = RECORD.split(self.log.read_text(errors="replace"))
        return [record for record in records if TROUBLE.match(record)]

    # Access to its content

    def login(self, login: str, password: str = "") -> Client:
        """Open a session; the default password is that of ``fixtures.writer``."""
        return Client(self.url, self.database, login, password or f"{login:x<8}")

    def admin(self) -> Client:
        return self.login("admin", "admin")

    def shell(self, code: str, **values) -> str:
        """Run ``code`` in ``odoo shell``, commit, and return its output.

        :param values: JSON values, available to the code under their names, besides
            ``env``, ``url`` (of the provider) and ``mail_port``
        :raise RuntimeError: with the end of the traceback
        """
        values = {"url": self.llm.url, "mail_port": self._mail_port(), **values}
        done = subprocess.run(
            [*self.command("shell"), "--no-http", "--log-level=warn"],
            input=SHELL.format(values=json.dumps(values), code=code),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(
                f"The code failed in Odoo's shell:\n{done.stderr[-2000:]}"
            )
        return done.stdout

    def _mail_port(self) -> int | None:
        return self.mail and self.mail.port

    def wait_until(self, condition: Callable, timeout: float = 60.0) -> object:
        """Return the result of ``condition()`` as soon as it is true.

        It is evaluated whenever open windows are notified of a change.

        :raise TimeoutError: it was not true within ``timeout`` seconds
        """
        return database.wait_until(condition, timeout)

    def sql(self, statement: str, *values) -> list[tuple]:
        return database.run(statement, *values, database=self.database)


SHELL = """
import json
globals().update(json.loads({values!r}))
{code}
env.cr.commit()
"""

PREPARE = """
from odoo.addons.blog_ai_generator_tests import fixtures
fixtures.prepare(env, url)
for key, value in parameters.items():
    env["ir.config_parameter"].set_param(key, value)
if mail_port:
    env["ir.mail_server"].create(
        {"name": "Sink", "smtp_host": "127.0.0.1", "smtp_port": mail_port}
    )
"""


def kill(process: subprocess.Popen) -> None:
    """Kill a process group.

    :param process: its first process
    """
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_ports(count: int) -> list[int]:
    """Return unused ports of the loopback interface."""
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
