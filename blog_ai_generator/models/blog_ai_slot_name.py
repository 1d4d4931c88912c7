# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models
from odoo.fields import Domain

from ..fields import PlainChar
from ..utils import clock_time, selection_labels


class BlogAiSlotName(models.Model):
    """The name of a slot: automatic in the reader's language, or a custom one."""

    _inherit = "blog.ai.slot"  # pylint: disable=consider-merging-classes-inherited

    own_name = PlainChar("Custom Name")
    name = PlainChar(
        compute="_compute_name", inverse="_inverse_name", search="_search_name"
    )

    @api.depends("own_name", "blog_id.name", "day_part", "hour")
    @api.depends_context("lang")
    def _compute_name(self):
        unnamed = self.filtered(lambda slot: not slot.own_name)
        numbers = unnamed._numbers_of_equal_names()
        for slot in self - unnamed:
            slot.name = slot.own_name
        for slot in unnamed:
            number = numbers.get(slot._origin.id)
            name = slot._automatic_name()
            slot.name = f"{name} ({number})" if name and number else name

    def _numbers_of_equal_names(self) -> dict[int, int]:
        """Return numbers for automatic names that would be equal: {slot id: 2, 3, …}.

        The oldest slot keeps the plain name.
        """
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
        # The hour is in it: a blog may have several slots in one part of the day.
        blog, time = self.blog_id.sudo(), clock_time(self.hour)
        if self.day_part != "any":
            parts = selection_labels(self, "day_part")
            time = f"{parts.get(self.day_part, '')} {time}"
        return blog.name and f"{blog.name}, {time}"

    @api.model
    def _search_name(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain("own_name", operator, value) | Domain(
            "own_name", "=", False
        ) & Domain("blog_id.name", operator, value)
