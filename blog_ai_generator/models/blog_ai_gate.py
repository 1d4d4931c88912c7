# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class BlogAiGate(models.Model):
    """The one row that every claim updates.

    Two claims that read the same snapshot could both see room for the last call. Both
    update this row, so that PostgreSQL refuses the second one and it looks again.
    """

    _name = "blog.ai.gate"
    _description = "Gate of the Claims"
    _log_access = False

    claimed_at = fields.Datetime("Last Claim", readonly=True)
