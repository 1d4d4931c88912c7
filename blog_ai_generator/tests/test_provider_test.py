# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import suppress
from unittest.mock import Mock, patch

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.messages import MESSAGES, Message
from odoo.addons.blog_ai_generator.pump import Failure

from .common import BlogAiCase, create_provider


@tagged("post_install", "-at_install")
class TestProviderTest(BlogAiCase):
    """A failed connection test: what is proposed then, and who reads what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = new_test_user(
            cls.env, "unit-administrator", groups="base.group_user,base.group_system"
        )
        cls.openai = create_provider(
            cls.env, "sk-1", name="OpenAI", preset="openai", sequence=-1
        )

    def log_test(self, outcome):
        self.env["blog.ai.call"].create(
            {"provider_id": self.openai.id, "kind": "test", "outcome": outcome}
        )

    def proposed(self):
        self.env.invalidate_all()
        return self.env.company._blog_ai_default_provider()

    def test_a_provider_whose_last_test_failed_is_not_proposed(self):
        self.assertEqual(self.proposed(), self.openai)
        self.log_test("connection")
        self.assertEqual(self.proposed(), self.offline)
        self.assertFalse(self.openai.is_default)
        self.assertTrue(self.offline.is_default)
        self.log_test("ok")
        self.assertEqual(self.proposed(), self.openai)

    def test_a_failed_provider_is_proposed_if_the_company_chose_it(self):
        self.log_test("connection")
        self.env.company.blog_ai_provider_id = self.openai
        self.assertEqual(self.proposed(), self.openai)

    def test_a_failed_test_says_nothing_about_other_settings(self):
        self.log_test("authentication")
        self.openai.name = "Ours"
        self.assertEqual(self.openai.last_test, "authentication")
        self.openai.set_api_key("sk-2")
        self.assertFalse(self.openai.last_test)
        self.assertEqual(self.proposed(), self.openai)

    def test_the_wizard_warns_beside_a_provider_whose_test_failed(self):
        form = Form(self.env["blog.ai.write"].with_user(self.writer))
        form.provider_id = self.openai
        self.assertFalse(form.provider_warning)
        self.log_test("connection")
        self.env.invalidate_all()
        form = Form(self.env["blog.ai.write"].with_user(self.writer))
        self.assertEqual(form.provider_id, self.offline)
        form.provider_id = self.openai
        self.assertIn("test of OpenAI failed", form.provider_warning)
        self.assertIn("ask an administrator", form.provider_warning)

    def test_the_form_says_how_the_last_test_failed(self):
        adapter = type(llm.PROTOCOLS["offline"])
        refused = Mock(side_effect=llm.LLMError("connection", reason="refused"))
        self.patch(adapter, "complete", refused)
        # Odoo's own assertion would roll back what is kept.
        with suppress(UserError):
            self.press(self.offline, "action_test_connection")
        self.assertEqual(self.offline.last_test, "connection")
        self.assertIn("Nothing answers", self.offline.last_test_note)
        self.log_test("ok")
        self.assertFalse(self.openai.last_test_note)

    def test_without_a_key_nothing_is_tested_and_no_badge_says_so(self):
        self.openai.set_api_key("")
        for button in ("action_test_connection", "action_fetch_models"):
            with self.assertRaisesRegex(UserError, "No API key is set.*on this form"):
                self.press(self.openai, button)
        self.assertFalse(self.openai.last_test)
        calls = self.env["blog.ai.call"]
        self.assertFalse(calls.search([("provider_id", "=", self.openai.id)]))

    def test_dragging_a_provider_shows_the_new_default_at_once(self):
        self.log_test("ok")
        providers = self.offline + self.openai
        found = providers.web_resequence({"sequence": {}}, field_name="sequence")
        self.assertEqual([row["is_default"] for row in found], [True, False])

    def test_an_editor_is_never_sent_to_the_base_url(self):
        for key, wording in MESSAGES.items():
            if key.startswith("preset_help."):
                continue
            text = f"{wording.cause} {wording.remedy}"
            with self.subTest(key):
                self.assertNotIn("base URL", text)
                if "base URL" in str(wording.own_remedy):
                    self.assertIn("administrator", text)

    def test_the_form_of_a_provider_sends_nobody_to_its_settings(self):
        elsewhere = "in the provider's settings"
        for key, wording in MESSAGES.items():
            with self.subTest(key):
                if elsewhere in f"{wording.own_remedy} {wording.here}":
                    self.assertRegex(str(wording.here), r"\bhere\b.*\.$")
                    self.assertNotIn("settings", str(wording.here))

    def failed_test(self, code, **values):
        """Test the connection of a provider that fails; return what is seen of it."""

        def fails(_account, _cancellation):
            raise llm.LLMError(code, **values)

        with patch.object(llm, "check_connection", fails):
            asked = self.openai.with_user(self.administrator).action_test_connection()
        asks = self.env["blog.ai.ask"].with_user(self.administrator)
        self.env.invalidate_all()
        return asks.browse(asked["params"]["id"]).look()

    def test_a_failed_test_says_what_to_do_on_the_form_and_elsewhere(self):
        seen = self.failed_test("authentication")
        cause = "The provider did not accept the API key."
        there = f"{cause} Enter a valid key in the provider's settings, then retry."
        here = f"{cause} Enter a valid key here, then test again."
        self.assertEqual((seen["message"], seen["here"]), (there, here))
        self.assertIs(seen["is_noted"], True)
        note = self.openai.with_user(self.administrator).last_test_note
        self.assertEqual(note, here)

    def test_a_test_that_takes_too_long_says_the_same_on_the_form(self):
        seen = self.failed_test("timeout")
        self.assertIn("did not answer within", seen["message"])
        self.assertIs(seen["is_noted"], True)

    def test_what_the_form_does_not_show_is_said_beside_it(self):
        self.assertIs(self.failed_test("rate_limit")["is_noted"], False)

    def test_a_failed_generation_tells_each_reader_what_they_can_do(self):
        generation = self.ask(provider_id=self.openai.id)
        message = Message("connection.refused")
        self.attempt(generation, Failure("connection", message))
        seen = generation.with_user(self.writer)
        self.assertNotIn("base URL", seen.error)
        self.assertIn("ask an administrator", seen.error)
        seen = generation.with_user(self.administrator)
        self.assertIn("base URL", seen.error)
        action = seen.action_open_provider()
        self.assertEqual(action["res_model"], "blog.ai.provider")
        self.assertEqual(action["res_id"], self.openai.id)
        arch = seen.get_view(view_type="form")["arch"]
        self.assertIn("action_open_provider", arch)
        arch = generation.with_user(self.writer).get_view(view_type="form")["arch"]
        self.assertNotIn("action_open_provider", arch)
