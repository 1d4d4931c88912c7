# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import select
import socket
import threading
from collections import Counter
from contextlib import contextmanager
from typing import NamedTuple
from unittest.mock import patch

import requests

from odoo import api, sql_db
from odoo.http import DEFAULT_LANG, get_default_session, root
from odoo.service import security, server
from odoo.tests import tagged
from odoo.tests.common import get_db_name

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.blog_ai_generator.pump.limits import Limits

from .. import fixtures
from .pump_case import LIMITS, PATIENCE
from .slot_case import SlotCase

# More attempts than any generation of these tests can get.
ROUNDS = 30
CRONS = ("cron_pump", "cron_pump_relay", "cron_slots")


class Held(NamedTuple):
    """What this process holds, in PostgreSQL and in itself."""

    backends: set[int]
    locks: set[tuple]
    borrowed: int
    threads: set[threading.Thread]


class Refused(Exception):
    """What a person reads when a request of his was refused."""


class Person:
    """Somebody at a browser of his own: each click is a real request.

    :param sid: of a session that is logged in
    """

    def __init__(self, sid: str):
        port = server.server.httpd.server_port
        self._url = f"http://127.0.0.1:{port}/web/dataset/call_kw"
        self._http = requests.Session()
        self._http.cookies.set("session_id", sid)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._http.close()

    def click(self, model: str, method: str, *args, **kwargs):
        """:raises Refused: with the sentence that is shown"""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        response = self._http.post(
            f"{self._url}/{model}/{method}",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=PATIENCE,
        )
        response.raise_for_status()
        answer = response.json()
        if "error" in answer:
            raise Refused(answer["error"]["data"]["message"])
        return answer["result"]


class CronWorker(threading.Thread):
    """One of Odoo's cron workers: NOTIFY wakes it, and it runs what is ready."""

    def __init__(self, db_name: str):
        super().__init__(name=f"stress.{db_name}", daemon=True)
        self.db_name = db_name
        self.listening = threading.Event()
        self._ending, self._end = socket.socketpair()

    def run(self):
        with sql_db.db_connect("postgres").cursor() as cr, self._ending:
            cr.execute("LISTEN cron_trigger")
            # It listens from its commit on.
            cr.commit()  # pylint: disable=invalid-commit
            self.listening.set()
            while True:
                IrCron._process_jobs(self.db_name)
                ready, *_rest = select.select([cr._cnx, self._ending], [], [])
                if self._ending in ready:
                    return
                cr._cnx.poll()
                cr._cnx.notifies.clear()

    def end(self) -> None:
        """End once what it is at has ended."""
        self._end.close()


@tagged("post_install", "-at_install", "-blog_ai_committed", "blog_ai_stress")
class StressCase(SlotCase):
    """Very many at once. After each test nothing is left of them but what they wrote:
    no lease, no lock, no transaction, no connection, no thread."""

    def setUp(self):
        super().setUp()
        self.sids, self.user_ids = [], []
        with self.committed() as env:
            reader = env["res.partner"].create(
                {"name": "Reader", "email": "reader@example.com"}
            )
            self.reader_id = reader.id
            self.cron_ids = [env.ref(f"blog_ai_generator.{cron}").id for cron in CRONS]
        self.before = self.held()
        self.addCleanup(self.assert_nothing_left)

    def _purge(self):
        purged = super()._purge()
        with self.committed() as env:
            users = env["res.users"].browse(self.user_ids)
            partners = users.partner_id | env["res.partner"].browse(self.reader_id)
            users.unlink()
            partners.unlink()
            for model in ("ir.cron.trigger", "ir.cron.progress"):
                env[model].search([("cron_id", "in", self.cron_ids)]).unlink()
        for sid in self.sids:
            root.session_store.delete(root.session_store.get(sid))
        return purged

    # Many at once

    @contextmanager
    def at_once(self, *functions):
        """Run each function in a thread of its own beside the block.

        All begin together, and must have ended soon after the block.
        """
        barrier, broken = threading.Barrier(len(functions)), []

        def run(function):
            barrier.wait(PATIENCE)
            try:
                function()
            except BaseException as exception:
                broken.append(exception)

        threads = [
            threading.Thread(target=run, args=(function,), daemon=True)
            for function in functions
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            for thread in threads:
                thread.join(PATIENCE)
        self.assertFalse([t for t in threads if t.is_alive()], "A thread hangs.")
        if broken:
            raise broken[0]

    def all_at_once(self, *functions) -> None:
        with self.at_once(*functions):
            pass

    @contextmanager
    def cron_workers(self, count: int):
        """So many of Odoo's cron workers for the product's actions, and no others."""
        ready = IrCron._get_all_ready_jobs

        def ready_of_ours(cr):
            return [job for job in ready(cr) if job["id"] in self.cron_ids]

        workers = [CronWorker(get_db_name()) for _ in range(count)]
        with patch.object(IrCron, "_get_all_ready_jobs", staticmethod(ready_of_ours)):
            for worker in workers:
                worker.start()
            try:
                for worker in workers:
                    self.assertTrue(worker.listening.wait(PATIENCE))
                yield
            finally:
                for worker in workers:
                    worker.end()
                for worker in workers:
                    worker.join(PATIENCE)
        self.assertFalse([w for w in workers if w.is_alive()], "A cron worker hangs.")

    def people(self, count: int) -> list[str]:
        """So many writers; a session's id for each, as many browsers may share it."""
        with self.committed() as env:
            logins = [f"stress-{number}" for number in range(count)]
            users = [fixtures.writer(env, login) for login in logins]
            self.user_ids += [user.id for user in users]
            sids = [self._session(user) for user in users]
        self.sids += sids
        return sids

    def _session(self, user) -> str:
        session = root.session_store.new()
        # Without the trace of devices, which is written on a session's first request.
        session.update(get_default_session(), db=get_db_name(), _trace_disable=True)
        session.uid, session.login = user.id, user.login
        session.context = {"lang": DEFAULT_LANG, "uid": user.id}
        env = api.Environment(user.env.cr, user.id, {})
        session.session_token = security.compute_session_token(session, env)
        root.session_store.save(session)
        return session.sid

    # Slots and their topics

    def slots(self, count, **values):
        readers = [(6, 0, [self.reader_id])]
        return super().slots(count, **{"recipient_ids": readers, **values})

    def next_day(self, slots: list[int]) -> None:
        """Bring each slot's next planned day forward to now, and wake the tick."""

        def bring_forward(env):
            env.cr.execute(
                """
                UPDATE blog_ai_slot_day
                   SET planned_at = now() AT TIME ZONE 'UTC' - interval '1 minute'
                 WHERE id IN (
                     SELECT DISTINCT ON (slot_id) id FROM blog_ai_slot_day
                      WHERE slot_id = ANY(%s) AND state = 'planned'
                      ORDER BY slot_id, day)
                """,
                [slots],
            )
            env.ref("blog_ai_generator.cron_slots")._trigger()

        self.transact(bring_forward)

    def generations(self) -> list[int]:
        """Ids of all of this test, in the order in which they were asked for."""
        with self.committed() as env:
            mine = [("provider_id", "=", self.provider_id)]
            return env["blog.ai.generation"].search(mine, order="id").ids

    def topics(self, state: str) -> list[str]:
        with self.committed() as env:
            mine = [("blog_id", "=", self.blog_id), ("state", "=", state)]
            return env["blog.ai.topic"].search(mine).mapped("name")

    # What must be true afterwards

    def settle(self, limits: Limits = LIMITS) -> None:
        """Let time pass and the pump run until no generation is open any more.

        Each round takes all that are open one attempt further.
        """
        for _round in range(ROUNDS):
            ids = self.generations()
            rows = self.look_at(ids, "state")
            if not {row["state"] for row in rows} & {"queued", "writing"}:
                return
            self.let_time_pass(ids)
            self.pump(limits)
        self.fail("Generations are still open.")

    def assert_all_written(self, ids: list[int], published: int) -> None:
        """Each of them done with one call, one post and, if published, one mail."""
        rows = self.look_at(ids, "state", "attempts")
        self.assertEqual(
            Counter((row["state"], row["attempts"]) for row in rows),
            {("done", 1): len(ids)},
        )
        self.assertEqual(self.outcomes(ids), ["ok"] * len(ids))
        self.assertEqual(self.assert_consistent(), published)

    def assert_consistent(self) -> int:
        """What holds for this test's generations however they ended; how many of
        their posts are published.

        A post if and only if it is done; a mail if and only if it is published; a
        call on record for each that the provider had; the sums of its calls.
        """
        with self.committed() as env:
            generations = env["blog.ai.generation"].search(
                [("provider_id", "=", self.provider_id)]
            )
            done = generations.filtered(lambda g: g.state == "done")
            posts = env["blog.post"].search([("blog_id", "=", self.blog_id)])
            self.assertEqual(
                Counter(posts.blog_ai_generation_id.ids), Counter(done.ids)
            )
            self.assertEqual(len(posts), len(done))
            published = posts.filtered("is_published")
            self.assertCountEqual(published, done.filtered("publish").post_ids)
            self.assertEqual(self._told(env), Counter(published.ids))
            self._assert_bills(generations)
            return len(published)

    def _told(self, env) -> Counter:
        """How many mails of each post the reader got."""
        mails = env["mail.mail"].search(
            [("model", "=", "blog.post"), ("recipient_ids", "in", [self.reader_id])]
        )
        return Counter(mails.mapped("res_id"))

    def _assert_bills(self, generations) -> None:
        calls = generations.call_ids.filtered(lambda call: call.outcome != "lost")
        self.assertEqual(
            Counter(call.generation_id.topic for call in calls),
            Counter(call.topic for call in self.llm.requests),
        )
        for generation in generations:
            for name in ("tokens_in", "tokens_out"):
                self.assertEqual(
                    generation[name], sum(generation.call_ids.mapped(name)), name
                )

    def assert_nothing_left(self) -> None:
        """Nobody holds anything, in the queue or in the database or in here."""
        with self.committed() as env:
            for state, count in (("writing", "leases"), ("queued", "queued")):
                mine = [("provider_id", "=", self.provider_id), ("state", "=", state)]
                self.assertFalse(env["blog.ai.generation"].search(mine), count)
            pending = [
                ("provider_id", "=", self.provider_id),
                ("outcome", "=", "pending"),
            ]
            self.assertFalse(env["blog.ai.call"].search(pending))
        for thread in set(threading.enumerate()) - self.before.threads:
            thread.join(PATIENCE)
        after = self.held()
        self.assertFalse(after.threads - self.before.threads)
        self.assertFalse(after.backends - self.before.backends, "In a transaction")
        self.assertFalse(after.locks - self.before.locks)
        self.assertEqual(after.borrowed, self.before.borrowed, "Borrowed connections")

    def held(self) -> Held:
        """What this process holds at this moment, beside this very look."""
        borrowed = sum(
            connection._pool_in_use
            for pool in (sql_db._Pool, sql_db._Pool_readonly)
            if pool
            for connection in list(pool._connections)
        )
        ours = "application_name = %s AND activity.pid <> pg_backend_pid()"
        application = f"odoo-{os.getpid()}"
        with self.committed() as env:
            env.cr.execute(
                f"SELECT pid FROM pg_stat_activity activity "
                f"WHERE {ours} AND state <> 'idle'",
                [application],
            )
            backends = {pid for (pid,) in env.cr.fetchall()}
            env.cr.execute(
                f"SELECT pid, locktype, mode, relation::regclass::text "
                f"FROM pg_locks JOIN pg_stat_activity activity USING (pid) "
                f"WHERE {ours} AND locktype <> 'virtualxid'",
                [application],
            )
            locks = set(env.cr.fetchall())
        return Held(backends, locks, borrowed, set(threading.enumerate()))
