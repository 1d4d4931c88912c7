# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Test the writer against llama.cpp's server with a small, real model.

The model's texts make little sense: what is checked is the protocol.
"""

import json
import os
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm

from .ask_case import AskCase
from .llama import CONTEXT, KEY, MODEL, LlamaServer, reason_to_skip
from .llm_case import PRESETS, LLMCase, each_protocol
from .pump_case import PATIENCE
from .test_cancel_committed import AT_ONCE

# An answer that no model would give without the schema.
SCHEMA = {
    "type": "object",
    "properties": {"zebra": {"type": "string", "enum": ["7-alpha"]}},
    "required": ["zebra"],
    "additionalProperties": False,
}
# A context that is hardly longer than a prompt, in tokens: a slow machine fills it
# within the deadline.
SMALL = 512
# Goes on until the context is full. A schema would end the answer sooner.
ENDLESS = {"answer_format": "text", "options": {"ignore_eos": True}}


class RealLLM:
    """Part of a test case: one server for a class, or else a reason to skip it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.why_not = reason_to_skip()
        if not cls.why_not:
            cls.real = LlamaServer()
            cls.addClassCleanup(cls.real.stop)

    def setUp(self):
        # Skip each test: a whole class would count as one skipped test.
        if self.why_not:
            self.skipTest(self.why_not)
        super().setUp()


@tagged("post_install", "-at_install", "-standard", "blog_ai_real", "blog_ai_alone")
class TestRealLLM(RealLLM, LLMCase):
    def account(self, protocol, preset, model, **values):
        values = {"base_url": self.real.url, "api_key": KEY, **values}
        return super().account(protocol, preset, model, **values)

    def complete(self, account, schema=None, limit=64, user="Tell me about bicycles."):
        prompt = llm.Prompt("You are a writer.", user, schema, None, limit)
        with llm.Deadline(account.deadline) as deadline:
            return llm.PROTOCOLS[account.protocol].complete(prompt, account, deadline)

    def assertEachFails(self, account, http_status) -> list[llm.LLMError]:
        """Return the errors of the three kinds of calls to this account."""
        code = {401: "authentication", 404: "bad_request", 503: "overloaded"}
        calls = {
            "article": self.write_article,
            "test": llm.check_connection,
            "models": llm.list_models,
        }
        return [
            self.assertFails(account, code[http_status], http_status, call, kind)
            for kind, call in calls.items()
        ]

    # Good answers

    @each_protocol
    def test_the_connection_test_succeeds(self, account):
        *_softened, call = llm.check_connection(account(MODEL)).calls
        self.assertEqual((call.kind, call.outcome), ("test", "ok"))
        self.assertEqual((call.http_status, call.model_answered), (200, MODEL))
        self.assertTrue(call.request_id)

    @each_protocol
    def test_models_are_listed(self, account):
        self.assertEqual(llm.list_models(account("")).names, (MODEL,))

    @each_protocol
    def test_tokens_are_those_that_the_server_counted(self, account):
        before = self.real.counted()
        # Asked twice, the server takes the prompt from its cache the second time.
        first, second = (self.complete(account(MODEL)).usage for _time in range(2))
        after = self.real.counted()
        grown = {name: after[name] - before[name] for name in after}
        used = first + second
        self.assertEqual(used.tokens_out, grown["tokens_predicted"])
        self.assertEqual(used.tokens_cached, grown["prompt_tokens_cached"])
        processed = used.tokens_in - used.tokens_cached
        self.assertEqual(processed, grown["prompt_tokens"])
        self.assertEqual(first.tokens_in, second.tokens_in)
        self.assertTrue(second.tokens_cached)

    def test_the_schema_is_enforced(self):
        account = self.account("openai_chat", "llamacpp", MODEL)
        reply = self.complete(account, SCHEMA)
        self.assertEqual(json.loads(reply.text), {"zebra": "7-alpha"})
        self.assertFalse(reply.earlier)
        self.assertFalse(reply.notes)

    def test_an_answer_that_the_limit_cuts_off_is_truncated(self):
        account = self.account("openai_chat", "llamacpp", MODEL, max_output_tokens=48)
        error = self.assertFails(account, "truncated", 200)
        self.assertEqual(error.reason, "limit")
        self.assertEqual(error.calls[-1].usage.tokens_out, 48)

    def test_an_answer_that_the_context_cuts_off_is_truncated_by_it(self):
        server = LlamaServer(context=SMALL)
        self.addCleanup(server.stop)
        account = self.account(
            "openai_chat", "llamacpp", MODEL, base_url=server.url, **ENDLESS
        )
        error = self.assertFails(account, "truncated", 200, self.write_long_notes)
        self.assertEqual(error.reason, "context")
        self.assertIsNone(llm.next_account(account, error))
        usage = error.calls[-1].usage
        self.assertLessEqual(usage.tokens_in + usage.tokens_out, SMALL)

    def write_long_notes(self, account):
        return self.write_article(account, notes="Oil the chain. " * 36)

    # Errors

    @each_protocol
    def test_a_wrong_key_is_refused(self, account):
        self.assertEachFails(account(MODEL, api_key="sk-wrong-0123456789"), 401)

    def test_no_key_is_refused_by_a_server_that_wants_one(self):
        self.assertEachFails(
            self.account("openai_chat", "llamacpp", MODEL, api_key=""), 401
        )

    @each_protocol
    def test_a_wrong_path_is_not_found(self, account):
        account = account(MODEL, base_url=f"{self.real.root}/v2")
        for error in self.assertEachFails(account, 404):
            self.assertEqual(error.key, "bad_request.not_found")

    def test_an_unknown_model_is_not_found(self):
        with tempfile.TemporaryDirectory() as folder:
            server = LlamaServer("--models-dir", folder, model="")
            self.addCleanup(server.stop)
            for protocol, preset in PRESETS.items():
                account = self.account(protocol, preset, "gone", base_url=server.url)
                for call, kind in (
                    (self.write_article, "article"),
                    (llm.check_connection, "test"),
                ):
                    error = self.assertFails(account, "bad_request", 400, call, kind)
                    self.assertEqual(error.reason, "not_found")

    def test_a_server_that_is_loading_its_model_is_asked_again_later(self):
        with tempfile.TemporaryDirectory() as folder:
            # A pipe that nobody writes into: it is opened and loaded for ever.
            pipe = str(Path(folder, "model.gguf"))
            os.mkfifo(pipe)
            server = LlamaServer(model=pipe, until="loading model")
            self.addCleanup(server.stop)
            for protocol, preset in PRESETS.items():
                account = self.account(protocol, preset, MODEL, base_url=server.url)
                for error in self.assertEachFails(account, 503):
                    self.assertTrue(error.retryable)

    @each_protocol
    def test_a_prompt_longer_than_the_context_is_too_long(self, account):
        with self.assertRaises(llm.LLMError) as caught:
            self.complete(account(MODEL), user="bicycle " * 2 * CONTEXT)
        error = caught.exception
        self.assertEqual((error.key, error.http_status), ("bad_request.too_large", 400))
        self.assertFalse(error.retryable)

    def test_the_deadline_frees_the_slot(self):
        # Messages have no option that keeps the model from ending its answer.
        server = LlamaServer("--ignore-eos")
        self.addCleanup(server.stop)
        for protocol, preset in PRESETS.items():
            with self.subTest(protocol=protocol):
                since = server.position
                account = self.account(
                    protocol,
                    preset,
                    MODEL,
                    base_url=server.url,
                    deadline=1.5,
                    max_output_tokens=CONTEXT,
                    answer_format="text",
                )
                self.assertFails(account, "timeout")
                # The server looks for closed connections only when a second passes
                # without an answer to anybody: asking it again and again would keep
                # the slot busy.
                server.wait_for_line("cancel task", since)
                server.wait_for_line("stop processing", since)
                self.assertFalse(server.busy())


@tagged("-blog_ai_committed", "blog_ai_alone", "blog_ai_real")
class TestRealLLMInOdoo(RealLLM, AskCase):
    def use_real(self, **values) -> None:
        """Let the provider of this test be the server with the real model."""
        with self.committed() as env:
            provider = env["blog.ai.provider"].browse(self.provider_id)
            provider.write({"preset": "llamacpp", "base_url": self.real.url, **values})
            provider.set_api_key(KEY)

    def connections_to_it(self) -> list:
        """Return this process's open connections to the server."""
        port = urlsplit(self.real.url).port
        return [
            connection
            for connection in psutil.Process().net_connections("tcp")
            if connection.raddr
            and connection.raddr.port == port
            and connection.status == psutil.CONN_ESTABLISHED
        ]

    def test_another_copy_for_a_network_is_proposed(self):
        (generation,) = self.ask("Bicycle repair in winter")
        self.pump()
        self.use_real()
        with self.committed() as env:
            post = env["blog.ai.generation"].browse(generation).post_id
        asked = self.write_again(post.id)
        self.settle_asks()
        with self.committed() as env:
            call = env["blog.ai.call"].search(
                [("generation_id", "=", generation), ("kind", "=", "social")]
            )
            self.assertEqual((call.outcome, call.http_status), ("ok", 200))
            self.assertEqual(call.model_answered, MODEL)
            self.assertTrue(call.tokens_in and call.tokens_out)
        self.assertTrue(self.seen(asked)["text"])

    def test_cancel_frees_the_slot(self):
        options = json.dumps(ENDLESS["options"])
        self.use_real(answer_format="text", request_fields=options)
        since = self.real.position
        generations = self.ask("Bicycle repair in winter", model=MODEL)
        with self.pump_beside():
            self.real.wait_for_line("processing task", since)
            self.assertEqual(len(self.connections_to_it()), 1)
            (call,) = (
                thread
                for thread in threading.enumerate()
                if thread.name.startswith("blog_ai_generator.call.")
            )
            with self.committed() as env:
                env["blog.ai.generation"].browse(generations).action_cancel()
            clicked = time.monotonic()
            call.join(PATIENCE)
            self.assertLess(time.monotonic() - clicked, AT_ONCE)
            self.assertFalse(self.connections_to_it())
            self.real.wait_for_line("cancel task", since)
            self.real.wait_for_line("stop processing", since)
        self.assertFalse(self.real.busy())
        self.assertEqual(self.outcomes(generations), ["cancelled"])
