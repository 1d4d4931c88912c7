# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""All of Odoo's private API that the addon uses, and nothing else.

Each function says why the private way is worth it, and falls back to the public one,
which costs a query or some time, once Odoo no longer has it. A test names what is gone,
and holds every other file to Odoo's public API and to its usual extension points, such
as ``_search``, ``_read_group`` or ``_trigger`` (``tests/test_internals.py``).
"""

import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timezone
from typing import Any

from odoo import fields, sql_db
from odoo.api import Environment
from odoo.models import BaseModel
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tools import SQL, OrderedSet, config

from odoo.addons.bus.models import bus

_logger = logging.getLogger(__name__)

# How long a trigger waits for a lock on its scheduled action.
TRIGGER_PATIENCE = "100ms"
AWAY = 1.0  # seconds until a cron thread looks whether PostgreSQL is back
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


def private(owner: object, name: str) -> Any:
    """Return the attribute ``name`` of ``owner``, or None if Odoo has it no more."""
    return getattr(owner, name, None)


def cached_ref(env: Environment, xmlid: str, raise_if_not_found: bool = True) -> Any:
    """Return the record of ``xmlid`` from the cache of the registry.

    ``env.ref`` asks the database on every call whether the record still exists, and a
    post needs several of them.

    :return: the record; None if there is no such external id and that is no error
    :raises ValueError: if there is no such external id
    """
    lookup = private(env["ir.model.data"], "_xmlid_to_res_model_res_id")
    if lookup is None:
        return env.ref(xmlid, raise_if_not_found=raise_if_not_found)
    model, record_id = lookup(xmlid, raise_if_not_found=raise_if_not_found)
    return env[model].browse(record_id) if model else None


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


def fill_cache(records: BaseModel, name: str, values: Iterable[Any]) -> None:
    """Put what is known already into the cache of a field of ``records``.

    An assignment would write to the database, and ``fetch`` would ask it again. Without
    the private way the cache stays empty, and the ORM asks when the field is read.

    :param values: one for each record, in the form of the cache: ids for relations
    """
    insert = private(records._fields[name], "_insert_cache")
    if insert is not None:
        insert(records, values)


def set_transaction_time(env: Environment, now: datetime) -> None:
    """Let ``env.cr.now()`` return ``now``, which else costs a query a transaction.

    :param now: in UTC
    """
    if hasattr(env.cr, "_now"):
        env.cr._now = now


def default_language(website: BaseModel) -> str | None:
    """Return the code of a website's default language, if that language is active.

    Odoo keeps both in the cache of the registry; reading them costs two queries.
    """
    website = website.sudo()
    cached = private(website, "_get_cached")
    data = private(website.env["res.lang"], "_get_data")
    if cached is None or data is None:
        lang = website.default_lang_id.filtered("active")
    else:
        lang = data(id=cached("default_lang_id"))
    return str(lang.code) if lang.code else None


def has_module(env: Environment, name: str) -> bool:
    """Return whether an addon is installed, from the registry and without a query.

    A page that visitors load asks for it each time.
    """
    loaded = private(env.registry, "_init_modules")
    if loaded is not None:
        return name in loaded
    installed = [("name", "=", name), ("state", "=", "installed")]
    return bool(env["ir.module.module"].sudo().search_count(installed, limit=1))


def request_began() -> datetime | None:
    """Return when the request of this thread began, in UTC; None outside of one.

    Odoo repeats a request after a conflict, with pauses of seconds. Without this, a
    click counts as made when it is repeated.
    """
    began = private(threading.current_thread(), "perf_t0")
    return began and datetime.fromtimestamp(began, timezone.utc).replace(tzinfo=None)


def default_sender(env: Environment) -> str | None:
    """Return the sender that Odoo gives to an email without one.

    An addon may override the private way; the configuration is its default.
    """
    address = private(env["ir.mail_server"], "_get_default_from_address")
    sender = address() if address else config["email_from"]
    return str(sender) if sender else None


class PreforkWorker:
    """The process of Odoo's prefork server in which a thread runs.

    The master kills a worker that does not ping it for ``limit_time_real_cron``
    seconds. Odoo has no public way to say that a long scheduled action is alive.
    """

    def __init__(self, worker: Any, ping: Callable[[], None]) -> None:
        self._worker = worker
        self.ping = ping

    @classmethod
    def of(cls, thread: threading.Thread) -> "PreforkWorker | None":
        """Return the worker that runs ``thread``, or None outside a prefork server."""
        worker = private(private(thread, "_target"), "__self__")
        pipe = private(worker, "watchdog_pipe")
        ping = private(private(worker, "multi"), "pipe_ping")
        if pipe is None or ping is None:
            return None
        return cls(worker, lambda: ping(pipe))

    @property
    def is_alive(self) -> bool:
        """True until the server asks the worker to stop."""
        return bool(getattr(self._worker, "alive", True))


def loaded_registries(model: str) -> list[Any]:
    """Return the registries in this process that have a model.

    Odoo has no public way to tell which databases a server has loaded.
    """
    snapshot = private(private(Registry, "registries"), "snapshot")
    return [registry for registry in (snapshot or {}).values() if model in registry]


def at_start_of_cron_workers(begin: Callable[[Any], object]) -> None:
    """Call ``begin(worker)`` in the main thread of each cron worker that has started.

    This counts for workers that are forked later: the master must have loaded the
    addon, as it does for the databases that its configuration names.
    """
    worker_class = private(server, "WorkerCron")
    start = private(worker_class, "start")
    if start is None:
        return

    def start_and_begin(worker: Any) -> None:
        start(worker)
        begin(worker)

    worker_class.start = start_and_begin


def end_work_before_sigterm(is_working: Callable[[], bool]) -> None:
    """Let cron workers that get SIGTERM end their work, as after the master's SIGINT.

    Odoo's master stops its workers by SIGINT. But systemd sends SIGTERM to each process
    of a service unless its unit says ``KillMode=mixed``, and so does ``pkill``. Odoo
    lets that kill a worker at once. It still does so at the second SIGTERM, and while
    there is nothing to end.

    :param is_working: called in the worker's main thread, which alone can set a handler
    """

    def heed(worker: Any) -> None:
        def end(signum: int, _frame: object) -> None:
            # The next one kills.
            signal.signal(signum, signal.SIG_DFL)
            if is_working():
                worker.alive = False
            else:
                os.kill(os.getpid(), signum)

        signal.signal(signal.SIGTERM, end)

    at_start_of_cron_workers(heed)


def outlive_database(
    is_passing: Callable[[Exception], bool], look_soon: Callable[[], threading.Timer]
) -> None:
    """Let Odoo's servers go on once a PostgreSQL that was away is back.

    Before it replaces a worker, the prefork master asks for the newest registry. An
    error there ends it, and all workers with their calls. A cron thread ends if it
    can't open a connection at once; a new one first sleeps for a minute.

    :param is_passing: returns whether an error means that the database is away
    :param look_soon: sets a timer that looks for what the thread was not woken for
    """
    spawn = private(prefork := private(server, "PreforkServer"), "process_spawn")
    run = private(threaded := private(server, "ThreadedServer"), "cron_thread")

    def spawn_if_there(master: Any) -> None:
        with _away(is_passing):
            spawn(master)

    def run_again(*args: Any) -> Any:
        while True:
            timer = look_soon()
            with _away(is_passing):
                return run(*args)
            timer.cancel()
            time.sleep(AWAY)

    if spawn:
        prefork.process_spawn = spawn_if_there
    if run:
        threaded.cron_thread = run_again


@contextlib.contextmanager
def _away(is_passing: Callable[[Exception], bool]) -> Iterator[None]:
    try:
        yield
    except Exception as exception:
        if not is_passing(exception):
            raise
        _logger.warning("Odoo's server goes on once the database is back.")
