# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from odoo.addons.base.models.res_partner import _tz_get

from ..llm.sentence import _lt
from .blog_ai_generation import LENGTHS
from .blog_ai_slot_day import DAY_STATES
from .blog_ai_topic import LOOK_AHEAD

_logger = logging.getLogger(__name__)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Part of the day: the hour proposed, and the hours it may lie between.
DAY_PARTS = {
    "morning": (8.0, 5.0, 12.0),
    "afternoon": (13.0, 12.0, 17.0),
    "evening": (18.0, 17.0, 23.99),
    "any": (9.0, 0.0, 23.99),
}
# Days that are planned ahead, and shown in the calendar.
HORIZON = 14
# A slot that failed on so many of its days in a row needs somebody.
FAILED_DAYS = 3
UTC = ZoneInfo("UTC")


class Waiting(NamedTuple):
    """The topics that wait for a slot: for today, for a later day, for a person."""

    ready: models.BaseModel
    later: models.BaseModel
    held: models.BaseModel


class BlogAiSlot(models.Model):
    """A daily time at which a blog writes its next topic.

    Each of its days is a row (``blog.ai.slot.day``) from the moment it is planned, so
    that what was missed or found no topic is seen as well as what was written.
    """

    _name = "blog.ai.slot"
    _description = "Daily Slot"
    _inherit = ["blog.ai.alert", "blog.ai.typed"]
    _order = "blog_id, hour, id"
    _typed_line = ("own_name", "name", "model")

    # What nobody typed is said in the language of whoever reads it.
    own_name = fields.Char()
    name = fields.Char(
        compute="_compute_name", inverse="_inverse_name", search="_search_name"
    )
    active = fields.Boolean(default=True)
    blog_id = fields.Many2one(
        "blog.blog",
        required=True,
        ondelete="cascade",
        index=True,
        default=lambda self: self.env["blog.blog"].search([], limit=1),
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True
    )
    day_part = fields.Selection(
        [
            ("morning", "Morning"),
            ("afternoon", "Afternoon"),
            ("evening", "Evening"),
            ("any", "Any time"),
        ],
        "Time of Day",
        required=True,
        default="morning",
    )
    hour = fields.Float(
        "At",
        compute="_compute_hour",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    tz = fields.Selection(
        _tz_get,
        "Time Zone",
        required=True,
        default=lambda self: self.env.user.tz or "UTC",
    )
    mon = fields.Boolean(default=True)
    tue = fields.Boolean(default=True)
    wed = fields.Boolean(default=True)
    thu = fields.Boolean(default=True)
    fri = fields.Boolean(default=True)
    sat = fields.Boolean()
    sun = fields.Boolean()
    provider_id = fields.Many2one(
        "blog.ai.provider",
        required=True,
        ondelete="restrict",
        domain="[('company_id', 'in', [company_id, False])]",
        default=lambda self: self.env.company._blog_ai_default_provider(),
    )
    available_models = fields.Json(related="provider_id.available_models")
    model = fields.Char(help="Empty: the provider's default model.")
    lang = fields.Selection(
        selection="_selection_lang",
        string="Language",
        required=True,
        default=lambda self: self.env["blog.ai.write"]._default_lang(),
    )
    words = fields.Selection(LENGTHS, "Length", required=True, default="800")
    tag_ids = fields.Many2many(
        "blog.tag",
        string="Only Topics Tagged",
        help="Empty: the slot takes any topic of the blog.",
    )
    author_id = fields.Many2one("res.partner")
    publish = fields.Boolean(
        "Publish Automatically", help="Otherwise the post waits as a draft."
    )
    reviewer_id = fields.Many2one(
        "res.users",
        domain=lambda self: (
            f"{self._domain_reviewer_id()} + [('company_ids', 'in', [company_id])]"
        ),
        help="Who approves or rejects the drafts of this slot.",
    )
    recipient_ids = fields.Many2many(
        "res.partner",
        string="Recipients",
        compute="_compute_recipient_ids",
        store=True,
        readonly=False,
        precompute=True,
    )
    day_ids = fields.One2many("blog.ai.slot.day", "slot_id", "Days")
    next_run = fields.Datetime(compute="_compute_days")
    last_day_id = fields.Many2one("blog.ai.slot.day", compute="_compute_days")
    last_state = fields.Selection(DAY_STATES, "Last Outcome", compute="_compute_days")
    blog_active = fields.Boolean("Blog Active", related="blog_id.active")
    waiting_count = fields.Integer(
        "Topics Waiting",
        compute="_compute_waiting",
        help="Those that the slot may write today.",
    )
    waiting_note = fields.Char(compute="_compute_waiting")

    @api.model
    def _selection_lang(self) -> list[tuple[str, str]]:
        return self.env["res.lang"].get_installed()

    @api.depends("blog_id")
    def _compute_recipient_ids(self):
        for slot in self:
            slot.recipient_ids = slot.blog_id._blog_ai_recipients()

    @api.depends("own_name", "blog_id.name", "day_part", "hour")
    @api.depends_context("lang")
    def _compute_name(self):
        for slot in self:
            slot.name = slot.own_name or slot._automatic_name()

    def _inverse_name(self):
        for slot in self:
            automatic = slot._automatic_name()
            slot.own_name = slot.name if slot.name != automatic else False

    def _automatic_name(self) -> str | bool:
        """With the hour: a blog may have several slots in one part of the day."""
        parts = dict(self._fields["day_part"]._description_selection(self.env))
        blog = self.blog_id.sudo()
        part = parts.get(self.day_part, "")
        return blog.name and f"{blog.name}, {part} {_clock(self.hour)}"

    @api.model
    def _search_name(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("own_name", operator, value) | Domain(
            "own_name", "=", False
        ) & Domain("blog_id.name", operator, value)

    @api.depends("day_part")
    def _compute_hour(self):
        for slot in self:
            proposed, earliest, latest = DAY_PARTS[slot.day_part]
            if not earliest <= slot.hour <= latest or not slot.hour:
                slot.hour = proposed

    @api.depends("blog_id.website_id.company_id")
    def _compute_company_id(self):
        for slot in self:
            slot.company_id = slot.blog_id.website_id.company_id or (
                slot.company_id or self.env.company
            )

    @api.depends("day_ids.state", "day_ids.planned_at")
    def _compute_days(self):
        self.env["blog.ai.slot.day"].flush_model(["slot_id", "day", "state"])
        planned = self.env["blog.ai.slot.day"]._read_group(
            [("slot_id", "in", self.ids), ("state", "=", "planned")],
            ["slot_id"],
            ["planned_at:min"],
        )
        past = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (slot_id) slot_id, id FROM blog_ai_slot_day
                 WHERE slot_id = ANY(%s) AND state != 'planned'
                 ORDER BY slot_id, day DESC
                """,
                self.ids,
            )
        )
        next_runs = {slot.id: planned_at for slot, planned_at in planned}
        last_days = dict(past)
        for slot in self:
            slot.next_run = next_runs.get(slot.id)
            slot.last_day_id = last_days.get(slot.id)
            slot.last_state = slot.last_day_id.state

    @api.depends("blog_id", "tag_ids", "tz")
    def _compute_waiting(self):
        """The same few queries for any number of slots of one blog."""
        topics = self.env["blog.ai.topic"].search_fetch(
            [("blog_id", "in", self.blog_id.ids), ("state", "=", "waiting")],
            ["blog_id", "company_id", "name", "not_before", "sequence", "state"],
        )
        by_blog = topics.grouped("blog_id")
        for slot in self:
            waiting = slot._sort_out(by_blog.get(slot.blog_id._origin, topics.browse()))
            slot.waiting_count = len(waiting.ready)
            slot.waiting_note = slot._note_on(waiting)

    def _sort_out(self, topics) -> Waiting:
        """:param topics: waiting in the slot's blog, in their order"""
        topics = topics.filtered(lambda t: t.company_id == self.company_id)
        tags = set(self.tag_ids._origin.ids)
        if tags:
            topics = topics.filtered(lambda t: not tags.isdisjoint(t.tag_ids.ids))
        today = self._local_now().date()
        later = topics.filtered(lambda t: t.not_before and t.not_before > today)
        ready = topics - later
        # As far as a run looks: when all of these are held back, it takes nothing.
        first = ready[:LOOK_AHEAD]
        held = first.filtered("similar_to")
        return Waiting(ready - (held if first - held else ready), later, held)

    def _note_on(self, waiting: Waiting) -> str:
        """Why topics that wait are not taken today; empty when all may be."""
        if not waiting.ready:
            return self._why_nothing(waiting)
        if not (waiting.later or waiting.held):
            return ""
        return self.env._(
            "Not counted: %(later)s waiting for a later day, %(held)s held back "
            "because they resemble something else.",
            later=len(waiting.later),
            held=len(waiting.held),
        )

    def _why_nothing(self, waiting: Waiting) -> str:
        """Why a run of today finds no topic, and what to do."""
        reasons = []
        for topic in waiting.held[:1]:
            reasons.append(
                self.env._(
                    "“%(topic)s” is held back because it resembles %(similar)s.",
                    topic=topic.name,
                    similar=topic.similar_to,
                )
            )
        for topic in waiting.later.sorted("not_before")[:1]:
            reasons.append(
                self.env._(
                    "“%(topic)s” waits for %(date)s.",
                    topic=topic.name,
                    date=format_date(self.env, topic.not_before),
                )
            )
        advice = self.env._(
            "No topic is waiting that this slot may write today. Add one to the queue "
            "of %(blog)s.",
            blog=self.blog_id.name,
        )
        return " ".join([advice, *reasons])

    def _topic_domain(self) -> list:
        domain = [
            ("blog_id", "=", self.blog_id.id),
            ("company_id", "=", self.company_id.id),
            ("state", "=", "waiting"),
        ]
        if self.tag_ids:
            domain.append(("tag_ids", "in", self.tag_ids.ids))
        return domain

    @api.constrains(*WEEKDAYS)
    def _check_weekdays(self):
        if not all(any(slot[day] for day in WEEKDAYS) for slot in self):
            raise ValidationError(
                self.env._("Choose at least one weekday, or archive the slot.")
            )

    @api.constrains("hour", "day_part")
    def _check_hour(self):
        parts = dict(self._fields["day_part"]._description_selection(self.env))
        for slot in self:
            _proposed, earliest, latest = DAY_PARTS[slot.day_part]
            if not earliest <= slot.hour <= latest:
                raise ValidationError(
                    self.env._(
                        "“%(part)s” is from %(from)s to %(to)s. Choose a time in "
                        "that range, or “Any time”.",
                        part=parts[slot.day_part],
                        to=_clock(latest),
                        **{"from": _clock(earliest)},
                    )
                )

    @api.constrains("provider_id", "company_id")
    def _check_provider_company(self):
        for slot in self:
            slot.provider_id._check_serves(slot.company_id)

    @api.model
    def _domain_reviewer_id(self) -> list:
        designers = self.env.ref("website.group_website_designer")
        return [("all_group_ids", "in", designers.ids)]

    @api.constrains("reviewer_id", "company_id")
    def _check_reviewer(self):
        for slot in self.filtered("reviewer_id"):
            reviewer = slot.reviewer_id.sudo()
            if (
                not reviewer.filtered_domain(self._domain_reviewer_id())
                or slot.company_id not in reviewer.company_ids
            ):
                raise ValidationError(
                    self.env._(
                        "%(user)s may not edit the website of %(company)s. Choose "
                        "another reviewer, or have an administrator give that right.",
                        user=reviewer.name,
                        company=slot.company_id.name,
                    )
                )

    @api.model
    def _check_tz(self, *vals_list: dict) -> None:
        """Before the ORM does, whose error is none for people."""
        zones = dict(_tz_get(self))
        for vals in vals_list:
            if vals.get("tz") and vals["tz"] not in zones:
                raise ValidationError(
                    self.env._(
                        "“%(tz)s” is not a time zone. Choose one from the list, such "
                        "as Europe/Berlin.",
                        tz=vals["tz"],
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_tz(*vals_list)
        slots = super().create(vals_list)
        slots.sudo()._plan()
        return slots

    def write(self, vals):
        self._check_tz(vals)
        result = super().write(vals)
        if "name" in vals:
            # A name that was cleared is the automatic one from now on.
            self.invalidate_recordset(["name", "display_name"])
        if {"active", "blog_id", "hour", "day_part", "tz", *WEEKDAYS} & vals.keys():
            self.sudo()._replan()
        return result

    def action_run_now(self):
        """Write today's post now: a day that was missed, or one still to come."""
        self.ensure_one()
        self.check_access("write")
        slot = self.sudo()
        slot._check_blog_active()
        slot.provider_id._check_any_can_write()
        day = slot._today()
        day._check_not_run()
        day._run(late=True)
        if not day.generation_id:
            topics = self.env["blog.ai.topic"].search(slot._topic_domain())
            raise UserError(slot._why_nothing(slot._sort_out(topics)))
        return {
            "type": "ir.actions.act_window",
            "res_model": "blog.ai.generation",
            "res_id": day.generation_id.id,
            "views": [(False, "form")],
        }

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

    def action_open_topics(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "blog_ai_generator.action_topic"
        )
        action["domain"] = self._topic_domain()
        action["context"] = {"default_blog_id": self.blog_id.id}
        return action

    def _alert_failing(self) -> None:
        """Tell an administrator when the last days all failed."""
        for slot in self:
            last = self.env["blog.ai.slot.day"].search(
                [("slot_id", "=", slot.id), ("state", "!=", "planned")],
                order="day desc",
                limit=FAILED_DAYS,
            )
            if last.mapped("state") == ["failed"] * FAILED_DAYS:
                slot._alert_administrators(
                    _lt(
                        "%(name)s has failed %(count)s days in a row",
                        name=slot.name,
                        count=str(FAILED_DAYS),
                    ),
                    last[:1].generation_id,
                )

    # Planning

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
        for slot in self.filtered(lambda s: s._is_on()):
            now = slot._local_now()
            known = set(slot.day_ids.mapped("day"))
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
        cron = self.env.ref("blog_ai_generator.cron_slots").sudo()
        for moment in {slot.next_run for slot in self if slot.next_run}:
            cron._trigger(moment)

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


def _clock(hour: float) -> str:
    minutes = round(hour * 60)
    return f"{minutes // 60}:{minutes % 60:02d}"
