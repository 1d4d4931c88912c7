# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import config

from odoo.addons.blog_ai_generator.pump.limits import Limits, longest_call

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestSettings(BlogAiCase):
    def save(self, **values):
        settings = self.env["res.config.settings"].create(values)
        settings.execute()
        return settings

    def provider(self, name):
        return self.env["blog.ai.provider"].create({"name": name, "preset": "openai"})

    def test_the_key_goes_to_the_provider_chosen_in_the_same_save(self):
        old, new = self.provider("Old"), self.provider("New")
        self.env.company.blog_ai_provider_id = old
        self.save(blog_ai_provider_id=new.id, blog_ai_api_key="sk-new")
        self.assertEqual(self.env.company.blog_ai_provider_id, new)
        self.assertEqual(new.api_key, "sk-new")
        self.assertFalse(old.api_key)

    def test_saving_other_settings_keeps_the_key(self):
        provider = self.provider("Kept")
        provider.api_key = "sk-kept"
        self.env.company.blog_ai_provider_id = provider
        self.save(blog_ai_width=4)
        self.assertEqual(provider.api_key, "sk-kept")
        self.assertEqual(Limits.of(self.env).width, 4)

    def test_the_key_is_not_shown_nor_brought_back_by_a_save(self):
        provider = self.provider("Rotated")
        provider.api_key = "sk-old"
        self.env.company.blog_ai_provider_id = provider
        settings = self.env["res.config.settings"].create({"blog_ai_width": 4})
        self.assertFalse(settings.blog_ai_api_key)
        provider.api_key = "sk-rotated"
        settings.execute()
        self.assertEqual(provider.api_key, "sk-rotated")

    def test_the_key_is_not_kept_in_the_settings_own_table(self):
        columns = self.env["res.config.settings"]._fields["blog_ai_api_key"]
        self.assertFalse(columns.store)

    def test_a_deadline_that_does_not_fit_is_refused_with_the_reason(self):
        with (
            patch.dict(config.options, limit_time_real=120, limit_time_real_cron=-1),
            self.assertRaisesRegex(ValidationError, "limit_time_real_cron"),
        ):
            self.save(blog_ai_call_timeout=110)

    def test_a_deadline_that_fits_is_kept(self):
        with patch.dict(config.options, limit_time_real=120, limit_time_real_cron=-1):
            self.save(blog_ai_call_timeout=60)
            self.assertEqual(Limits.of(self.env).call_timeout, 60)

    def test_without_a_limit_any_deadline_fits(self):
        with patch.dict(config.options, limit_time_real_cron=0):
            self.save(blog_ai_call_timeout=600)
            self.assertEqual(Limits.of(self.env).call_timeout, 600)

    def test_a_server_with_less_time_shortens_the_deadline(self):
        with patch.dict(config.options, limit_time_real_cron=60):
            self.assertEqual(Limits.of(self.env).call_timeout, longest_call())
            self.assertLess(longest_call(), 60)

    def test_numbers_out_of_range_are_refused(self):
        for values in (
            {"blog_ai_width": 0},
            {"blog_ai_width": 1000},
            {"blog_ai_max_attempts": 0},
            {"blog_ai_call_timeout": 1},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.save(**values)

    def test_nonsense_in_the_parameters_does_not_stop_the_pump(self):
        parameters = self.env["ir.config_parameter"]
        for name, value in (("width", "many"), ("call_timeout", "inf")):
            parameters.set_param(f"blog_ai_generator.{name}", value)
        self.assertEqual(Limits.of(self.env).width, Limits().width)
