# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import Mock

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from odoo.addons.blog_ai_generator import llm

from .common import BlogAiCase, create_provider

KEY = "sk-unit-abcdefghijkl"


@tagged("post_install", "-at_install")
class TestProvider(BlogAiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.openai = create_provider(cls.env, KEY, name="OpenAI", preset="openai")

    def test_a_preset_fills_in_the_rest(self):
        preset = llm.PRESETS["openai"]
        self.assertEqual(self.openai.protocol, preset.protocol)
        self.assertEqual(self.openai.base_url, preset.base_url)
        self.assertEqual(self.openai.model, preset.default_model)

    def test_every_preset_can_be_chosen_in_the_form(self):
        for preset in llm.PRESETS.values():
            with self.subTest(preset.key), Form(self.env["blog.ai.provider"]) as form:
                form.name = preset.label
                form.preset = preset.key
                if not preset.base_url and preset.protocol != "offline":
                    form.base_url = "http://localhost:8000/v1"

    def test_a_pasted_key_loses_its_line_break(self):
        self.openai.set_api_key(f"  {KEY}\n")
        self.assertEqual(self.openai.api_key, KEY)
        self.openai.base_url = " https://api.example.com/v1\n"
        self.assertEqual(self.openai.base_url, "https://api.example.com/v1")

    def test_nobody_but_administrators_reads_the_key(self):
        seen = self.openai.with_user(self.writer)
        self.assertEqual(seen.name, "OpenAI")
        self.assertTrue(seen.is_ready)
        with self.assertRaises(AccessError):
            seen.read(["api_key"])
        self.assertNotIn("api_key", seen.read()[0])
        self.writer.group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            seen.export_data(["api_key"])

    def test_nobody_groups_filters_or_exports_by_the_key(self):
        seen = self.openai.with_user(self.env.ref("base.user_admin"))
        self.assertEqual(seen.api_key, KEY)
        found = seen.fields_get(["api_key", "name"])
        for use in ("groupable", "searchable", "exportable"):
            self.assertFalse(found["api_key"][use], use)
            self.assertTrue(found["name"][use], use)
        for groupby in ("api_key", "fallback_id.api_key"):
            with self.assertRaisesRegex(AccessError, "Remove the field"):
                seen.formatted_read_group([], [groupby], ["__count"])
        with self.assertRaisesRegex(AccessError, "Remove the field"):
            seen.export_data(["name", "api_key"])
        with self.assertRaisesRegex(AccessError, "Remove the field"):
            seen.formatted_read_group([], [], ["api_key:max"])
        generation = self.ask(provider_id=seen.id).with_user(seen.env.user)
        found = generation.export_data(["provider_id/name", "provider_id/api_key"])
        self.assertEqual(found["datas"], [["OpenAI", ""]])
        self.assertEqual(seen.export_data(["name"])["datas"], [["OpenAI"]])

    def test_a_copy_has_no_key(self):
        self.assertFalse(self.openai.copy().api_key)

    def test_the_key_is_not_shown_by_accident(self):
        self.assertNotIn(KEY, repr(self.openai._account()))

    def test_a_base_url_must_be_one(self):
        for url in (
            "api.example.com",
            "ftp://example.com",
            "https://",
            "",
            "http://[::1",
            "http://example.com:99999/v1",
            "http://example.com:abc/v1",
            "http://.../v1",
            "http://exa mple.com/v1",
            "http://127.0.0.1:1/v1\thello",
            "http://127.0.0.1:1/ v1",
            "http://127.0.0.1:1/v1\nhello",
            "http://127.0.0.1:1/v1\u200b",
        ):
            with self.assertRaisesRegex(ValidationError, "Enter a base URL"):
                self.openai.base_url = url

    def test_the_endpoint_is_no_part_of_the_base_url(self):
        for protocol, url in (
            ("openai_chat", "https://llm.example.com/v1/chat/completions"),
            ("openai_chat", "https://llm.example.com/v1/chat/completions/ "),
            ("anthropic_messages", "https://llm.example.com/v1/messages"),
        ):
            with self.assertRaisesRegex(ValidationError, "Remove “/.*” from the end"):
                self.openai.write({"protocol": protocol, "base_url": url})
        self.openai.base_url = " https://llm.example.com/models/ "

    def test_a_key_does_not_belong_into_the_base_url(self):
        with self.assertRaisesRegex(ValidationError, "field API Key"):
            self.openai.base_url = "https://api.example.com/v1?key=abc"

    def test_a_provider_without_its_key_is_refused_before_anything_is_queued(self):
        self.openai.api_key = False
        with self.assertRaisesRegex(UserError, "Settings"):
            self.openai._check_can_write()

    def test_cost_is_tokens_times_prices(self):
        self.openai.write({"price_in": 2.0, "price_cached": 0.5, "price_out": 8.0})
        usage = llm.Usage(tokens_in=1_000, tokens_cached=400, tokens_out=500)
        self.assertAlmostEqual(
            self.openai._prices().cost(usage), (600 * 2 + 400 * 0.5 + 500 * 8) / 1e6
        )

    def test_the_providers_own_figure_wins(self):
        self.openai.price_out = 8.0
        usage = llm.Usage(tokens_in=1, tokens_out=500, cost=0.25)
        self.assertEqual(self.openai._prices().cost(usage), 0.25)

    def test_the_providers_own_figure_is_in_dollars_and_not_taken_for_euros(self):
        euro = self.env.ref("base.EUR")
        prices = {"price_in": 2.0, "price_out": 8.0}
        self.openai.write({**prices, "currency_id": euro.id})
        usage = llm.Usage(tokens_in=1, tokens_out=500, cost=0.25)
        self.assertAlmostEqual(self.openai._prices().cost(usage), (2 + 500 * 8) / 1e6)

    def test_costs_in_dollars_do_not_become_euros(self):
        euro = self.env.ref("base.EUR")
        second = self.openai.copy({"fallback_id": self.openai.id})
        second.set_api_key(KEY)
        self.ask(provider_id=self.openai.id, fallback_for_id=second.id)
        second.fallback_id = False
        for provider in (self.openai, second):
            with self.assertRaisesRegex(ValidationError, "duplicate the provider"):
                provider.currency_id = euro
            provider.currency_id = provider.currency_id
            provider.copy().currency_id = euro

    def test_only_administrators_spend_money_on_a_connection_test(self):
        for action in ("action_test_connection", "action_fetch_models"):
            with self.assertRaises(AccessError):
                getattr(self.openai.with_user(self.writer), action)()

    def calls_made(self, action):
        """Return the calls that a button logs."""
        before = self.env["blog.ai.call"].search([])
        self.press(self.offline, action)
        return (self.env["blog.ai.call"].search([]) - before).sorted("id")

    def test_fetching_the_models_is_on_record(self):
        call = self.calls_made("action_fetch_models")
        self.assertEqual((call.kind, call.outcome), ("models", "ok"))
        self.assertEqual(call.provider_id, self.offline)
        self.assertIn("sample", self.offline.available_models)

    def test_a_connection_test_that_was_repeated_is_on_record_twice(self):
        refused = llm.LLMError("bad_request", "no such parameter")
        reply = llm.Reply("OK", model="sample", earlier=(refused.refusal(5),))
        adapter = llm.PROTOCOLS["offline"]
        self.patch(type(adapter), "complete", lambda *args: reply)
        calls = self.calls_made("action_test_connection")
        self.assertEqual(calls.mapped("outcome"), ["bad_request", "ok"])
        self.assertEqual(set(calls.mapped("kind")), {"test"})

    def test_a_button_that_timed_out_has_an_error_of_its_own(self):
        def wait(*args):
            raise llm.LLMError("timeout", "no answer")

        adapter = type(llm.PROTOCOLS["offline"])
        self.patch(adapter, "complete", wait)
        self.patch(adapter, "list_models", wait)
        self.offline.time_limit = 7
        for button in ("action_test_connection", "action_fetch_models"):
            with self.assertRaisesRegex(UserError, "within 7 seconds") as caught:
                self.press(self.offline, button)
            self.assertNotIn("Time limit", str(caught.exception))

    def test_a_name_that_nobody_typed_follows_the_service(self):
        form = Form(self.env["blog.ai.provider"])
        form.preset = "openai"
        form.preset = "groq"
        self.assertEqual(form.name, llm.PRESETS["groq"].label)
        form.name = "Ours"
        form.preset = "openai"
        self.assertEqual(form.name, "Ours")

    def test_a_provider_that_was_used_is_archived_instead_of_deleted(self):
        provider = self.offline.copy({"name": "Old box"})
        self.attempt(self.ask(provider_id=provider.id))
        with self.assertRaisesRegex(UserError, "Old box has been used.*Archive it"):
            provider.unlink()
        idle = self.offline.copy({"name": "New box"})
        slot = self.env["blog.ai.slot"].create(
            {"blog_id": self.blog.id, "provider_id": idle.id, "active": False}
        )
        with self.assertRaisesRegex(UserError, "Choose another provider there"):
            idle.unlink()
        slot.unlink()
        idle.unlink()

    def test_an_administrator_is_not_sent_to_an_administrator(self):
        adapter = type(llm.PROTOCOLS["offline"])
        for code, reason, mended in (
            ("authentication", "", "Enter a valid key"),
            ("authentication", "malformed", "Copy it again"),
            ("quota", "", "Top it up"),
            ("permission", "", "extend the rights"),
        ):
            with self.subTest(code=code, reason=reason):
                refused = Mock(side_effect=llm.LLMError(code, reason=reason))
                self.patch(adapter, "complete", refused)
                with self.assertRaisesRegex(UserError, mended) as caught:
                    self.press(self.offline, "action_test_connection")
                self.assertNotIn("administrator", str(caught.exception))

    def test_an_administrator_reads_which_setting_to_check(self):
        refused = Mock(side_effect=llm.LLMError("connection", reason="dns"))
        self.patch(type(llm.PROTOCOLS["offline"]), "complete", refused)
        with self.assertRaisesRegex(UserError, "Check the spelling of the base URL"):
            self.press(self.offline, "action_test_connection")

    def test_the_key_of_one_service_is_not_sent_to_another(self):
        with Form(self.openai) as form:
            form.preset = "groq"
            self.assertFalse(form.api_key)
            form.api_key = "gsk-another"

    def test_the_default_provider_is_the_companys_choice(self):
        company = self.env.company
        company.blog_ai_provider_id = self.openai
        self.assertEqual(company._blog_ai_default_provider(), self.openai)

    def test_an_archived_default_is_no_default(self):
        company = self.env.company
        company.blog_ai_provider_id = self.openai
        self.openai.active = False
        self.assertEqual(company._blog_ai_default_provider(), self.offline)

    def test_a_default_provider_of_another_company_is_refused_from_both_sides(self):
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaisesRegex(ValidationError, "can't be the default provider"):
            other.blog_ai_provider_id = self.openai
        self.env.company.blog_ai_provider_id = self.openai
        with self.assertRaisesRegex(ValidationError, "can't be the default provider"):
            self.openai.company_id = other
        self.openai.company_id = False

    def test_a_default_that_became_another_companys_is_no_default(self):
        self.env.company.blog_ai_provider_id = self.openai
        other = self.env["res.company"].create({"name": "Other"})
        self.give_to(other, self.openai)
        self.assertEqual(self.env.company._blog_ai_default_provider(), self.offline)

    def test_a_provider_of_another_company_is_not_seen(self):
        self.openai.company_id = self.env["res.company"].create({"name": "Other"})
        providers = self.env["blog.ai.provider"].with_user(self.writer).search([])
        self.assertNotIn(self.openai, providers)
