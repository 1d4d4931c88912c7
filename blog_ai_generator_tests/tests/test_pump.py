# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
import time
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import sql_db
from odoo.tests import tagged

from odoo.addons.blog_ai_generator.pictures import cover
from odoo.addons.blog_ai_generator.pump import Pump, notices, outcome, transaction
from odoo.addons.blog_ai_generator.pump.calls import Calls
from odoo.addons.blog_ai_generator.pump.limits import STORE_MARGIN, Limits

from .pump_case import LIMITS, ONE_CALL, PATIENCE, PumpCase

DONE = ("done", 1)


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestPump(PumpCase):
    """One pump and several, while everything goes well."""

    def test_eight_pumps_write_forty_posts_and_no_more(self):
        ids = self.ask(*(f"Apple variety {number}" for number in range(40)))
        barrier = threading.Barrier(8)

        def run():
            barrier.wait(PATIENCE)
            self.pump(Limits(width=4))

        threads = [threading.Thread(target=run, daemon=True) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
        self.assertFalse([t for t in threads if t.is_alive()], "A pump hangs.")
        rows = self.look_at(ids, "state", "attempts")
        self.assertEqual({(r["state"], r["attempts"]) for r in rows}, {DONE})
        self.assertEqual(self.count_posts(), 40)
        self.assertEqual(self.outcomes(ids), ["ok"] * 40)
        self.assertEqual(len(self.llm.requests), 40)

    def test_calls_are_in_flight_side_by_side(self):
        ids = self.ask(*(f"Pear variety {n}" for n in range(8)), model="hold")
        with self.pump_beside():
            self.llm.wait_for_requests(8)
            self.assertEqual(self.llm.in_flight, 8)
            self.llm.release()
        self.assertEqual({r["state"] for r in self.look_at(ids, "state")}, {"done"})

    def test_no_more_calls_than_the_width(self):
        self.ask(*(f"Plum variety {n}" for n in range(6)), model="hold")
        with self.pump_beside(Limits(width=2)):
            for begun in (2, 4, 6):
                self.llm.wait_for_requests(begun)
                self.llm.release()
        self.assertEqual(self.llm.max_in_flight, 2)
        self.assertEqual(self.count_posts(), 6)

    def test_the_next_call_begins_before_an_answer_is_stored(self):
        ids = self.ask("First medlar", "Second medlar")
        store = Pump._store_in

        def wait_and_store(pump, *args):
            self.llm.wait_for_requests(2)
            store(pump, *args)

        with patch.object(Pump, "_store_in", wait_and_store):
            self.pump(Limits(width=1))
        self.assertEqual({r["state"] for r in self.look_at(ids, "state")}, {"done"})

    def test_a_call_begins_before_the_notify_of_its_claim(self):
        self.ask("Hasty hazelnuts", model="hold")
        begin, send, order = Calls.begin, transaction.send, []

        def note_and_begin(calls, claim):
            order.append("call")
            begin(calls, claim)

        def note_and_send(notifies):
            order.append("notify")
            send(notifies)

        with (
            patch.object(Calls, "begin", note_and_begin),
            patch.object(transaction, "send", note_and_send),
            self.pump_beside(ONE_CALL),
        ):
            self.llm.wait_for_requests(1)
            self.llm.release()
        self.assertEqual(order, ["call", "notify", "notify"])

    def test_a_pump_notifies_on_one_connection(self):
        self.ask("Heard hazelnuts")
        connect, opened = notices.db_connect, []

        def connect_and_note(database):
            opened.append(database)
            return connect(database)

        with (
            patch.object(notices, "db_connect", connect_and_note),
            patch.object(sql_db, "db_connect", side_effect=AssertionError),
        ):
            self.pump()
        self.assertEqual(opened, ["postgres"])

    def test_a_notify_that_fails_after_the_claim_costs_no_attempt(self):
        (generation,) = self.ask("Unheard hazelnuts")
        claim, failed = Pump._claim, []

        def claim_and_fail(pump, env, room):
            claims = claim(pump, env, room)
            if claims:
                env.cr.postcommit.add(fail)
            return claims

        def fail():
            failed.append(True)
            raise psycopg2.OperationalError("too many connections")

        with patch.object(Pump, "_claim", claim_and_fail):
            self.pump()
        self.assertEqual(failed, [True])
        self.assertEqual(self.values(generation, "state", "attempts"), DONE)
        self.assertEqual(self.outcomes([generation]), ["ok"])

    def test_the_next_pump_is_woken_for_what_is_due_later_only(self):
        self.ask("Lemons for today")
        with patch.object(Pump, "_schedule_rest") as schedule:
            self.pump()
            schedule.assert_not_called()
            (later,) = self.ask("Lemons for later")
            with self.committed() as env:
                generation = env["blog.ai.generation"].browse(later)
                generation.next_try_at += timedelta(hours=1)
            self.pump()
            schedule.assert_called_once()

    def test_no_more_calls_than_the_width_if_the_notify_of_a_claim_fails(self):
        ids = self.ask(*(f"Plum of NOTIFY {n}" for n in range(4)), model="hold")
        claim, failures = Pump._claim, [psycopg2.OperationalError]

        def claim_and_fail(pump, env, room):
            claims = claim(pump, env, room)
            env.cr.postcommit.add(fail)
            return claims

        def fail():
            if failures:
                raise failures.pop()

        with patch.object(Pump, "_claim", claim_and_fail):
            with self.pump_beside(Limits(width=2)):
                for begun in (2, 4):
                    self.llm.wait_for_requests(begun)
                    self.llm.release()
        self.assertEqual((failures, self.llm.max_in_flight), ([], 2))
        self.assertEqual(len(self.llm.requests), 4)
        self.assertEqual({r["state"] for r in self.look_at(ids, "state")}, {"done"})

    def test_a_cover_is_drawn_as_far_as_possible_while_the_provider_writes(self):
        ids = self.ask("Figs drawn early", "Figs drawn at once", model="latency-1")
        in_flight, draw = [], cover.draw_pattern

        def look_and_draw(*args):
            in_flight.append(len(running._calls))
            return draw(*args)

        running = self.pump_of(linger=0.0)
        with patch.object(cover, "draw_pattern", look_and_draw):
            running.run()
        self.assertEqual(in_flight, [2, 2])
        self.assertEqual({r["state"] for r in self.look_at(ids, "state")}, {"done"})

    def test_a_drawing_that_fails_early_is_tried_again_with_the_title(self):
        (generation,) = self.ask("Figs hard to draw", model="latency-1")
        broken = patch.object(outcome.pictures, "draw_backdrop", side_effect=OSError)
        with broken as draw:
            self.pump()
        draw.assert_called_once()
        self.assertEqual(self.values(generation, "state"), ("done",))
        with self.committed() as env:
            post = env["blog.ai.generation"].browse(generation).post_id
            self.assertTrue(post.website_meta_og_img)

    def test_answers_of_a_fast_provider_do_not_pile_up(self):
        self.ask(*(f"Fast fig {number}" for number in range(30)))
        unstored, stored, store = [], [], Pump._store_in

        def count_and_store(pump, env, *outcomes):
            unstored.append(len(self.llm.requests) - len(stored))
            stored.extend(outcomes)
            store(pump, env, *outcomes)

        with patch.object(Pump, "_store_in", count_and_store):
            self.pump(Limits(width=4))
        self.assertEqual(len(stored), 30)
        self.assertLessEqual(max(unstored), 9)

    def test_no_more_are_leased_than_there_is_room_for_whatever_the_plan(self):
        self.ask(*(f"Quince variety {n}" for n in range(6)))
        with self.committed() as env:
            for method in ("hashjoin", "mergejoin", "hashagg", "sort", "material"):
                env.cr.execute(f"SET LOCAL enable_{method} = off")
            claims = env["blog.ai.generation"]._claim(2, LIMITS)
        self.assertEqual(len(claims), 2)

    def test_no_transaction_is_open_while_a_provider_is_called(self):
        self.without_looks_for_cancelled()
        self.ask("Idle quinces", model="hold")
        # Opened first, or it would get the pump's own connection.
        with self.committed() as env:
            before = self.connections(env)
            with self.pump_beside(ONE_CALL):
                self.llm.wait_for_requests(1)
                during = self.connections(env)
                self.llm.release()
        self.assertEqual(during["busy"], before["busy"])
        self.assertTrue(during["idle"], "The pump's own connection is there and idle")
        self.assertEqual(self.count_posts(), 1)

    def test_no_call_is_begun_that_could_outlive_the_sweep(self):
        (generation,) = self.ask("Belated dates")
        self.pump(end=0.0)
        self.assertEqual(self.values(generation, "state", "attempts"), ("queued", 0))
        with self.committed() as env:
            cron = env.ref("blog_ai_generator.cron_pump")
            triggers = env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(len(triggers), 2, "Asked for, and woken again for the rest")

    def test_a_server_that_stops_begins_no_more_calls(self):
        (generation,) = self.ask("Asked for too late")
        self.pump(goes_on=lambda: False)
        self.assertEqual(self.values(generation, "state", "attempts"), ("queued", 0))

    def test_what_a_pump_has_no_time_for_another_one_writes(self):
        self.ask("The last slow call", model="hold")
        relays = []

        def relay(env):
            relays.append(env.cr.dbname)
            self.llm.release()

        limits = Limits(width=2, call_timeout=30.0)
        with self.pump_beside(limits, relay=relay) as pump:
            self.llm.wait_for_requests(1)
            # From now on, a new call could end too late.
            pump.end = time.monotonic() + limits.call_timeout + STORE_MARGIN
            (late,) = self.ask("Asked for meanwhile", model="hold")
        self.assertTrue(relays)
        self.assertEqual(self.values(late, "state"), ("queued",))

    def test_write_post_writes_at_once_and_only_its_own(self):
        (other,) = self.ask("Somebody else's melons")
        with self.committed() as env:
            generation = env["blog.ai.generation"].write_post(
                "Melons right now",
                blog=env["blog.blog"].browse(self.blog_id),
                provider_id=self.provider_id,
                publish=True,
            )
            self.assertEqual(generation.state, "done")
            self.assertTrue(generation.post_id.is_published)
            self.assertIn("Melons right now", generation.post_id.name)
        self.assertEqual(self.values(other, "state"), ("queued",))
