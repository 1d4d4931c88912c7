# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

WARNING = "mail.mail_activity_data_warning"


class BlogAiAlert(models.AbstractModel):
    """What an administrator must know, as an activity on the record, once."""

    _name = "blog.ai.alert"
    _description = "Alert to Administrators"
    _inherit = ["mail.thread", "mail.activity.mixin"]

    def _alert_administrators(self, summary: str, note: str) -> None:
        """Schedule one activity, unless the last one is still open."""
        self.ensure_one()
        if self.activity_search([WARNING]):
            return
        administrator = self.env["res.users"].search(
            [
                ("all_group_ids", "in", self.env.ref("base.group_system").ids),
                ("company_ids", "in", self._alert_company().ids),
            ],
            order="id",
            limit=1,
        )
        self.activity_schedule(
            WARNING,
            summary=summary,
            note=note,
            user_id=administrator.id or self.env.uid,
        )

    def _alert_company(self):
        return self.company_id or self.env.company
