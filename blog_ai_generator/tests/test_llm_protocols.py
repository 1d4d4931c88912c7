# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm.protocols import base

from .fixtures_llm import (
    LLMCase,
    anthropic_answer,
    good_fields,
    good_text,
    http_answer,
    openai_answer,
    refusal,
)

REQUEST = llm.ArticleRequest("Bees in the city")


class TestOpenAI(LLMCase):
    def test_an_article_is_asked_for_and_comes_back(self):
        server = self.serve(openai_answer(good_text()))
        answer = llm.write(REQUEST, self.account(server, preset="openai"))
        self.assertEqual(answer.article.title, good_fields()["title"])
        self.assertIn("<h2>", answer.article.body_html)
        self.assertEqual(answer.article.repairs, ())
        (request,) = server.requests
        self.assertEqual(
            (request.method, request.path), ("POST", "/v1/chat/completions")
        )
        self.assertEqual(request.json["max_completion_tokens"], 4096)
        self.assertEqual(
            [m["role"] for m in request.json["messages"]], ["system", "user"]
        )
        self.assertIn(
            "Topic: Bees in the city",
            request.json["messages"][1]["content"].split("\n"),
        )
        schema = request.json["response_format"]["json_schema"]
        self.assertTrue(schema["strict"])
        self.assertEqual(set(schema["schema"]["required"]), set(good_fields()))

    def test_tokens_that_are_all_cached_are_counted_once(self):
        details = {
            "prompt_tokens": 300,
            "prompt_tokens_details": {"cached_tokens": 300},
        }
        server = self.serve(openai_answer(good_text(), usage=details))
        usage = llm.write(REQUEST, self.account(server)).usage
        self.assertEqual((usage.tokens_in, usage.tokens_cached), (300, 300))

    def test_a_status_of_300_is_no_article(self):
        server = self.serve(http_answer({"choices": []}, 300))
        self.assertEqual(self.failure(self.account(server)).reason, "redirect")

    def test_a_field_that_is_refused_by_a_404_is_left_out(self):
        refused = refusal("response_format is not supported", 404)
        server = self.serve(refused, openai_answer(good_text()))
        llm.write(REQUEST, self.account(server))
        first, second = server.requests
        self.assertIn("response_format", first.json)
        self.assertNotIn("response_format", second.json)

    def test_the_beginning_of_what_is_no_json_is_the_detail(self):
        server = self.serve(http_answer("<p>Hello</p>"))
        self.assertIn("Hello", self.failure(self.account(server)).detail)

    def test_nothing_is_sent_that_a_strict_server_refuses(self):
        server = self.serve(openai_answer(good_text()))
        llm.write(REQUEST, self.account(server, preset="mistral"))
        self.assertEqual(
            set(server.requests[0].json),
            {"model", "messages", "max_tokens", "response_format"},
        )

    def test_the_call_is_recorded(self):
        server = self.serve(
            openai_answer(
                good_text(),
                usage={
                    "prompt_tokens": 300,
                    "completion_tokens": 1500,
                    "prompt_tokens_details": {"cached_tokens": 120},
                    "completion_tokens_details": {"reasoning_tokens": 200},
                    "cost": 0.0042,
                },
            )
        )
        answer = llm.write(REQUEST, self.account(server))
        self.assertEqual(answer.usage, llm.Usage(300, 1500, 120, 200, 0.0042))
        (call,) = answer.calls
        self.assertEqual(call.kind, "article")
        self.assertEqual((call.model, call.model_answered), ("model", "model-2026"))
        self.assertEqual((call.outcome, call.http_status), ("ok", 200))
        self.assertEqual(call.request_id, "chatcmpl-1")
        self.assertEqual(call.prompt_version, llm.PROMPT_VERSION)

    def test_reasoning_that_only_the_total_counts_is_counted(self):
        usage = {"prompt_tokens": 300, "completion_tokens": 100, "total_tokens": 900}
        server = self.serve(openai_answer(good_text(), usage=usage))
        answer = llm.write(REQUEST, self.account(server))
        self.assertEqual(answer.usage, llm.Usage(300, 600, 0, 500))

    def test_missing_or_odd_usage_counts_as_zero_and_is_said(self):
        for usage in (None, {}, {"prompt_tokens": "many", "completion_tokens": -4}):
            server = self.serve(openai_answer(good_text(), usage=usage))
            answer = llm.write(REQUEST, self.account(server))
            self.assertEqual(answer.usage, llm.Usage())
            if not usage:
                self.assertEqual(answer.calls[0].detail, "usage_missing")
                self.assertEqual(answer.article.repairs, (llm.Note("usage_missing"),))

    def test_text_in_parts_is_joined(self):
        text = good_text()
        parts = [
            {"type": "thinking", "thinking": [{"text": "{}"}]},
            {"type": "text", "text": text[:50]},
            {"type": "text", "text": text[50:]},
        ]
        server = self.serve(openai_answer(parts))
        answer = llm.write(REQUEST, self.account(server))
        self.assertTrue(answer.article.title)

    def test_an_answer_that_a_server_takes_for_thoughts_is_read(self):
        for name in ("reasoning_content", "reasoning"):
            message = {"content": None, name: f"\n\n{good_text()}"}
            choices = [{"message": message, "finish_reason": "stop"}]
            server = self.serve(openai_answer("", choices=choices))
            answer = llm.write(REQUEST, self.account(server))
            self.assertTrue(answer.article.title)
        message = {"content": None, "reasoning_content": f"Hm, {good_text()}"}
        server = self.serve(openai_answer("", choices=[{"message": message}]))
        self.assertCode(self.failure(self.account(server)), "unusable", "empty")

    def test_options_are_sent_but_cannot_change_what_is_asked(self):
        server = self.serve(openai_answer(good_text()))
        options = {
            "temperature": 0.3,
            "response_format": None,
            "stream": True,
            "messages": [],
        }
        llm.write(REQUEST, self.account(server, options=options))
        sent = server.requests[0].json
        self.assertEqual(sent["temperature"], 0.3)
        self.assertEqual(len(sent["messages"]), 2)
        self.assertFalse({"response_format", "stream"} & set(sent))


class TestAnthropic(LLMCase):
    def setUp(self):
        super().setUp()
        self.changes = {"protocol": "anthropic_messages", "preset": "anthropic"}

    def test_an_article_is_asked_for_and_comes_back(self):
        usage = {
            "input_tokens": 100,
            "cache_creation_input_tokens": 50,
            "cache_read_input_tokens": 150,
            "output_tokens": 1300,
        }
        server = self.serve(anthropic_answer(good_text(), usage=usage))
        answer = llm.write(REQUEST, self.account(server, **self.changes))
        self.assertEqual(answer.article.title, good_fields()["title"])
        self.assertEqual(answer.usage, llm.Usage(300, 1300, 150))
        self.assertEqual(answer.calls[0].model_answered, "claude-2026")
        (request,) = server.requests
        self.assertEqual(request.path, "/v1/messages")
        self.assertEqual(
            set(request.json),
            {"model", "max_tokens", "system", "messages", "output_config"},
        )

    def test_text_blocks_are_joined_and_others_left_out(self):
        text = good_text()
        blocks = [
            {"type": "thinking", "thinking": "{}"},
            {"type": "text", "text": text[:99]},
            {"type": "text", "text": text[99:]},
        ]
        server = self.serve(anthropic_answer("", content=blocks))
        answer = llm.write(REQUEST, self.account(server, **self.changes))
        self.assertTrue(answer.article.title)

    def test_a_model_without_structured_output_is_asked_again_without(self):
        server = self.serve(
            refusal("output_config.format: not supported on this model"),
            anthropic_answer(good_text()),
        )
        answer = llm.write(REQUEST, self.account(server, **self.changes))
        self.assertEqual(len(answer.calls), 2)
        self.assertNotIn("output_config", server.requests[1].json)

    def test_the_token_limit_is_never_left_out(self):
        server = self.serve(refusal("max_tokens is too large for this model"))
        error = self.failure(self.account(server, **self.changes))
        self.assertCode(error, "bad_request", "output_limit")
        self.assertEqual(len(server.requests), 1)


class TestRefusedParameters(LLMCase):
    def repeated(self, message, preset="openai", status=400, **changes):
        """Return the body of the second request, after a refusal with ``message``."""
        server = self.serve(refusal(message, status), openai_answer(good_text()))
        account = self.account(server, preset=preset, **changes)
        self.answer = llm.write(REQUEST, account)
        first, second = server.requests
        self.assertEqual(first.json["messages"], second.json["messages"])
        return second.json

    def test_the_name_of_the_token_limit_is_swapped(self):
        sent = self.repeated(
            "Unsupported parameter: 'max_tokens' is not supported with this model. "
            "Use 'max_completion_tokens' instead.",
            preset="compatible",
        )
        self.assertEqual(sent["max_completion_tokens"], 4096)
        self.assertNotIn("max_tokens", sent)
        sent = self.repeated(
            '{"detail":[{"type":"extra_forbidden","loc":["max_completion_tokens"]}]}',
            status=422,
        )
        self.assertEqual(sent["max_tokens"], 4096)

    def test_a_token_limit_that_is_too_high_is_left_to_the_server(self):
        sent = self.repeated("max_completion_tokens is too large for this model")
        self.assertFalse({"max_tokens", "max_completion_tokens"} & set(sent))

    def test_a_schema_falls_back_to_json_and_json_to_the_prompt(self):
        sent = self.repeated("model does not support response format `json_schema`")
        self.assertEqual(sent["response_format"], {"type": "json_object"})
        sent = self.repeated('Unknown name "additionalProperties" at schema')
        self.assertEqual(sent["response_format"], {"type": "json_object"})
        sent = self.repeated("Unrecognized request argument: response_format")
        self.assertNotIn("response_format", sent)
        sent = self.repeated(
            "'response_format.type' must be 'json_schema' or 'text'",
            answer_format="json_object",
        )
        self.assertNotIn("response_format", sent)

    def test_an_option_of_ones_own_is_dropped(self):
        sent = self.repeated(
            "Unsupported value: 'temperature' does not support 0.3",
            options={"temperature": 0.3, "top_p": 1},
        )
        self.assertNotIn("temperature", sent)
        self.assertIn("top_p", sent)

    def test_both_calls_are_recorded_and_the_repetition_is_said(self):
        self.repeated("Unrecognized request argument: response_format")
        calls = self.answer.calls
        self.assertEqual([call.outcome for call in calls], ["bad_request", "ok"])
        self.assertEqual([call.http_status for call in calls], [400, 200])
        self.assertIn("Unrecognized", calls[0].detail)
        self.assertIn("response_format", calls[1].detail)
        self.assertEqual(
            self.answer.article.repairs,
            (llm.Note("parameter_omitted", {"name": "response_format json_schema"}),),
        )
        self.assertEqual(self.answer.usage, llm.Usage(300, 1300))

    def test_a_refusal_is_timed_in_milliseconds(self):
        with patch.object(base, "time") as clock:
            clock.monotonic.side_effect = [10.0, 12.5]
            self.repeated("Unrecognized request argument: response_format")
        self.assertEqual(self.answer.calls[0].milliseconds, 2500)

    def test_it_is_repeated_once_only(self):
        server = self.serve(
            refusal("unknown field response_format"),
            refusal("unknown field max_tokens"),
        )
        error = self.failure(self.account(server))
        self.assertCode(error, "bad_request")
        self.assertEqual(len(server.requests), 2)
        self.assertEqual([call.http_status for call in error.calls], [400, 400])

    def test_a_refusal_that_names_nothing_is_not_repeated(self):
        for message, status in (
            ("something is wrong", 400),
            ("model response_formatter not found", 404),
            ("response_format is broken today", 500),
            ("response_format needs a better key", 401),
            ("messages: field required", 422),
        ):
            server = self.serve(refusal(message, status))
            error = self.failure(self.account(server))
            self.assertEqual(len(error.calls), 1)
            self.assertEqual(len(server.requests), 1)
