# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import dataclasses

from odoo import fields, models

from .. import llm
from ..pump import Failure, Limits


class BlogAiGenerationAccount(models.Model):
    """The account by which a generation calls its provider.

    After an answer that was cut off, the same call would be cut off again. The next
    attempt lets the model think less or write more.
    """

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    # Empty for what the provider has.
    thinking = fields.Char(readonly=True, copy=False)
    max_output_tokens = fields.Integer(readonly=True, copy=False, aggregator=None)

    def _account(self, limits: Limits) -> llm.Account:
        account = self.provider_id._account(
            self._requested_model(),
            min(self.provider_id.time_limit, limits.call_timeout),
        )
        return dataclasses.replace(
            account,
            thinking=self.thinking or account.thinking,
            max_output_tokens=self.max_output_tokens or account.max_output_tokens,
        )

    def _worst_cost(self) -> float:
        """Return what one attempt may cost at most; 0 if that is not known."""
        return self.provider_id._worst_cost(
            self._requested_model(), self._octets(), self.max_output_tokens
        )

    def _output_maximum(self) -> int:
        provider = self.provider_id
        info = provider._model_info(self._requested_model() or provider.model)
        return info.max_output_tokens

    def _prepare_following(self, failure: Failure) -> dict:
        """Return the values with which the next attempt differs from the last one."""
        account = failure.following
        if account is None:
            return {}
        return {
            "thinking": account.thinking,
            "max_output_tokens": account.max_output_tokens,
        }

    def _prepare_fallback(self, code: str) -> dict:
        fallback = super()._prepare_fallback(code)
        return fallback and {**fallback, **self._prepare_own_account()}

    def _prepare_no_fallback(self) -> dict:
        """Keep what was learned if the same provider is asked again."""
        values = super()._prepare_no_fallback()
        learned = {} if not self.fallback_for_id else self._prepare_own_account()
        return {**values, **learned}

    def _prepare_own_account(self) -> dict:
        return {"thinking": False, "max_output_tokens": False}
