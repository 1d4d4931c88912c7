# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import ValidationError

from ..llm.prompt import HEADING_LIMIT, MOST_HEADINGS


class BlogAiGenerationOutline(models.Model):
    """The outline that a post should follow."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    @api.constrains("outline")
    def _check_outline(self):
        for generation in self:
            headings = generation._headings()
            if len(headings) > MOST_HEADINGS:
                raise ValidationError(
                    self.env._(
                        "The outline has %(count)s headings. Keep it to %(most)s.",
                        count=len(headings),
                        most=MOST_HEADINGS,
                    )
                )
            if long := [it for it in headings if len(it) > HEADING_LIMIT]:
                raise ValidationError(
                    self.env._(
                        "The heading “%(heading)s…” has %(count)s characters. Keep it "
                        "to %(most)s.",
                        heading=long[0][:40],
                        count=len(long[0]),
                        most=HEADING_LIMIT,
                    )
                )

    def _headings(self) -> tuple[str, ...]:
        return tuple(filter(str.strip, (self.outline or "").splitlines()))
