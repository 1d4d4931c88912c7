# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from ..pump import Failed, Outcome


class BlogAiGenerationSpending(models.Model):
    """The calls of a generation, and what they cost."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    def _log_calls(self, outcome: Outcome):
        """Log the requests of an attempt, add them to the totals, and return them.

        The first record completes the row that was committed before the call. ``self``
        is empty if the generation has been deleted meanwhile.
        """
        first = self.env["blog.ai.call"].browse(outcome.claim.call_id)
        if not outcome.calls and isinstance(outcome, Failed):
            # It failed before any request was made.
            failure = outcome.failure
            values = {"outcome": failure.code, "detail": failure.detail, "cost": 0.0}
            first.write(values)
            self._set_cost_nothing()
            return first
        calls = self._log_records(first, outcome)
        if self:
            spent = self._spent(calls)
            self.write(
                {
                    **{name: self[name] + more for name, more in spent.items()},
                    "model_answered": outcome.calls[-1].model_answered,
                }
            )
        return calls

    def _set_cost_nothing(self) -> None:
        """Say that an attempt without a request cost nothing, if none did before."""
        for generation in self:
            if generation.cost is False:
                generation.cost = 0.0

    def _log_records(self, first, outcome: Outcome):
        claim = outcome.claim
        values = [
            first._prepare_record(record, claim.prices) for record in outcome.calls
        ]
        first.write(values[0])
        shared = {
            "generation_id": self.id,
            "provider_id": claim.provider_id,
            "company_id": claim.company_id,
            "attempt": claim.attempt,
        }
        return first + first.create([{**more, **shared} for more in values[1:]])

    def _add_spending(self, calls) -> None:
        """Add calls that were made for the post after it was written to the totals.

        The database adds them, since others may do the same at once.

        :param calls: ``blog.ai.call`` records of one provider
        """
        if not self:
            return
        spent = self._spent(calls)
        cost = spent.get("cost")
        self.flush_recordset(["tokens_in", "tokens_out", "cost"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE blog_ai_generation
                   SET tokens_in = COALESCE(tokens_in, 0) + %s,
                       tokens_out = COALESCE(tokens_out, 0) + %s,
                       cost = COALESCE(cost + %s, cost, %s)
                 WHERE id = %s
                """,
                spent["tokens_in"],
                spent["tokens_out"],
                cost,
                cost,
                self.id,
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(["tokens_in", "tokens_out", "cost"])

    def _spent(self, calls) -> dict:
        """Return what ``calls`` add to the totals, as rounded on their rows.

        The cost leaves out calls in another currency, of a provider that took over. It
        is missing if it is not known of any call.
        """
        paid = calls.filtered(lambda call: call.currency_id == self.currency_id)
        costs = [call.cost for call in paid if call.cost is not False]
        return {
            "tokens_in": sum(calls.mapped("tokens_in")),
            "tokens_out": sum(calls.mapped("tokens_out")),
            **({"cost": sum(costs)} if costs else {}),
        }
