# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo import api, models
from odoo.tools import SQL

from ..internals import trigger_cron
from ..llm.errors import LONGEST_RETRY_AFTER
from ..messages import as_json
from ..pump import Failure
from ..utils import notify_editors

UPDATED = "blog_ai_generator/generation"
# Seconds: first pause and longest pause between two attempts of one generation. More
# than a minute passes from the first to the third.
FIRST_PAUSE, LONGEST_PAUSE = 15, 600


class BlogAiGenerationState(models.Model):
    """The states of a generation after its claim, and who is told of them.

    Only a claim sets ``writing``, by a statement of its own.
    """

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    def _set_state_queued(self, at: datetime, **values) -> None:
        """Let the pump take these, from a moment on.

        :param values: further fields
        """
        self.write({**self._prepare_no_lease("queued"), "next_try_at": at, **values})

    def _set_state_ended(
        self, state: str, values_of: dict[int, dict] | None = None, **values
    ) -> None:
        """End these, and let their topics and slot days follow.

        :param state: done, failed or cancelled
        :param values_of: further fields of each, by its id
        :param values: further fields of all
        """
        now = self.env.cr.now()
        self.filtered(lambda generation: not generation.attempts)._set_cost_nothing()
        for generation in self:
            took = (now - generation.queued_at).total_seconds()
            generation.write(
                {
                    **self._prepare_no_lease(state),
                    **values,
                    **(values_of or {}).get(generation.id, {}),
                    "finished_at": now,
                    # A cancelled one says nothing about how long writing takes.
                    "duration": state != "cancelled" and took,
                    "next_try_at": False,
                }
            )
        self._set_state_of_origin()

    def _set_state_from_failure(self, failure: Failure) -> None:
        """Queue again if an attempt or another provider is left; else fail."""
        provider = self.provider_id
        values = {
            "error_code": failure.code,
            "error_message": as_json(failure.message),
            "error_detail": failure.detail,
            **self._prepare_following(failure),
        }
        pause = self._pause(failure)
        if self._may_try_again(failure, pause):
            self._queue_again(pause, values)
        elif fallback := self._prepare_fallback(failure.code):
            self._queue_again(0.0, {**values, **fallback})
        else:
            self._set_state_ended("failed", **values)
        provider._alert_failure(failure, self)
        self._notify_updated()

    def _may_try_again(self, failure: Failure, pause: float) -> bool:
        return (
            failure.retryable
            and self.attempts < self.attempt_limit
            and pause <= LONGEST_RETRY_AFTER
        )

    def _queue_again(self, pause: float, values: dict) -> None:
        at = self.env.cr.now() + timedelta(seconds=pause)
        self._set_state_queued(at, **values)
        self._wake_pump(at if pause else None)

    def _set_state_released(self) -> None:
        self._release()
        self._wake_pump()
        self._notify_updated()

    def _release(self) -> None:
        # The attempt does not count, and no pump is started.
        for generation in self:
            generation._set_state_queued(
                self.env.cr.now(), attempts=generation.attempts - 1
            )

    @api.model
    def _release_all(self) -> None:
        self.search([("state", "=", "writing")])._release()

    @api.model
    def _unwanted(self, claims) -> list:
        """Return the claims whose lease has ended: cancelled, deleted, or run out."""
        self.env.cr.execute(
            SQL(
                "SELECT id, lease_token FROM blog_ai_generation WHERE id = ANY(%s)",
                [claim.generation_id for claim in claims],
            ),
            log_exceptions=False,
        )
        tokens = dict(self.env.cr.fetchall())
        return [c for c in claims if tokens.get(c.generation_id) != c.token]

    def _pause(self, failure: Failure) -> float:
        """Return the seconds until the next attempt, more from attempt to attempt.

        The provider may ask for a longer pause, not for a shorter one. It is not at
        fault if a worker died.
        """
        if failure.code == "lost":
            return 0.0
        own = min(FIRST_PAUSE * 4 ** max(self.attempts - 1, 0), LONGEST_PAUSE)
        return max(own, failure.retry_after or 0.0)

    def _set_state_of_origin(self) -> None:
        """Let the topic and the slot day of each generation follow its state."""
        for state, generations in self.grouped("state").items():
            kept = generations.filtered(lambda g: g.error_code == "brief")
            kept.topic_id._set_state_from_generation("cancelled")
            (generations - kept).topic_id._set_state_from_generation(state)
            slotted = generations.filtered("slot_id")
            if slotted:
                days = self.env["blog.ai.slot.day"].search_fetch(
                    [("generation_id", "in", slotted.ids)], ["slot_id"]
                )
                days._set_state_from_generation(state)

    @api.model
    def _prepare_no_lease(self, state: str) -> dict:
        return {"state": state, "lease_token": False, "lease_until": False}

    @api.model
    def _prepare_no_error(self) -> dict:
        return {"error_code": False, "error_message": False, "error_detail": False}

    @api.model
    def _wake_pump(self, at: datetime | None = None) -> None:
        trigger_cron(self.env, "blog_ai_generator.cron_pump", at)

    def _notify_updated(self) -> None:
        """Notify the open forms and lists of everybody who may see generations."""
        if self:
            notify_editors(self.env, UPDATED, {"ids": self.ids})
