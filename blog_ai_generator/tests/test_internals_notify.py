# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import suppress
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields, sql_db
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import internals
from ..internals.notify import WOKEN
from .internals_case import CRON, InternalsCase


@tagged("post_install", "-at_install")
class TestNotifyOfInternals(InternalsCase):
    """Wake-ups and NOTIFYs, with Odoo's private way and without it."""

    def test_a_scheduled_action_is_woken(self):
        ours = [("cron_id", "=", self.env.ref(CRON).id)]
        later = fields.Datetime.now() + timedelta(hours=1)
        for _way in self.both_ways("_notifydb"):
            for at in (None, later):
                self.env["ir.cron.trigger"].search(ours).unlink()
                internals.trigger_cron(self.env, CRON, at)
                trigger = self.env["ir.cron.trigger"].search(ours)
                self.assertEqual(len(trigger), 1)
                self.assertLessEqual(
                    trigger.call_at, at or fields.Datetime.now() + timedelta(seconds=1)
                )

    def test_a_trigger_without_notification_wakes_nobody(self):
        ours = [("cron_id", "=", self.env.ref(CRON).id)]
        for expected, _way in zip((1, 0), self.both_ways("_notifydb"), strict=True):
            self.env["ir.cron.trigger"].search(ours).unlink()
            self.env.cr.postcommit.clear()
            internals.trigger_cron(self.env, CRON, notify=False)
            self.assertEqual(self.env["ir.cron.trigger"].search_count(ours), expected)
            self.assertFalse(self.env.cr.postcommit.data.get(WOKEN))

    def test_the_notifies_of_a_transaction_are_handed_over_together(self):
        after, sent = self.env.cr.postcommit, []
        names = ("get_notify_payloads",)
        for expected, _way in zip((2, 0), self.both_ways(*names), strict=True):
            after.clear()
            internals.take_notifies(self.env, sent.extend)
            after.add(lambda: self.assertFalse(sent, "Others come first."))
            for _message in range(2):
                self.env.user._bus_send("blog_ai_generator/any", {})
            internals.trigger_cron(self.env, CRON)
            with patch.object(sql_db, "db_connect") as connect:
                after.run()
            self.assertEqual(len(sent), expected)
            self.assertEqual(connect.called, not expected)
            sent.clear()

    def test_a_transaction_without_notifies_hands_nothing_over(self):
        self.env.cr.postcommit.clear()
        internals.take_notifies(self.env, self.fail)
        self.env.cr.postcommit.run()

    def test_the_notifies_outlive_a_savepoint_that_is_rolled_back(self):
        sent = []
        self.env.cr.postcommit.clear()
        internals.take_notifies(self.env, sent.extend)
        with suppress(psycopg2.Error), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self.env.cr.execute("SELECT 1 / 0")
        self.env.user._bus_send("blog_ai_generator/any", {})
        self.env.cr.postcommit.run()
        self.assertEqual([channel for channel, _payload in sent], ["imbus"])
