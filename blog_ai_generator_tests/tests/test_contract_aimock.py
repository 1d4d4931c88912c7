# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Test the writer against aimock, a mock server that others have written."""

import socket

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm

from .aimock import KEY, Aimock
from .llm_case import LLMCase, each_protocol

WRONG_KEY = "sk-wrong-0123456789"


# Not "standard": only `make test` provides aimock, and must.
@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestContractAimock(LLMCase):
    key = KEY

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.aimock = Aimock()
        cls.addClassCleanup(cls.aimock.stop)
        cls.url = cls.aimock.url

    # Answers

    @each_protocol
    def test_an_article_arrives_with_its_usage(self, account):
        answer = self.write_article(account("article"))
        self.assertTrue(answer.article.title.startswith("Bicycle repair in winter"))
        self.assertIn("<h2>", answer.article.body_html)
        self.assertEqual(answer.usage, llm.Usage(321, 1234))
        self.assertEqual(answer.calls[0].model_answered, "article")
        self.assertTrue(answer.calls[0].request_id)

    def test_every_address_of_the_openai_protocol_works(self):
        for path in ("/v1", "/api/v1", "/v1beta/openai", "/openai/v1/"):
            with self.subTest(path=path):
                url = self.aimock.root + path
                account = llm.Account("openai_chat", url, KEY, "article")
                self.assertTrue(self.write_article(account).article.title)

    @each_protocol
    def test_the_connection_test_is_a_real_and_tiny_call(self, account):
        (call,) = llm.check_connection(account("connection-test")).calls
        self.assertEqual((call.kind, call.outcome), ("test", "ok"))
        sent = self.aimock.journal("connection-test")[-1]["body"]
        text = "".join(message["content"] for message in sent["messages"])
        self.assertLess(len(text), 200)

    @each_protocol
    def test_the_connection_test_tells_a_wrong_key(self, account):
        account = account("connection-test", api_key=WRONG_KEY)
        self.assertFails(
            account, "authentication", 401, call=llm.check_connection, kind="test"
        )

    @each_protocol
    def test_models_are_listed(self, account):
        self.assertIn("article", llm.list_models(account("")).names)

    @each_protocol
    def test_listing_models_with_a_wrong_key_fails(self, account):
        account = account("", api_key=WRONG_KEY)
        self.assertFails(
            account, "authentication", 401, call=llm.list_models, kind="models"
        )

    @each_protocol
    def test_what_is_sent_is_a_valid_request(self, account):
        self.write_article(account("article"))
        entry = self.aimock.journal("article")[-1]
        self.assertEqual((entry["method"], entry["response"]["status"]), ("POST", 200))
        self.assertEqual(entry["headers"]["content-type"], "application/json")
        roles = [message["role"] for message in entry["body"]["messages"]]
        self.assertEqual(roles, ["system", "user"])
        text = entry["body"]["messages"][-1]["content"]
        self.assertIn("Topic: Bicycle repair in winter", text)
        self.assertNotIn("stream", entry["body"])

    # aimock's journal redacts the keys.

    def test_the_openai_protocol_sends_its_own_headers_and_fields(self):
        self.write_article(self.account("openai_chat", "openai", "article"))
        entry = self.aimock.journal("article")[-1]
        self.assertEqual(entry["path"], "/v1/chat/completions")
        self.assertEqual(entry["headers"]["authorization"], "[REDACTED]")
        self.assertNotIn("x-api-key", entry["headers"])
        self.assertEqual(entry["body"]["response_format"]["type"], "json_schema")
        self.assertGreaterEqual(entry["body"]["max_completion_tokens"], 4000)
        self.assertNotIn("max_tokens", entry["body"])

    def test_the_anthropic_protocol_sends_its_own_headers_and_fields(self):
        self.write_article(self.account("anthropic_messages", "anthropic", "article"))
        entry = self.aimock.journal("article")[-1]
        self.assertEqual(entry["path"], "/v1/messages")
        self.assertEqual(entry["headers"]["x-api-key"], "[REDACTED]")
        self.assertNotIn("authorization", entry["headers"])
        self.assertEqual(entry["headers"]["anthropic-version"], "2023-06-01")
        self.assertGreaterEqual(entry["body"]["max_tokens"], 4000)

    # Every error of the taxonomy

    @each_protocol
    def test_authentication(self, account):
        account = account("article", api_key=WRONG_KEY)
        self.assertFalse(self.assertFails(account, "authentication", 401).retryable)

    @each_protocol
    def test_permission(self, account):
        error = self.assertFails(account("permission"), "permission", 403)
        self.assertFalse(error.retryable)

    @each_protocol
    def test_quota_is_told_by_its_status(self, account):
        self.assertFalse(self.assertFails(account("billing"), "quota", 402).retryable)

    @each_protocol
    def test_quota_is_told_from_a_rate_limit_by_its_code(self, account):
        self.assertFalse(self.assertFails(account("quota"), "quota", 429).retryable)

    @each_protocol
    def test_a_rate_limit_says_how_long_to_wait(self, account):
        for model, seconds in (("rate-limit", 7), ("rate-limit-by-chaos", 1)):
            error = self.assertFails(account(model), "rate_limit", 429)
            self.assertTrue(error.retryable)
            self.assertEqual(error.retry_after, seconds)

    @each_protocol
    def test_overloaded(self, account):
        for model, status in (
            ("overloaded", 529),
            ("unavailable", 503),
            ("server-error", 500),
            ("dropped", 500),
        ):
            error = self.assertFails(account(model), "overloaded", status)
            self.assertTrue(error.retryable)

    @each_protocol
    def test_timeout(self, account):
        error = self.assertFails(account("slow", deadline=0.5), "timeout")
        self.assertTrue(error.retryable)
        self.assertLess(error.calls[-1].milliseconds, 5000)

    @each_protocol
    def test_connection_lost(self, account):
        self.assertTrue(self.assertFails(account("disconnect"), "connection").retryable)

    @each_protocol
    def test_nobody_listens(self, account):
        with socket.socket() as taken:
            # Bound but not listening: nobody else can take the port meanwhile.
            taken.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
            error = self.assertFails(account("article", base_url=url), "connection")
        self.assertTrue(error.retryable)

    @each_protocol
    def test_refused(self, account):
        for model in ("filtered", "refusal"):
            error = self.assertFails(account(model), "refused", 200)
            self.assertFalse(error.retryable)

    @each_protocol
    def test_truncated(self, account):
        error = self.assertFails(account("truncated"), "truncated", 200)
        self.assertTrue(error.retryable)

    @each_protocol
    def test_unusable(self, account):
        for model in ("malformed", "not-an-article"):
            error = self.assertFails(account(model), "unusable", 200)
            self.assertTrue(error.retryable)

    @each_protocol
    def test_bad_request(self, account):
        for model, status in (("bad-request", 400), ("unknown-model", 404)):
            error = self.assertFails(account(model), "bad_request", status)
            self.assertFalse(error.retryable)
