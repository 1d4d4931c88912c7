# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..database import database_hold
from ..messages import Message, as_json, cause, render
from ..utils import time_text

# The longest time after which a pump takes what is due. Nothing wakes it for what a
# killed worker left behind: the scheduled action runs every five minutes.
LATE = {"queued": timedelta(minutes=3), "writing": timedelta(minutes=6)}


class BlogAiGenerationNote(models.Model):
    """The sentence that the form shows about a generation that has not failed."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    state_note = fields.Text(compute="_compute_state_note")
    is_in_copy = fields.Boolean(compute="_compute_is_in_copy")

    @api.depends("state", "provider_id.protocol")
    def _compute_is_in_copy(self):
        for generation in self:
            held = generation.state == "queued" and generation.provider_id
            generation.is_in_copy = bool(held and held._database_hold())

    @api.depends(
        "state",
        "error_message",
        "lease_until",
        "next_try_at",
        "provider_id.hold_until",
        "review_note",
        "post_ids.is_published",
        "post_ids.post_date",
        "translated_post_id.is_published",
        "translated_post_id.post_date",
    )
    @api.depends_context("lang", "tz", "uid")
    def _compute_state_note(self):
        for generation in self:
            generation.state_note = generation._state_note()

    def _state_note(self) -> str | bool:
        if self.state == "queued" and (held := self.provider_id._database_hold()):
            return render(self.env, held)
        if hold_note := self._hold_note():
            return hold_note
        if self._is_forgotten():
            return render(self.env, Message("generation.overdue"))
        if self.state == "queued" and not self.error:
            return self.env._("Waiting for its turn.")
        if self.state == "queued":
            # The remedy is left out: nobody has to do anything yet.
            return self.env._(
                "%(what)s It is tried again automatically, at about %(time)s.",
                what=cause(self.env, self.error_message),
                time=self._clock(self.next_try_at),
            )
        if self.state == "writing":
            return self.env._(
                "The model is writing. If the server is stopped, writing goes on at "
                "about %(time)s.",
                time=self._clock(self.lease_until),
            )
        if self.state == "cancelled":
            return self.env._(
                "This was cancelled, so no post was written. Press Retry to write it "
                "after all."
            )
        return self.state == "done" and self._done_note()

    def _done_note(self) -> str:
        post = self.post_id.sudo()
        if post.blog_ai_announce_at and (held := database_hold(self.env)):
            return render(self.env, held)
        if self.review_state == "approved":
            return self.review_note
        if not post.is_published:
            return self.env._(
                "Your post is ready. Visitors see it when you publish it."
            )
        if post._blog_ai_is_ahead():
            return self.env._(
                "Your post is ready. Visitors see it from %(moment)s.",
                moment=self._moment(post.post_date),
            )
        return self.env._("Your post is ready, and visitors can see it.")

    def _add_notes(self, *notes: Message) -> None:
        for generation in self:
            present = generation.repair_notes or ()
            generation.repair_notes = [*present, *map(as_json, notes)]

    def _is_forgotten(self) -> bool:
        """Return whether it is overdue and no pump is running that could take it."""
        now = fields.Datetime.now()
        at = self.lease_until if self.state == "writing" else self.next_try_at
        if at and self.state == "queued":
            at = max(at, self.provider_id.hold_until or at)
        if self.state not in LATE or not at or now - at < LATE[self.state]:
            return False
        writing = Domain("state", "=", "writing") & Domain("lease_until", ">", now)
        return not self.sudo().search_count(writing, limit=1)

    @api.model
    def _clock(self, at: datetime) -> str:
        """Return the time of day for the reader, in UTC if their zone is unknown.

        :param at: in UTC, less than a day ahead
        """
        local = fields.Datetime.context_timestamp(self, at).timetz()
        time = time_text(self.env, local)
        is_known = self.env.context.get("tz") or self.env.user.tz
        return time if is_known else f"{time} (UTC)"
