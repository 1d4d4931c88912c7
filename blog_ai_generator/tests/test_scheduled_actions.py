# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged
from odoo.tools import convert

from .common import BlogAiCase

ADDON = "blog_ai_generator"
FILES = ("ir_cron_data.xml", "ir_cron_announce_data.xml", "ir_cron_models_data.xml")


@tagged("post_install", "-at_install")
class TestScheduledActions(BlogAiCase):
    """An upgrade leaves the scheduled actions to administrators."""

    def names(self):
        return self.env["ir.model.data"].search(
            [("module", "=", ADDON), ("model", "=", "ir.cron")]
        )

    def test_an_upgrade_keeps_an_administrators_intervals(self):
        cron = self.env.ref("blog_ai_generator.cron_slots")
        cron.interval_number = 7
        for name in FILES:
            path = f"data/{name}"
            convert.convert_file(self.env, ADDON, path, {}, mode="update")
        self.assertEqual(cron.interval_number, 7)

    def test_an_upgrade_brings_back_what_was_deleted(self):
        self.env.ref("blog_ai_generator.cron_announce").unlink()
        path = f"data/{FILES[1]}"
        convert.convert_file(self.env, ADDON, path, {}, mode="update")
        self.assertTrue(self.env.ref("blog_ai_generator.cron_announce"))

    def test_records_of_earlier_versions_are_handed_over(self):
        self.assertGreaterEqual(len(self.names()), 5)
        self.names().noupdate = False
        self.run_migration("19.0.1.3.0/pre-scheduled-actions.py")
        self.assertEqual(set(self.names().mapped("noupdate")), {True})
