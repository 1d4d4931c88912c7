# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import config, mute_logger

from ..pump import LEASE_MARGIN, Limits
from .common import BlogAiCase, create_provider

NO_LIMITS = Limits()
# The setting of earlier versions, in seconds.
KEY = "blog_ai_generator.call_timeout"


@tagged("post_install", "-at_install")
class TestProviderTime(BlogAiCase):
    def provider_of(self, preset, **values):
        return create_provider(self.env, "sk", name=preset, preset=preset, **values)

    def claim(self, provider, limits=NO_LIMITS):
        generation = self.ask(provider_id=provider.id)
        generation.flush_recordset()
        (claim,) = generation._claim(1, limits, generation.ids)
        lease = generation.lease_until - generation.write_date
        return claim, lease

    def test_the_preset_proposes_a_time_limit(self):
        for preset, seconds in (("openai", 90), ("ollama", 600)):
            self.assertEqual(self.provider_of(preset).time_limit, seconds)

    def test_each_call_has_the_time_limit_of_its_provider(self):
        for seconds in (45, 900):
            provider = self.provider_of("ollama", model="m", time_limit=seconds)
            claim, lease = self.claim(provider)
            self.assertEqual(claim.account.deadline, seconds)
            self.assertEqual(lease, timedelta(seconds=seconds + LEASE_MARGIN))

    def test_a_pump_with_little_time_shortens_calls_and_leases(self):
        provider = self.provider_of("ollama", model="m")
        claim, lease = self.claim(provider, Limits(call_timeout=30.0))
        self.assertEqual(claim.account.deadline, 30)
        self.assertEqual(lease, timedelta(seconds=30 + LEASE_MARGIN))

    def test_time_limits_out_of_range_are_refused(self):
        for seconds in (0, 4, 3601):
            with (
                self.subTest(seconds),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.provider_of("ollama", time_limit=seconds)

    def test_a_button_has_the_time_limit_of_its_provider_whatever_odoo_grants(self):
        provider = self.provider_of("ollama", model="m")
        ask = self.env["blog.ai.ask"].create(provider._prepare_ask("test"))
        with patch.dict(config.options, limit_time_real=30):
            self.assertEqual(ask._begin().deadline, 600)

    def test_the_longest_of_all_is_known_before_it_is_stored(self):
        providers = self.env["blog.ai.provider"]
        self.provider_of("ollama", time_limit=3600)
        self.assertEqual(providers._longest_time_limit(), 3600)
        providers.search([]).time_limit = 77
        self.assertEqual(providers._longest_time_limit(), 77)

    def test_a_changed_setting_of_earlier_versions_is_kept(self):
        provider = self.provider_of("ollama")
        parameters = self.env["ir.config_parameter"]
        for stored, seconds in (
            (None, 600),
            ("90.0", 600),
            ("nonsense", 600),
            ("45.5", 46),
            ("1e9", 3600),
            ("1", 5),
        ):
            provider.time_limit = 600
            parameters.set_param(KEY, stored)
            self.run_migration("19.0.1.2.0/post-time_limit.py", "19.0.1.1.0")
            self.env.registry.clear_cache("stable")
            with self.subTest(stored):
                self.assertEqual(provider.time_limit, seconds)
                found = parameters.search([("key", "=", KEY)])
                self.assertFalse(found, "It is gone.")
