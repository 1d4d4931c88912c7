# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import os
import queue
import threading
from contextlib import contextmanager
from unittest.mock import patch

import psycopg2

from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tests.common import get_db_name
from odoo.tools import SQL

from odoo.addons.blog_ai_generator.pump import TRIES, ask, covers

from .ask_case import AskCase
from .pump_case import ONE_CALL, PATIENCE

# Seconds in which a transaction that is refused is tried again.
AGAIN = 10.0
CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = %s AND application_name = %s
"""


@tagged("blog_ai_alone")
class TestAway(AskCase):
    """PostgreSQL is away for longer than one transaction is tried."""

    def setUp(self):
        super().setUp()
        # Looks for a cancellation are transactions, too.
        self.startPatcher(patch.object(ask, "LOOK", float(PATIENCE)))

    @contextmanager
    def away(self):
        """Cut the connections of this process, and let PostgreSQL refuse new ones.

        :return: a queue of the refusals
        """
        connect, refusals = Registry.cursor, queue.SimpleQueue()

        def cursor(registry, *args, **kwargs):
            try:
                return connect(registry, *args, **kwargs)
            except psycopg2.OperationalError as refusal:
                refusals.put(refusal)
                raise

        name = get_db_name()
        self._allow_connections(name, "FALSE")
        try:
            with db_connect("postgres").cursor() as cr:
                cr.execute(CUT, [name, f"odoo-{os.getpid()}"])
            with patch.object(Registry, "cursor", cursor):
                yield refusals
        finally:
            self._allow_connections(name, "TRUE")

    def _allow_connections(self, name: str, answer: str) -> None:
        with db_connect("postgres").cursor() as cr:
            allow = "ALTER DATABASE %s ALLOW_CONNECTIONS %s"
            cr.execute(SQL(allow, SQL.identifier(name), SQL(answer)))

    def wait_for_tries(self, refusals: queue.SimpleQueue, threads: int = 1) -> None:
        """Wait until one of them has tried more often than a transaction is tried."""
        for _refusal in range(threads * TRIES + 1):
            try:
                refusals.get(timeout=AGAIN)
            except queue.Empty:
                self.fail("Nobody tries any more.")

    @contextmanager
    def said_that_it_is_away(self):
        with self.assertLogs("odoo.addons.blog_ai_generator.pump", "WARNING") as log:
            yield
        self.assertIn("The database is away", log.output[0])

    def answer_meanwhile(self, calls: int = 1) -> None:
        """Let the provider answer while the database is away."""
        with self.said_that_it_is_away(), self.away() as refusals:
            self.llm.release()
            self.wait_for_tries(refusals, calls)

    def test_answers_for_which_people_wait_are_stored_once_it_is_back(self):
        post = self.make_post()
        self.set_provider(model="hold")
        asked = [self.write_again(post), self.press()]
        self.llm.wait_for_requests(2)
        self.answer_meanwhile(calls=2)
        self.settle_asks()
        text, tested = map(self.seen, asked)
        self.assertEqual((text["state"], bool(text["text"])), ("done", True))
        self.assertRegex(tested["message"], r"Fake LLM answered in \d+ ms")
        self.assertEqual(self.calls_of_buttons("outcome"), [("ok",)] * 2)
        self.assertEqual(len(self.llm.requests), 2, "Something is paid for twice.")

    def test_a_picture_of_a_post_is_stored_once_it_is_back(self):
        self.set_blog("generated", model="hold")
        (generation,) = self.ask("Bread")
        self.pump()
        self.llm.wait_for_requests(2)
        self.answer_meanwhile()
        self.settle_asks()
        self.assertEqual(self.cover_of(generation)[1], "picture.png")
        self.assertEqual(self.calls_of_buttons("kind", "outcome"), [("picture", "ok")])

    def test_a_photo_of_a_post_is_stored_once_it_is_back(self):
        self.set_blog("unsplash")
        self.switch_on_unsplash()
        (generation,) = self.ask("Bread", keywords="sourdough")
        found, is_away = threading.Event(), threading.Event()
        find = covers.find_photo

        def find_while_away(search):
            photo = find(search)
            found.set()
            self.assertTrue(is_away.wait(PATIENCE))
            return photo

        with patch.object(covers, "find_photo", find_while_away):
            self.pump()
            self.assertTrue(found.wait(PATIENCE))
            with self.said_that_it_is_away(), self.away() as refusals:
                is_away.set()
                self.wait_for_tries(refusals)
            self.settle_asks()
        self.assertEqual(self.cover_of(generation)[1], "photo.jpg")

    def test_a_post_is_stored_once_it_is_back(self):
        self.without_looks_for_cancelled()
        (generation,) = self.ask("Patient pears", model="hold")
        with self.pump_beside(ONE_CALL):
            self.llm.wait_for_requests(1)
            self.answer_meanwhile()
        self.assertEqual(self.values(generation, "state", "attempts"), ("done", 1))
        self.assertEqual(self.outcomes([generation]), ["ok"])

    def test_an_answer_that_is_kept_too_long_is_lost_and_the_person_told(self):
        self.startPatcher(patch.object(ask, "LEASE_MARGIN", -float("inf")))
        self.set_provider(model="hold")
        asked = self.press()
        self.llm.wait_for_requests(1)
        logger = "odoo.addons.blog_ai_generator.pump.ask"
        with self.away(), self.assertLogs(logger, "ERROR") as log:
            self.llm.release()
            self.settle_asks()
        self.assertIn("broke", log.output[0])
        self.let_it_die(asked)
        found = self.seen(asked)
        self.assertTrue(found["is_lost"])
        self.assertRegex(found["message"], "Odoo was stopped .* Try again")

    def test_a_pump_without_calls_ends_and_the_next_one_writes(self):
        (generation,) = self.ask("Patient plums")
        with self.away(), self.assertRaises(psycopg2.OperationalError):
            self.pump()
        self.assertEqual(self.values(generation, "state", "attempts"), ("queued", 0))
        self.pump()
        self.assertEqual(self.values(generation, "state", "attempts"), ("done", 1))
