# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..messages import Message, as_json
from ..pump import BESIDE_OCTETS, Limits
from .blog_ai_provider_price import PRICE_DIGITS


class BlogAiGenerationBudget(models.Model):
    """Generations that wait because a budget is used up."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    is_over_budget = fields.Boolean(compute="_compute_is_over_budget")
    # Prices of a million tokens of the requested model, if it is not the provider's
    # default and has a list price.
    listed_in = fields.Float(
        digits=PRICE_DIGITS, compute="_compute_listed", store=True, precompute=True
    )
    listed_out = fields.Float(
        digits=PRICE_DIGITS, compute="_compute_listed", store=True, precompute=True
    )

    @api.depends("state", "error_code")
    def _compute_is_over_budget(self):
        for generation in self:
            waits = (generation.state, generation.error_code) == ("queued", "budget")
            generation.is_over_budget = waits

    @api.depends("model", "provider_id")
    def _compute_listed(self):
        for generation in self:
            price = generation.provider_id._other_price(generation.model)
            generation.listed_in = price and price.tokens_in
            generation.listed_out = price and price.tokens_out

    def _state_note(self) -> str | bool:
        if self.is_over_budget:
            return self.error
        return super()._state_note()

    def _octets(self) -> int:
        """Return the most octets of a request beside its instructions, in UTF-8."""
        # Texts are quoted: each line begins with a mark.
        texts = (text.replace("\n", "\n> ") for text in (self.topic, *self._texts()))
        beside = BESIDE_OCTETS if self.kind == "article" else self.source_octets
        return sum(len(text.encode()) for text in texts) + beside

    @api.model
    def _octets_in_sql(self) -> SQL:
        """Return the length of the texts of the brief of a row ``queued``."""
        length = "COALESCE(octet_length(replace(queued.%s, E'\\n', E'\\n> ')), 0)"
        names = map(SQL.identifier, self._text_fields())
        return SQL(" + ").join(SQL(length, name) for name in names)

    def _price_obstacle(self) -> Message | None:
        return self.env["blog.ai.budget"]._price_obstacle(
            self.company_id, self.provider_id, self._requested_model()
        )

    @api.model
    def _requeue_lost(self) -> bool:
        self.env["blog.ai.budget"]._make_months()
        return super()._requeue_lost()

    def _without_refused(self, found) -> tuple:
        """Return those that are leased; those that a budget refuses wait from now on.

        :param found: for each the id of its call, or that of the budget that refuses it
        :return: the leased generations, and the ids of their calls
        """
        leased = []
        for generation, (call_id, budget_id) in zip(self, found, strict=True):
            if call_id:
                leased.append((generation.id, call_id))
            else:
                budget = self.env["blog.ai.budget"].browse(budget_id)
                generation._wait_for_budget(budget)
        ids, call_ids = zip(*leased, strict=True) if leased else ((), ())
        return self.browse(ids), call_ids

    def _wait_for_budget(self, budget) -> None:
        """Say that this waits for the next month, or let a free fallback write it."""
        asked_for = self._asked_for()
        free = asked_for._free_of_charge()
        message = as_json(budget._used_up("budget.used_up"))
        values = {"error_code": "budget", "error_message": message}
        if free:
            values["provider_id"] = free.id
            values["fallback_for_id"] = asked_for.id
            values["attempt_limit"] = self.attempts + Limits.of(self.env).max_attempts
            self._queue_again(0.0, values)
        else:
            self.write({**values, "error_detail": False})
        budget._warn()
        self._notify_updated()

    def action_raise_budget(self):
        """Raise the budgets for which this waits; for administrators."""
        self.ensure_one()
        budgets = self.env["blog.ai.budget"]._current(
            self.company_id, self.blog_id, self.currency_id
        )
        used_up = budgets.filtered(lambda budget: budget._lacks(self))
        needed = self._worst_cost()
        budgets = (used_up or budgets).sudo(False)
        return budgets.with_context(blog_ai_needed=needed).action_raise()
