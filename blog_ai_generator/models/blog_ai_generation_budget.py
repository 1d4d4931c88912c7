# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class BlogAiGenerationBudget(models.Model):
    """Generations that wait because a budget is used up."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    is_over_budget = fields.Boolean(compute="_compute_is_over_budget")

    @api.depends("state", "error_code")
    def _compute_is_over_budget(self):
        for generation in self:
            waits = (generation.state, generation.error_code) == ("queued", "budget")
            generation.is_over_budget = waits

    def _state_note(self) -> str | bool:
        if self.is_over_budget:
            return self.error
        return super()._state_note()

    @api.model
    def _requeue_lost(self) -> None:
        self.env["blog.ai.budget"]._make_months()
        return super()._requeue_lost()

    def action_raise_budget(self):
        """Raise the budgets for which this waits; for administrators."""
        self.ensure_one()
        budgets = self.env["blog.ai.budget"]._current(
            self.company_id, self.blog_id, self.currency_id
        )
        used_up = budgets.filtered(lambda budget: budget._lacks(self))
        return (used_up or budgets).sudo(False).action_raise()
