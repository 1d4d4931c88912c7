# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..fields import PlainChar, PlainText
from ..utils import clock_time, hide_fields, selection_labels, time_zones

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Fields whose change plans the days ahead anew.
PLAN = {"active", "blog_id", "hour", "day_part", "tz", *WEEKDAYS}
# Part of the day: the proposed hour, and the earliest and latest one.
DAY_PARTS = {
    "morning": (8.0, 5.0, 12.0),
    "afternoon": (13.0, 12.0, 17.0),
    "evening": (18.0, 17.0, 23.99),
    "any": (9.0, 0.0, 23.99),
}
# Columns that every brief has and no form of a slot shows.
UNUSED = {"keywords", "notes", "outline"}


class BlogAiSlot(models.Model):
    """A daily time at which a blog writes its next topic.

    Each of its days is a row (``blog.ai.slot.day``) from the moment it is planned. Days
    that were missed or found no topic are seen as well as those that were written.
    """

    _name = "blog.ai.slot"
    _description = "Daily Slot"
    _inherit = ["blog.ai.model.end.mixin", "blog.ai.proposed.brief.mixin"]
    _order = "blog_id, hour, id"

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
    tag_ids = fields.Many2many(
        string="Topics with These Tags",
        help="Leave empty to take any topic of the blog.",
    )
    # Values for topics that have none; no form shows them.
    keywords = PlainChar(readonly=True)
    notes = PlainText(readonly=True)
    outline = PlainText(readonly=True)
    author_id = fields.Many2one(
        help="Author of posts whose topic has none. Leave empty to use the company."
    )
    publish = fields.Boolean(help="Otherwise the post waits as a draft.")
    recipient_ids = fields.Many2many(
        help="These people get an email when a post of this slot is published. Leave "
        "empty to email nobody, not even the blog's or company's default recipients."
    )
    blog_active = fields.Boolean("Blog in Use", related="blog_id.active")

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        return hide_fields(super().fields_get(allfields, attributes), UNUSED)

    @api.model
    def _default_blog_id(self):
        """Propose a blog if there is no other: a slot writes into it each day."""
        return self.env["blog.blog"]._blog_ai_only()

    @api.model
    def _brief_fields(self):
        # A slot's tags choose its topics; they are not the tags of its posts.
        return super()._brief_fields() - {"tag_ids"}

    @api.depends("day_part")
    def _compute_hour(self):
        for slot in self:
            proposed, earliest, latest = DAY_PARTS[slot.day_part]
            if not earliest <= slot.hour <= latest or not slot.hour:
                slot.hour = proposed

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
                        to=clock_time(latest),
                        **{"from": clock_time(earliest)},
                    )
                )

    @api.constrains("blog_id")
    def _check_blog_company(self):
        self.blog_id._blog_ai_check_company()

    @api.constrains("provider_id", "company_id")
    def _check_provider_company(self):
        for slot in self:
            slot.provider_id._check_serves(slot.company_id)

    @api.constrains("voice_id", "company_id")
    def _check_voice_company(self):
        for slot in self:
            slot.voice_id._check_serves(slot.company_id)

    @api.constrains("active", "provider_id")
    def _check_provider(self):
        for slot in self.filtered("active"):
            if not slot.provider_id.active:
                raise ValidationError(
                    self.env._(
                        "The slot %(slot)s of %(company)s uses %(provider)s, and an "
                        "archived provider writes nothing. Choose another provider "
                        "there first.",
                        slot=slot.name,
                        company=slot.company_id.name,
                        provider=slot.provider_id.name,
                    )
                )

    @api.model
    def _check_tz(self, *vals_list: dict) -> None:
        """Check the time zone first: the ORM's own error is not meant for users."""
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
        is_plan = PLAN & vals.keys()
        if is_plan:
            self.sudo()._plan_gaps()
        result = super().write(vals)
        if "name" in vals:
            # A name that was cleared becomes the automatic one.
            self.invalidate_recordset(["name", "display_name"])
        if "active" in vals and not vals["active"]:
            self.sudo()._set_alerts_done()
        if is_plan:
            self.sudo()._replan()
        return result
