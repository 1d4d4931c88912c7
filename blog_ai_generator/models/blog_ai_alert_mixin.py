# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import plaintext2html

from ..messages import Message, render

WARNING = "mail.mail_activity_data_warning"


class BlogAiAlertMixin(models.AbstractModel):
    """A problem that an administrator must fix, as one activity on the record."""

    _name = "blog.ai.alert.mixin"
    _description = "Alert to Administrators"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    def _alert_administrators(
        self, summary: Message, generation, note: Message | None = None
    ) -> None:
        """Schedule one activity, unless the last one is still open.

        :param summary: of the activity, in the administrator's language
        :param generation: the failed ``blog.ai.generation``; its error is the note
        :param note: instead of that error
        """
        self.ensure_one()
        if self.activity_search([WARNING]):
            return
        administrator = self._administrators(limit=1) or self.env.user
        generation = generation.with_user(administrator).sudo()
        generation = generation.with_context(lang=administrator.lang)
        text = render(generation.env, note) if note else generation.error
        self.activity_schedule(
            WARNING,
            summary=render(generation.env, summary),
            note=text and plaintext2html(text),
            user_id=administrator.id,
        )

    def _administrators(self, limit: int | None = None):
        return self.env["res.users"].search(
            [
                ("all_group_ids", "in", self.env.ref("base.group_system").ids),
                ("company_ids", "in", (self.company_id or self.env.company).ids),
            ],
            order="id",
            limit=limit,
        )

    def _set_alerts_done(self) -> None:
        self.activity_feedback([WARNING])
