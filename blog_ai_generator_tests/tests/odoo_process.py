# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A second, real Odoo on the same database: cron workers, commits, signals."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from odoo.sql_db import db_connect
from odoo.tools import config

SHARED = (
    "db_host",
    "db_port",
    "db_user",
    "db_password",
    "db_sslmode",
    "data_dir",
    "addons_path",
)
PUT_OFF = """
    UPDATE ir_cron SET nextcall = now() AT TIME ZONE 'UTC' + interval '1 day'
     WHERE id = (SELECT res_id FROM ir_model_data
                  WHERE module = 'blog_ai_generator' AND name = 'cron_models')
"""


class OdooProcess:
    """Odoo without HTTP and with one cron thread, until it is killed.

    :param db_name: a database with committed data
    :param options: more options of the command line, such as ``--workers=1``
    :param beat: seconds between two looks of a threaded server at its threads, and of a
        cron thread at its queue; Odoo's are 60
    """

    def __init__(self, db_name: str, *options: str, beat: int = 60):
        put_off_model_lists(db_name)
        self._folder = tempfile.TemporaryDirectory()
        folder = Path(self._folder.name)
        self.log = folder / "odoo.log"
        settings = write_settings(folder)
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import odoo.cli.command, odoo.service.server as server; "
                f"server.SLEEP_INTERVAL = {beat}; odoo.cli.command.main()",
                f"--config={settings}",
                f"--database={db_name}",
                f"--logfile={self.log}",
                "--no-http",
                "--max-cron-threads=1",
                *options,
            ],
            # A process group of its own: one signal kills every worker.
            start_new_session=True,
            env=environment(),
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """Send SIGKILL: no clean-up, no rollback, as when a machine fails."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Send SIGTERM, as a service manager does."""
        self._process.send_signal(signal.SIGTERM)

    def wait(self, timeout: float) -> None:
        """Wait for the end of the process.

        :raise subprocess.TimeoutExpired: it goes on
        """
        self._process.wait(timeout)

    def close(self) -> None:
        self.kill()
        self._folder.cleanup()


def environment() -> dict[str, str]:
    """Return the variables with which another Python finds this Odoo."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def write_settings(folder: Path) -> Path:
    """Write the server's database options to a file: `ps` must not show a password."""
    settings = folder / "odoo.conf"
    settings.write_text(_options(), "utf-8")
    settings.chmod(0o600)
    return settings


def _options() -> str:
    lines = [f"{name} = {_text(config[name])}" for name in SHARED if config[name]]
    return "\n".join(["[options]", *lines, ""])


def _text(value) -> str:
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def put_off_model_lists(db_name: str) -> None:
    """Let no server fetch the providers' lists of models: tests count the calls."""
    with db_connect(db_name).cursor() as cr:
        cr.execute(PUT_OFF)
