# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from ..models.blog_ai_slot_gap import MOST_SHOWN
from .slot_case import MONDAY, SlotCase

# The plan of June 1 ends with June 15.
AFTER_DAYS, AFTER_MONTHS = "2026-06-21 12:00:00", "2026-09-01 12:00:00"


@tagged("post_install", "-at_install")
class TestSlotGap(SlotCase):
    """Days that nothing planned, because no scheduled action ran."""

    def setUp(self):
        super().setUp()
        with freeze_time(MONDAY):
            self.gone = self.slot()
            self.topics("Lemons in pots", "Figs on a wall")

    def run_again(self):
        """Let the scheduled action run, and once more because days are due."""
        self.tick()
        self.tick()

    def days(self, state, since="2026-06-16"):
        found = self.gone.day_ids.filtered(lambda d: d.state == state)
        return sorted(day for day in map(str, found.mapped("day")) if day >= since)

    def test_days_after_the_end_of_the_plan_are_missed_and_today_is_caught_up(self):
        with freeze_time(AFTER_DAYS):
            self.run_again()
        missed = [f"2026-06-{day}" for day in range(16, 21)]
        self.assertEqual(self.days("missed"), missed)
        self.assertEqual(self.days("writing"), ["2026-06-21"])
        self.assertEqual(len(self.gone.day_ids.generation_id), 1)
        self.assertFalse(any(self.gone.day_ids.mapped("error")))

    def test_of_a_long_gap_the_newest_days_are_shown_and_one_line_names_the_rest(self):
        with freeze_time(AFTER_MONTHS):
            self.run_again()
            missed = self.days("missed")
            self.assertEqual(len(missed), MOST_SHOWN - 1)
            self.assertEqual((missed[0], missed[-1]), ("2026-08-19", "2026-08-31"))
            noted = self.gone.day_ids.filtered("error")
            self.assertEqual(str(noted.day), missed[0])
            self.assertEqual(
                noted.error, "Days missed before this one: 64, from Jun 16 on."
            )
            before = self.gone.day_ids
            self.run_again()
            self.assertEqual(self.gone.day_ids, before)

    def test_a_slot_misses_its_own_weekdays_only(self):
        with freeze_time(MONDAY):
            self.gone.write({"sat": False, "sun": False})
        with freeze_time(AFTER_DAYS):
            self.run_again()
        missed = [f"2026-06-{day}" for day in (16, 17, 18, 19)]
        self.assertEqual(self.days("missed"), missed)

    def test_a_slot_that_was_archived_has_missed_nothing(self):
        with freeze_time(MONDAY):
            self.gone.active = False
        with freeze_time(AFTER_MONTHS):
            self.gone.active = True
            self.run_again()
        self.assertFalse(self.days("missed", since=""))

    def test_a_change_of_the_slot_does_not_hide_the_gap(self):
        with freeze_time(AFTER_DAYS):
            self.gone.hour = 9.0
            self.run_again()
        self.assertEqual(len(self.days("missed")), 5)
