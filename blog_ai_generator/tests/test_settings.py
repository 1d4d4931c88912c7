# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.blog_ai_generator.pump.limits import Limits

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
        values = {"blog_ai_provider_id": new.id, "blog_ai_api_key": "sk-new"}
        settings = self.env["res.config.settings"].create({})
        settings.web_save(values, {"blog_ai_api_key": {}})
        self.assertEqual(self.env.company.blog_ai_provider_id, new)
        self.assertEqual(new.api_key, "sk-new")
        self.assertFalse(old.api_key)

    def test_saving_other_settings_keeps_the_key(self):
        provider = self.provider("Kept")
        provider.set_api_key("sk-kept")
        self.env.company.blog_ai_provider_id = provider
        self.save(blog_ai_width=4)
        self.assertEqual(provider.api_key, "sk-kept")
        self.assertEqual(Limits.of(self.env).width, 4)

    def test_the_key_is_not_shown_nor_brought_back_by_a_save(self):
        provider = self.provider("Rotated")
        provider.set_api_key("sk-old")
        self.env.company.blog_ai_provider_id = provider
        settings = self.env["res.config.settings"].create({"blog_ai_width": 4})
        self.assertFalse(settings.blog_ai_api_key)
        provider.set_api_key("sk-rotated")
        settings.execute()
        self.assertEqual(provider.api_key, "sk-rotated")

    def test_the_key_is_not_kept_in_the_settings_own_table(self):
        columns = self.env["res.config.settings"]._fields["blog_ai_api_key"]
        self.assertFalse(columns.store)

    def test_without_a_choice_the_provider_that_is_used_is_named(self):
        first = self.provider("First")
        first.write({"sequence": -1, "company_id": self.env.company.id})
        first.set_api_key("sk-first")
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.blog_ai_provider_hint, "Automatic: First")
        self.assertEqual(self.env.company._blog_ai_default_provider(), first)
        arch = settings.get_view(view_type="form")["arch"]
        self.assertIn("'placeholder_field': 'blog_ai_provider_hint'", arch)

    def test_numbers_out_of_range_are_refused(self):
        for values in (
            {"blog_ai_width": 0},
            {"blog_ai_width": 1000},
            {"blog_ai_max_attempts": 0},
            {"blog_ai_posts_per_hour": -1},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.save(**values)

    def test_nonsense_in_the_parameters_does_not_stop_the_pump(self):
        parameters = self.env["ir.config_parameter"]
        for name, value in (("width", "many"), ("keep_calls_days", "inf")):
            parameters.set_param(f"blog_ai_generator.{name}", value)
        self.assertEqual(Limits.of(self.env).width, Limits().width)
