# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from ..internals import group_column, group_spec

# An article costs fractions of a cent, and a call a fraction of that. Both have the
# same digits, because the cost of a generation is the sum of its calls.
COST_DIGITS = (16, 6)


class BlogAiCostMixin(models.AbstractModel):
    """A ``cost`` in ``currency_id``: providers bill in different currencies."""

    _name = "blog.ai.cost.mixin"
    _description = "Spending"

    def _read_group_select(self, *arguments):
        """Leave a total of the cost empty if it would add dollars to euros.

        Grouped by currency, each total has one.
        """
        total = super()._read_group_select(*arguments)
        if not group_spec(arguments).startswith("cost:"):
            return total
        return SQL(
            "CASE WHEN COUNT(DISTINCT %s) <= 1 THEN %s END",
            group_column(self, "currency_id", arguments),
            total,
        )
