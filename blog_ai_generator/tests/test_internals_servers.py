# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import os
import signal
import threading
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import Mock, patch

import psycopg2

from odoo.service import server
from odoo.tests import tagged

from .. import internals
from ..internals import servers
from ..pump import is_passing
from .internals_case import InternalsCase, without

AWAY = psycopg2.OperationalError("the database system is starting up")


@tagged("post_install", "-at_install")
class TestServersOfInternals(InternalsCase):
    """The processes and threads of a server, with Odoo's private way and without it."""

    def test_a_worker_of_the_prefork_server_is_recognized(self):
        multi = SimpleNamespace(
            pipe_new=lambda: (3, 4),
            pipe_ping=[].append,
            timeout=60,
            cron_timeout=60,
            limit_request=0,
        )
        worker = server.WorkerCron(multi)
        used = ("alive", "check_limits", "multi", "watchdog_pipe")
        gone = [name for name in used if not hasattr(worker, name)]
        self.assertFalse(gone, "Odoo's workers have these no more: see internals/.")
        thread = threading.Thread(target=worker._runloop)
        self.assertTrue(internals.PreforkWorker.of(thread).is_alive)
        self.assertIsNone(internals.PreforkWorker.of(threading.current_thread()))

    def test_the_registries_of_this_process_that_have_a_model(self):
        found = internals.loaded_registries("blog.ai.generation")
        self.assertIn(self.env.cr.dbname, [registry.db_name for registry in found])
        self.assertFalse(internals.loaded_registries("no.such.model"))
        for gone in ("registries", "snapshot"):
            with without(gone):
                self.assertFalse(internals.loaded_registries("blog.ai.generation"))

    def test_a_worker_that_can_not_be_pinged_is_none(self):
        multi = SimpleNamespace(pipe_ping=[].append)
        worker = SimpleNamespace(multi=multi, watchdog_pipe=(3, 4), alive=True)
        thread = threading.Thread()
        thread._target = SimpleNamespace(__self__=worker)
        self.assertIsNotNone(internals.PreforkWorker.of(thread))
        for name in ("_target", "watchdog_pipe", "multi", "pipe_ping"):
            with without(name):
                self.assertIsNone(internals.PreforkWorker.of(thread))

    def handler_of_sigterm(self, worker, working: bool):
        """Return what a worker has for SIGTERM after its start."""
        self.addCleanup(signal.signal, signal.SIGTERM, signal.getsignal(signal.SIGTERM))
        with patch.object(server.WorkerCron, "start"):
            internals.end_work_before_sigterm(lambda: working)
            server.WorkerCron.start(worker)
        return signal.getsignal(signal.SIGTERM)

    def test_a_worker_ends_its_work_at_the_first_sigterm(self):
        worker = SimpleNamespace(alive=True)
        self.handler_of_sigterm(worker, working=True)(signal.SIGTERM, None)
        self.assertFalse(worker.alive)
        self.assertEqual(signal.getsignal(signal.SIGTERM), signal.SIG_DFL)

    def test_sigterm_kills_a_worker_that_has_nothing_to_end(self):
        worker = SimpleNamespace(alive=True)
        end = self.handler_of_sigterm(worker, working=False)
        with patch.object(os, "kill") as kill:
            end(signal.SIGTERM, None)
        kill.assert_called_once_with(os.getpid(), signal.SIGTERM)
        self.assertEqual(signal.getsignal(signal.SIGTERM), signal.SIG_DFL)

    def test_without_that_kind_of_worker_sigterm_is_left_alone(self):
        before = server.WorkerCron.start
        with without("WorkerCron"):
            internals.end_work_before_sigterm(lambda: True)
        self.assertEqual(server.WorkerCron.start, before)

    @contextmanager
    def servers(self, *errors):
        """Yield the master's look for workers, a cron thread, and a worker's pause.

        The fourth is the stand-in for Odoo's own function in all three. It raises
        ``errors`` one after the other.
        """
        own, self.look_soon = Mock(side_effect=[*errors, None]), Mock()
        with (
            patch.object(server.PreforkServer, "process_spawn", own),
            patch.object(server.ThreadedServer, "cron_thread", own),
            patch.object(server.WorkerCron, "sleep", own),
            patch.object(servers, "AWAY", 0.01),
        ):
            internals.outlive_database(is_passing, self.look_soon)
            master, threads = server.PreforkServer, server.ThreadedServer
            yield (
                master.process_spawn,
                threads.cron_thread,
                server.WorkerCron.sleep,
                own,
            )

    def test_the_master_looks_again_once_the_database_is_back(self):
        with (
            self.servers(AWAY) as (look, _run, _sleep, own),
            self.assertLogs(servers.__name__, logging.WARNING) as log,
        ):
            look(None)
            self.assertEqual(own.call_count, 1)
            look(None)
        self.assertEqual(own.call_count, 2)
        self.assertEqual(len(log.output), 1)

    def test_a_cron_thread_outlives_a_database_that_is_away(self):
        with (
            self.servers(AWAY, AWAY) as (_look, run, _sleep, own),
            self.assertLogs(servers.__name__, logging.WARNING),
        ):
            run(None, 1)
        self.assertEqual(own.call_count, 3)
        self.assertEqual(self.look_soon.call_count, 3)
        self.assertEqual(self.look_soon().cancel.call_count, 2)

    def slept(self, *errors, alive=True):
        """Return a cron worker whose connection was cut while it waited for work.

        :param errors: of its first tries to open another one
        """
        worker = Mock(alive=alive)
        found = [*errors, servers.db_connect("postgres")]
        with (
            self.servers(AWAY) as (_look, _run, sleep, _own),
            patch.object(servers, "db_connect", side_effect=found) as connect,
            self.assertLogs(servers.__name__, logging.WARNING),
        ):
            sleep(worker)
        return worker, connect

    def test_a_cron_worker_listens_again_once_the_database_is_back(self):
        worker, connect = self.slept(AWAY, AWAY)
        self.addCleanup(worker.dbcursor.close)
        worker.dbcursor.execute("SELECT pg_listening_channels()")
        self.assertEqual(worker.dbcursor.fetchall(), [("cron_trigger",)])
        self.assertEqual(connect.call_count, 3)
        # Its master kills a worker that gives no sign of life.
        self.assertEqual(worker.multi.pipe_ping.call_count, 3)

    def test_a_cron_worker_that_is_to_stop_does_not_listen_again(self):
        _worker, connect = self.slept(alive=False)
        connect.assert_not_called()

    def test_all_end_at_any_other_error(self):
        for nth in (0, 1, 2):
            with self.servers(ValueError()) as ways:
                self.assertRaises(ValueError, ways[nth], None)

    def test_without_that_kind_of_server_nothing_is_changed(self):
        def ways():
            return (
                server.PreforkServer.process_spawn,
                server.ThreadedServer.cron_thread,
                server.WorkerCron.sleep,
            )

        before = ways()
        with without("process_spawn", "cron_thread", "sleep"):
            internals.outlive_database(is_passing, Mock())
        self.assertEqual(ways(), before)
