# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..messages import Message
from ..pump import Failure

# Failures that an administrator fixes at the provider, or in its settings here.
ACCOUNT_TROUBLE = {"authentication", "permission", "quota"}
# Failures that recur until somebody changes the provider's settings.
SETTINGS_TROUBLE = {
    "bad_request.base_url",
    "bad_request.no_model",
    "bad_request.not_chat",
    "bad_request.not_found",
    "bad_request.output_limit",
    "bad_request.placeholder",
    "bad_request.plan",
    "bad_request.protocol",
    "bad_request.redirect",
}


class BlogAiProviderAlert(models.Model):
    """Alerts about failures that only an administrator can end."""

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    def _alert_failure(self, failure: Failure, generation) -> None:
        """Alert administrators if attempts fail until somebody fixes the provider."""
        key = failure.message.key
        # The context of one's own server is a setting; a hosted model's is not.
        is_small = key == "truncated.context" and self._preset().is_own_server
        if failure.code in ACCOUNT_TROUBLE or key in SETTINGS_TROUBLE or is_small:
            self._alert_refused(generation)

    def _alert_refused(self, generation) -> None:
        self._alert_administrators(
            Message("provider.refuses", {"name": self.name}), generation
        )
