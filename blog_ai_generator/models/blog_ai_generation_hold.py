# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..llm.errors import LONGEST_RETRY_AFTER
from ..messages import Message, as_json
from ..pump import Failure
from .blog_ai_provider_hold import REFUSALS, Hold, clock


class BlogAiGenerationHold(models.Model):
    """Generations of a provider that takes no more requests now.

    A refusal says nothing about the generation: it costs no attempt, and the others of
    that provider wait as well.
    """

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    # Time of the first refusal; empty after a retry or with another provider.
    refused_since = fields.Datetime(readonly=True, copy=False)
    can_try_now = fields.Boolean(compute="_compute_can_try_now")

    @api.depends(
        "state",
        "next_try_at",
        "is_over_budget",
        "is_in_copy",
        "provider_id.hold_until",
    )
    @api.depends_context("uid")
    def _compute_can_try_now(self):
        now = clock()
        may_lift = self.env.user.has_group("base.group_system")
        for generation in self:
            waits = generation.next_try_at and generation.next_try_at > now
            generation.can_try_now = (
                generation.state == "queued"
                # The next try would find the same.
                and not (generation.is_over_budget or generation.is_in_copy)
                and bool(waits or generation.provider_id.is_on_hold)
                and (may_lift or not generation.provider_id.is_on_hold)
            )

    def _set_state_from_refusal(self, failure: Failure, hold: Hold) -> None:
        """Let it wait for the end of the hold, or fall back, or fail."""
        now = self.env.cr.now()
        since = self.refused_since or now
        is_over = hold.is_long or now - since > timedelta(seconds=LONGEST_RETRY_AFTER)
        values = {
            "error_code": failure.code,
            "error_message": as_json(failure.message),
            "error_detail": failure.detail,
        }
        fallback = {}
        if is_over or hold.refusals >= REFUSALS:
            fallback = self._prepare_fallback(failure.code)
        if fallback:
            self._queue_again(0.0, {**values, **fallback, "refused_since": False})
        elif is_over:
            self._set_state_ended("failed", **values)
        else:
            attempts = max(self.attempts - 1, 0)
            values = {**values, "attempts": attempts, "refused_since": since}
            self._set_state_queued(hold.until, **values)
            self._wake_pump(hold.until)
        self._notify_updated()

    def _leave_uncalled(self, call, hold: Hold) -> None:
        """Treat a generation as refused whose provider would refuse it.

        :param call: the log row that the claim made; no call follows
        """
        call.unlink()
        message = Message(**self.provider_id.hold_message)
        self._set_state_from_refusal(
            Failure(message.key.partition(".")[0], message), hold
        )

    def action_try_now(self):
        """Do not wait any longer; an administrator also ends the provider's hold."""
        self._check_may_steer()
        waiting = self.sudo()._locked_in_state("queued")
        note = self._note_left(waiting, self.browse())
        held = waiting.provider_id.filtered("is_on_hold")
        if held and not self.env.user.has_group("base.group_system"):
            raise UserError(
                self.env._(
                    "%(provider)s takes no more requests until %(time)s. Wait, or ask "
                    "an administrator to lift the hold on it.",
                    provider=held[0].name,
                    time=self._clock(held[0].hold_until),
                )
            )
        held._lift_hold()
        waiting._try_now()
        return self._result_of_button(note)

    def _try_now(self) -> None:
        self.write({"next_try_at": self.env.cr.now()})
        self._wake_pump()
        self._notify_updated()

    def _hold_note(self) -> str | bool:
        """Return until when the provider's hold keeps it waiting, as a sentence."""
        if self.state != "queued" or not self.provider_id.is_on_hold:
            return False
        return self.env._(
            "Waiting until %(time)s: %(provider)s takes no more requests now.",
            time=self._clock(max(self.provider_id.hold_until, self.next_try_at)),
            provider=self.provider_id.name,
        )
