# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo.tests import tagged

from .pump_case import PumpCase

CRONS = (
    "blog_ai_generator.cron_pump",
    "blog_ai_generator.cron_pump_relay",
    "blog_ai_generator.cron_watch",
    "mail.ir_cron_mail_scheduler_action",
)


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestCronLocked(PumpCase):
    """Somebody locks the scheduled actions, as OCA's ``base_cron_exclusion`` does."""

    @contextmanager
    def locked(self):
        with self.committed() as env:
            ids = [env.ref(xmlid).id for xmlid in CRONS]
            env.cr.execute("SELECT FROM ir_cron WHERE id = ANY(%s) FOR UPDATE", [ids])
            yield

    def triggers(self) -> set[int]:
        with self.committed() as env:
            ids = [env.ref(xmlid).id for xmlid in CRONS]
            return {*env["ir.cron.trigger"].search([("cron_id", "in", ids)]).ids}

    def test_a_post_is_asked_for_written_and_stored_all_the_same(self):
        before = self.triggers()
        with self.locked():
            (generation,) = self.ask("Locked larches", publish=True)
            with self.assertNoLogs("odoo.addons.blog_ai_generator.pump", "INFO"):
                with self.pump_beside():
                    pass
        self.assertEqual(self.values(generation, "state", "attempts"), ("done", 1))
        self.assertEqual(self.count_posts(), 1)
        self.assertLessEqual(self.triggers(), before)

    def test_a_failure_is_stored_once_and_the_next_sweep_goes_on(self):
        (generation,) = self.ask("Locked limes", model="disconnect")
        with self.locked():
            with self.assertNoLogs("odoo.addons.blog_ai_generator.pump", "INFO"):
                with self.pump_beside():
                    pass
            self.assertEqual(self.outcomes([generation]), ["connection"])
        self.assertEqual(self.values(generation, "state"), ("queued",))
        with self.committed() as env:
            env["blog.ai.generation"].browse(generation).model = "good"
        self.let_time_pass([generation])
        self.pump()
        self.assertEqual(self.values(generation, "state"), ("done",))

    def test_the_wait_for_other_locks_is_as_long_as_before(self):
        with self.locked(), self.committed() as env:
            env.cr.execute("SET LOCAL lock_timeout = '7s'")
            env["blog.ai.generation"]._wake_pump()
            env.cr.execute("SHOW lock_timeout")
            self.assertEqual(env.cr.fetchone(), ("7s",))
        with self.committed() as env:
            env["blog.ai.generation"]._wake_pump()
            env.cr.execute("SHOW lock_timeout")
            self.assertEqual(env.cr.fetchone(), ("0",))
