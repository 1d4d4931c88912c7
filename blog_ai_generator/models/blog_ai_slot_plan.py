# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from ..database import database_hold
from ..internals import cached_ref, trigger_cron
from ..messages import Message, render
from ..utils import clock_time
from .blog_ai_slot import WEEKDAYS

_logger = logging.getLogger(__name__)

# Days that are planned ahead and shown in the calendar.
HORIZON = 14
# Due days that share a transaction. Their topics are locked until its end.
AT_ONCE = 50
UTC = ZoneInfo("UTC")
CRON = "blog_ai_generator.cron_slots"


class BlogAiSlotPlan(models.Model):
    """The days of a slot: planned ahead, run by the scheduled action or by a click."""

    _inherit = "blog.ai.slot"  # pylint: disable=consider-merging-classes-inherited

    def action_run_now(self):
        """Write today's post now, whether its time has passed or is still to come."""
        self.ensure_one()
        self.check_access("write")
        slot = self.sudo()
        slot._check_blog_active()
        if obstacle := slot._obstacle() or slot._budget_obstacle():
            raise UserError(render(self.env, obstacle))
        day = slot._today()
        day._check_not_run()
        ahead = day.state == "planned" and day.planned_at > fields.Datetime.now()
        day.planned_at = fields.Datetime.now()
        day._run(late=True)
        if not day.generation_id:
            (waiting,) = slot._waiting()
            raise RedirectWarning(
                slot._why_nothing(waiting),
                slot.action_open_topics(),
                self.env._("Open its topics"),
            )
        if ahead:
            slot._notify_used_up()
        return day._prepare_open_generation()

    def _notify_used_up(self) -> None:
        message = self.env._(
            "This is today's post of %(slot)s: it does not run again today at "
            "%(time)s.",
            slot=self.name,
            time=clock_time(self.hour),
        )
        self._notify_person(message)

    def _notify_passed(self) -> None:
        message = self.env._(
            "%(time)s has passed already, so the slot “%(slot)s” does not run today. "
            "Press “Run now” to write today's post nevertheless.",
            slot=self.name,
            time=clock_time(self.hour),
        )
        self._notify_person(message)

    def _notify_person(self, message: str) -> None:
        # The bus carries it, because a click or a save may open another page.
        self.env.user._bus_send(
            "simple_notification", {"type": "info", "message": message}
        )

    def _check_blog_active(self) -> None:
        if not self.blog_active:
            raise UserError(
                self.env._(
                    "The blog %(blog)s is archived, so its slots write nothing. "
                    "Restore it under Website ▸ Configuration ▸ Blogs, filter "
                    "“Archived”, or choose another blog.",
                    blog=self.blog_id.name,
                )
            )

    def _obstacle(self) -> Message | None:
        """Return why nothing can be written: brief, provider and fallback, or None."""
        if obstacle := database_hold(self.env) or self._brief_obstacle():
            return obstacle
        provider = self.provider_id
        if foreign := provider._obstacle_for(self.company_id):
            return foreign
        obstacle = provider._obstacle()
        return obstacle if obstacle and not provider._after(provider) else None

    def _budget_obstacle(self) -> Message | None:
        budgets = self.env["blog.ai.budget"]
        return budgets._obstacle(
            self.company_id, self.blog_id, self.provider_id, self.model
        )

    def _today(self):
        """Lock and return the row of the slot's local day; create it if missing."""
        today = self._local_now().date()
        day = self.day_ids.filtered(lambda d: d.day == today)
        if day:
            day._wait_for_lock()
            return day
        # The second of two simultaneous clicks conflicts here. Odoo repeats it, and it
        # finds the row of the first one.
        self.env.cr.execute(
            "UPDATE blog_ai_slot SET write_date = now() WHERE id = %s",
            [self.id],
            log_exceptions=False,
        )
        return day.create(self._prepare_day(today))

    def _local_now(self) -> datetime:
        # A form that is being filled in may have no time zone yet.
        zone = ZoneInfo(self.tz or "UTC")
        return fields.Datetime.now().replace(tzinfo=UTC).astimezone(zone)

    def _at(self, day: date) -> datetime:
        """Return the moment of the slot on a local day, in UTC and naive.

        A time that summer time skips is as many minutes later; of a time that comes
        twice, the first one counts.
        """
        minutes = min(round(self.hour * 60), 24 * 60 - 1)
        local = datetime.combine(day, time(minutes // 60, minutes % 60))
        return (
            local.replace(tzinfo=ZoneInfo(self.tz)).astimezone(UTC).replace(tzinfo=None)
        )

    def _prepare_day(self, day: date) -> dict:
        return {"slot_id": self.id, "day": day, "planned_at": self._at(day)}

    def _has_passed_today(self) -> bool:
        today = self._local_now().date()
        is_its_day = self[WEEKDAYS[today.weekday()]]
        return is_its_day and self._at(today) <= fields.Datetime.now()

    def _is_on(self) -> bool:
        return self.active and self.blog_active

    def _plan(self, with_gaps: bool = False) -> None:
        """Make the rows of the days ahead, and wake the scheduled action for them.

        :param with_gaps: also make rows for past days that were never planned
        """
        recent_days = self._recent_days()
        values = [
            slot._prepare_day(day)
            for slot in self.filtered(lambda s: s._is_on())
            for day in slot._days_ahead()
            if day not in recent_days.get(slot, ())
        ]
        if with_gaps:
            values += self._prepare_gaps(recent_days)
        if values:
            self.env["blog.ai.slot.day"].create(values)
        self._wake_tick()

    def _recent_days(self) -> dict:
        # It may still be yesterday in time zones west of UTC.
        since = fields.Date.today() - timedelta(days=1)
        recent = [("slot_id", "in", self.ids), ("day", ">=", since)]
        days = self.env["blog.ai.slot.day"]
        return dict(days._read_group(recent, ["slot_id"], ["day:array_agg"]))

    def _days_ahead(self) -> list[date]:
        today = self._local_now().date()
        days = [today + timedelta(days=offset) for offset in range(HORIZON + 1)]
        now = fields.Datetime.now()
        return [d for d in days if self[WEEKDAYS[d.weekday()]] and self._at(d) > now]

    def _replan(self) -> None:
        # A day that is already due stays: it is run, or shown as missed.
        now = fields.Datetime.now()
        ahead = self.day_ids.filtered(
            lambda d: d.state == "planned"
            and (d.planned_at > now or not d.slot_id._is_on())
        )
        had_today = ahead.filtered(
            lambda d: d.day == d.slot_id._local_now().date()
        ).slot_id
        ahead.unlink()
        self.invalidate_recordset(["day_ids"])
        self._plan()
        for slot in had_today.filtered(lambda s: s._is_on() and s._has_passed_today()):
            slot._notify_passed()

    def _wake_tick(self) -> None:
        moments = set(self._next_runs().values())
        cron = cached_ref(self.env, CRON)
        asked_for = (
            self.env["ir.cron.trigger"]
            .sudo()
            .search([("cron_id", "=", cron.id), ("call_at", "in", list(moments))])
        )
        if missing := moments - set(asked_for.mapped("call_at")):
            trigger_cron(self.env, CRON, missing)

    @api.model
    def _cron_tick(self):
        """Run the days that are due, many in a transaction, and plan further days.

        In a copy of a database they stay planned until somebody confirms it.
        """
        if database_hold(self.env):
            return
        due = self.env["blog.ai.slot.day"].search(
            [("state", "=", "planned"), ("planned_at", "<=", fields.Datetime.now())],
            order="planned_at, id",
        )
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for first in range(0, len(due), AT_ONCE):
            self._run_days(due[first : first + AT_ONCE])
        self.search([("active", "=", True)])._plan(with_gaps=True)

    @api.model
    def _run_days(self, days) -> None:
        """Run days in one transaction; if that fails, halve them until one is left."""
        try:
            days._run_locked()
            self.env["ir.cron"]._commit_progress(len(days))
            return
        except psycopg2.OperationalError:
            self.env.cr.rollback()
            if len(days) == 1:
                # A person was changing the same row: try again at once.
                trigger_cron(self.env, CRON)
        except Exception:
            self.env.cr.rollback()
            if len(days) == 1:
                # One slot must not stop the others. It stays due for the next tick.
                _logger.exception("Slot day %s could not be run", days.id)
        if len(days) > 1:
            middle = len(days) // 2
            self._run_days(days[:middle])
            self._run_days(days[middle:])
