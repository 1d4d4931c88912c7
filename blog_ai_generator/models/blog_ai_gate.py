# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Iterable
from hashlib import sha256

from odoo import api, fields, models
from odoo.tools import SQL

from ..internals import set_transaction_time

# Leases and due times follow the clock of the database, which all servers share: by its
# own clock, a server that is ahead would take calls in flight for lost. It is the time
# of the statement, because an index can't be searched for one that changes meanwhile.
NOW = SQL("(statement_timestamp() AT TIME ZONE 'UTC')")
# The row of the claims; the next ones are those of clicks. Two questions that share one
# by chance cost a repeated request.
CLAIMS = 1
CLICKS = 1000


class BlogAiGate(models.Model):
    """Rows that transactions update so that two of them can not pass at once.

    Two claims that read the same snapshot could both see room for the last call, and
    two clicks could both see that nobody has asked yet. Both update a row, so that
    PostgreSQL refuses the second one. It looks again: a claim by itself, a click as
    Odoo repeats the request.
    """

    _name = "blog.ai.gate"
    _description = "Gate of the Claims"
    _log_access = False

    claimed_at = fields.Datetime("Last Claim", readonly=True)

    @api.model
    def _pass_alone(self, questions: Iterable[tuple]) -> None:
        """Let this transaction conflict with others that ask one of these questions.

        :param questions: equal ones are equal tuples of texts and numbers
        :raises psycopg2.errors.SerializationFailure: after the other one is committed
        """
        # In one order, so that no two transactions wait for each other.
        numbers = sorted({CLAIMS + 1 + _hash(it) % CLICKS for it in questions})
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO blog_ai_gate (id, claimed_at)
                SELECT number, %s FROM unnest(%s) number
                    ON CONFLICT (id) DO UPDATE SET claimed_at = EXCLUDED.claimed_at
             RETURNING claimed_at
                """,
                NOW,
                numbers,
            ),
            log_exceptions=False,
        )
        if row := self.env.cr.fetchone():
            set_transaction_time(self.env, row[0])


def _hash(question: tuple) -> int:
    return int.from_bytes(sha256(repr(question).encode()).digest()[:4], "big")
