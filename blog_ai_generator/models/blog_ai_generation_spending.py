# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Sequence
from itertools import islice

from odoo import api, models
from odoo.tools import SQL

from ..attempt import Attempt
from ..pump import Failed, Outcome


class BlogAiGenerationSpending(models.Model):
    """The calls of a generation, and what they cost."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _log_calls(self, attempts: Sequence[Attempt]) -> list:
        """Log the requests of attempts, and add them to the totals.

        The first record of an attempt completes the row that was committed before the
        call. Its generation is empty if that has been deleted meanwhile.

        :return: the ``blog.ai.call`` records of each attempt
        """
        further, counts = [], []
        for attempt in attempts:
            values = self._prepare_calls(attempt)
            further += values[1:]
            counts.append(len(values) - 1)
        created = iter(self.env["blog.ai.call"].create(further))
        logged = []
        for attempt, count in zip(attempts, counts, strict=True):
            first = self.env["blog.ai.call"].browse(attempt.outcome.claim.call_id)
            calls = first.concat(*islice(created, count))
            logged.append(calls)
            attempt.generation._add_calls(attempt.outcome, calls)
        return logged

    @api.model
    def _prepare_calls(self, attempt: Attempt) -> list[dict]:
        """Complete the row of the first request, and return the values of all."""
        outcome, claim = attempt.outcome, attempt.outcome.claim
        first = self.env["blog.ai.call"].browse(claim.call_id)
        if not outcome.calls and isinstance(outcome, Failed):
            # It failed before any request was made.
            failure = outcome.failure
            values = {"outcome": failure.code, "detail": failure.detail, "cost": 0.0}
            first.write(values)
            return [values]
        records = [
            first._prepare_record(record, claim.prices) for record in outcome.calls
        ]
        first.write(records[0])
        shared = {
            "generation_id": attempt.generation.id,
            "provider_id": claim.provider_id,
            "company_id": claim.company_id,
            "blog_id": attempt.generation.blog_id.id,
            "attempt": claim.attempt,
            "voice_version_id": attempt.generation.voice_version_id.id,
        }
        return [{**values, **shared} for values in records]

    def _add_calls(self, outcome: Outcome, calls) -> None:
        if not outcome.calls:
            self._set_cost_nothing()
        elif self:
            spent = self._spent(calls)
            if not spent.get("cost") and self._has_unknown_cost(calls):
                spent.pop("cost", None)
            self.write(
                {
                    **{name: self[name] + more for name, more in spent.items()},
                    "model_answered": outcome.calls[-1].model_answered,
                }
            )

    def _set_cost_nothing(self) -> None:
        """Say that an attempt without a request cost nothing, if none did before."""
        for generation in self:
            if generation.cost is False and not generation._has_unknown_cost():
                generation.cost = 0.0

    def _has_unknown_cost(self, calls=()) -> bool:
        """Tell whether nothing is known of what earlier attempts cost.

        The cost of a lost call stays unknown, even if a refusal after it costs nothing.

        :param calls: ``blog.ai.call`` records of this attempt
        """
        if self.attempts < 2 or self.cost is not False:
            return False
        return any(call.cost is False for call in self.call_ids if call not in calls)

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
