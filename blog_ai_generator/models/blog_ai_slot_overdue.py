# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

from ..database import database_hold
from ..messages import Message, render

# Twice the interval of the scheduled action, which finds what no trigger was left for.
LATE = timedelta(minutes=30)


class BlogAiSlotOverdue(models.Model):
    """Slots that should have run: their scheduled action is off, or does not run."""

    _inherit = "blog.ai.slot"  # pylint: disable=consider-merging-classes-inherited

    overdue_note = fields.Char("Obstacle", compute="_compute_overdue_note")

    @api.depends("next_run", "active", "blog_active")
    @api.depends_context("lang", "uid")
    def _compute_overdue_note(self):
        since = fields.Datetime.now() - LATE
        for slot in self:
            is_overdue = slot.next_run and slot.next_run < since and slot._is_on()
            slot.overdue_note = is_overdue and render(self.env, slot._overdue())

    def _overdue(self) -> Message:
        return database_hold(self.env) or Message("slot.overdue")

    @api.model
    def _alert_overdue(self) -> None:
        # Another scheduled action looks, because that of the slots may be off. One
        # alert is enough: on the slot that is overdue for longest.
        day = self.env["blog.ai.slot.day"].search(
            [
                ("state", "=", "planned"),
                ("planned_at", "<", fields.Datetime.now() - LATE),
                ("slot_id.active", "=", True),
                ("slot_id.blog_id.active", "=", True),
            ],
            order="planned_at, id",
            limit=1,
        )
        for slot in day.slot_id:
            summary = Message("slot.late", {"name": slot.name})
            nothing = self.env["blog.ai.generation"]
            slot._alert_administrators(summary, nothing, Message("slot.overdue"))
