# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from .slot_case import MONDAY, SlotCase

OVERDUE = "2026-06-01 06:31:00"


@tagged("post_install", "-at_install")
class TestSlotOverdue(SlotCase):
    """Slots whose scheduled action is switched off or does not run."""

    def setUp(self):
        super().setUp()
        with freeze_time(MONDAY):
            self.due = self.slot(name="Mornings", hour=8.0)

    def alerts(self, slot):
        return slot.activity_search(["mail.mail_activity_data_warning"])

    def note(self, at, user=None):
        with freeze_time(at):
            slot = self.due.with_user(user or self.env.user)
            slot.invalidate_recordset(["overdue_note"])
            return slot.overdue_note

    def test_a_slot_says_that_it_is_overdue_and_whom_to_ask(self):
        self.assertFalse(self.note("2026-06-01 06:29:00"))
        self.assertIn("is overdue", self.note(OVERDUE))
        self.assertIn("Ask an administrator", self.note(OVERDUE, self.writer))
        self.due.active = False
        self.assertFalse(self.note(OVERDUE))

    def test_another_scheduled_action_alerts_an_administrator_once(self):
        self.env["blog.ai.slot"].search([("id", "!=", self.due.id)]).active = False
        with freeze_time(MONDAY):
            later = self.slot(name="Noon", hour=8.25)
        with freeze_time("2026-06-01 07:00:00"):
            for _look in range(2):
                self.env["blog.ai.slot"]._alert_overdue()
            self.assertFalse(self.alerts(later))
            (alert,) = self.alerts(self.due)
            self.assertEqual(alert.summary, "Mornings did not run when it was due")
            self.assertIn("Blog AI: run daily slots", alert.note)

    def test_no_alert_before_it_is_overdue(self):
        with freeze_time("2026-06-01 06:29:00"):
            self.env["blog.ai.slot"]._alert_overdue()
        self.assertFalse(self.alerts(self.due))

    def test_a_slot_of_the_last_minute_runs_a_minute_late_under_its_own_day(self):
        with freeze_time(MONDAY):
            slot = self.slot(day_part="any", hour=23 + 59 / 60)
            self.topics("Lemons in pots")
        # 23:59 in Berlin, and 61 seconds.
        with freeze_time("2026-06-01 22:00:01"):
            self.tick()
        day = slot.last_day_id
        self.assertEqual((str(day.day), day.state), ("2026-06-01", "writing"))
        self.assertEqual(str(day.generation_id.slot_day), "2026-06-01")

    def test_after_some_hours_its_day_is_missed(self):
        with freeze_time(MONDAY):
            slot = self.slot(day_part="any", hour=23 + 59 / 60)
            self.topics("Lemons in pots")
        with freeze_time("2026-06-02 04:00:00"):
            self.tick()
        self.assertEqual(slot.last_state, "missed")
