# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2

from odoo import api, models

from ..database import confirm_database, database_hold, hold_database
from ..pump import transact

OURS = "blog_ai_generator"
# Seconds in which pumps notice that nobody wants their calls, cut them and store that.
PATIENCE = 5.0


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_immediate_uninstall(self):
        """End the calls in flight first, if this addon is to be removed.

        Odoo refuses while a scheduled action runs, and a pump with calls in flight is
        one.
        """
        ours = self.search([("name", "=", OURS), ("state", "=", "installed")])
        removed = self | self.downstream_dependencies()
        # Odoo refuses everybody else.
        if not (ours & removed and self.env.is_admin()):
            return super().button_immediate_uninstall()
        with self._blog_ai_pumps_ended():
            return super().button_immediate_uninstall()

    @contextmanager
    def _blog_ai_pumps_ended(self) -> Iterator[None]:
        registry = self.env.registry
        was_held = bool(database_hold(self.env))
        transact(registry, _end_pumps)
        self._blog_ai_lock_crons()
        try:
            yield
        except BaseException:
            # Frees the scheduled actions, which are woken in another transaction.
            self.env.cr.rollback()
            if not was_held:
                transact(registry, _let_pumps_go_on)
            raise

    def _blog_ai_lock_crons(self) -> None:
        """Lock the scheduled actions until Odoo does, once none of them runs.

        Without the lock, a worker could begin one in between. After 5 s Odoo refuses.
        """
        end = time.monotonic() + PATIENCE
        while not self._blog_ai_try_lock_crons() and time.monotonic() < end:
            time.sleep(0.1)

    def _blog_ai_try_lock_crons(self) -> bool:
        # A row that was changed since the transaction began can't be locked in it. Odoo
        # commits a moment later in any case.
        self.env.cr.commit()  # pylint: disable=invalid-commit
        try:
            with self.env.cr.savepoint(flush=False):
                self.env.cr.execute(
                    "SELECT FROM ir_cron FOR UPDATE NOWAIT", log_exceptions=False
                )
        except psycopg2.OperationalError:
            return False
        return True


def _end_pumps(env: api.Environment) -> None:
    hold_database(env)
    env["blog.ai.generation"]._release_all()
    env["blog.ai.ask"].search([]).cancel()


def _let_pumps_go_on(env: api.Environment) -> None:
    confirm_database(env)
    env["blog.ai.generation"]._wake_pump()
