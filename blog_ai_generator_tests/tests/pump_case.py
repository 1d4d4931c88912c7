# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
import os
import threading
import time
from contextlib import contextmanager, suppress
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import tagged
from odoo.tests.common import BaseCase, get_db_name

from odoo.addons.blog_ai_generator.pump import Pump, pump
from odoo.addons.blog_ai_generator.pump.limits import Limits

from .. import fixtures
from ..llm_server import LLMServer

LIMITS = Limits(width=8, call_timeout=60.0, max_attempts=3)
# A single call in flight leaves no room, and so no look at the queue: looks are
# transactions, too, and come every 20 ms.
ONE_CALL = LIMITS._replace(width=1)
CRONS = ("cron_pump", "cron_pump_relay", "cron_watch")
# Seconds after which a thread counts as hanging.
PATIENCE = 60


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class PumpCase(BaseCase):
    """Tests on committed data with real cursors, which ``TransactionCase`` cannot have.

    Only ids cross threads, never records. Records of a test are deleted after it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        # The stock runner holds this lock for the whole run; any other thread that
        # builds an environment would wait for it forever.
        cls.startClassPatcher(patch.object(Registry, "_lock", DummyRLock()))
        cls.llm = LLMServer().start()
        cls.addClassCleanup(cls.llm.close)

    def setUp(self):
        super().setUp()
        self.llm.reset()
        self.addCleanup(self._purge)
        with self.committed() as env:
            blog = env["blog.blog"].create({"name": "Pump blog"})
            provider = fixtures.provider(
                env, "Fake LLM", self.llm.url, fixtures.GOOD_KEY
            )
            self.blog_id, self.provider_id = blog.id, provider.id

    def _purge(self):
        self.llm.reset()
        with self.committed() as env:
            env["blog.post"].search([("blog_id", "=", self.blog_id)]).unlink()
            env.cr.execute(
                "DELETE FROM blog_ai_call WHERE provider_id = %s", [self.provider_id]
            )
            env.cr.execute(
                "DELETE FROM blog_ai_generation WHERE provider_id = %s",
                [self.provider_id],
            )
            env["blog.ai.provider"].browse(self.provider_id).unlink()
            env["blog.blog"].browse(self.blog_id).unlink()
            self._purge_triggers(env)

    def _purge_triggers(self, env):
        crons = [env.ref(f"blog_ai_generator.{name}").id for name in CRONS]
        env["ir.cron.trigger"].search([("cron_id", "in", crons)]).unlink()

    @contextmanager
    def committed(self):
        """Yield an environment whose changes are committed when the block ends."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def ask(self, *topics: str, model: str = "good", **values) -> list[int]:
        with self.committed() as env:
            generations = env["blog.ai.generation"].create(
                [
                    {
                        "topic": topic,
                        "blog_id": self.blog_id,
                        "provider_id": self.provider_id,
                        "model": model,
                        **values,
                    }
                    for topic in topics
                ]
            )
            return generations.ids

    def pump(self, limits: Limits = LIMITS, linger: float = 0.0, **options) -> None:
        self.pump_of(limits, linger=linger, **options).run()

    def pump_of(self, limits: Limits = LIMITS, **options) -> Pump:
        return Pump(self.registry, limits, **options)

    @contextmanager
    def pump_beside(self, limits: Limits = LIMITS, **options):
        """Run a pump in a thread of its own, which has to end after the block."""
        pump, broken = self.pump_of(limits, linger=0.0, **options), []

        def run():
            try:
                pump.run()
            except BaseException as exception:
                broken.append(exception)

        thread = threading.Thread(target=run, name="pump", daemon=True)
        thread.start()
        yield pump
        thread.join(PATIENCE)
        self.assertFalse(thread.is_alive(), "The pump hangs.")
        if broken:
            raise broken[0]

    def without_looks_for_cancelled(self) -> None:
        """Let the pumps of this test not notice that a call was cancelled."""
        self.startPatcher(patch.object(pump, "LOOK_FOR_CANCELLED", math.inf))

    def wake_until_called(self, calls: int = 1) -> None:
        """Wake the pump until it calls: a server that is starting does not listen."""
        for _second in range(PATIENCE):
            with self.committed() as env:
                env["blog.ai.generation"]._wake_pump()
            with suppress(TimeoutError):
                self.llm.wait_for_requests(calls, timeout=1)
                return
        self.fail("The second Odoo does not work off its queue.")

    def look_at(self, ids: list[int], *names: str) -> list[dict]:
        with self.committed() as env:
            return env["blog.ai.generation"].browse(ids).read([*names])

    def values(self, generation_id: int, *names: str):
        (row,) = self.look_at([generation_id], *names)
        return tuple(row[name] for name in names)

    def outcomes(self, ids: list[int]) -> list[str]:
        """Return the outcomes of all calls of these generations, the oldest first."""
        with self.committed() as env:
            calls = env["blog.ai.call"].search(
                [("generation_id", "in", ids)], order="id"
            )
            return calls.mapped("outcome")

    def count_posts(self) -> int:
        with self.committed() as env:
            return env["blog.post"].search_count([("blog_id", "=", self.blog_id)])

    def connections(self, env) -> dict[str, set[int]]:
        """Return this process's other connections: in a transaction, or idle."""
        # In a transaction, PostgreSQL's statistics do not change.
        env.cr.commit()
        env.cr.execute(
            """
            SELECT pid, state FROM pg_stat_activity
             WHERE application_name = %s AND datname = current_database()
               AND pid <> pg_backend_pid()
            """,
            [f"odoo-{os.getpid()}"],
        )
        found = {"busy": set(), "idle": set()}
        for pid, state in env.cr.fetchall():
            found["idle" if state == "idle" else "busy"].add(pid)
        return found

    def wait_until_blocked(self, cr) -> None:
        """Wait until another transaction waits for a lock of this one."""
        cr.execute("SELECT pg_backend_pid()")
        (pid,) = cr.fetchone()
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with self.committed() as env:
                env.cr.execute(
                    "SELECT FROM pg_stat_activity "
                    "WHERE %s = ANY(pg_blocking_pids(pid)) "
                    "AND datname = current_database()",
                    [pid],
                )
                if env.cr.rowcount:
                    return
        self.fail("Nobody waits.")

    def let_time_pass(self, ids: list[int]) -> None:
        """End the leases and pauses of these generations and the provider's hold."""
        with self.committed() as env:
            env.cr.execute(
                """
                UPDATE blog_ai_generation
                   SET lease_until = lease_until - interval '1 day',
                       next_try_at = next_try_at - interval '1 day',
                       refused_since = refused_since - interval '1 day'
                 WHERE id = ANY(%s)
                """,
                [ids],
            )
            env.cr.execute(
                """
                UPDATE blog_ai_provider
                   SET hold_until = hold_until - interval '1 day',
                       hold_since = hold_since - interval '1 day'
                 WHERE id = %s AND hold_until IS NOT NULL
                """,
                [self.provider_id],
            )
