# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.sql_db import close_db
from odoo.tests import tagged
from odoo.tests.common import get_db_name
from odoo.tools.misc import exec_pg_environ, find_pg_tool

from odoo.addons.blog_ai_generator.pump import Pump

from ..live import database
from .odoo_process import OdooProcess, environment, write_settings
from .pump_case import LIMITS, PATIENCE, PumpCase
from .test_cancel_committed import AT_ONCE

LEFT = """
    SELECT (SELECT count(*) FROM ir_cron WHERE cron_name LIKE 'Blog AI%'),
           (SELECT count(*) FROM ir_config_parameter
             WHERE key LIKE 'blog_ai_generator.%'),
           (SELECT count(*) FROM information_schema.tables
             WHERE table_name LIKE 'blog_ai_%')
"""


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestCopiedDatabase(PumpCase):
    """A real copy of the database, as a backup that is restored beside its original."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.queued,) = self.ask("Copied cherries", publish=True)
        self.copy = f"{get_db_name()}_copy"
        self.addCleanup(self.drop_copy)
        self.copy_database()

    def copy_database(self):
        """Dump and restore: `createdb -T` wants nobody else in the original."""
        database.drop(self.copy)
        database.run(f'CREATE DATABASE "{self.copy}" TEMPLATE template0')
        dump = str(self.folder / "copy.dump")
        self.run_tool("pg_dump", "--format=custom", f"--file={dump}", get_db_name())
        self.run_tool("pg_restore", "--no-owner", f"--dbname={self.copy}", dump)

    def run_tool(self, name: str, *arguments: str) -> None:
        subprocess.run(
            [find_pg_tool(name), *arguments],
            env=exec_pg_environ(),
            check=True,
            capture_output=True,
        )

    def drop_copy(self):
        Registry.delete(self.copy)
        close_db(self.copy)
        database.drop(self.copy)

    def run_odoo(self, *command: str) -> None:
        """Run one of Odoo's own commands on the copy, as an administrator does."""
        settings = write_settings(self.folder)
        subprocess.run(
            [
                sys.executable,
                "-c",
                "import odoo.cli.command; odoo.cli.command.main()",
                *command,
                f"--config={settings}",
                f"--database={self.copy}",
            ],
            env=environment(),
            check=True,
            capture_output=True,
        )

    @contextmanager
    def in_copy(self):
        with Registry(self.copy).cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def pump_copy(self):
        Pump(Registry(self.copy), LIMITS, linger=0.0).run()

    def state_in_copy(self) -> str:
        with self.in_copy() as env:
            return env["blog.ai.generation"].browse(self.queued).state

    def check_nothing_goes_out(self, sentence: str):
        self.pump_copy()
        self.assertEqual(self.state_in_copy(), "queued")
        with self.in_copy() as env:
            provider = env["blog.ai.provider"].browse(self.provider_id)
            for button in ("action_test_connection", "action_fetch_models"):
                with self.assertRaisesRegex(UserError, sentence):
                    getattr(provider, button)()
            blog = env["blog.blog"].browse(self.blog_id)
            write = env["blog.ai.generation"].write_post
            with self.assertRaisesRegex(UserError, sentence), env.cr.savepoint():
                write("Plums", blog=blog, provider_id=provider.id)
        self.assertEqual(len(self.llm.requests), 0)

    def test_a_copy_spends_nothing_until_it_is_confirmed(self):
        database.run(
            "UPDATE ir_config_parameter SET value = 'another' "
            "WHERE key = 'database.uuid'",
            database=self.copy,
        )
        self.check_nothing_goes_out("looks like a copy")
        with self.in_copy() as env:
            env["res.config.settings"].create({}).action_blog_ai_use_database()
        self.pump_copy()
        self.assertEqual(self.state_in_copy(), "done")
        self.assertEqual(len(self.llm.requests), 1)
        # The original goes on as if nothing had happened.
        self.pump()
        self.assertEqual(self.values(self.queued, "state"), ("done",))

    def test_a_neutralized_copy_spends_nothing_and_has_no_key(self):
        self.run_odoo("neutralize")
        self.check_nothing_goes_out("is a neutralized copy")
        with self.in_copy() as env:
            self.assertFalse(env["blog.ai.provider"].search([("api_key", "!=", False)]))
            self.assertFalse(env["blog.ai.generation"].browse(self.queued).publish)
            crons = env["ir.cron"].search([("cron_name", "like", "Blog AI")])
            self.assertFalse(crons)

    def test_an_uninstallation_cuts_the_call(self):
        with self.in_copy() as env:
            # Odoo refuses while any scheduled action runs.
            others = [("cron_name", "not like", "Blog AI")]
            env["ir.cron"].search(others).active = False
            env["blog.ai.generation"].browse(self.queued).model = "never"
            env["blog.ai.generation"]._wake_pump()
        odoo = OdooProcess(self.copy, beat=1)
        self.addCleanup(odoo.close)
        self.llm.wait_for_requests(1, timeout=PATIENCE)
        self.run_odoo("module", "uninstall", "blog_ai_generator")
        self.llm.wait_until(lambda: not self.llm.in_flight, AT_ONCE)
        self.assertEqual(database.run(LEFT, database=self.copy), [(0, 0, 0)])
        odoo.stop()
        odoo.wait(PATIENCE)
        log = odoo.log.read_text("utf-8")
        self.assertNotIn("Traceback", log)
        self.assertNotIn("ERROR", log)
