# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The generations that may be called for now: claim and wake-up share this part.

Calls in flight count while their lease has not run out, and so do calls for which a
person waits. They are counted in the claim's own statement; the row of ``blog.ai.gate``
makes that safe.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from odoo import api, models
from odoo.tools import SQL

from ..database import IS_CONFIRMED
from ..internals import set_transaction_time
from ..llm.errors import LONGEST_RETRY_AFTER
from ..pump import Limits
from .blog_ai_gate import NOW
from .blog_ai_provider_hold import HELD, PACE, PACE_DOUBLES, REFUSALS

# Only one claim at a time looks at the queue. Another one finds nothing then, and looks
# again a moment later; it would only wait for the row of the gate otherwise.
LOCK = 1_911_290_613
# How long a queue without room is left alone.
LOOK_AGAIN = timedelta(minutes=1)

# The calls in flight, by provider, and when the first lease of them ends. A person's
# call that waits for its place has it already: queued posts would never let it begin.
BUSY = """
    busy AS MATERIALIZED (
        SELECT provider_id, count(*) AS calls, min(until) AS until
          FROM (SELECT provider_id, lease_until AS until
                  FROM blog_ai_generation
                 WHERE state = 'writing' AND lease_until > %(now)s
                   AND id <> ALL(%(ended)s)
                 UNION ALL
                SELECT provider_id, alive_until
                  FROM blog_ai_ask
                 WHERE state IN ('waiting', 'asking') AND alive_until > %(now)s
                   AND %(asks)s) in_flight
         GROUP BY provider_id)
"""
ALL = SQL("TRUE")
# In a database that is held, sample text may be written: it costs nothing.
MAY_WRITE = SQL("(%s OR provider.protocol = 'offline')", IS_CONFIRMED)

NEXT_DUE = """
    WITH %(busy)s
    SELECT %(now)s, min(GREATEST(
               first.next_try_at,
               CASE WHEN %(held)s THEN provider.hold_until END,
               CASE WHEN busy.calls >= %(pace)s
                      OR (SELECT sum(calls) FROM busy) >= %(width)s
                    THEN LEAST((SELECT min(until) FROM busy), %(look)s) END))
      FROM blog_ai_provider provider
      LEFT JOIN busy ON busy.provider_id = provider.id
     CROSS JOIN LATERAL (
           SELECT next_try_at FROM blog_ai_generation
            WHERE state = 'queued' AND provider_id = provider.id AND %(only)s
            ORDER BY next_try_at, id
            LIMIT 1) first
     WHERE %(may)s
"""


# Calls in flight, holds and budgets are left out: only a claim takes account of them.
# The order lets PostgreSQL take the index, also where its statistics are old.
ANY_DUE = """
    SELECT EXISTS (
        SELECT FROM blog_ai_provider provider
         CROSS JOIN LATERAL (
               SELECT FROM blog_ai_generation
                WHERE state = 'queued' AND provider_id = provider.id
                  AND next_try_at <= %(now)s AND %(only)s
                ORDER BY next_try_at, id
                LIMIT 1) due)
"""


class BlogAiGenerationGate(models.Model):
    """The moment from which a queued generation may be called for."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _gate_values(
        self,
        limits: Limits,
        only: Sequence[int] | None = None,
        ended: Sequence[int] = (),
        asks: SQL = ALL,
    ) -> dict:
        """Return the values for the SQL of this file and of the claim.

        :param only: ids to choose from; all by default
        :param ended: ids whose call has ended, although it is not stored yet
        :param asks: which rows of ``blog.ai.ask`` count
        """
        values = {"now": NOW, "ended": [*ended], "doubles": PACE_DOUBLES, "asks": asks}
        values["refusals"] = REFUSALS
        values["longest"] = later(timedelta(seconds=LONGEST_RETRY_AFTER))
        return {
            **values,
            "lock": LOCK,
            "width": limits.width,
            "only": SQL("id = ANY(%s)", [*only]) if only else ALL,
            "busy": SQL(BUSY, **values),
            "pace": SQL(PACE, **values),
            "held": SQL(HELD, **values),
            "may": MAY_WRITE,
        }

    @api.model
    def _next_due(
        self, limits: Limits, only: Sequence[int] | None = None
    ) -> datetime | None:
        """Return when a queued generation may be called for next, in UTC.

        A provider on hold is due when the hold ends. Without room, the pump that has
        the calls in flight begins the next one. It may have been killed, or run for its
        own generations only, so another one looks from time to time.
        """
        values = self._gate_values(limits, only)
        values["look"] = later(LOOK_AGAIN)
        self.env.cr.execute(SQL(NEXT_DUE, **values))
        now, due = self.env.cr.fetchone()
        set_transaction_time(self.env, now)
        return due

    @api.model
    def _has_due(self, only: Sequence[int] | None = None) -> bool:
        values = {"now": NOW, "only": SQL("id = ANY(%s)", [*only]) if only else ALL}
        self.env.cr.execute(SQL(ANY_DUE, **values))
        (has_due,) = self.env.cr.fetchone()
        return has_due


def later(pause: timedelta) -> SQL:
    return SQL("(%s + %s)", NOW, pause)
