# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import plaintext2html

from ..messages import Message, render

REPLACE = "blog_ai_generator.mail_activity_type_model_end"
# Days before the end of a model on which administrators are notified.
NOTICES = (60, 14)


class BlogAiModelEndMixin(models.AbstractModel):
    """A record that uses a language model, which its provider may switch off."""

    _name = "blog.ai.model.end.mixin"
    _description = "Notice of the End of a Model"
    _inherit = ["blog.ai.alert.mixin"]

    # The last notice: the model, the day on which it ends, and the days before it.
    model_end_notice = fields.Char(readonly=True, copy=False)

    def _model_in_use(self):
        """Return the provider and the name of the model.

        The name is empty for the provider's default model, of which the provider's own
        notice tells.
        """
        return self.provider_id, self.model or ""

    def _users_of_model(self) -> str:
        """Return the names of what else depends on this record's model."""
        return ""

    def _check_model_end(self) -> None:
        """Notify administrators once 60 days before the model ends, and once 14."""
        self.ensure_one()
        provider, model = self._model_in_use()
        days = provider._days_left(model)
        notice = False
        if days is not None and days <= NOTICES[0]:
            stage = min(stage for stage in NOTICES if days <= stage)
            ends_on = provider._model_info(model).ends_on
            notice = f"{model} {ends_on} {stage if days >= 0 else 0}"
        if notice == self.model_end_notice:
            return
        self.model_end_notice = notice
        self.activity_unlink([REPLACE])
        if notice:
            self._schedule_model_end(provider, model)

    def _schedule_model_end(self, provider, model: str) -> None:
        administrator = self._administrators(limit=1) or self.env.user
        reader = self.with_user(administrator).with_context(lang=administrator.lang)
        note = [render(reader.env, Message("model.replace"))]
        if names := self._users_of_model():
            note.append(render(reader.env, Message("model.used_by", {"names": names})))
        today = fields.Date.today()
        ends_on = fields.Date.to_date(provider._model_info(model).ends_on or False)
        self.activity_schedule(
            REPLACE,
            max(ends_on or today, today),
            summary=render(reader.env, provider._ending(model)),
            note=plaintext2html("\n".join(note)),
            user_id=administrator.id,
        )
