# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
import resource
import threading
import time
from types import SimpleNamespace
from unittest.mock import patch

from odoo.service.server import CommonServer
from odoo.tests import BaseCase, tagged
from odoo.tools import config

from ..pump import turn as turn_module
from ..pump.limits import Limits, longest_call, sweep_seconds
from ..pump.turn import SHORT_TURN, TURN, Turn, _Turns
from .internals_case import without

LIMITS = Limits(call_timeout=30.0)


class PreforkWorker:
    """Odoo's cron worker of the prefork server, as the pump sees it."""

    def __init__(self):
        self.pings = []
        self.multi = SimpleNamespace(pipe_ping=self.pings.append)
        self.watchdog_pipe = (0, 1)
        self.alive = True
        self.seen = []

    def run(self):
        turn = Turn()
        self.seen.append(turn.goes_on())
        self.alive = False
        self.seen.append(turn.goes_on())

    def run_unknown(self):
        with without("watchdog_pipe"):
            self.seen.append(Turn().end(LIMITS) - time.monotonic())

    def run_to_the_limit(self, seconds_left):
        turn = Turn()
        for seconds in seconds_left:
            limit = (100.0 + seconds, resource.RLIM_INFINITY)
            with (
                patch.object(time, "process_time", return_value=100.0),
                patch.object(resource, "getrlimit", return_value=limit),
            ):
                self.seen.append(turn.goes_on())


@tagged("post_install", "-at_install")
class TestTurn(BaseCase):
    def in_cron_thread(self, function, workers: int):
        """Return the result of ``function``, and how long its turn begins calls."""
        results = []

        def run():
            turn = Turn()
            seconds = turn.end(LIMITS) - time.monotonic() - LIMITS.call_timeout
            results.append((function(turn), seconds))

        thread = threading.Thread(target=run)
        thread.type, thread.start_time = "cron", 0.0
        with patch.dict(config.options, {"max_cron_threads": workers}):
            thread.start()
            thread.join(10)
        return thread, *results[0]

    def test_outside_a_scheduled_action_there_is_no_limit(self):
        turn = Turn()
        self.assertEqual(turn.end(LIMITS), math.inf)
        self.assertTrue(turn.goes_on())

    def test_the_threaded_server_is_told_that_the_pump_is_alive(self):
        before = time.time()
        thread, goes_on, seconds = self.in_cron_thread(lambda turn: turn.goes_on(), 2)
        self.assertTrue(goes_on)
        self.assertGreaterEqual(thread.start_time, before)
        self.assertGreater(seconds, TURN)

    def test_a_lone_cron_worker_is_soon_there_for_others(self):
        _thread, _goes_on, seconds = self.in_cron_thread(lambda turn: True, 1)
        self.assertLess(seconds, 2 * SHORT_TURN)

    def test_the_prefork_master_is_pinged_and_a_worker_that_stops_is_obeyed(self):
        worker = PreforkWorker()
        thread = threading.Thread(target=worker.run)
        thread.start()
        thread.join(10)
        self.assertEqual(worker.pings, [worker.watchdog_pipe] * 2)
        self.assertEqual(worker.seen, [True, False])

    def test_a_turn_ends_before_the_worker_has_computed_for_too_long(self):
        worker = PreforkWorker()
        thread = threading.Thread(target=worker.run_to_the_limit, args=[(30, 10)])
        with patch.dict(config.options, {"limit_time_cpu": 60}):
            thread.start()
            thread.join(10)
        self.assertEqual(worker.seen, [True, False])

    def test_a_threaded_server_that_stops_is_obeyed_and_waits_for_its_pumps(self):
        turns, stops = _Turns(), []
        began, may_end = threading.Event(), threading.Event()

        def pump(turn):
            with turn:
                began.set()
                may_end.wait(10)
                stops.append(turn.stops())

        with (
            patch.object(turn_module, "_turns", turns),
            patch.object(CommonServer, "_on_stop_funcs", []) as on_stop,
        ):
            thread = threading.Thread(target=lambda: pump(Turn()))
            thread.type = "cron"
            thread.start()
            self.assertTrue(began.wait(10))
            self.assertTrue(turns)
            self.assertEqual(on_stop, [turns._stop])
            ending = threading.Thread(target=turns._stop)
            ending.start()
            ending.join(0.1)
            self.assertTrue(ending.is_alive(), "It did not wait.")
            may_end.set()
            ending.join(10)
            thread.join(10)
        self.assertEqual(stops, [True])
        self.assertFalse(turns)

    def test_the_server_is_asked_once_to_tell_when_it_stops(self):
        turns = _Turns()
        with patch.object(CommonServer, "_on_stop_funcs", []) as on_stop:
            turns.add("shell", in_cron_thread=False)
            self.assertEqual(on_stop, [])
            turns.add("one", in_cron_thread=True)
            turns.add("two", in_cron_thread=True)
        self.assertEqual(len(on_stop), 1)
        for turn in ("shell", "one", "two"):
            self.assertTrue(turns)
            turns.discard(turn)
        self.assertFalse(turns)

    def test_the_limit_of_a_sweep_is_read_as_odoo_reads_it(self):
        for given, seconds in ((90, 90), (0, math.inf), (-1, 60), (None, 60)):
            limits = {"limit_time_real_cron": given, "limit_time_real": 60}
            with self.subTest(given), patch.dict(config.options, limits):
                self.assertEqual(sweep_seconds(), seconds)

    def test_only_an_unknown_worker_shortens_calls(self):
        self.assertEqual(Turn().longest_call(3600), 3600)
        lengths = []
        worker = PreforkWorker()
        worker.run = lambda: lengths.append(Turn().longest_call(3600))
        thread = threading.Thread(target=worker.run)
        with (
            patch.dict(config.options, {"workers": 2, "limit_time_real_cron": 120}),
            without("watchdog_pipe"),
        ):
            thread.start()
            thread.join(10)
            self.assertEqual(lengths, [longest_call()])
        self.assertLess(lengths[0], 120)

    def test_in_a_worker_that_can_not_be_pinged_a_turn_ends_within_a_sweep(self):
        worker = PreforkWorker()
        thread = threading.Thread(target=worker.run_unknown)
        with patch.dict(config.options, {"workers": 2, "limit_time_real_cron": 120}):
            thread.start()
            thread.join(10)
            self.assertLessEqual(worker.seen[0], sweep_seconds())
