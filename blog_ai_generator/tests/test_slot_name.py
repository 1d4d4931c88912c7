# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestSlotName(BlogAiCase):
    """Automatic names."""

    def slot(self, **values):
        values = {"blog_id": self.blog.id, "provider_id": self.offline.id, **values}
        return self.env["blog.ai.slot"].create(values)

    def test_no_two_slots_have_one_automatic_name(self):
        slots = self.slot() + self.slot() + self.slot(hour=9) + self.slot(name="Dawn")
        self.assertEqual(
            slots.mapped("name"),
            [
                "Unit blog, Morning 8:00",
                "Unit blog, Morning 8:00 (2)",
                "Unit blog, Morning 9:00",
                "Dawn",
            ],
        )

    def test_a_numbered_name_that_is_sent_back_stays_automatic(self):
        slot = self.slot() and self.slot()
        slot.name = "Unit blog, Morning 8:00 (2)"
        self.assertFalse(slot.own_name)
        slot.name = "Unit blog, Morning 8:00 (at home)"
        self.assertTrue(slot.own_name)

    def test_a_slot_of_any_time_is_named_after_blog_and_time(self):
        slot = self.slot(day_part="any", hour=6.5)
        self.assertEqual(slot.name, "Unit blog, 6:30")
