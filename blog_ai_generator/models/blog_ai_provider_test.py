# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..messages import Message, as_json, render
from .blog_ai_call import OUTCOME_LABELS

FORGOTTEN = {"last_test": False, "last_test_at": False, "last_test_message": False}


class BlogAiProviderTest(models.Model):
    """The last connection test, until somebody changes what it tested.

    Stored, because calls are deleted after a while, and because each proposal of a
    provider asks for it.
    """

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    last_test = fields.Selection(
        list(OUTCOME_LABELS.items()), readonly=True, copy=False
    )
    last_test_at = fields.Datetime("Tested", readonly=True, copy=False)
    # Made by ``messages.as_json``; empty after a success.
    last_test_message = fields.Json(readonly=True, copy=False)
    last_test_note = fields.Char(compute="_compute_last_test_note")

    @api.depends("last_test", "last_test_message")
    @api.depends_context("lang", "uid")
    def _compute_last_test_note(self):
        for provider in self:
            message = provider.last_test_message
            provider.last_test_note = message and render(self.env, message, here=True)

    def _last_test_failed(self) -> bool:
        return bool(self.last_test) and self.last_test != "ok"

    def _warning(self) -> Message | None:
        """Return what to consider before this provider is chosen."""
        if self._last_test_failed():
            return Message("provider.test_failed", {"name": self.name})
        return None

    def _set_last_test(self, call, message: Message | None = None) -> None:
        """Remember the result of a connection test.

        Written at once: a conflict with a pump must appear where it is retried.

        :param message: why it failed
        """
        self.write(
            {
                **FORGOTTEN,
                "last_test": call.outcome,
                "last_test_at": call.create_date,
                "last_test_message": message and as_json(message),
            }
        )
        self.flush_recordset(FORGOTTEN)

    def _set_account_changed(self):
        self.write(FORGOTTEN)
        return super()._set_account_changed()

    def web_resequence(self, specification, field_name="sequence", offset=0):
        # The list does not ask for it, although another order has another default.
        specification = {**specification, "is_default": {}}
        return super().web_resequence(specification, field_name, offset)
