# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Statements of daily slots and their scheduled action."""

from datetime import timedelta

from odoo import fields

from .workshop import Workshop


class SlotStages(Workshop):
    """The days of slots, and the scheduled action that runs them."""

    def slot_days(self, count: int) -> list[int]:
        """Create days that are due, each of a slot of its own with its own topic."""
        with self.committed() as env:
            slots = env["blog.ai.slot"].create(
                [self._prepare_slot(number) for number in range(count)]
            )
            env["blog.ai.topic"].create(
                [
                    {"name": self.topic(), "blog_id": self.blog_id}
                    for _number in range(count)
                ]
            )
            slots.day_ids.unlink()
            today = slots[0]._local_now().date()
            due = fields.Datetime.now() - timedelta(minutes=1)
            days = [{**slot._prepare_day(today), "planned_at": due} for slot in slots]
            return env["blog.ai.slot.day"].create(days).ids

    def _prepare_slot(self, number: int) -> dict:
        return {
            "name": f"Slot {number}",
            "day_part": "any",
            "hour": number % 24,
            "blog_id": self.blog_id,
            "provider_id": self.provider_id,
            "lang": "en_US",
            "tz": self.zone,
        }

    def run_slot_days(self, count: int) -> list[str]:
        """Run days, each in a transaction of its own as the scheduled action does."""
        texts = []
        for day in self.slot_days(count):
            texts += self.do(
                lambda env, day=day: env["blog.ai.slot.day"].browse(day)._run_locked()
            )[1]
        return texts

    def tick(self, due: int, resting: int = 0) -> list[str]:
        """Run the scheduled action as Odoo does.

        Each slot has an hour of its own, and one more day to plan.

        :param due: slots that have to write now
        :param resting: slots that do not
        """
        with self.committed() as env:
            env["blog.ai.slot"].search([("blog_id", "=", self.blog_id)]).unlink()
        days = self.slot_days(due + resting)
        with self.committed() as env:
            slots = env["blog.ai.slot.day"].browse(days).slot_id
            slots._plan()
            last = max(slots.day_ids.mapped("day"))
            slots.day_ids.filtered(
                lambda day: day.day == last or day.id in days[due:]
            ).unlink()
            # A tick requests a wake-up for moments that have none yet.
            cron = env.ref("blog_ai_generator.cron_slots")
            env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]).unlink()
        return self.do(self._tick)[1]

    def _tick(self, env) -> None:
        cron = env.ref("blog_ai_generator.cron_slots")
        cron, _progress = cron.with_context(cron_id=cron.id)._add_progress()
        cron.env["blog.ai.slot"]._cron_tick()
