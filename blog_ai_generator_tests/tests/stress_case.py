# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import threading
from collections import Counter
from contextlib import contextmanager
from typing import NamedTuple
from unittest.mock import patch

from odoo import api, sql_db
from odoo.http import DEFAULT_LANG, get_default_session, root
from odoo.service import security
from odoo.tests import tagged
from odoo.tests.common import get_db_name

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.blog_ai_generator.pump.limits import Limits

from .. import fixtures
from .pump_case import LIMITS, PATIENCE
from .slot_case import SlotCase
from .stress_actors import CronWorker

# More attempts than any generation of these tests can have.
ROUNDS = 30
CRONS = ("cron_pump", "cron_pump_relay", "cron_slots")


class Held(NamedTuple):
    """Resources that this process holds, in PostgreSQL and in itself."""

    backends: set[int]
    locks: set[tuple]
    borrowed: int
    threads: set[threading.Thread]


@tagged("post_install", "-at_install", "-blog_ai_committed", "blog_ai_stress")
class StressCase(SlotCase):
    """Many pumps, people and slots at once.

    Nothing may remain after each test except what it wrote: no lease, lock,
    transaction, connection or thread.
    """

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
        for sid in self.sids:
            root.session_store.delete(root.session_store.get(sid))
        return purged

    def _purge_triggers(self, env):
        for model in ("ir.cron.trigger", "ir.cron.progress"):
            env[model].search([("cron_id", "in", self.cron_ids)]).unlink()

    # Many at once

    @contextmanager
    def at_once(self, *functions):
        """Run each function in a thread of its own beside the block.

        All start together, and have to end soon after the block.
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
        """Run ``count`` of Odoo's cron workers for the product's actions alone."""
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
        """Create ``count`` writers, and return a session's id for each.

        Several browsers may share a session.
        """
        with self.committed() as env:
            logins = [f"stress-{number}" for number in range(count)]
            users = [fixtures.writer(env, login) for login in logins]
            self.user_ids += [user.id for user in users]
            sids = [self._session(user) for user in users]
        self.sids += sids
        return sids

    def _session(self, user) -> str:
        session = root.session_store.new()
        # Disable the trace of devices, which a session's first request would write.
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
        """Move each slot's next planned day to now, and wake the scheduled action."""

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
        """Return the ids of this test's generations, in the order of their requests."""
        with self.committed() as env:
            mine = [("provider_id", "=", self.provider_id)]
            return env["blog.ai.generation"].search(mine, order="id").ids

    def topics(self, state: str) -> list[str]:
        with self.committed() as env:
            mine = [("blog_id", "=", self.blog_id), ("state", "=", state)]
            return env["blog.ai.topic"].search(mine).mapped("name")

    # Assertions

    def settle(self, limits: Limits = LIMITS) -> None:
        """Let time pass and the pump run until no generation is open.

        Each round is one more attempt for all that are open.
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
        """Check one call, one post and, if published, one email for each."""
        rows = self.look_at(ids, "state", "attempts")
        self.assertEqual(
            Counter((row["state"], row["attempts"]) for row in rows),
            {("done", 1): len(ids)},
        )
        self.assertEqual(self.outcomes(ids), ["ok"] * len(ids))
        self.assertEqual(self.assert_consistent(), published)

    def assert_consistent(self) -> int:
        """Check generations in any state; return the number of published posts.

        A post exists if and only if its generation is done; an email if and only if it
        is published; a call on record for each one that the provider received; totals
        are the sums of the calls.
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
            self.assertEqual(self._emails_about(env), Counter(published.ids))
            self._assert_calls(generations)
            return len(published)

    def _emails_about(self, env) -> Counter:
        """Return the number of emails about each post that the reader got."""
        mails = env["mail.mail"].search(
            [("model", "=", "blog.post"), ("recipient_ids", "in", [self.reader_id])]
        )
        return Counter(mails.mapped("res_id"))

    def _assert_calls(self, generations) -> None:
        calls = generations.call_ids.filtered(lambda call: call.outcome != "lost")
        # A call may have been cancelled before its request was sent.
        sent = calls.filtered(lambda call: call.outcome not in ("cancelled", "stopped"))
        received = Counter(call.topic for call in self.llm.requests)
        self.assertLessEqual(
            Counter(call.generation_id.topic for call in sent), received
        )
        self.assertLessEqual(
            received, Counter(call.generation_id.topic for call in calls)
        )
        for generation in generations:
            for name in ("tokens_in", "tokens_out"):
                self.assertEqual(
                    generation[name], sum(generation.call_ids.mapped(name)), name
                )

    def assert_nothing_left(self) -> None:
        """Check that nothing is held in the queue, the database or this process."""
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
        """Return what this process holds now, apart from this look itself."""
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
