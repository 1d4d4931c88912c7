# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Calls in flight, and the store of what they bring, without a database."""

import logging
import threading
import time
from contextlib import contextmanager
from unittest.mock import Mock, patch

import psycopg2

from odoo.tests import BaseCase, tagged

from .. import llm
from ..pump import (
    LEASE_MARGIN,
    Claim,
    Failed,
    Failure,
    Limits,
    Prices,
    Pump,
    ask,
    calls,
    covers,
    notices,
    pump,
    store,
    turn,
    watch,
)
from ..pump.calls import CANCEL_GRACE, GRACE, Calls, Ended, Received
from ..pump.store import MOST, Store

ANSWER = Mock(spec=llm.Unchecked)
BUSY = psycopg2.OperationalError("the database is starting up")
REFUSED = psycopg2.DataError("a text that no database stores")


def claim(number: int = 1, deadline: float = 60.0) -> Claim:
    account = llm.Account("offline", "", "", "sample", "offline", deadline=deadline)
    prices, request = Prices(1, 0.0, 0.0, 0.0, True), llm.ArticleRequest("Bees")
    return Claim(number, "token", number, 1, 1, 1, prices, request, account)


@tagged("post_install", "-at_install")
class TestCalls(BaseCase):
    def setUp(self):
        super().setUp()
        self.calls = Calls()
        self.answering = threading.Event()
        self.addCleanup(self.answering.set)
        self.startPatcher(patch.object(calls, "call", self.call))

    def call(self, _claim, _cancellation):
        self.answering.wait(20)
        return ANSWER

    def begin(self, *claims):
        for each in claims:
            self.calls.begin(each)

    def test_an_answer_is_kept_until_its_lease_ends(self):
        begun = time.monotonic()
        self.begin(claim(deadline=60))
        self.assertEqual(list(self.calls.collect()), [])
        self.answering.set()
        (received,) = self.calls.collect(20)
        self.assertIsInstance(received, Received)
        self.assertAlmostEqual(received.kept_until, begun + 60 + LEASE_MARGIN, delta=10)
        self.assertFalse(self.calls)

    def test_a_call_that_outlives_its_deadline_is_given_up_and_answers_in_vain(self):
        self.begin(claim(1, deadline=-GRACE - 1), claim(2))
        (ended,) = self.calls.collect()
        self.assertEqual(ended.outcome.failure.code, "timeout")
        self.assertTrue(ended.outcome.failure.retryable)
        self.assertEqual([it.call_id for it in self.calls.claims], [2])
        self.answering.set()
        answered = [it for _call in range(2) for it in self.calls.collect(0.5)]
        self.assertEqual([it.claim.call_id for it in answered], [2])

    def test_a_call_for_which_there_is_no_thread_is_lost_and_harms_no_other(self):
        self.begin(claim(1))
        refused = RuntimeError("can't start new thread")
        with patch.object(threading.Thread, "start", side_effect=refused):
            self.begin(claim(2))
        (ended,) = self.calls.collect()
        self.assertEqual((ended.claim.call_id, ended.outcome.failure.code), (2, "lost"))
        self.assertTrue(ended.outcome.failure.retryable)
        self.assertEqual([it.call_id for it in self.calls.claims], [1])

    def overdue(self):
        return {n: it.overdue for n, it in self.calls._in_flight.items()}

    def test_only_the_calls_that_nobody_wants_are_cancelled_and_soon_given_up(self):
        self.begin(claim(1), claim(2))
        before = self.overdue()
        self.calls.cancel("Nobody wants it.", [claim(1)])
        self.assertEqual(self.overdue()[2], before[2])
        self.assertLessEqual(self.overdue()[1], time.monotonic() + CANCEL_GRACE)
        given_up = self.calls._in_flight[1].given_up()
        self.assertEqual(given_up.failure.code, "cancelled")
        self.assertEqual(given_up.failure.detail, "Nobody wants it.")

    def test_a_server_that_stops_cuts_all_calls_but_keeps_why_one_was_cut_before(self):
        self.begin(claim(1), claim(2))
        self.calls.cancel("Nobody wants it.", [claim(1)])
        at = self.overdue()[1]
        self.calls.stop("The server stopped.")
        ends = {n: it.cancellation.code for n, it in self.calls._in_flight.items()}
        self.assertEqual(ends, {1: "cancelled", 2: "stopped"})
        self.assertEqual(self.overdue()[1], at)


@tagged("post_install", "-at_install")
class TestStore(BaseCase):
    """The store keeps or gives up an outcome that the database does not take."""

    def setUp(self):
        super().setUp()
        self.store = Store(Mock())
        self.tried = []
        self.errors = {}
        for name in ("transact", "transact_at_most"):
            self.startPatcher(patch.object(store, name, self.transact))

    def transact(self, *arguments):
        """Raise the error of the first outcome that has one, once each time."""
        outcomes = [it for it in arguments if isinstance(it, Failed)]
        self.tried.append([it.claim.call_id for it in outcomes])
        for outcome in outcomes:
            if errors := self.errors.get(outcome.claim.call_id):
                raise errors.pop(0)
        self.stored = outcomes

    def ended(self, number, seconds=60.0, code="timeout"):
        failure = Failure(code, Mock(), "said by a provider")
        return Ended(Failed(claim(number), failure), time.monotonic() + seconds)

    @contextmanager
    def logged(self, level):
        with self.assertLogs(store._logger, level) as log:
            yield log

    def test_what_the_database_may_take_later_is_kept_in_smaller_batches(self):
        ended = [self.ended(1), self.ended(2)]
        self.errors = {1: [BUSY]}
        self.store._store_together(ended)
        self.assertEqual(self.store._waiting, ended)
        self.assertEqual(self.store._most, MOST // 2)
        self.store._is_burst = True
        self.store._store_ended()
        self.assertEqual(self.store._waiting, [])
        self.assertEqual(self.store._most, MOST)

    def test_it_is_not_kept_longer_than_its_lease(self):
        late, kept = self.ended(1, seconds=-1), self.ended(2)
        self.errors = {1: [BUSY]}
        with self.logged(logging.ERROR) as log:
            self.store._store_together([late, kept])
        self.assertEqual(self.store._waiting, [kept])
        self.assertEqual(len(log.output), 1)
        self.assertIn("Generation 1 not closed", log.output[0])

    def test_a_batch_with_one_that_is_refused_is_halved_until_it_stands_alone(self):
        self.errors = {3: [REFUSED] * 4}
        with self.logged(logging.INFO):
            self.store._store_together([self.ended(n) for n in range(1, 5)])
        batches = [[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [3], [4]]
        self.assertEqual(self.tried, batches)

    def test_what_is_refused_is_stored_without_emails_then_as_a_failure(self):
        self.errors = {1: [REFUSED, REFUSED]}
        with self.logged(logging.WARNING) as log:
            self.store._store_together([self.ended(1)])
        self.assertEqual(len(log.output), 2)
        (outcome,) = self.stored
        self.assertEqual(outcome.failure.code, "storage")
        self.assertIn("no database stores", outcome.emails_refused)

    def test_the_last_way_takes_no_text_of_others(self):
        self.errors = {1: [REFUSED] * 3}
        with self.logged(logging.WARNING):
            self.store._store_together([self.ended(1)])
        self.assertEqual(self.tried, [[1]] * 4)
        self.assertEqual(self.stored[0].failure.detail, "")

    def test_what_no_way_takes_is_logged_and_others_follow(self):
        self.errors = {1: [REFUSED] * 4}
        with self.logged(logging.ERROR) as log:
            self.store._store_together([self.ended(1)])
        self.assertIn("Generation 1 not closed", log.output[-1])
        self.assertEqual(self.store._waiting, [])

    def test_refusals_are_stored_before_all_others(self):
        refusal = self.ended(2)
        failure = refusal.outcome.failure._replace(is_refusal=True)
        refusal = refusal._replace(outcome=Failed(claim(2), failure))
        other = self.ended(1)
        self.store._ended.extend([other, refusal])
        self.store._store_refusals()
        self.assertEqual(self.tried, [[2]])
        self.assertEqual(self.store._waiting, [other])

    def test_the_first_of_a_burst_is_stored_alone_then_as_many_as_may_be(self):
        ended = [self.ended(n) for n in range(MOST + 3)]
        self.store._ended.extend(ended)
        for _batch in range(3):
            self.store._store_ended()
        self.assertEqual([len(batch) for batch in self.tried], [1, MOST, 2])


@tagged("post_install", "-at_install")
class TestNotices(BaseCase):
    """NOTIFYs that follow a commit."""

    def setUp(self):
        super().setUp()
        self.cursors = []
        self.startPatcher(patch.object(notices, "_line", notices._Line()))
        self.startPatcher(patch.object(notices, "db_connect", self.connect))

    def connect(self, _database):
        self.cursors.append(Mock())
        return Mock(cursor=Mock(return_value=self.cursors[-1]))

    def closed(self):
        return [cursor.close.called for cursor in self.cursors]

    def test_a_connection_is_kept_for_the_transactions_of_a_pump(self):
        with notices.connection_kept():
            for number in "123":
                notices.send([("imbus", number)])
            notices.close_if_idle()
            self.assertEqual(self.closed(), [False])
        self.assertEqual(self.closed(), [True])
        self.assertEqual(self.cursors[0].commit.call_count, 3)

    def test_nothing_is_kept_outside_of_a_pump(self):
        for number in "12":
            notices.send([("imbus", number), ("cron_trigger", "blog")])
        self.assertEqual(self.closed(), [True, True])
        self.assertEqual(self.cursors[0].execute.call_count, 2)

    def test_a_connection_that_nobody_uses_is_closed(self):
        with notices.connection_kept():
            notices.send([("imbus", "1")])
            notices._line.used_at -= 2 * notices.IDLE
            notices.close_if_idle()
            self.assertEqual(self.closed(), [True])
            notices.send([("imbus", "2")])
        self.assertEqual(self.closed(), [True, True])

    def test_a_kept_connection_that_was_cut_is_replaced(self):
        with notices.connection_kept():
            notices.send([("imbus", "1")])
            self.cursors[0].execute.side_effect = BUSY
            notices.send([("imbus", "2")])
        self.assertEqual(self.closed(), [True, True])
        self.cursors[1].commit.assert_called_once()

    def test_a_database_that_is_away_is_an_error(self):
        with patch.object(notices, "send_notifies", side_effect=BUSY) as tried:
            with self.assertRaises(psycopg2.OperationalError):
                notices.send([("imbus", "1")])
        tried.assert_called_once()
        self.assertEqual(self.closed(), [True])


@tagged("post_install", "-at_install")
class TestDatabaseAway(BaseCase):
    """Calls that are paid for outlive a database that is away."""

    def setUp(self):
        super().setUp()
        self.pump = Pump(Mock(), Limits())

    def unless_away(self, error):
        with patch.object(self.pump, "_transact", side_effect=error):
            return self.pump._unless_away(Mock())

    def test_a_pump_goes_on_while_it_has_answers(self):
        self.pump._ended.append(object())
        with self.assertLogs(pump._logger, logging.WARNING):
            self.assertIsNone(self.unless_away(BUSY))
        self.assertTrue(self.pump._has_time())

    def test_a_pump_that_breaks_stores_its_answers_and_then_says_so(self):
        self.pump._ended.append(object())
        self.assertIsNone(self.unless_away(REFUSED))
        self.assertFalse(self.pump._has_time())
        self.assertIsNone(self.unless_away(AssertionError("It asked again.")))
        stored = self.pump._ended.clear
        with (
            patch.object(self.pump, "_store_ended", side_effect=stored) as store_ended,
            patch.object(self.pump, "_store_refusals"),
            self.assertRaises(psycopg2.DataError),
        ):
            self.pump.run()
        store_ended.assert_called_once()

    def test_a_pump_without_calls_and_answers_ends(self):
        with self.assertRaises(psycopg2.OperationalError):
            self.unless_away(BUSY)

    def test_another_pump_is_woken_for_what_is_due_only(self):
        for pause, woken in ((None, 0), (5.0, 0), (0.0, 1), (-1.0, 1)):
            relay = Mock()
            with (
                self.subTest(pause),
                patch.object(self.pump, "_seconds_to_next", return_value=pause),
            ):
                self.pump._wake_relay(Mock(), relay)
                self.assertEqual(relay.call_count, woken)

    def test_a_call_for_a_person_goes_on(self):
        asking = ask._Asking(Mock(), 1, Mock())
        with patch.object(asking, "_transact", side_effect=BUSY):
            self.assertTrue(asking._is_wanted())
        with patch.object(asking, "_transact", side_effect=REFUSED):
            with self.assertRaises(psycopg2.DataError):
                asking._is_wanted()

    def test_a_search_for_a_photo_that_breaks_leaves_the_post_its_cover(self):
        with self.assertLogs(covers._logger, logging.ERROR):
            found = covers._or_reason(Mock(side_effect=RecursionError))
        self.assertEqual(found, "failed")

    def test_an_alarm_is_set_only_if_none_rings_sooner(self):
        alarms, registry = watch._Alarms(), Mock(db_name="blog")
        with patch.object(watch, "_start") as start:
            for seconds, started in ((50, 1), (90, 1), (20, 2)):
                alarms.set(registry, seconds)
                self.assertEqual(start.call_count, started)

    def test_a_process_near_the_limit_of_its_computing_time_ends_its_turn(self):
        for computed, may in ((10.0, True), (99.0, False)):
            with (
                self.subTest(computed),
                patch.object(turn, "config", {"limit_time_cpu": 60}),
                patch("resource.getrlimit", return_value=(100, 100)),
                patch.object(turn.time, "process_time", return_value=computed),
            ):
                self.assertEqual(turn._may_compute(), may)
