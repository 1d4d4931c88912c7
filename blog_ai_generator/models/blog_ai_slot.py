# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..fields import PlainChar, PlainText
from ..messages import Message
from ..utils import hide_fields, selection_labels, time_zones
from .blog_ai_slot_day import DAY_STATES

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Part of the day: the hour proposed, and the hours it may lie between.
DAY_PARTS = {
    "morning": (8.0, 5.0, 12.0),
    "afternoon": (13.0, 12.0, 17.0),
    "evening": (18.0, 17.0, 23.99),
    "any": (9.0, 0.0, 23.99),
}
# A slot that failed so many times in a row needs somebody. Days without a try, such as
# those that found no topic, say nothing either way.
FAILED_DAYS = 3
# Columns that every brief has and no form of a slot shows.
UNUSED = {"keywords", "notes"}


class BlogAiSlot(models.Model):
    """A daily time at which a blog writes its next topic.

    Each of its days is a row (``blog.ai.slot.day``) from the moment it is planned, so
    that what was missed or found no topic is seen as well as what was written.
    """

    _name = "blog.ai.slot"
    _description = "Daily Slot"
    _inherit = ["blog.ai.alert.mixin", "blog.ai.proposed.brief.mixin"]
    _order = "blog_id, hour, id"

    # What nobody typed is said in the language of whoever reads it.
    own_name = PlainChar("Custom Name")
    name = PlainChar(
        compute="_compute_name", inverse="_inverse_name", search="_search_name"
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
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
        time_zones,
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
    # `blog_id` has no default: a page that is left saves what is complete, and a slot
    # that nobody asked for would spend money each day.
    tag_ids = fields.Many2many(
        string="Only Topics Tagged",
        help="Leave empty to take any topic of the blog.",
    )
    # For topics that have none; nobody is shown them yet.
    keywords = PlainChar(readonly=True)
    notes = PlainText(readonly=True)
    author_id = fields.Many2one(
        help="Author of posts whose topic has none. Leave empty to use the company."
    )
    publish = fields.Boolean(help="Otherwise the post waits as a draft.")
    reviewer_id = fields.Many2one(
        "res.users",
        compute="_compute_reviewer_id",
        store=True,
        readonly=False,
        precompute=True,
        domain=lambda self: (
            f"{self._domain_reviewer_id()} + [('company_ids', 'in', [company_id])]"
        ),
        help="Who is asked to approve or reject the drafts of this slot. Empty: any "
        "editor finds them under “To Review”.",
    )
    reviewer_active = fields.Boolean(
        "Reviewer's User Is Active", related="reviewer_id.active"
    )
    reviewer_address = fields.Char(
        "Reviewer's Email",
        related="reviewer_id.partner_id.email_normalized",
        help="Empty: the reviewer gets no mail.",
    )
    recipient_ids = fields.Many2many(
        help="These people get an email when a post of this slot is published. Leave "
        "empty to email nobody, not even the blog's or company's default recipients."
    )
    day_ids = fields.One2many("blog.ai.slot.day", "slot_id", "Days")
    next_run = fields.Datetime(
        compute="_compute_days",
        help="By the clock of who looks at it; “At” is by that of the slot's zone.",
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
    blog_active = fields.Boolean("Blog in Use", related="blog_id.active")

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        return hide_fields(super().fields_get(allfields, attributes), UNUSED)

    @api.model
    def _brief_fields(self):
        # A slot's tags choose its topics; they are not the tags of its posts.
        return super()._brief_fields() - {"tag_ids"}

    # On nothing but the choice: who is left out on purpose is not proposed again.
    @api.depends("publish")
    def _compute_reviewer_id(self):
        """Whoever has a slot make drafts, unless it is Odoo itself."""
        user = self.env.user
        may_review = user.active and user.has_group("website.group_website_designer")
        for slot in self:
            slot.reviewer_id = slot.reviewer_id or (
                may_review
                and not slot.publish
                and slot.company_id in user.company_ids
                and user
            )

    @api.depends("own_name", "blog_id.name", "day_part", "hour")
    @api.depends_context("lang")
    def _compute_name(self):
        unnamed = self.filtered(lambda slot: not slot.own_name)
        numbers = unnamed._numbers_at_their_time()
        for slot in self - unnamed:
            slot.name = slot.own_name
        for slot in unnamed:
            number = numbers.get(slot._origin.id)
            name = slot._automatic_name()
            slot.name = f"{name} ({number})" if name and number else name

    def _numbers_at_their_time(self) -> dict[int, int]:
        """From 2 on, by id, where nobody named several of one blog's at one time."""
        groups = (
            self.sudo()
            .with_context(active_test=False)
            ._read_group(
                [("blog_id", "in", self.blog_id.ids), ("own_name", "=", False)],
                ["blog_id", "day_part", "hour"],
                ["id:array_agg"],
                having=[("__count", ">", 1)],
            )
        )
        return {
            slot_id: number
            for *_time, ids in groups
            for number, slot_id in enumerate(sorted(ids)[1:], 2)
        }

    def _inverse_name(self):
        for slot in self:
            automatic = rf"{re.escape(slot._automatic_name() or '')}( \(\d+\))?"
            is_automatic = re.fullmatch(automatic, slot.name or "")
            slot.own_name = False if is_automatic else slot.name

    def _automatic_name(self) -> str | bool:
        """With the hour: a blog may have several slots in one part of the day."""
        parts = selection_labels(self, "day_part")
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

    @api.depends("day_ids.state", "day_ids.planned_at")
    def _compute_days(self):
        past = self._last_days(SQL("slot_id = ANY(%s)", self.ids))
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
        """A table of each slot's last day that is not merely planned."""
        self.env["blog.ai.slot.day"].flush_model(["slot_id", "day", "state"])
        return SQL(
            """
            (SELECT DISTINCT ON (slot_id) slot_id, id, state FROM blog_ai_slot_day
              WHERE state != 'planned' AND %s
              ORDER BY slot_id, day DESC) AS last_day
            """,
            condition,
        )

    def _next_runs(self) -> dict:
        """When the next day of each slot is planned, by id; not of one without any."""
        planned = self.env["blog.ai.slot.day"]._read_group(
            [("slot_id", "in", self.ids), ("state", "=", "planned")],
            ["slot_id"],
            ["planned_at:min"],
        )
        return {slot.id: planned_at for slot, planned_at in planned}

    @api.constrains(*WEEKDAYS)
    def _check_weekdays(self):
        if not all(any(slot[day] for day in WEEKDAYS) for slot in self):
            raise ValidationError(
                self.env._("Choose at least one weekday, or archive the slot.")
            )

    @api.constrains("hour", "day_part")
    def _check_hour(self):
        parts = selection_labels(self, "day_part")
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

    @api.constrains("blog_id")
    def _check_blog_company(self):
        self.blog_id._blog_ai_check_company()

    @api.constrains("provider_id", "company_id")
    def _check_provider_company(self):
        for slot in self:
            slot.provider_id._check_serves(slot.company_id)

    @api.constrains("active", "provider_id")
    def _check_provider(self):
        for slot in self.filtered("active"):
            if not slot.provider_id.active:
                raise ValidationError(
                    self.env._(
                        "The slot %(slot)s of %(company)s writes by %(provider)s, and "
                        "an archived provider writes nothing. Choose another provider "
                        "there first.",
                        slot=slot.name,
                        company=slot.company_id.name,
                        provider=slot.provider_id.name,
                    )
                )

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
        zones = dict(time_zones(self))
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
        if "active" in vals and not vals["active"]:
            self.sudo()._settle_alerts()
        if {"active", "blog_id", "hour", "day_part", "tz", *WEEKDAYS} & vals.keys():
            self.sudo()._replan()
        return result

    def _alert_failing(self) -> None:
        """Tell an administrator when the last days on which it tried all failed."""
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


def _clock(hour: float) -> str:
    minutes = round(hour * 60)
    return f"{minutes // 60}:{minutes % 60:02d}"
