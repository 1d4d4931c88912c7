# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Sequence
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from ..pump import Limits

HOUR = timedelta(hours=1)


class BlogAiGenerationHourly(models.Model):
    """The number of posts that a person may ask for in an hour: a setting."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _check_hourly(self, more: int = 1, again: Sequence[int] = ()) -> None:
        """Raise if the user would ask for more posts than the settings allow.

        Two clicks at the same moment may both pass: the budget limits the cost.
        It runs no query without a limit.

        :param more: posts and translations that are asked for now
        :param again: ids of those among them that are retried
        """
        most = Limits.of(self.env).posts_per_hour
        if not most:
            return
        if more > most:
            raise UserError(
                self.env._(
                    "The limit of posts that one person may ask for in an hour is "
                    "%(count)s. Select no more than that, or ask an administrator to "
                    "raise it under Website ▸ Configuration ▸ Settings ▸ Blog AI.",
                    count=most,
                )
            )
        # Retries count as well: they set the time anew.
        asked = self.sudo().search(
            [
                ("user_id", "=", self.env.uid),
                ("queued_at", ">", self.env.cr.now() - HOUR),
                ("id", "not in", [*again]),
            ],
            order="queued_at desc, id desc",
            limit=most,
        )
        if len(asked) + more > most:
            raise UserError(
                self.env._(
                    "You have reached the limit of posts that one person may ask for "
                    "in an hour (%(count)s). Wait until %(time)s, or ask an "
                    "administrator to raise it under Website ▸ Configuration ▸ "
                    "Settings ▸ Blog AI.",
                    count=most,
                    time=self._clock(asked[most - more].queued_at + HOUR),
                )
            )
