# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..fields import PlainChar


class BlogAiWriteHeading(models.TransientModel):
    """A heading of an outline that is being made."""

    _name = "blog.ai.write.heading"
    _description = "Heading of an Outline"
    _order = "sequence, id"

    write_id = fields.Many2one(
        "blog.ai.write", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=100)
    name = PlainChar("Heading", required=True)
