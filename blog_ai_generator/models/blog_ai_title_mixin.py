# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..fields import TitleKeys
from ..similar_keys import title_keys
from ..utils import hide_fields


class BlogAiTitleMixin(models.AbstractModel):
    """A title that is found by titles that resemble it."""

    _name = "blog.ai.title.mixin"
    _description = "Title That Is Compared"

    title_keys = TitleKeys(compute="_compute_title_keys", store=True, precompute=True)

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        return hide_fields(super().fields_get(allfields, attributes), {"title_keys"})

    @api.depends(lambda self: [self._rec_name] if self._rec_name else [])
    def _compute_title_keys(self):
        for record in self:
            record.title_keys = title_keys(record[self._rec_name] or "")
