# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Test the writer with a provider that refuses."""

from dataclasses import replace

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm

from .llm_case import FakeLLMCase, each_protocol


@tagged("post_install", "-at_install")
class TestRefusals(FakeLLMCase):
    @each_protocol
    def test_a_wrong_key_and_a_forbidden_one_are_told_apart(self, account):
        # The server repeats the key in its message; assertFails looks for leaks.
        for key, code, status in (
            ("bad-0123456789abcdef", "authentication", 401),
            ("forbidden-0123456789", "permission", 403),
        ):
            account_ = account("good", api_key=key)
            self.assertFalse(self.assertFails(account_, code, status).retryable)
            for call, kind in (
                (llm.check_connection, "test"),
                (llm.list_models, "models"),
            ):
                self.assertFails(account_, code, status, call=call, kind=kind)

    def test_a_wrong_key_of_a_few_letters_is_not_repeated_either(self):
        account = self.account("openai_chat", "openai", "good", api_key="bad")
        self.assertFails(account, "authentication", 401)

    @each_protocol
    def test_a_key_is_needed_before_anything_is_sent(self, account):
        self.assertFails(account("good", api_key=""), "authentication")
        self.assertFalse(self.llm.requests)

    @each_protocol
    def test_an_empty_account_is_no_rate_limit(self, account):
        for model in ("quota", "credit"):
            with self.assertRaises(llm.LLMError) as caught:
                self.write_article(account(model))
            self.assertEqual(caught.exception.code, "quota", caught.exception.detail)
            self.assertFalse(caught.exception.retryable)

    @each_protocol
    def test_a_spent_limit_says_when_access_comes_back(self, account):
        error = self.assertFails(account("regain"), "quota", 400)
        self.assertEqual(error.values, {"date": "2026-12-01"})

    @each_protocol
    def test_a_limit_above_the_context_is_lowered_once(self, account):
        account = account("small-context-4096", max_output_tokens=8000)
        answer = self.write_article(account)
        self.assertEqual([call.http_status for call in answer.calls], [400, 200])
        limits = [
            call.body.get("max_tokens") or call.body.get("max_completion_tokens")
            for call in self.llm.requests
        ]
        self.assertEqual(limits, [8000, 3696])

    def test_a_plan_that_is_too_small_fails_article_and_connection_test(self):
        account = self.account("openai_chat", "groq", "plan-8000")
        for limit, is_too_much in ((8000, True), (4000, False)):
            account = replace(account, max_output_tokens=limit)
            for call, kind in (
                (self.write_article, "article"),
                (llm.check_connection, "test"),
            ):
                if is_too_much:
                    error = self.assertFails(
                        account, "bad_request", 413, call=call, kind=kind
                    )
                    self.assertEqual(
                        error.values, {"limit": "8000", "requested": "9123"}
                    )
                else:
                    self.assertTrue(call(account))

    @each_protocol
    def test_a_rate_limit_says_how_long_to_wait(self, account):
        error = self.assertFails(account("rate-limit-2"), "rate_limit", 429)
        self.assertEqual(error.retry_after, 2)
        error = self.assertFails(account("rate-limit"), "rate_limit", 429)
        self.assertIsNone(error.retry_after)
        error = self.assertFails(account("rate-limit-date-60"), "rate_limit", 429)
        self.assertTrue(50 < error.retry_after <= 60)
        error = self.assertFails(account("rate-limit-99999999"), "rate_limit", 429)
        self.assertLess(error.retry_after, 86400 * 31)

    @each_protocol
    def test_a_second_try_of_a_topic_succeeds(self, account):
        self.assertFails(account("rate-limit-once-1"), "rate_limit", 429)
        self.assertTrue(self.write_article(account("rate-limit-once-1")))
        for _try in range(2):
            self.assertFails(account("flaky-2"), "overloaded", 500)
        self.assertTrue(self.write_article(account("flaky-2")))
        # Another topic has tries of its own.
        with self.assertRaises(llm.LLMError):
            self.write_article(account("flaky-2"), "Another topic")

    @each_protocol
    def test_trouble_of_the_server_may_be_retried(self, account):
        for status in (500, 502, 503, 504, 520, 529):
            error = self.assertFails(account(f"error-{status}"), "overloaded", status)
            self.assertTrue(error.retryable)
        with self.assertRaises(llm.LLMError) as caught:
            self.write_article(account("overloaded"))
        self.assertEqual(caught.exception.code, "overloaded")

    @each_protocol
    def test_an_error_in_an_answer_with_status_200_is_an_error(self, account):
        self.assertFails(account("ok-error"), "overloaded", 200)

    def test_an_error_inside_the_choice_is_an_error(self):
        account = self.account("openai_chat", "openrouter", "choice-error")
        self.assertFails(account, "overloaded", 200)

    @each_protocol
    def test_an_error_body_may_be_a_list(self, account):
        error = self.assertFails(account("list-error"), "bad_request", 400)
        self.assertIn("Bad value", error.detail)

    @each_protocol
    def test_an_unknown_model_is_a_bad_request(self, account):
        error = self.assertFails(account("no-such-model"), "bad_request", 404)
        self.assertEqual(error.reason, "not_found")

    @each_protocol
    def test_a_redirect_is_not_followed(self, account):
        self.assertFails(account("redirect"), "bad_request", 307)
        self.assertEqual(len(self.llm.requests), 1)

    @each_protocol
    def test_a_refusal_that_names_no_parameter_is_not_repeated(self, account):
        self.assertFails(account("bad-request"), "bad_request", 400)
        self.assertEqual(len(self.llm.requests), 1)

    @each_protocol
    def test_a_refused_parameter_is_dropped_and_the_call_repeated_once(self, account):
        for model in ("no-json-schema", "no-response-format", "strict-extra"):
            with self.subTest(model=model):
                self.llm.reset()
                answer = self.write_article(account(model))
                self.assertEqual(len(self.llm.requests), 2)
                outcomes = [call.outcome for call in answer.calls]
                self.assertEqual(outcomes, ["bad_request", "ok"])

    def test_the_other_name_of_the_token_limit_is_tried(self):
        account = self.account("openai_chat", "mistral", "no-max-tokens")
        self.assertTrue(self.write_article(account))
        first, second = (call.body for call in self.llm.requests)
        self.assertIn("max_tokens", first)
        self.assertEqual(second["max_completion_tokens"], first["max_tokens"])

    @each_protocol
    def test_an_option_that_the_server_does_not_know_is_dropped(self, account):
        answer = self.write_article(account("good", options={"wonder": True}))
        self.assertEqual([call.http_status for call in answer.calls], [400, 200])
        self.assertNotIn("wonder", self.llm.requests[-1].body)

    def test_every_preset_writes_with_its_own_fields(self):
        for name, preset in llm.PRESETS.items():
            if preset.protocol == "offline":
                continue
            with self.subTest(preset=name):
                self.llm.reset()
                self.write_article(self.account(preset.protocol, name, "good"))
                self.assertEqual(len(self.llm.requests), 1)
                self.assertIn(preset.token_field, self.llm.requests[0].body)
