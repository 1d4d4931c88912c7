# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..pump import Limits

# Failures that another provider would not avoid.
NOT_THE_PROVIDERS = ("brief", "lost", "storage")


class BlogAiGenerationFallback(models.Model):
    """The provider that was requested, once another one has taken over."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    fallback_for_id = fields.Many2one(
        "blog.ai.provider",
        "Provider That Failed",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        copy=False,
        help="The provider that was requested and failed.",
    )

    def _asked_for(self):
        return self.fallback_for_id or self.provider_id

    def _requested_model(self) -> str:
        """Return the requested model; empty after a fallback.

        A model name belongs to the provider that it was chosen for.
        """
        return "" if self.fallback_for_id else self.model or ""

    def _prepare_fallback(self, code: str) -> dict:
        """Return the values with which another provider takes over, if one can.

        :param code: ``error_code`` of the failure
        """
        if code in NOT_THE_PROVIDERS:
            return {}
        asked_for = self._asked_for()
        following = asked_for._after(self.provider_id)
        return following and {
            "provider_id": following.id,
            "fallback_for_id": asked_for.id,
            "attempt_limit": self.attempts + Limits.of(self.env).max_attempts,
        }

    def _prepare_no_fallback(self) -> dict:
        return {"provider_id": self._asked_for().id, "fallback_for_id": False}
