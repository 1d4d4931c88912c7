# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import random
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..internals import trigger_cron
from ..llm.errors import LONGEST_RETRY_AFTER
from ..messages import Message, as_json
from ..pump import Failure
from ..utils import notify_editors

# Far above what one database has in flight; a guard against a slip of the keyboard.
MOST_CALLS = 1000
# Seconds of the first hold: without the provider's own wish, and the least in spite of
# it. Each refusal in a row makes it four times as long.
FIRST_HOLD, LEAST_HOLD, LONGEST_HOLD = 15, 1, 600
# Random share of a hold, so that several databases do not come back at once.
JITTER = (0.02, 0.1)
# Refusals in a row after which another provider takes over, if there is one.
REFUSALS = 3
# Calls at once after a hold are this part of what they were before, and double every
# so many seconds until the next refusal.
PACE_CUT, PACE_DOUBLES = 8, 60

# A provider's calls at once: fewer after a hold, until it has proved itself. During a
# hold, what is claimed makes no call (see `HELD`), so it needs no place.
PACE = """
    CASE WHEN provider.hold_until > %(now)s THEN provider.calls_at_once
    ELSE LEAST(provider.calls_at_once, NULLIF(provider.hold_pace, 0) * 2 ^ LEAST(10,
        floor(EXTRACT(EPOCH FROM %(now)s - provider.hold_until) / %(doubles)s)))::int
    END
"""
# True to wait for the end of the hold: not if it is longer than anybody waits, nor
# if another provider may take over. Such a generation is claimed, but not called for.
HELD = """
    (provider.hold_until > %(now)s AND provider.hold_until <= %(longest)s AND NOT (
        provider.fallback_id IS NOT NULL AND provider.hold_refusals >= %(refusals)s))
"""
# Calls that were begun before the hold belong to the refusal that it began with.
HOLD = """
    UPDATE blog_ai_provider provider
       SET hold_since = new.since, hold_refusals = new.refusals, hold_pace = new.pace,
           hold_message = %(message)s,
           hold_until = GREATEST(provider.hold_until, %(now)s + make_interval(
               secs => %(jitter)s * GREATEST(
                   %(wish)s, LEAST(%(first)s * 4.0 ^ (new.refusals - 1), %(most)s))))
      FROM (
        SELECT provider.id, NOT again AS begins,
               CASE WHEN again THEN hold_since ELSE %(now)s END AS since,
               CASE WHEN again THEN hold_refusals
                    ELSE COALESCE(hold_refusals, 0) + 1 END AS refusals,
               CASE WHEN again THEN hold_pace
                    ELSE GREATEST(%(pace)s / %(cut)s, 1) END AS pace
          FROM blog_ai_provider provider
         CROSS JOIN LATERAL (SELECT COALESCE(provider.hold_since > (
               SELECT create_date FROM blog_ai_call WHERE id = %(call)s), FALSE)
               ) AS wave(again)
         WHERE provider.id = %(provider)s) new
     WHERE provider.id = new.id
 RETURNING provider.hold_until, provider.hold_until - %(now)s,
           provider.hold_refusals, new.begins
"""
# Kind of the messages on the bus: posts begin to wait, or wait no longer.
WAITS = "blog_ai_generator/wait"
# A claim dates the rows of its calls by this clock, and a hold is compared with them.
# `NOW` is the start of a statement, which may have waited for a lock since then.
CLOCK = SQL("(clock_timestamp() AT TIME ZONE 'UTC')")


class Hold(NamedTuple):
    """The hold on a provider.

    :param until: in UTC
    :param left: time until then by the clock of the database
    :param refusals: how often it refused in a row
    """

    until: datetime
    left: timedelta
    refusals: int

    @property
    def is_long(self) -> bool:
        """Return whether it is longer than anybody waits."""
        return self.left.total_seconds() > LONGEST_RETRY_AFTER


def clock() -> datetime:
    """Return the time in UTC, with microseconds: a hold may be as short as a second."""
    return datetime.now(timezone.utc).replace(tzinfo=None)


class BlogAiProviderHold(models.Model):
    """The pace of a provider: its calls at once, and the hold on it.

    A provider that refuses a call for its rate limit refuses the next one as well. So
    all pumps hold the whole provider.
    """

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    calls_at_once = fields.Integer(
        "Calls at Once",
        compute="_compute_calls_at_once",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="The most calls to this provider that may be in flight at the same time, "
        "from all of Odoo's servers together.",
    )
    hold_until = fields.Datetime("On Hold Until", readonly=True, copy=False)
    is_on_hold = fields.Boolean(compute="_compute_is_on_hold")
    # Made by ``messages.as_json``.
    hold_message = fields.Json(readonly=True, copy=False)
    # When the provider refused the call that the hold began with.
    hold_since = fields.Datetime(readonly=True, copy=False)
    hold_refusals = fields.Integer(
        "Refusals in a Row", readonly=True, copy=False, aggregator=None
    )
    # They double every minute.
    hold_pace = fields.Integer(
        "Calls at Once after the Hold", readonly=True, copy=False, aggregator=None
    )

    _calls_at_once_possible = models.Constraint(
        f"CHECK (calls_at_once BETWEEN 1 AND {MOST_CALLS})",
        "Allow 1 to 1,000 calls at once.",
    )

    @api.depends("preset")
    def _compute_calls_at_once(self):
        for provider in self:
            provider.calls_at_once = provider._preset().calls_at_once

    @api.depends("hold_until")
    def _compute_is_on_hold(self):
        now = clock()
        for provider in self:
            until = provider.hold_until
            provider.is_on_hold = bool(until and until > now)

    def write(self, vals):
        result = super().write(vals)
        if "calls_at_once" in vals:
            # There may be room for what waits.
            trigger_cron(self.env, "blog_ai_generator.cron_pump")
        return result

    def _set_held(self, failure: Failure, call_id: int) -> Hold:
        """Hold the provider after a refusal, for longer from refusal to refusal.

        :param call_id: the call that was refused
        """
        wish = failure.retry_after
        values = {"now": CLOCK, "doubles": PACE_DOUBLES}
        hold = SQL(
            HOLD,
            **values,
            pace=SQL(PACE, **values),
            cut=PACE_CUT,
            message=json.dumps(as_json(failure.message)),
            jitter=1 + random.uniform(*JITTER),
            wish=wish or 0.0,
            first=LEAST_HOLD if wish else FIRST_HOLD,
            most=LONGEST_HOLD,
            call=call_id,
            provider=self.id,
        )
        self.env.cr.execute(hold, log_exceptions=False)
        self.invalidate_recordset(flush=False)
        *hold, begins = self.env.cr.fetchone()
        if begins:
            self._notify_waits()
        return Hold(*hold)

    def _set_proved(self) -> None:
        """End the row of refusals: the provider answered after the last hold."""
        self.env.cr.execute(
            SQL("UPDATE blog_ai_provider SET hold_refusals = 0 WHERE id = %s", self.id),
            log_exceptions=False,
        )
        self._notify_waits()

    def _notify_waits(self) -> None:
        """Notify open forms that posts of ``self`` begin to wait, or wait no longer.

        If ``self`` is empty, posts of every provider are meant. A transaction that
        sends another message on the bus runs no statement more.
        """
        notify_editors(self.env, WAITS, {"providers": self.ids})

    def _hold(self) -> Hold | None:
        # The claim compares with the database's clock, too.
        if not self.hold_until or self.hold_until <= self.env.cr.now():
            return None
        left = self.hold_until - self.env.cr.now()
        return Hold(self.hold_until, left, self.hold_refusals)

    def _held_message(self) -> Message | None:
        hold = self._hold()
        if not hold:
            return None
        values = {"name": self.name, "moment": hold.until.isoformat()}
        return Message("provider.held", values)

    def action_lift_hold(self):
        """Let the pump ask the provider again at once."""
        self.check_access("write")
        self._lift_hold()

    def _set_account_changed(self):
        self._lift_hold()
        return super()._set_account_changed()

    def _lift_hold(self) -> None:
        held = self.filtered("hold_until")
        if not held:
            return
        held.write(
            {
                "hold_until": False,
                "hold_message": False,
                "hold_since": False,
                "hold_refusals": 0,
                "hold_pace": 0,
            }
        )
        waiting = self.env["blog.ai.generation"].sudo()
        waiting = waiting.search(
            [
                ("provider_id", "in", held.ids),
                ("state", "=", "queued"),
                ("refused_since", "!=", False),
            ]
        )
        waiting._try_now()
        held._notify_waits()
