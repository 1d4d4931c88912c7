# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import api, fields, models
from odoo.tools import format_date

from ..utils import day_text, with_one_stop

WEEK = 7


class BlogAiSlotRunway(models.Model):
    """The time for which the topics of the queue last."""

    _inherit = "blog.ai.slot"  # pylint: disable=consider-merging-classes-inherited

    runway_note = fields.Char(compute="_compute_runway_note")

    @api.depends("waiting_count", "day_ids.state")
    @api.depends_context("lang")
    def _compute_runway_note(self):
        self.runway_note = False
        supplied = self.filtered(lambda s: s._origin and s.active and s.waiting_count)
        untagged = supplied._untagged()
        groups = supplied.grouped(lambda slot: slot._sharing(untagged))
        planned = self.env["blog.ai.slot.day"]
        if groups:
            everyone = self.browse().union(*groups)
            planned = planned.search_fetch(
                [("slot_id", "in", everyone.ids), ("state", "=", "planned")],
                ["day", "slot_id"],
                order="planned_at, id",
            )
        for sharing, slots in groups.items():
            days = planned.filtered(lambda day, them=sharing: day.slot_id in them)
            for slot in slots:
                slot.runway_note = slot._runway(slot.waiting_count, days)

    def _runway(self, count: int, planned) -> str:
        """Return until when so many topics are enough, for a person to read.

        :param planned: the days that take from the same topics, in their order
        """
        if len(planned) <= count:
            return self.env._(
                "Topics left: %(count)s, enough for all days that are planned.",
                count=count,
            )
        day = self._day_name(planned[count - 1].day)
        note = self.env._(
            "Topics left: %(count)s, enough until %(day)s.", count=count, day=day
        )
        return with_one_stop(note, day)

    def _untagged(self):
        """Return the slots that take any topic of the blogs of these."""
        if all(slot.tag_ids for slot in self):
            return self.browse()
        blogs = self.blog_id._origin
        return self.search_fetch(
            [("blog_id", "in", blogs.ids), ("tag_ids", "=", False)],
            ["blog_id", "company_id"],
        )

    def _sharing(self, untagged):
        """Return the slots that take from the same topics.

        :param untagged: slots that take any topic of their blog and company
        """
        if self.tag_ids:
            return self._origin
        return self._origin | untagged.filtered(
            lambda s: (
                s.blog_id == self.blog_id._origin and s.company_id == self.company_id
            )
        )

    def _day_name(self, day: date) -> str:
        is_near = (day - self._local_now().date()).days < WEEK
        if is_near:
            return format_date(self.env, day, date_format="EEEE")
        return day_text(self.env, day)

    def action_ask_ideas(self):
        self.ensure_one()
        return self.blog_id.action_blog_ai_ask_ideas()
