# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ast
import logging
import os
import signal
import threading
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import Mock, patch

import psycopg2

from odoo import fields, sql_db
from odoo.modules.registry import Registry
from odoo.service import server
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from odoo.addons.bus.models import bus

from .. import internals
from ..pump import is_passing

ADDON = Path(internals.__file__).parent
CRON = "blog_ai_generator.cron_pump"
# The module under test, and packages that do not know Odoo.
ELSEWHERE = ("internals.py", "llm", "networks", "tests")
# Methods that Odoo documents for addons to call or override.
EXTENSION_POINTS = {
    "_",
    "_bus_send",
    "_calculate_company_based_kpi",
    "_commit_progress",
    "_convert",
    "_field_to_sql",
    "_fields",
    "_for_xml_id",
    "_get_kpi_compute_parameters",
    "_mail_flat_thread",
    "_message_log",
    "_origin",
    "_read_group",
    "_search",
    "_slug",
    "_table",
    "_trigger",
    "_url_for",
}
AWAY = psycopg2.OperationalError("the database system is starting up")
# Methods of named tuples.
PYTHONS_OWN = {"_asdict", "_field_defaults", "_fields", "_replace"}


@tagged("post_install", "-at_install")
class TestPrivateApiOfOdoo(TransactionCase):
    def test_odoo_still_has_what_is_used_of_it(self):
        website = self.env["website"]
        used = [
            (self.env["ir.model.data"], "_xmlid_to_res_model_res_id"),
            (self.env["ir.cron"], "_notifydb"),
            (bus, "get_notify_payloads"),
            (bus, "ODOO_NOTIFY_FUNCTION"),
            (self.env["blog.post"]._fields["name"], "_insert_cache"),
            (self.env.cr, "_now"),
            (self.env.registry, "_init_modules"),
            (website, "_get_cached"),
            (self.env["res.lang"], "_get_data"),
            (self.env["ir.mail_server"], "_get_default_from_address"),
            (server.PreforkServer, "pipe_ping"),
            (server.PreforkServer, "process_spawn"),
            (server.ThreadedServer, "cron_thread"),
            (server.WorkerCron, "start"),
            (Registry.registries, "snapshot"),
            (threading.Thread(target=self.id), "_target"),
        ]
        gone = [name for owner, name in used if not hasattr(owner, name)]
        self.assertFalse(gone, "Odoo has these no more: see internals.py.")

    def test_a_worker_of_the_prefork_server_is_recognized(self):
        multi = SimpleNamespace(
            pipe_new=lambda: (3, 4),
            pipe_ping=[].append,
            timeout=60,
            cron_timeout=60,
            limit_request=0,
        )
        worker = server.WorkerCron(multi)
        thread = threading.Thread(target=worker._runloop)
        self.assertTrue(internals.PreforkWorker.of(thread).is_alive)
        self.assertIsNone(internals.PreforkWorker.of(threading.current_thread()))

    def test_no_other_file_uses_private_api(self):
        files = [
            path
            for path in ADDON.rglob("*.py")
            if path.parts[len(ADDON.parts)] not in ELSEWHERE
        ]
        trees = {path: ast.parse(path.read_text()) for path in files}
        ours = {name for tree in trees.values() for name in _defined_in(tree)}
        allowed = ours | EXTENSION_POINTS | PYTHONS_OWN
        for path, tree in trees.items():
            with self.subTest(path.relative_to(ADDON)):
                self.assertFalse(_private_names_in(tree) - allowed)


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _defined_in(tree: ast.AST) -> set[str]:
    """Return the names of functions, and of what is assigned to a name or to self."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
                found.add(node.attr)
    return found


def _private_names_in(tree: ast.AST) -> set[str]:
    """Return the private names that are read, and those imported from Odoo."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.update(alias.name for alias in node.names)
    return {name for name in found if _is_private(name)}


@tagged("post_install", "-at_install")
class TestInternals(TransactionCase):
    """Each function, with Odoo's private way and without it."""

    def without(self, *names: str):
        """Let Odoo have none of these any more."""
        return patch.object(
            internals,
            "private",
            lambda owner, name: None if name in names else getattr(owner, name, None),
        )

    def both_ways(self, *names: str):
        yield
        with self.without(*names):
            yield

    def test_a_record_by_its_external_id(self):
        expected = self.env.ref(CRON)
        for _way in self.both_ways("_xmlid_to_res_model_res_id"):
            self.assertEqual(internals.cached_ref(self.env, CRON), expected)
            self.assertIsNone(internals.cached_ref(self.env, "base.no_such", False))
            with self.assertRaises(ValueError):
                internals.cached_ref(self.env, "base.no_such")

    def test_a_record_by_its_external_id_takes_no_query(self):
        internals.cached_ref(self.env, CRON)
        with self.assertQueryCount(0):
            internals.cached_ref(self.env, CRON)

    def test_a_scheduled_action_is_woken(self):
        ours = [("cron_id", "=", self.env.ref(CRON).id)]
        later = fields.Datetime.now() + timedelta(hours=1)
        for _way in self.both_ways("_notifydb"):
            for at in (None, later):
                self.env["ir.cron.trigger"].search(ours).unlink()
                internals.trigger_cron(self.env, CRON, at)
                trigger = self.env["ir.cron.trigger"].search(ours)
                self.assertEqual(len(trigger), 1)
                self.assertLessEqual(
                    trigger.call_at, at or fields.Datetime.now() + timedelta(seconds=1)
                )

    def test_a_trigger_without_notification_wakes_nobody(self):
        ours = [("cron_id", "=", self.env.ref(CRON).id)]
        for expected, _way in zip((1, 0), self.both_ways("_notifydb"), strict=True):
            self.env["ir.cron.trigger"].search(ours).unlink()
            self.env.cr.postcommit.clear()
            internals.trigger_cron(self.env, CRON, notify=False)
            self.assertEqual(self.env["ir.cron.trigger"].search_count(ours), expected)
            self.assertFalse(self.env.cr.postcommit.data.get(internals.WOKEN))

    def test_the_notifies_of_a_transaction_are_handed_over_together(self):
        after, sent = self.env.cr.postcommit, []
        names = ("get_notify_payloads",)
        for expected, _way in zip((2, 0), self.both_ways(*names), strict=True):
            after.clear()
            internals.take_notifies(self.env, sent.extend)
            after.add(lambda: self.assertFalse(sent, "Others come first."))
            for _message in range(2):
                self.env.user._bus_send("blog_ai_generator/any", {})
            internals.trigger_cron(self.env, CRON)
            with patch.object(sql_db, "db_connect") as connect:
                after.run()
            self.assertEqual(len(sent), expected)
            self.assertEqual(connect.called, not expected)
            sent.clear()

    def test_a_transaction_without_notifies_hands_nothing_over(self):
        self.env.cr.postcommit.clear()
        internals.take_notifies(self.env, self.fail)
        self.env.cr.postcommit.run()

    def test_the_notifies_outlive_a_savepoint_that_is_rolled_back(self):
        sent = []
        self.env.cr.postcommit.clear()
        internals.take_notifies(self.env, sent.extend)
        with suppress(psycopg2.Error), mute_logger("odoo.sql_db"):
            with self.env.cr.savepoint():
                self.env.cr.execute("SELECT 1 / 0")
        self.env.user._bus_send("blog_ai_generator/any", {})
        self.env.cr.postcommit.run()
        self.assertEqual([channel for channel, _payload in sent], ["imbus"])

    def test_the_registries_of_this_process_that_have_a_model(self):
        found = internals.loaded_registries("blog.ai.generation")
        self.assertIn(self.env.cr.dbname, [registry.db_name for registry in found])
        self.assertFalse(internals.loaded_registries("no.such.model"))
        for gone in ("registries", "snapshot"):
            with self.without(gone):
                self.assertFalse(internals.loaded_registries("blog.ai.generation"))

    def test_a_filled_cache_is_not_asked_for_again(self):
        blog = self.env["blog.blog"].create({"name": "Filled"})
        self.env.flush_all()
        for filled, queries in ((True, 0), (False, 1)):
            self.env.invalidate_all()
            names = () if filled else ("_insert_cache",)
            with self.without(*names):
                internals.fill_cache(blog, "sequence", [7])
            with self.assertQueryCount(queries):
                self.assertEqual(blog.sequence == 7, filled)

    def test_the_time_of_a_transaction_is_set(self):
        now = self.env.cr.now()
        self.addCleanup(internals.set_transaction_time, self.env, now)
        internals.set_transaction_time(self.env, datetime(2030, 1, 1))
        self.assertEqual(self.env.cr.now(), datetime(2030, 1, 1))

    def test_the_beginning_of_a_request(self):
        self.assertIsNone(internals.request_began())
        thread = SimpleNamespace(perf_t0=1_800_000_000.5)
        with patch.object(threading, "current_thread", lambda: thread):
            for expected, _way in zip(
                (datetime(2027, 1, 15, 8, 0, 0, 500000), None),
                self.both_ways("perf_t0"),
                strict=True,
            ):
                self.assertEqual(internals.request_began(), expected)

    def test_the_default_language_of_a_website(self):
        website = self.env["website"].search([], limit=1)
        for _way in self.both_ways("_get_cached", "_get_data"):
            code = internals.default_language(website)
            self.assertEqual(code, website.default_lang_id.code)

    def test_the_sender_of_a_mail_without_one(self):
        expected = self.env["ir.mail_server"]._get_default_from_address() or None
        for _way in self.both_ways("_get_default_from_address"):
            self.assertEqual(internals.default_sender(self.env), expected)

    def test_a_worker_that_can_not_be_pinged_is_none(self):
        multi = SimpleNamespace(pipe_ping=[].append)
        worker = SimpleNamespace(multi=multi, watchdog_pipe=(3, 4), alive=True)
        thread = threading.Thread()
        thread._target = SimpleNamespace(__self__=worker)
        self.assertIsNotNone(internals.PreforkWorker.of(thread))
        for name in ("_target", "watchdog_pipe", "multi", "pipe_ping"):
            with self.without(name):
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
        with self.without("WorkerCron"):
            internals.end_work_before_sigterm(lambda: True)
        self.assertEqual(server.WorkerCron.start, before)

    @contextmanager
    def servers(self, *errors):
        """Yield the master's look for workers, a cron thread, and Odoo's own way."""
        own, self.look_soon = Mock(side_effect=[*errors, None]), Mock()
        with (
            patch.object(server.PreforkServer, "process_spawn", own),
            patch.object(server.ThreadedServer, "cron_thread", own),
            patch.object(internals, "AWAY", 0.01),
        ):
            internals.outlive_database(is_passing, self.look_soon)
            master, threads = server.PreforkServer, server.ThreadedServer
            yield master.process_spawn, threads.cron_thread, own

    def test_the_master_looks_again_once_the_database_is_back(self):
        with (
            self.servers(AWAY) as (look, _run, own),
            self.assertLogs(internals.__name__, logging.WARNING) as log,
        ):
            look(None)
            self.assertEqual(own.call_count, 1)
            look(None)
        self.assertEqual(own.call_count, 2)
        self.assertEqual(len(log.output), 1)

    def test_a_cron_thread_outlives_a_database_that_is_away(self):
        with (
            self.servers(AWAY, AWAY) as (_look, run, own),
            self.assertLogs(internals.__name__, logging.WARNING),
        ):
            run(None, 1)
        self.assertEqual(own.call_count, 3)
        self.assertEqual(self.look_soon.call_count, 3)
        self.assertEqual(self.look_soon().cancel.call_count, 2)

    def test_both_end_at_any_other_error(self):
        for nth in (0, 1):
            with self.servers(ValueError()) as ways:
                self.assertRaises(ValueError, ways[nth], None)

    def test_without_that_kind_of_server_nothing_is_changed(self):
        before = server.PreforkServer.process_spawn, server.ThreadedServer.cron_thread
        with self.without("process_spawn", "cron_thread"):
            internals.outlive_database(is_passing, Mock())
        after = server.PreforkServer.process_spawn, server.ThreadedServer.cron_thread
        self.assertEqual(after, before)
