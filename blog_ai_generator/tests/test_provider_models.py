# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import Mock

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.models.blog_ai_model_end_mixin import REPLACE

from .common import BlogAiCase, create_provider

TODAY = "2026-11-29"


@tagged("post_install", "-at_install")
class TestProviderModels(BlogAiCase):
    """The end dates of models: kept, refreshed and announced."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["blog.ai.provider"].search([]).active = False
        cls.offline.active = True
        cls.openai = create_provider(
            cls.env, "sk-1", name="OpenAI", preset="openai", model="gpt-4"
        )

    def setUp(self):
        super().setUp()
        self.patch(self.env.cr, "commit", self.env.flush_all)
        self.registry_enter_test_mode()
        self.startPatcher(freeze_time(TODAY, tick=True))
        self.adapter = type(llm.PROTOCOLS["openai_chat"])
        self.listed = self.lists(llm.ModelInfo("gpt-4"))

    def lists(self, *models):
        listed = Mock(return_value=models)
        self.patch(self.adapter, "list_models", listed)
        return listed

    def ends(self, ends_on, lifecycle=""):
        model = llm.ModelInfo("gpt-4", ends_on, lifecycle=lifecycle)
        self.openai._set_available_models(llm.ModelList((model,), ()))

    def notices(self, record=None):
        return (record or self.openai).activity_search([REPLACE])

    def test_what_the_list_says_of_a_model_is_kept(self):
        infos = (
            llm.ModelInfo("gpt-4", "2027-01-14", 4096, 8192, "deprecated"),
            llm.ModelInfo("gpt-6"),
        )
        self.lists(*infos)
        self.press(self.openai, "action_fetch_models")
        self.env.invalidate_all()
        self.assertEqual(self.openai._model_info("gpt-4"), infos[0])
        self.assertEqual(self.openai._model_info("gpt-6"), infos[1])
        self.assertEqual(self.openai._model_info("other"), llm.ModelInfo("other"))
        self.assertIn("Jan 14, 2027", self.openai.model_note)

    def test_the_list_of_providers_marks_a_model_that_ends_soon(self):
        day = fields.Date.to_date
        for ends_on, is_ending in (
            ("2027-01-28", True),
            ("2026-11-01", True),
            ("2027-06-30", False),
        ):
            with self.subTest(ends_on):
                self.ends(ends_on)
                self.assertEqual(self.openai.model_ends_on, day(ends_on))
                self.assertEqual(self.openai.is_model_ending, is_ending)
        self.openai.model = "gpt-5"
        self.assertFalse(self.openai.model_ends_on or self.openai.is_model_ending)

    def test_a_list_of_names_of_an_earlier_version_is_read(self):
        self.openai.available_models = ["gpt-4", "gpt-5"]
        self.assertEqual(self.openai._model_info("gpt-5"), llm.ModelInfo("gpt-5"))
        self.assertFalse(self.openai.model_note)

    def test_lists_of_paid_providers_are_refreshed_weekly(self):
        provider = self.env["blog.ai.provider"]
        no_key = self.openai.copy({"name": "No key"})
        free = self.openai.copy({"name": "Free", "is_free": True})
        free.set_api_key("sk-1")
        provider._cron_models()
        self.assertEqual(self.listed.call_count, 1)
        self.assertTrue(self.openai.models_at)
        self.assertFalse(no_key.models_at or free.models_at or self.offline.models_at)
        provider._cron_models()
        self.assertEqual(self.listed.call_count, 1)
        self.openai.models_at = fields.Datetime.now() - timedelta(days=8)
        provider._cron_models()
        self.assertEqual(self.listed.call_count, 2)

    def test_a_copied_database_asks_for_no_list(self):
        self.env["ir.config_parameter"].set_param("database.uuid", "another")
        self.env["blog.ai.provider"]._cron_models()
        self.assertFalse(self.listed.called)

    def test_a_refresh_that_fails_is_quiet_but_on_record(self):
        self.openai.available_models = ["gpt-4"]
        self.listed.side_effect = llm.LLMError("overloaded")
        self.env["blog.ai.provider"]._cron_models()
        call = self.openai.call_ids[0]
        self.assertEqual((call.kind, call.outcome), ("models", "overloaded"))
        self.assertEqual(self.openai.available_models, ["gpt-4"])
        self.assertFalse(self.openai.activity_ids)
        self.env["blog.ai.provider"]._cron_models()
        self.assertEqual(self.listed.call_count, 1)

    def test_the_end_is_announced_once_60_and_once_14_days_before(self):
        self.ends("2027-01-29")
        self.assertFalse(self.notices())
        for ends_on, stage in (("2027-01-28", "60"), ("2026-12-13", "14")):
            self.ends(ends_on)
            (notice,) = self.notices()
            self.assertIn("switches off gpt-4 on", notice.summary)
            self.assertEqual(notice.date_deadline.isoformat(), ends_on)
            self.assertTrue(self.openai.model_end_notice.endswith(stage))
            notice.action_done()
            self.ends(ends_on)
            self.env["blog.ai.provider"]._cron_models()
            self.ends(ends_on)
            self.assertFalse(self.notices())

    def test_a_day_passes_between_two_looks(self):
        self.ends("2027-01-29")
        self.openai.models_at = "2026-11-29"
        with freeze_time("2026-11-30", tick=True):
            self.env["blog.ai.provider"]._cron_models()
        self.assertEqual(self.listed.call_count, 0)
        self.assertTrue(self.notices())

    def test_another_model_ends_the_notice(self):
        self.ends("2026-12-13")
        self.assertTrue(self.notices())
        self.openai.model = "gpt-6"
        self.assertFalse(self.notices() or self.openai.model_end_notice)

    def test_a_model_that_has_ended_is_called_that(self):
        self.ends("2026-11-28")
        self.assertIn("has switched off gpt-4", self.openai.model_note)
        self.assertIn("has switched off", self.notices().summary)
        self.ends("", "retired")
        self.assertIn("has switched off gpt-4", self.openai.model_note)
        # The provider has put it off.
        self.ends("2026-11-28", "deprecated")
        self.assertFalse(self.openai.model_note or self.notices())

    def wizard(self, **values):
        wizard = self.env["blog.ai.write"].with_user(self.writer)
        return wizard.new(
            {"blog_id": self.blog.id, "provider_id": self.openai.id, **values}
        )

    def test_the_wizard_says_within_60_days_that_a_model_ends(self):
        for ends_on, said in (
            ("2027-01-29", "None"),
            ("2027-01-28", "switches off gpt-4 on Jan 28, 2027. Choose another"),
            ("2026-11-29", "on Nov 29. Choose another"),
            ("2026-11-28", "has switched off gpt-4. Choose another model."),
        ):
            with self.subTest(ends_on):
                self.ends(ends_on)
                warning = self.wizard(model="gpt-4").model_warning
                self.assertIn(said, str(warning or None))
                self.assertEqual(self.wizard(model="").model_warning, warning)
                self.assertFalse(self.wizard(model="gpt-6").model_warning)

    def test_slots_and_providers_that_depend_on_it_are_named(self):
        first = self.env["blog.ai.provider"].create(
            {
                "name": "First",
                "preset": "compatible",
                "base_url": "http://localhost:1/v1",
                "fallback_id": self.openai.id,
            }
        )
        values = {"blog_id": self.blog.id, "provider_id": self.openai.id}
        slots = self.env["blog.ai.slot"]
        default = slots.create({**values, "name": "Morning"})
        other = slots.create({**values, "name": "Evening", "model": "gpt-6"})
        self.ends("2026-12-13")
        note = self.notices().note
        self.assertIn(default.name, note)
        self.assertIn(first.name, note)
        self.assertNotIn(other.name, note)

    def test_a_slot_with_a_model_of_its_own_is_notified(self):
        values = {"blog_id": self.blog.id, "provider_id": self.openai.id}
        slot = self.env["blog.ai.slot"].create({**values, "model": "gpt-5"})
        model = llm.ModelInfo("gpt-5", "2026-12-11")
        self.lists(model)
        self.env["blog.ai.provider"]._cron_models()
        (notice,) = self.notices(slot)
        self.assertIn("gpt-5", notice.summary)
        self.assertFalse(self.notices())
