# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo import api, fields, models
from odoo.tools import format_time

from ..sentences import without_remedy


class BlogAiGenerationNote(models.Model):
    """What the form says of a generation that has not failed, in a sentence or two."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    state_note = fields.Text(compute="_compute_state_note")

    @api.depends("state", "error_parts", "lease_until", "next_try_at")
    @api.depends_context("lang", "tz")
    def _compute_state_note(self):
        for generation in self:
            generation.state_note = generation._state_note()

    def _state_note(self) -> str | bool:
        if self.state == "queued" and not self.error:
            return self.env._("Waiting for its turn.")
        if self.state == "queued":
            # Of a remedy nothing is said: nobody has to do anything yet.
            return self.env._(
                "%(what)s It is tried again automatically, at about %(time)s.",
                what=without_remedy(self.error),
                time=self._clock(self.next_try_at),
            )
        if self.state == "writing":
            return self.env._(
                "The model is writing. Should the server be stopped, it goes on at "
                "about %(time)s.",
                time=self._clock(self.lease_until),
            )
        return False

    @api.model
    def _clock(self, at: datetime) -> str:
        """The time of day by the reader's clock; with its zone where that is unknown.

        :param at: in UTC, less than a day ahead
        """
        local = fields.Datetime.context_timestamp(self, at).timetz()
        time = format_time(self.env, local, time_format="short")
        is_known = self.env.context.get("tz") or self.env.user.tz
        return time if is_known else f"{time} (UTC)"
