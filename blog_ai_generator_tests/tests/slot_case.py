# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields

from .. import fixtures
from .pump_case import PumpCase


class SlotCase(PumpCase):
    """Slots and their topics, on committed data."""

    def _purge(self):
        with self.committed() as env:
            mine = [("blog_id", "=", self.blog_id)]
            env["blog.ai.slot"].search(mine).unlink()
            env.cr.execute(
                "DELETE FROM blog_ai_topic WHERE blog_id = %s", [self.blog_id]
            )
        return super()._purge()

    def transact(self, function, *args):
        return self.pump_of()._transact(function, *args)

    def slots(self, count: int, **values) -> list[int]:
        zone = fixtures.noon_zone()
        with self.committed() as env:
            slots = env["blog.ai.slot"].create(
                [
                    {
                        "name": f"Slot {number}",
                        "blog_id": self.blog_id,
                        "provider_id": self.provider_id,
                        "model": "good",
                        "lang": "en_US",
                        "tz": zone,
                        **values,
                    }
                    for number in range(count)
                ]
            )
            return slots.ids

    def queue(self, count: int) -> list[str]:
        """Create topics that wait in this order."""
        names = [f"Meadow number {number}" for number in range(count)]
        with self.committed() as env:
            env["blog.ai.topic"].create(
                [
                    {"name": name, "blog_id": self.blog_id, "sequence": number}
                    for number, name in enumerate(names)
                ]
            )
        return names

    def days_of_today(self, slots: list[int]) -> list[int]:
        with self.committed() as env:
            slots = env["blog.ai.slot"].browse(slots)
            slots.day_ids.unlink()
            today = slots[0]._local_now().date()
            now = fields.Datetime.now()
            days = env["blog.ai.slot.day"].create(
                [{**slot._prepare_day(today), "planned_at": now} for slot in slots]
            )
            return days.ids

    def run_days(self, days: list[int]) -> None:
        for day in days:
            self.transact(
                lambda env, day=day: env["blog.ai.slot.day"].browse(day)._run_locked()
            )
