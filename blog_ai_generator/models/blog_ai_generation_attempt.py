# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Sequence
from typing import Any

from odoo import api, models
from odoo.tools import SQL

from ..attempt import Attempt
from ..internals import cached_ref, trigger_cron
from ..pump import Answered, Failed, Limits, Outcome, Pump, Turn
from .blog_ai_generation_links import STILL_VISIBLE
from .blog_ai_provider_hold import Hold

# The generations of ended calls. They are locked in one order by all pumps.
ENDED = """
    unnest(%s::int[], %s::int[]) AS ended (generation_id, call_id)
    JOIN blog_ai_generation ON blog_ai_generation.id = ended.generation_id
    LEFT JOIN blog_ai_call call ON call.id = ended.call_id
    LEFT JOIN blog_ai_provider provider ON provider.id = call.provider_id
    ORDER BY blog_ai_generation.id
    FOR UPDATE OF blog_ai_generation
"""
# The call, its outcome as it is logged, whether it was begun after the last hold on its
# provider, and those of the posts linked to that every visitor sees.
CALL_BEFORE = f"""
    jsonb_build_array(
        call_id, call.outcome,
        provider.hold_refusals > 0 AND call.create_date > provider.hold_since,
        ARRAY({STILL_VISIBLE}))
"""


class BlogAiGenerationAttempt(models.Model):
    """The attempts at a generation: the run of the pump, and what it stores."""

    _inherit = "blog.ai.generation"

    @api.model
    def _cron_pump(self):
        """Write what is queued, many at once, until the turn is over."""
        turn = Turn()
        longest = turn.longest_call(self.env["blog.ai.provider"]._longest_time_limit())
        limits = Limits.of(self.env)._replace(call_timeout=longest)
        self.env["blog.ai.call"]._set_outcome_lost()
        me = self.env.context.get("cron_id")
        # Ends this cursor's transaction: the pump works on short ones of its own.
        self.env["ir.cron"]._commit_progress()
        pump = Pump(
            self.env.registry,
            limits,
            end=turn.end(limits),
            goes_on=turn.goes_on,
            stops=turn.stops,
            relay=lambda env: env["blog.ai.generation"]._wake_other_pump(me),
        )
        with turn:
            pump.run()

    @api.model
    def _wake_other_pump(self, cron_id: int) -> None:
        """Wake the one of the two scheduled actions that is not running."""
        pump, relay = "blog_ai_generator.cron_pump", "blog_ai_generator.cron_pump_relay"
        is_pump = cached_ref(self.env, pump).id == cron_id
        trigger_cron(self.env, relay if is_pump else pump)

    @api.model
    def _store(self, *outcomes: Outcome) -> None:
        attempts = self._ended_attempts(outcomes)
        calls = self._log_calls(attempts)
        answered = []
        for attempt in attempts:
            outcome, generation, proves, _visible = attempt
            hold = self._set_provider_from_outcome(outcome, proves)
            # Cancelled, deleted, or leased to another pump meanwhile: the money is
            # spent and logged, but the article may not be stored any more.
            if generation.lease_token != outcome.claim.token:
                continue
            if isinstance(outcome, Answered):
                answered.append(attempt)
            else:
                generation._set_state_from_failed(outcome, hold)
        if answered:
            self._set_state_done(answered)
        # Last: other pumps wait for the row of the budget.
        self.env["blog.ai.budget"]._settle_attempts(attempts, calls)

    @api.model
    def _ended_attempts(self, outcomes: Sequence[Outcome]) -> list[Attempt]:
        """Lock the generations, and leave out what is stored already.

        An outcome is stored already if its commit succeeded and a later step failed.
        """
        ids = [outcome.claim.generation_id for outcome in outcomes]
        call_ids = [outcome.claim.call_id for outcome in outcomes]
        before = SQL(CALL_BEFORE, self._linked_posts(outcomes))
        generations, known = self._fetched(SQL(), before, SQL(ENDED, ids, call_ids))
        found = {
            call_id: (generation, *more)
            for generation, (call_id, *more) in zip(generations, known, strict=True)
        }
        attempts = []
        for outcome in outcomes:
            generation, logged, proves, visible = found.get(
                outcome.claim.call_id, (self.browse(), None, None, ())
            )
            if logged in (None, "pending", "lost"):
                generation = generation.with_context(**_context_of(outcome))
                attempts.append(
                    Attempt(outcome, generation, bool(proves), frozenset(visible))
                )
        return attempts

    @api.model
    def _set_provider_from_outcome(self, outcome: Outcome, proves: bool) -> Hold | None:
        """Hold the provider if it refused the call, whatever becomes of the generation.

        :param proves: whether an answer proves that the provider takes requests again
        :return: the hold
        """
        provider = self.env["blog.ai.provider"].browse(outcome.claim.provider_id)
        if outcome.is_refusal:
            return provider._set_held(outcome.failure, outcome.claim.call_id)
        if proves and isinstance(outcome, Answered):
            provider._set_proved()
        return None

    def _set_state_from_failed(self, outcome: Failed, hold: Hold | None) -> None:
        if outcome.failure.code == "stopped":
            self._set_state_released()
        elif hold:
            self._set_state_from_refusal(outcome.failure, hold)
        else:
            self._set_state_from_failure(outcome.failure)


def _context_of(outcome: Outcome) -> dict[str, Any]:
    context: dict[str, Any] = {"allowed_company_ids": [outcome.claim.company_id]}
    if outcome.emails_refused:
        # Odoo sends no email for an activity then.
        context["mail_activity_quick_update"] = True
    return context
