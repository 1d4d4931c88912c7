# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import threading
from datetime import datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .. import internals
from .internals_case import CRON, InternalsCase, without


@tagged("post_install", "-at_install")
class TestRecordsOfInternals(InternalsCase):
    """Caches of Odoo, with Odoo's private way and without it."""

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

    def test_a_filled_cache_is_not_asked_for_again(self):
        blog = self.env["blog.blog"].create({"name": "Filled"})
        self.env.flush_all()
        for filled, queries in ((True, 0), (False, 1)):
            self.env.invalidate_all()
            names = () if filled else ("_insert_cache",)
            with without(*names):
                internals.fill_cache(blog, "sequence", [7])
            with self.assertQueryCount(queries):
                self.assertEqual(blog.sequence == 7, filled)

    def test_the_time_of_a_transaction_is_set(self):
        now = self.env.cr.now()
        self.addCleanup(internals.set_transaction_time, self.env, now)
        internals.set_transaction_time(self.env, datetime(2030, 1, 1))
        self.assertEqual(self.env.cr.now(), datetime(2030, 1, 1))

    def test_the_age_of_a_request(self):
        self.assertIsNone(internals.request_age())
        thread = SimpleNamespace(perf_t0=1_800_000_000.5)
        with (
            freeze_time(datetime(2027, 1, 15, 8, 0, 2)),
            patch.object(threading, "current_thread", lambda: thread),
        ):
            for expected, _way in zip(
                (timedelta(seconds=1.5), None),
                self.both_ways("perf_t0"),
                strict=True,
            ):
                self.assertEqual(internals.request_age(), expected)

    def test_the_default_language_of_a_website(self):
        website = self.env["website"].search([], limit=1)
        for _way in self.both_ways("_get_cached", "_get_data"):
            code = internals.default_language(website)
            self.assertEqual(code, website.default_lang_id.code)

    def test_the_sender_of_a_mail_without_one(self):
        expected = self.env["ir.mail_server"]._get_default_from_address() or None
        for _way in self.both_ways("_get_default_from_address"):
            self.assertEqual(internals.default_sender(self.env), expected)

    def test_what_a_compiled_template_depends_on(self):
        expected = tuple(
            self.env.context.get(name) or False
            for name in self.env["ir.qweb"]._get_template_cache_keys()
        )
        self.assertTrue(expected)
        ways = self.both_ways("_get_template_cache_keys")
        for keys, _way in zip((expected, ()), ways, strict=True):
            self.assertEqual(internals.template_cache_keys(self.env), keys)
