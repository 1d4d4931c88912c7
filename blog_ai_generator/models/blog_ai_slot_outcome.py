# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..messages import Message
from .blog_ai_slot_day import DAY_STATES

# A slot that failed so many times in a row alerts an administrator. Days without an
# attempt, such as those without a topic, do not count.
FAILED_DAYS = 3


class BlogAiSlotOutcome(models.Model):
    """The results of a slot's days, and its next run."""

    _inherit = "blog.ai.slot"  # pylint: disable=consider-merging-classes-inherited

    day_ids = fields.One2many("blog.ai.slot.day", "slot_id", "Days")
    next_run = fields.Datetime(
        compute="_compute_days",
        help="In your time zone; “At” is in the slot's time zone.",
    )
    last_day_id = fields.Many2one(
        "blog.ai.slot.day", "Last Slot Day", compute="_compute_days"
    )
    last_day = fields.Date(compute="_compute_days")
    last_state = fields.Selection(
        DAY_STATES,
        "Last Outcome",
        compute="_compute_days",
        search="_search_last_state",
    )

    @api.depends("day_ids.state", "day_ids.planned_at")
    def _compute_days(self):
        past = self._last_days(SQL("id = ANY(%s)", self.ids))
        next_runs = self._next_runs()
        last_days = dict(
            self.env.execute_query(SQL("SELECT slot_id, id FROM %s", past))
        )
        for slot in self:
            slot.next_run = next_runs.get(slot.id)
            slot.last_day_id = last_days.get(slot.id)
            slot.last_day = slot.last_day_id.day
            slot.last_state = slot.last_day_id.state

    @api.model
    def _search_last_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        states = [state for state in value if state]
        past = self._last_days(SQL("TRUE"))
        found = Domain(
            "id",
            "in",
            SQL("(SELECT slot_id FROM %s WHERE state = ANY(%s))", past, states),
        )
        if False in value:
            found |= Domain("day_ids", "not any", [("state", "!=", "planned")])
        return found

    @api.model
    def _last_days(self, condition: SQL) -> SQL:
        self.env["blog.ai.slot.day"].flush_model(["slot_id", "day", "state"])
        return SQL(
            """
            (SELECT slot.id AS slot_id, last.id, last.state
               FROM (SELECT id FROM blog_ai_slot WHERE %s) slot
              CROSS JOIN LATERAL (
                    SELECT id, state FROM blog_ai_slot_day
                     WHERE slot_id = slot.id AND state != 'planned'
                     ORDER BY day DESC
                     LIMIT 1) last) AS last_day
            """,
            condition,
        )

    def _next_runs(self) -> dict[int, datetime]:
        planned = self.env["blog.ai.slot.day"]._read_group(
            [("slot_id", "in", self.ids), ("state", "=", "planned")],
            ["slot_id"],
            ["planned_at:min"],
        )
        return {slot.id: planned_at for slot, planned_at in planned}

    def _alert_failing(self) -> None:
        for slot in self:
            last = self.env["blog.ai.slot.day"].search(
                [("slot_id", "=", slot.id), ("state", "in", ("written", "failed"))],
                order="day desc",
                limit=FAILED_DAYS,
            )
            if last.mapped("state") == ["failed"] * FAILED_DAYS:
                slot._alert_administrators(
                    Message(
                        "slot.failing", {"name": slot.name, "count": str(FAILED_DAYS)}
                    ),
                    last[:1].generation_id,
                )
