# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from ..messages import Message, render
from .blog_ai_slot import WEEKDAYS, _clock

_logger = logging.getLogger(__name__)

# Days that are planned ahead, and shown in the calendar.
HORIZON = 14
UTC = ZoneInfo("UTC")


class BlogAiSlotPlan(models.Model):
    """When a slot runs: its days planned ahead, the tick that runs them, a click."""

    # A file of its own: all that knows of the clock.
    _inherit = "blog.ai.slot"  # pylint: disable=consider-merging-classes-inherited

    def action_run_now(self):
        """Write today's post now: a day that was missed, or one still to come."""
        self.ensure_one()
        self.check_access("write")
        slot = self.sudo()
        slot._check_blog_active()
        if obstacle := slot._obstacle():
            raise UserError(render(self.env, obstacle))
        day = slot._today()
        day._check_not_run()
        ahead = day.state == "planned" and day.planned_at > fields.Datetime.now()
        day.planned_at = fields.Datetime.now()
        day._run(late=True)
        if not day.generation_id:
            topics = self.env["blog.ai.topic"].search(slot._topic_domain())
            raise RedirectWarning(
                slot._why_nothing(slot._sort_out(topics)),
                slot.action_open_topics(),
                self.env._("Open its topics"),
            )
        if ahead:
            slot._tell_used_up()
        return day._prepare_open_generation()

    def _tell_used_up(self) -> None:
        """To who pressed the button: on the screen that the click leads to."""
        message = self.env._(
            "This is today's post of %(slot)s: it does not run again today at "
            "%(time)s.",
            slot=self.name,
            time=_clock(self.hour),
        )
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
        """Why neither the provider nor who takes over from it would write, if so."""
        provider = self.provider_id
        if foreign := provider._obstacle_for(self.company_id):
            return foreign
        obstacle = provider._obstacle()
        return obstacle if obstacle and not provider._after(provider) else None

    def _today(self):
        """The row of the slot's local day, made if need be, and locked."""
        today = self._local_now().date()
        day = self.day_ids.filtered(lambda d: d.day == today)
        if day:
            day._wait_for_lock()
            return day
        # Of two clicks at once, the second one conflicts here: Odoo repeats it, and
        # that finds the row of the first one.
        self.env.cr.execute(
            "UPDATE blog_ai_slot SET write_date = now() WHERE id = %s",
            [self.id],
            log_exceptions=False,
        )
        return day.create(self._prepare_day(today))

    def _local_now(self) -> datetime:
        # In a form that is being filled in there may be no zone yet.
        zone = ZoneInfo(self.tz or "UTC")
        return fields.Datetime.now().replace(tzinfo=UTC).astimezone(zone)

    def _at(self, day: date) -> datetime:
        """The slot's moment on a local day, in UTC and naive as Odoo stores it.

        A time that a summer-time change leaves out is the same number of minutes after
        it; of one that comes twice, it is the first.
        """
        minutes = min(round(self.hour * 60), 24 * 60 - 1)
        local = datetime.combine(day, time(minutes // 60, minutes % 60))
        return (
            local.replace(tzinfo=ZoneInfo(self.tz)).astimezone(UTC).replace(tzinfo=None)
        )

    def _prepare_day(self, day: date) -> dict:
        return {"slot_id": self.id, "day": day, "planned_at": self._at(day)}

    def _is_on(self) -> bool:
        return self.active and self.blog_active

    def _plan(self) -> None:
        """Have a row for each day of the horizon, and be woken for the first one."""
        values = []
        # By the calendar of whichever zone is the last to begin a day.
        since = fields.Date.today() - timedelta(days=1)
        known_days = dict(
            self.env["blog.ai.slot.day"]._read_group(
                [("slot_id", "in", self.ids), ("day", ">=", since)],
                ["slot_id"],
                ["day:array_agg"],
            )
        )
        for slot in self.filtered(lambda s: s._is_on()):
            now = slot._local_now()
            known = set(known_days.get(slot, ()))
            for offset in range(HORIZON + 1):
                day = now.date() + timedelta(days=offset)
                if (
                    slot[WEEKDAYS[day.weekday()]]
                    and day not in known
                    and slot._at(day) > fields.Datetime.now()
                ):
                    values.append(slot._prepare_day(day))
        if values:
            self.env["blog.ai.slot.day"].create(values)
        self._wake_tick()

    def _replan(self) -> None:
        # A day that is due already is still run, or seen as missed.
        now = fields.Datetime.now()
        ahead = self.day_ids.filtered(
            lambda d: d.state == "planned"
            and (d.planned_at > now or not d.slot_id._is_on())
        )
        ahead.unlink()
        self.invalidate_recordset(["day_ids"])
        self._plan()

    def _wake_tick(self) -> None:
        """Be woken for the next day of each of us, unless that is asked for already."""
        moments = set(self._next_runs().values())
        cron = self.env.ref("blog_ai_generator.cron_slots").sudo()
        asked_for = cron.env["ir.cron.trigger"].search(
            [("cron_id", "=", cron.id), ("call_at", "in", list(moments))]
        )
        if missing := moments - set(asked_for.mapped("call_at")):
            cron._trigger(missing)

    @api.model
    def _cron_tick(self):
        """Run what is due, each slot for itself, and plan further days."""
        due = self.env["blog.ai.slot.day"].search(
            [("state", "=", "planned"), ("planned_at", "<=", fields.Datetime.now())],
            order="planned_at, id",
        )
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for day in due:
            try:
                day._run_locked()
                self.env["ir.cron"]._commit_progress(1)
            except psycopg2.OperationalError:
                # A person was at the same row: at once again.
                self.env.cr.rollback()
                self.env.ref("blog_ai_generator.cron_slots")._trigger()
            except Exception:
                # One slot's trouble is not that of the others; it is due again soon.
                self.env.cr.rollback()
                _logger.exception("Slot day %s could not be run", day.id)
        self.search([("active", "=", True)])._plan()
