# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import api, fields, models
from odoo.tools import format_date

WEEK = 7


class BlogAiSlotRunway(models.Model):
    """How long the topics of the queue last."""

    _inherit = "blog.ai.slot"  # pylint: disable=consider-merging-classes-inherited

    runway_note = fields.Char(compute="_compute_runway_note")

    @api.depends("waiting_count", "day_ids.state")
    @api.depends_context("lang")
    def _compute_runway_note(self):
        for slot in self:
            count = slot._origin and slot.active and slot.waiting_count
            slot.runway_note = slot._runway(count) if count else False

    def _runway(self, count: int) -> str:
        """Return until when so many topics are enough, for a person to read."""
        planned = self.env["blog.ai.slot.day"].search_fetch(
            [("slot_id", "in", self._sharing().ids), ("state", "=", "planned")],
            ["day"],
            order="planned_at, id",
            limit=count + 1,
        )
        if len(planned) <= count:
            return self.env._(
                "Topics left: %(count)s, enough for all days that are planned.",
                count=count,
            )
        return self.env._(
            "Topics left: %(count)s, enough until %(day)s.",
            count=count,
            day=self._day_name(planned[count - 1].day),
        )

    def _sharing(self):
        """Return the slots that take from the same topics."""
        if self.tag_ids:
            return self._origin
        same = [
            ("blog_id", "=", self.blog_id._origin.id),
            ("company_id", "=", self.company_id.id),
            ("tag_ids", "=", False),
        ]
        return self._origin | self.search(same)

    def _day_name(self, day: date) -> str:
        is_near = (day - self._local_now().date()).days < WEEK
        return format_date(self.env, day, date_format="EEEE" if is_near else False)

    def action_ask_ideas(self):
        self.ensure_one()
        return self.blog_id.action_blog_ai_ask_ideas()
