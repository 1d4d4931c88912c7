# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Test the writer on connections that hang, drip or break, and connection tests."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm

from ..llm_server import LLMServer
from .llm_case import KEY, FakeLLMCase, each_protocol


@tagged("post_install", "-at_install")
class TestConnections(FakeLLMCase):
    def assertGivesUp(self, account, code="timeout", **values):
        """Check that a call fails with ``code`` soon after its deadline.

        Five seconds leave room for a busy machine; without a deadline the call would
        take minutes.
        """
        error = self.assertFails(account, code, **values)
        self.assertTrue(error.retryable)
        self.assertLess(error.calls[-1].milliseconds, (account.deadline + 5) * 1000)
        self.llm.wait_until(lambda: not self.llm.in_flight)
        return error

    @each_protocol
    def test_a_server_that_never_answers_does_not_outlive_the_deadline(self, account):
        self.assertGivesUp(account("never", deadline=0.4))

    @each_protocol
    def test_a_dripping_server_does_not_outlive_the_deadline(self, account):
        self.assertGivesUp(account("drip-0.05", deadline=0.4))

    @each_protocol
    def test_a_server_that_drips_its_headers_does_not_either(self, account):
        self.assertGivesUp(account("drip-headers-0.05", deadline=0.4))

    @each_protocol
    def test_the_repeated_call_has_no_deadline_of_its_own(self, account):
        # Each of the two calls would end within the deadline, on a busy machine too.
        account = account("latency-1.6+no-response-format", deadline=3)
        error = self.assertGivesUp(account)
        outcomes = [call.outcome for call in error.calls]
        self.assertEqual(outcomes, ["bad_request", "timeout"])

    @each_protocol
    def test_an_endless_answer_is_cut_off(self, account):
        self.assertGivesUp(account("endless"), "unusable", http_status=200)

    @each_protocol
    def test_a_packed_answer_cannot_fill_the_memory(self, account):
        self.assertGivesUp(account("bomb"), "unusable", http_status=200)

    @each_protocol
    def test_a_lost_connection_may_be_retried(self, account):
        for model in ("disconnect", "disconnect-half-way"):
            self.assertGivesUp(account(model), "connection")

    @each_protocol
    def test_a_server_that_is_stopped_ends_the_call_at_once(self, account):
        with LLMServer() as server, ThreadPoolExecutor(1) as pool:
            account = account("never", base_url=server.url)
            failing = pool.submit(self.assertFails, account, "connection")
            server.wait_for_requests(1)
            server.close()
            self.assertEqual(failing.result(10).reason, "closed")

    @each_protocol
    def test_sixty_four_calls_at_once(self, account):
        def write(number):
            return self.write_article(
                account("hold"), f"Topic number {number}"
            ).article.title

        with ThreadPoolExecutor(64) as pool:
            writing = [pool.submit(write, number) for number in range(64)]
            self.llm.wait_for_requests(64)
            self.assertFalse(any(future.done() for future in writing))
            self.llm.release()
            titles = {future.result(30) for future in writing}
        self.assertEqual(len(titles), 64)
        self.assertEqual(self.llm.max_in_flight, 64)

    def test_the_key_of_netrc_does_not_replace_ours(self):
        with tempfile.TemporaryDirectory() as home:
            netrc = Path(home, ".netrc")
            netrc.write_text("machine 127.0.0.1 login someone password netrc-secret\n")
            with patch.dict(os.environ, HOME=home, NETRC=str(netrc)):
                for name in llm.PRESETS:
                    preset = llm.PRESETS[name]
                    if preset.protocol != "offline":
                        self.write_article(self.account(preset.protocol, name, "good"))
        self.assertEqual({call.key for call in self.llm.requests}, {KEY})
        for call in self.llm.requests:
            self.assertNotIn("basic", call.headers.get("authorization", "").lower())

    def test_no_key_means_no_header(self):
        account = self.account("openai_chat", "ollama", "good", api_key="")
        self.assertFails(account, "authentication", 401)
        self.assertNotIn("authorization", self.llm.requests[0].headers)


@tagged("post_install", "-at_install")
class TestConnectionTestAndModels(FakeLLMCase):
    @each_protocol
    def test_the_connection_test_is_one_tiny_call(self, account):
        (call,) = llm.check_connection(account("good")).calls
        self.assertEqual((call.kind, call.outcome), ("test", "ok"))
        self.assertEqual(len(self.llm.requests), 1)
        self.assertTrue(0 < call.usage.tokens_in + call.usage.tokens_out < 60)

    @each_protocol
    def test_the_connection_test_passes_where_the_limit_cuts_the_answer(self, account):
        *_refused, call = llm.check_connection(account("truncated")).calls
        self.assertEqual(call.outcome, "ok")

    @each_protocol
    def test_the_connection_test_fails_as_an_article_would(self, account):
        for model, code, status in (
            ("rate-limit-2", "rate_limit", 429),
            ("error-500", "overloaded", 500),
            ("no-such-model", "bad_request", 404),
            ("html", "unusable", 200),
            ("disconnect", "connection", None),
            ("never", "timeout", None),
        ):
            with self.subTest(model=model):
                deadline = 0.4 if model == "never" else 20
                self.assertFails(
                    account(model, deadline=deadline),
                    code,
                    status,
                    call=llm.check_connection,
                    kind="test",
                )

    @each_protocol
    def test_models_are_listed_in_both_shapes(self, account):
        models = llm.list_models(account("")).names
        self.assertIn("good", models)
        self.assertEqual(list(models), sorted(models))

    @each_protocol
    def test_a_broken_list_of_models_is_an_error(self, account):
        for name, code, status in (
            ("html", "unusable", 200),
            ("malformed", "unusable", 200),
            ("error-500", "overloaded", 500),
            ("never", "timeout", None),
        ):
            with self.subTest(name=name):
                self.assertFails(
                    account(
                        "",
                        # Here the key says how the server behaves.
                        api_key=f"as-{name}",
                        deadline=0.4 if name == "never" else 20,
                    ),
                    code,
                    status,
                    call=llm.list_models,
                    kind="models",
                )
