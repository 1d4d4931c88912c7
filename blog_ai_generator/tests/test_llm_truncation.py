# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers that were cut off, and what the next attempt changes."""

from dataclasses import replace

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm.truncation import HIGHEST_LIMIT, ends_inside

from .fixtures_llm import (
    LLMCase,
    anthropic_answer,
    good_text,
    http_answer,
    openai_answer,
)

REQUEST = llm.ArticleRequest("Bees in the city")
CUT = good_text()[:900]


def usage(tokens_out, reasoning=0):
    return {
        "prompt_tokens": 300,
        "completion_tokens": tokens_out,
        "completion_tokens_details": {"reasoning_tokens": reasoning},
    }


class TestCutOff(LLMCase):
    """The limit is 4,096 tokens."""

    def assertCut(self, reason, answer, preset="compatible", **changes):
        account = self.account(
            self.serve(answer),
            preset=preset,
            protocol=llm.PRESETS[preset].protocol,
            **changes,
        )
        error = self.failure(account)
        self.assertCode(error, "truncated", reason)
        self.assertEqual(error.calls[0].outcome, "truncated")
        return error

    def test_an_answer_as_long_as_the_limit_was_cut_off_by_it(self):
        self.assertCut("limit", openai_answer(CUT, "length", usage=usage(4096)))
        self.assertCut("limit", openai_answer(CUT, "length", usage=None))

    def test_an_answer_far_below_the_limit_was_cut_off_by_the_context(self):
        error = self.assertCut(
            "context", openai_answer(CUT, "length", usage=usage(2900))
        )
        self.assertIn("2900 tokens of 4096", error.detail)

    def test_thinking_that_ate_the_limit_is_named(self):
        error = self.assertCut(
            "thinking", openai_answer("", "length", usage=usage(4096, 4000))
        )
        self.assertIn("4000 of them for thinking", error.detail)
        details = {"output_tokens": 4096, "output_tokens_details": {}}
        details["output_tokens_details"]["thinking_tokens"] = 3000
        answer = anthropic_answer(CUT, "max_tokens", usage=details)
        self.assertCut("thinking", answer, "anthropic")

    def test_thinking_is_named_if_it_took_half_of_the_limit(self):
        for thinking, reason in ((2048, "thinking"), (2047, "limit")):
            answer = openai_answer(CUT, "length", usage=usage(4096, thinking))
            self.assertCut(reason, answer)

    def test_thinking_that_nobody_counted_is_seen_in_the_answer(self):
        message = {"content": "", "reasoning_content": "Let me think. " * 200}
        choices = [{"message": message, "finish_reason": "length"}]
        answer = openai_answer("", choices=choices, usage=usage(4096))
        self.assertCut("thinking", answer)
        thoughts = {"type": "thinking", "thinking": "Let me think. " * 200}
        answer = anthropic_answer(
            "", "max_tokens", content=[thoughts], usage={"output_tokens": 4096}
        )
        self.assertCut("thinking", answer, "anthropic")

    def test_thoughts_that_never_end_are_thinking(self):
        text = "<think>Let me think. " + "Bees fly. " * 300
        answer = openai_answer(text, "length", usage=usage(4096))
        self.assertCut("thinking", answer)
        answer = openai_answer(f"{text}</think>{CUT}", "length", usage=usage(4096))
        self.assertCut("limit", answer)

    def test_json_that_ends_inside_a_string_was_cut_off_whatever_the_server_says(self):
        for tokens_out, reason in ((900, ""), (4096, "limit")):
            self.assertCut(reason, openai_answer(CUT, usage=usage(tokens_out)))
            answer = anthropic_answer(CUT, usage={"output_tokens": tokens_out})
            self.assertCut(reason, answer, "anthropic")

    def test_an_answer_as_long_as_the_limit_was_cut_off_even_if_it_says_stop(self):
        answer = openai_answer("Well, let me", usage=usage(4096))
        self.assertCut("limit", answer)
        answer = anthropic_answer("Well, let me", usage={"output_tokens": 4096})
        self.assertCut("limit", answer, "anthropic")

    def test_a_complete_answer_is_good_however_many_tokens_it_took(self):
        server = self.serve(openai_answer(good_text(), usage=usage(9000, 7000)))
        self.assertTrue(llm.write(REQUEST, self.account(server)).article.title)

    def test_prose_is_no_cut_off_object(self):
        server = self.serve(openai_answer("Bees { are nice.", usage=usage(100)))
        self.assertCode(self.failure(self.account(server)), "unusable")

    def test_the_end_of_an_object_is_found(self):
        for text, is_inside in (
            ('{"a": "b', True),
            ('{"a": "b"', True),
            ('{"a": "}"', True),
            ('{"a": "\\"}', True),
            ('{"a": "\\\\"}', False),
            ('Sure: {"a": {"b": []}} and {', False),
            ("", False),
            ("{a}", False),
        ):
            self.assertEqual(ends_inside(text), is_inside, text)

    def test_copy_for_a_network_is_cut_off_alike(self):
        server = self.serve(openai_answer('{"text": "Bees', usage=usage(20)))
        request = llm.SocialRequest("Bees in the city", "x", 250)
        with self.assertRaises(llm.LLMError) as caught:
            llm.write_social(request, self.account(server))
        self.assertCode(caught.exception, "truncated")


class TestNextAccount(LLMCase):
    def setUp(self):
        super().setUp()
        self.start = self.account("http://127.0.0.1:9", max_output_tokens=8000)

    def next(self, reason="", maximum=0, code="truncated", **changes):
        account = replace(self.start, **changes)
        found = llm.next_account(account, llm.LLMError(code, reason=reason), maximum)
        return found and (found.thinking, found.max_output_tokens)

    def test_what_may_pass_is_tried_again_as_it_is(self):
        for code in ("rate_limit", "overloaded", "timeout", "connection", "unusable"):
            error = llm.LLMError(code)
            self.assertIs(llm.next_account(self.start, error), self.start)
        error = llm.LLMError("truncated")
        self.assertIs(llm.next_account(self.start, error), self.start)

    def test_what_needs_help_is_not_tried_again(self):
        for code in ("quota", "authentication", "bad_request", "refused"):
            self.assertIsNone(self.next(code=code))

    def test_less_thinking_comes_first_then_twice_the_limit(self):
        self.assertEqual(self.next("thinking"), ("low", 8000))
        self.assertEqual(self.next("thinking", thinking="high"), ("low", 8000))
        self.assertEqual(self.next("thinking", thinking="low"), ("none", 16000))
        self.assertEqual(self.next("thinking", thinking="none"), ("none", 16000))

    def test_a_level_that_an_option_overrides_is_left_alone(self):
        options = {"reasoning_effort": "high"}
        self.assertEqual(self.next("thinking", options=options), ("", 16000))

    def test_the_limit_is_doubled_up_to_the_maximum_of_the_model(self):
        self.assertEqual(self.next("limit"), ("", 16000))
        self.assertEqual(self.next("limit", maximum=9000), ("", 9000))
        self.assertIsNone(self.next("limit", maximum=8000))
        self.assertIsNone(self.next("limit", max_output_tokens=HIGHEST_LIMIT))
        self.assertEqual(
            self.next("thinking", maximum=8000, thinking="low"), ("none", 8000)
        )
        self.assertIsNone(self.next("thinking", maximum=8000, thinking="none"))

    def test_a_context_that_is_full_is_full_again(self):
        self.assertIsNone(self.next("context"))


class TestLimitAboveTheContext(LLMCase):
    """The limit of 8,000 tokens is lowered once, to what the refusal leaves."""

    def lowered(self, message, preset="vllm", status=400):
        protocol = llm.PRESETS[preset].protocol
        good = anthropic_answer if protocol == "anthropic_messages" else openai_answer
        refusal = {"error": {"message": message, "type": "BadRequestError"}}
        self.server = self.serve(http_answer(refusal, status), good(good_text()))
        account = self.account(
            self.server, preset=preset, protocol=protocol, max_output_tokens=8000
        )
        answer = llm.write(REQUEST, account)
        field = llm.PRESETS[preset].token_field
        limit = self.server.requests[1].json[field]
        note = {"name": f"{field} = 8000", "other": f"{field} = {limit}"}
        self.assertEqual(
            answer.article.repairs, (llm.Note("parameter_replaced", note),)
        )
        return limit

    def test_the_refusal_says_what_is_left(self):
        for message, preset, limit in (
            (
                "This model's maximum context length is 4096 tokens. However, you "
                "requested 8400 tokens (400 in the messages, 8000 in the completion).",
                "vllm",
                3696,
            ),
            (
                "This model's maximum context length is 4096 tokens, requested 8400.",
                "vllm",
                3696,
            ),
            (
                "'max_tokens' or 'max_completion_tokens' is too large: 8000. This "
                "model's maximum context length is 4096 tokens and your request has "
                "447 input tokens (8000 > 4096 - 447).",
                "vllm",
                3649,
            ),
            (
                "max_tokens is too large: 8000. This model supports at most 4096 "
                "completion tokens, whereas you provided 8000.",
                "openai",
                4096,
            ),
            (
                "`max_completion_tokens` must be less than or equal to `2048`, the "
                "maximum value for this model",
                "groq",
                2048,
            ),
            (
                "Invalid max_tokens value, the valid range of max_tokens is [1, 6000]",
                "deepseek",
                6000,
            ),
            (
                "max_tokens: 8000 > 4096, which is the maximum allowed",
                "anthropic",
                4096,
            ),
            (
                "input length and `max_tokens` exceed context limit: 2000 + 8000 > "
                "9000, decrease input length or `max_tokens`",
                "anthropic",
                7000,
            ),
        ):
            with self.subTest(message):
                self.assertEqual(self.lowered(message, preset), limit)

    def test_a_prompt_that_leaves_no_room_is_too_long(self):
        for message in (
            "maximum context length is 700 tokens. However, you requested 8400 tokens "
            "(400 in the messages, 8000 in the completion).",
            "'max_tokens' is too large: 8000. This model's maximum context length is "
            "400 tokens and your request has 447 input tokens.",
        ):
            server = self.serve(http_answer({"error": {"message": message}}, 400))
            account = self.account(server, preset="vllm", max_output_tokens=8000)
            self.assertCode(self.failure(account), "bad_request", "too_large")
            self.assertEqual(len(server.requests), 1)

    def test_it_is_lowered_once_only(self):
        message = "max_tokens: 8000 > 4096, which is the maximum allowed"
        answer = http_answer({"error": {"message": message}}, 400)
        server = self.serve(answer)
        account = self.account(
            server, preset="anthropic", protocol="anthropic_messages"
        )
        error = self.failure(replace(account, max_output_tokens=8000))
        self.assertCode(error, "bad_request", "output_limit")
        self.assertEqual(len(server.requests), 2)
