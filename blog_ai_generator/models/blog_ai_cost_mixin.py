# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

# An article costs fractions of a cent, and a call a fraction of that. The same for
# both: a generation's cost is the sum of its calls, and outlives them.
COST_DIGITS = (16, 6)


class BlogAiCostMixin(models.AbstractModel):
    """What has a ``cost`` in ``currency_id``: providers bill in different ones."""

    _name = "blog.ai.cost.mixin"
    _description = "Spending"

    def _read_group_select(self, aggregate_spec, query):
        """Nothing where a total would add dollars to euros: group by currency."""
        total = super()._read_group_select(aggregate_spec, query)
        if not aggregate_spec.startswith("cost:"):
            return total
        return SQL(
            "CASE WHEN COUNT(DISTINCT %s) <= 1 THEN %s END",
            self._field_to_sql(self._table, "currency_id", query),
            total,
        )
