# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Wake-ups of scheduled actions, and the NOTIFYs that follow a commit."""

from collections.abc import Callable, Iterable
from datetime import datetime

from odoo import fields, sql_db
from odoo.api import Environment
from odoo.tools import SQL, OrderedSet

from odoo.addons.bus.models import bus

from .lookup import private
from .records import cached_ref

# Wait this long for the lock on a scheduled action.
TRIGGER_PATIENCE = "100ms"
# Names the transactions after which the workers of scheduled actions are notified.
WOKEN = "blog_ai_generator.woken"
# Names the transactions whose NOTIFYs somebody else sends.
TAKEN = "blog_ai_generator.taken"
# The bus sends its own NOTIFY unless it finds these channels.
CHANNELS = "bus.bus.channels"
# One statement, in which a lock that is not available aborts nothing else. The foreign
# key is what asks for the lock. Later statements wait for locks as they did before.
INSERT_TRIGGERS = """
    DO $$
    DECLARE
        patience text := current_setting('lock_timeout');
    BEGIN
        PERFORM set_config('lock_timeout', %s, TRUE);
        INSERT INTO ir_cron_trigger (cron_id, call_at)
        SELECT %s, COALESCE(moment, statement_timestamp() AT TIME ZONE 'UTC')
          FROM unnest(%s::timestamp[]) moment;
        PERFORM set_config('lock_timeout', patience, TRUE);
    EXCEPTION
        WHEN lock_not_available THEN
            NULL;
    END $$
"""


def trigger_cron(
    env: Environment,
    xmlid: str,
    at: datetime | Iterable[datetime] | None = None,
    *,
    notify: bool = True,
) -> None:
    """Run a scheduled action once this transaction is committed, or at some moments.

    ``ir.cron._trigger`` first asks the database whether the action is active, for each
    post anew. Odoo deletes the trigger of an inactive one after a week. It would also
    wait for whoever locks the row of the action: OCA's ``base_cron_exclusion`` does so
    on a connection of its own for as long as the action runs, and that action is the
    one that waits here. Without its trigger, the next sweep finds the work.

    The workers are notified once a transaction, by a connection of its own.

    :param at: in UTC
    :param notify: whether workers look at once at what is due by now
    """
    cron, now = cached_ref(env, xmlid).sudo(), fields.Datetime.now()
    moments = [at or now] if at is None or isinstance(at, datetime) else list(at)
    notify_workers = private(cron, "_notifydb")
    if notify_workers is None:
        if notify:
            cron._trigger(moments)
        return
    # Odoo compares with the clock of the database.
    call_at = moments if at else [None]
    env.cr.execute(
        INSERT_TRIGGERS, [TRIGGER_PATIENCE, cron.id, call_at], log_exceptions=False
    )
    is_due = notify and min(moments) <= now
    if is_due and not env.cr.postcommit.data.get(WOKEN):
        env.cr.postcommit.data[WOKEN] = True
        if not env.cr.postcommit.data.get(TAKEN):
            env.cr.postcommit.add(notify_workers)


def take_notifies(
    env: Environment, send: Callable[[list[tuple[str, str]]], object]
) -> None:
    """Hand the NOTIFYs of a transaction to ``send`` once it is committed.

    Odoo opens a connection for each one: 3 ms for the message to a browser, and 3 ms
    for the scheduled action that sends the emails.

    :param send: called with channels and payloads
    """
    payloads_of = private(bus, "get_notify_payloads")
    if payloads_of is None:
        return
    data = env.cr.postcommit.data
    data[CHANNELS], data[TAKEN] = OrderedSet(), True

    def hand_over() -> None:
        channels = data.pop(CHANNELS, ())
        found = [("imbus", text) for text in payloads_of([*channels])]
        if data.get(WOKEN):
            found.append(("cron_trigger", env.cr.dbname))
        if found:
            send(found)

    # Last, after what the transaction itself adds to be done after the commit.
    env.cr.postcommit.add(lambda: env.cr.postcommit.add(hand_over))


def send_notifies(cr: sql_db.Cursor, notifies: Iterable[tuple[str, str]]) -> None:
    """Send NOTIFYs to the processes of Odoo.

    :param cr: of the database ``postgres``, where they listen
    :param notifies: channels and payloads
    :raises psycopg2.Error: if the connection was cut
    """
    function = SQL.identifier(private(bus, "ODOO_NOTIFY_FUNCTION") or "pg_notify")
    for channel, payload in notifies:
        query = SQL("SELECT %s(%s, %s)", function, channel, payload)
        cr.execute(query, log_exceptions=False)
    # Nothing else is on this connection.
    cr.commit()  # pylint: disable=invalid-commit
