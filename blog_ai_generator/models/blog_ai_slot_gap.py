# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo import fields, models

from ..messages import Message, as_json
from .blog_ai_slot import WEEKDAYS

# Days of a gap that get a row each: the newest ones. The first row names the others.
MOST_SHOWN = 14


class BlogAiSlotGap(models.Model):
    """Days that were never planned: no scheduled action ran for longer than the plan.

    They are planned afterwards. So they are run as late as any other day, or missed.
    """

    _inherit = "blog.ai.slot"  # pylint: disable=consider-merging-classes-inherited

    def _plan_gaps(self) -> None:
        """Plan the days of a gap before something changes the days of the slots."""
        if gaps := self._prepare_gaps(self._recent_days()):
            self.env["blog.ai.slot.day"].create(gaps)

    def _prepare_gaps(self, recent_days: dict) -> list[dict]:
        """Return the rows of days between the last known one and now.

        :param recent_days: the days from yesterday on, by slot
        """
        behind = self.filtered(
            lambda slot: slot._is_on() and not slot._is_planned(recent_days)
        )
        if not behind:
            return []
        last_days = self.env["blog.ai.slot.day"]._read_group(
            [("slot_id", "in", behind.ids)], ["slot_id"], ["day:max"]
        )
        return [row for slot, last in last_days for row in slot._prepare_gap(last)]

    def _is_planned(self, recent_days: dict) -> bool:
        today = self._local_now().date()
        return any(day >= today for day in recent_days.get(self, ()))

    def _prepare_gap(self, last: date) -> list[dict]:
        now = fields.Datetime.now()
        since = (self._local_now().date() - last).days
        days = (last + timedelta(days=offset) for offset in range(1, since + 1))
        gap = [d for d in days if self[WEEKDAYS[d.weekday()]] and self._at(d) <= now]
        rows = [self._prepare_day(day) for day in gap[-MOST_SHOWN:]]
        if others := gap[:-MOST_SHOWN]:
            values = {"count": str(len(others)), "date": others[0].isoformat()}
            rows[0]["error_message"] = as_json(Message("slot.gap", values))
        return rows
