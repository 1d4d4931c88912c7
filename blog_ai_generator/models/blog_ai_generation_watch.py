# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

from ..internals import cached_ref, trigger_cron
from ..messages import Message
from ..pump import Failure, Limits, take_over_lost
from .blog_ai_gate import NOW

# Seconds after which a pump that runs has begun what is due and has room.
IDLE = 3.0


class BlogAiGenerationWatch(models.Model):
    """The generations of workers that died during a call."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _cron_watch(self):
        take_over_lost(self.env.registry)
        # A server that froze may have locked both scheduled actions of the pump.
        if self._is_idle():
            self._cron_pump()

    @api.model
    def _wake_if_idle(self) -> None:
        """Start other pumps if nobody begins what is due.

        The scheduled action that a post triggers may be locked by a frozen server.
        """
        if self._is_idle():
            trigger_cron(self.env, "blog_ai_generator.cron_pump_relay")
            trigger_cron(self.env, "blog_ai_generator.cron_watch")

    @api.model
    def _is_idle(self) -> bool:
        due = self._next_due(Limits.of(self.env))
        if not due or (self.env.cr.now() - due).total_seconds() < IDLE:
            return False
        # An administrator may have switched it off.
        return cached_ref(self.env, "blog_ai_generator.cron_pump").sudo().active

    @api.model
    def _keep_watch(self) -> None:
        # Wake no worker for it, or the workers would look all the time.
        trigger_cron(self.env, "blog_ai_generator.cron_watch", notify=False)

    @api.model
    def _seconds_to_lease_end(self) -> float | None:
        self.env.cr.execute(
            SQL(
                "SELECT EXTRACT(EPOCH FROM min(lease_until) - %s)::float "
                "FROM blog_ai_generation WHERE state = 'writing'",
                NOW,
            )
        )
        (seconds,) = self.env.cr.fetchone()
        return seconds

    @api.model
    def _requeue_lost(self) -> bool:
        """End the attempts whose lease ran out because their worker died.

        One query when there is none, which is nearly always.

        :return: whether there were any
        """
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM blog_ai_generation
                 WHERE state = 'writing' AND lease_until < %s
                   FOR UPDATE SKIP LOCKED
                """,
                NOW,
            ),
            log_exceptions=False,
        )
        lost = self.browse(row[0] for row in self.env.cr.fetchall())
        for generation in lost:
            calls = generation.call_ids.filtered(lambda c: c.outcome == "pending")
            calls.outcome = "lost"
            failure = Failure("lost", Message("lost"), retryable=True)
            generation._set_state_from_failure(failure)
        if lost:
            # The worker may have been frozen with the scheduled action of the pump.
            trigger_cron(self.env, "blog_ai_generator.cron_pump_relay")
        return bool(lost)
