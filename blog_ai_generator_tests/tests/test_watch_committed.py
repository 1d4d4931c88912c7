# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import select
import threading
import time
from contextlib import contextmanager
from unittest.mock import patch

from odoo import sql_db
from odoo.service import server
from odoo.tests import tagged
from odoo.tests.common import get_db_name

from odoo.addons.blog_ai_generator.pump import (
    LOOK_OF_ODOO,
    take_over_lost,
    watch,
    watch_from_start,
)

from .pump_case import CRONS, LIMITS, PATIENCE, PumpCase


def named(name: str) -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == name]


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestWatch(PumpCase):
    """Generations whose worker was killed, and the moment when their lease ends."""

    def setUp(self):
        super().setUp()
        # A timer of one test would ring in the next one.
        self.startPatcher(patch.object(watch, "_alarms", watch._Alarms()))
        self.addCleanup(self.end_timers)

    def end_timers(self) -> None:
        while timers := [*self.alarms(), *named("blog_ai_generator.look")]:
            for timer in timers:
                timer.cancel()
                timer.join(PATIENCE)

    def abandon(self, seconds: float) -> int:
        """Return a generation of a dead worker, whose lease ends in ``seconds``."""
        (generation,) = self.ask("Abandoned medlars")
        with self.committed() as env:
            env["blog.ai.generation"]._claim(1, LIMITS)
            env.cr.execute(
                "UPDATE blog_ai_generation SET lease_until = clock_timestamp() "
                "AT TIME ZONE 'UTC' + make_interval(secs => %s) WHERE id = %s",
                [seconds, generation],
            )
            env["ir.cron.trigger"].search(self.triggers(env)).unlink()
        return generation

    def forget(self, seconds: float) -> int:
        """Return a generation that is due for ``seconds``, with nobody to begin it."""
        (generation,) = self.ask("Forgotten figs")
        with self.committed() as env:
            env.cr.execute(
                "UPDATE blog_ai_generation SET next_try_at = clock_timestamp() "
                "AT TIME ZONE 'UTC' - make_interval(secs => %s) WHERE id = %s",
                [seconds, generation],
            )
            self._purge_triggers(env)
        return generation

    def watch(self) -> None:
        with self.committed() as env:
            env["blog.ai.generation"]._cron_watch()

    def triggers(self, env, name: str = "cron_watch") -> list:
        return [("cron_id", "=", env.ref(f"blog_ai_generator.{name}").id)]

    def triggered(self) -> list[str]:
        with self.committed() as env:
            triggers = env["ir.cron.trigger"]
            return [name for name in CRONS if triggers.search(self.triggers(env, name))]

    def alarms(self) -> list[threading.Thread]:
        return named(f"blog_ai_generator.alarm.{get_db_name()}")

    @contextmanager
    def cron_worker(self):
        """Yield a function that waits for a signal, as one of Odoo's workers does."""
        with sql_db.db_connect("postgres").cursor() as cr:
            cr.execute("LISTEN cron_trigger")
            # LISTEN takes effect with the commit.
            cr.commit()  # pylint: disable=invalid-commit

            def wait_until_woken():
                end, woken = time.monotonic() + PATIENCE, set()
                # Tours beside these tests wake workers for a database of their own.
                while get_db_name() not in woken:
                    left = max(end - time.monotonic(), 0)
                    ready = select.select([cr._cnx], [], [], left)[0]
                    self.assertTrue(ready, "Nobody wakes the worker.")
                    cr._cnx.poll()
                    woken |= {notify.payload for notify in cr._cnx.notifies}

            yield wait_until_woken

    def test_a_claim_leaves_triggers_before_and_at_the_end_of_the_lease(self):
        (generation,) = self.ask("Watched walnuts")
        with self.committed() as env:
            env["ir.cron.trigger"].search(self.triggers(env)).unlink()
            env["blog.ai.generation"]._claim(1, LIMITS)
        with self.committed() as env:
            triggers = env["ir.cron.trigger"].search(self.triggers(env))
            lease = env["blog.ai.generation"].browse(generation).lease_until
            early = [(lease - at).total_seconds() for at in triggers.mapped("call_at")]
        self.assertEqual(sorted(early), [0.0, LOOK_OF_ODOO])

    def test_what_is_lost_is_queued_again_when_the_lease_ends(self):
        generation = self.abandon(seconds=1)
        with self.cron_worker() as wait_until_woken:
            take_over_lost(self.registry)
            self.assertEqual(self.values(generation, "state"), ("writing",))
            wait_until_woken()
        # No scheduled action did so: a server that froze may have locked them.
        self.assertEqual(self.values(generation, "state", "attempts"), ("queued", 1))
        self.assertEqual(self.outcomes([generation]), ["lost"])
        self.assertIn("cron_pump_relay", self.triggered())

    def test_other_scheduled_actions_are_woken_for_what_nobody_begins(self):
        self.forget(seconds=60)
        with self.cron_worker() as wait_until_woken:
            take_over_lost(self.registry)
            wait_until_woken()
        self.assertEqual(self.triggered(), ["cron_pump_relay", "cron_watch"])

    def test_the_watch_itself_writes_what_nobody_begins(self):
        generation = self.forget(seconds=60)
        self.watch()
        self.assertEqual(self.values(generation, "state", "attempts"), ("done", 1))

    def test_the_watch_leaves_to_the_pump_what_has_only_just_become_due(self):
        generation = self.forget(seconds=0)
        self.watch()
        self.assertEqual(self.values(generation, "state"), ("queued",))
        self.assertFalse(self.triggered())

    def test_the_watch_writes_nothing_if_the_pump_is_switched_off(self):
        generation = self.forget(seconds=60)
        with self.pump_off():
            self.watch()
        self.assertEqual(self.values(generation, "state"), ("queued",))
        self.assertFalse(self.triggered())

    @contextmanager
    def pump_off(self):
        self.set_pump_active(False)
        try:
            yield
        finally:
            self.set_pump_active(True)

    def set_pump_active(self, is_active: bool) -> None:
        with self.committed() as env:
            env.ref("blog_ai_generator.cron_pump").active = is_active

    def test_a_worker_looks_again_and_again(self):
        with (
            patch.object(server.WorkerCron, "start"),
            patch.object(watch, "LOOK_OF_ODOO", 1.0),
        ):
            watch_from_start()
            server.WorkerCron.start("worker")
            self.forget(seconds=60)
            with self.cron_worker() as wait_until_woken:
                wait_until_woken()

    def test_a_new_worker_knows_at_once_when_leases_end(self):
        self.abandon(seconds=1)
        with patch.object(server.WorkerCron, "start") as start:
            watch_from_start()
            with self.cron_worker() as wait_until_woken:
                server.WorkerCron.start("worker")
                wait_until_woken()
        start.assert_called_once_with("worker")

    def test_each_worker_that_looks_watches_the_lease(self):
        take_over_lost(self.registry)
        self.abandon(seconds=2)
        with patch.object(self.registry["ir.cron"], "_notifydb") as notify:
            take_over_lost(self.registry)
        notify.assert_not_called()
        with self.committed() as env:
            self.assertEqual(env["ir.cron.trigger"].search_count(self.triggers(env)), 1)
        (alarm,) = self.alarms()
        alarm.join(PATIENCE)

    def test_what_is_locked_when_its_lease_ends_is_looked_at_again_later(self):
        generation = self.abandon(seconds=-1)
        with self.committed() as env:
            env["blog.ai.generation"].browse(generation).lock_for_update()
            take_over_lost(self.registry)
        (alarm,) = self.alarms()
        alarm.cancel()
        self.assertGreaterEqual(alarm.interval, watch.LOCKED)
        self.assertEqual(self.values(generation, "state"), ("writing",))
        take_over_lost(self.registry)
        self.assertEqual(self.values(generation, "state"), ("queued",))

    def test_a_second_look_sets_no_second_alarm(self):
        self.abandon(seconds=2)
        for _look in range(3):
            take_over_lost(self.registry)
        (alarm,) = self.alarms()
        alarm.join(PATIENCE)
        # It looks later whether somebody has begun what was queued again.
        (later,) = self.alarms()
        self.assertEqual(later.interval, watch.BEGUN + watch.SLACK)

    def test_a_lease_that_ends_much_later_sets_no_alarm(self):
        take_over_lost(self.registry)
        self.abandon(seconds=LOOK_OF_ODOO + 30)
        take_over_lost(self.registry)
        self.assertFalse(self.alarms())

    def test_an_alarm_in_a_database_without_the_addon_is_no_error(self):
        self.abandon(seconds=1)
        Generation = self.registry["blog.ai.generation"]
        take_over_lost(self.registry)
        with (
            patch.object(Generation, "_requeue_lost", side_effect=ValueError("gone")),
            patch("threading.excepthook") as broken,
        ):
            (alarm,) = self.alarms()
            alarm.join(PATIENCE)
        broken.assert_not_called()
