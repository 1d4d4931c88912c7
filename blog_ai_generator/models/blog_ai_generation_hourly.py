# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from ..pump import Limits

HOUR = timedelta(hours=1)


class BlogAiGenerationHourly(models.Model):
    """How many posts a person may ask for in an hour, which is a setting."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _check_hourly(self) -> None:
        """Raise if the user has asked for as many posts as the settings allow.

        Two clicks at the same moment may both pass: the budget limits the cost.
        Without a limit, it runs no query.
        """
        most = Limits.of(self.env).posts_per_hour
        if not most:
            return
        # Retries count as well: they set the time anew.
        asked = self.sudo().search(
            [
                ("user_id", "=", self.env.uid),
                ("queued_at", ">", self.env.cr.now() - HOUR),
            ],
            order="queued_at desc, id desc",
            limit=most,
        )
        if len(asked) == most:
            raise UserError(
                self.env._(
                    "You have reached the limit of posts that one person may ask for "
                    "in an hour (%(count)s). Wait until %(time)s, or ask an "
                    "administrator to raise it under Website ▸ Configuration ▸ "
                    "Settings ▸ Blog AI.",
                    count=most,
                    time=self._clock(asked[-1].queued_at + HOUR),
                )
            )
