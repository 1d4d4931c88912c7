# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers in forms that nobody asked for: streams, other names, other numbers."""

import json

from odoo.addons.blog_ai_generator import llm

from .fixtures_llm import (
    LLMCase,
    anthropic_answer,
    good_fields,
    good_text,
    http_answer,
    openai_answer,
)

REQUEST = llm.ArticleRequest("Bees in the city")
STREAM = "text/event-stream; charset=utf-8"


def pieces(text, size=50):
    return [text[start : start + size] for start in range(0, len(text), size)]


def sse(*chunks, end="data: [DONE]\n\n"):
    lines = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks)
    return http_answer(f": hello\n\n{lines}{end}", Content_Type=STREAM)


def chat_chunks(text, finish="stop", **last):
    def chunk(delta, finish=None):
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        return {"id": "chatcmpl-9", "model": "model-2026", "choices": [choice]}

    return [
        chunk({"role": "assistant", "content": ""}),
        *(chunk({"content": piece}) for piece in pieces(text)),
        chunk({}, finish),
        {"id": "chatcmpl-9", "choices": [], "usage": last},
    ]


def message_events(text, stop="end_turn"):
    start = {"id": "msg_9", "model": "claude-2026", "content": []}
    start["usage"] = {"input_tokens": 300, "output_tokens": 1}
    return [
        {"type": "message_start", "message": start},
        *(
            {"type": "content_block_delta", "delta": {"type": "text_delta", "text": p}}
            for p in pieces(text)
        ),
        {
            "type": "message_delta",
            "delta": {"stop_reason": stop},
            "usage": {"output_tokens": 1300},
        },
        {"type": "message_stop"},
    ]


class TestStream(LLMCase):
    def anthropic(self, answer):
        return self.account(
            self.serve(answer), preset="anthropic", protocol="anthropic_messages"
        )

    def test_a_stream_of_chat_completions_is_joined(self):
        counted = {"prompt_tokens": 300, "completion_tokens": 1300}
        server = self.serve(sse(*chat_chunks(good_text(), **counted)))
        answer = llm.write(REQUEST, self.account(server))
        self.assertTrue(answer.article.body_html)
        self.assertEqual(answer.article.repairs, ())
        self.assertEqual(answer.usage, llm.Usage(300, 1300))
        (call,) = answer.calls
        self.assertEqual((call.model_answered, call.outcome), ("model-2026", "ok"))
        self.assertEqual(call.request_id, "chatcmpl-9")
        self.assertEqual(len(server.requests), 1)

    def test_a_stream_of_messages_is_joined(self):
        answer = llm.write(REQUEST, self.anthropic(sse(*message_events(good_text()))))
        self.assertTrue(answer.article.body_html)
        self.assertEqual(answer.usage, llm.Usage(300, 1300))
        self.assertEqual(answer.calls[0].model_answered, "claude-2026")

    def test_a_stream_that_says_it_was_cut_off_was(self):
        cut = good_text()[:900]
        counted = {"prompt_tokens": 300, "completion_tokens": 4096}
        server = self.serve(sse(*chat_chunks(cut, "length", **counted)))
        self.assertCode(self.failure(self.account(server)), "truncated", "limit")
        account = self.anthropic(sse(*message_events(cut, "max_tokens")))
        self.assertEqual(self.failure(account).code, "truncated")

    def test_a_stream_that_ends_too_early_was_cut_off(self):
        chunks = chat_chunks(good_text())[:9]
        server = self.serve(sse(*chunks, end='data: {"id": "chatc'))
        self.assertCode(self.failure(self.account(server)), "truncated")

    def test_line_separators_inside_json_do_not_split_it(self):
        text = good_text(teaser="Bees\u2028and\u0085people in the city, all year long.")
        lines = "".join(
            f"data: {json.dumps(chunk, ensure_ascii=False)}\r\n\r\n"
            for chunk in chat_chunks(json.loads(json.dumps(text)))
        )
        server = self.serve(http_answer(lines, Content_Type=STREAM))
        answer = llm.write(REQUEST, self.account(server))
        self.assertTrue(answer.article.body_html)

    def test_lines_of_a_stream_need_no_blank_behind_the_colon(self):
        chunks = chat_chunks(good_text())
        lines = "".join(f"data:{json.dumps(chunk)}\n\n" for chunk in chunks)
        server = self.serve(http_answer(lines, Content_Type=STREAM))
        self.assertTrue(llm.write(REQUEST, self.account(server)).article.body_html)

    def test_the_first_of_two_answers_at_once_counts(self):
        chunks = chat_chunks(good_text())
        for chunk in chunks:
            chunk["choices"].append({"index": 1, "delta": {"content": "Wasps."}})
        server = self.serve(sse(*chunks))
        article = llm.write(REQUEST, self.account(server)).article
        self.assertEqual(article.body_markdown, good_fields()["body"])

    def test_a_piece_that_is_broken_ends_the_text(self):
        good = chat_chunks(good_text())
        lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in good]
        lines[5] = lines[5][:40] + "\n\n"
        server = self.serve(http_answer("".join(lines), Content_Type=STREAM))
        self.assertCode(self.failure(self.account(server)), "truncated")

    def test_an_error_inside_a_stream_is_an_error(self):
        failure = {"error": {"code": 502, "message": "Provider disconnected"}}
        server = self.serve(sse(*chat_chunks("{")[:2], failure))
        self.assertCode(self.failure(self.account(server)), "overloaded")
        failure = {"type": "overloaded_error", "message": "Overloaded"}
        answer = sse({"type": "error", "error": failure})
        self.assertCode(self.failure(self.anthropic(answer)), "overloaded")

    def test_an_error_inside_a_stream_is_not_read_from_the_words_of_the_article(self):
        said = "The safety system flagged it. If it fails, try again in 2 days. "
        failure = {"error": {"code": 402, "message": "Insufficient credits"}}
        chunks = chat_chunks(said * 100)
        error = self.failure(self.account(self.serve(sse(*chunks, failure))))
        self.assertCode(error, "quota")
        self.assertIsNone(error.retry_after)
        choice = {"error": "died", "message": {"content": said}}
        server = self.serve(http_answer({"choices": [choice]}))
        error = self.failure(self.account(server))
        self.assertCode(error, "overloaded")
        self.assertEqual((error.detail, error.retry_after), ("HTTP 200: died", None))

    def test_signs_of_life_inside_a_stream_do_not_end_it(self):
        chunks = chat_chunks(good_text(), prompt_tokens=300, completion_tokens=1300)
        lines = [f"data: {json.dumps(chunk)}\n\n" for chunk in chunks]
        for sign in ("data:\n\n", "data: [PING]\n\n", "data: ping\n\n"):
            server = self.serve(http_answer(sign.join(lines), Content_Type=STREAM))
            answer = llm.write(REQUEST, self.account(server))
            self.assertEqual(answer.article.repairs, ())

    def test_text_that_is_streamed_in_parts_is_joined(self):
        thought = [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm"}]}]
        chunks = chat_chunks(good_text())
        for chunk in chunks[1:-2]:
            delta = chunk["choices"][0]["delta"]
            delta["content"] = [{"type": "text", "text": delta["content"]}]
        chunks[0]["choices"][0]["delta"]["content"] = thought
        server = self.serve(sse(*chunks))
        answer = llm.write(REQUEST, self.account(server))
        self.assertTrue(answer.article.body_html)

    def test_a_stream_of_as_many_tokens_as_are_asked_for_fits(self):
        thought = {"choices": [{"delta": {"reasoning": "hm"}}], "padding": "x" * 320}
        thoughts = [thought] * llm.PRESETS["openai"].max_output_tokens
        self.assertGreater(len(sse(*thoughts)), 2_800_000)
        server = self.serve(sse(*thoughts, *chat_chunks(good_text())))
        answer = llm.write(REQUEST, self.account(server))
        self.assertTrue(answer.article.body_html)

    def test_a_stream_without_an_answer_is_unusable(self):
        for body in ("data: [DONE]\n\n", ": ping\n\n" * 5, "event: x\ndata: 7\n\n"):
            server = self.serve(http_answer(body, Content_Type=STREAM))
            self.assertCode(self.failure(self.account(server)), "unusable")


class TestUsage(LLMCase):
    def usage(self, usage, good=openai_answer, **changes):
        server = self.serve(good(good_text(), usage=usage))
        self.answer = llm.write(REQUEST, self.account(server, **changes))
        return self.answer.usage

    def test_floats_count(self):
        counted = {"prompt_tokens": 300.0, "completion_tokens": 1300.0}
        self.assertEqual(self.usage(counted), llm.Usage(300, 1300))

    def test_the_names_of_another_protocol_count(self):
        counted = {
            "input_tokens": 300,
            "output_tokens": 1300,
            "input_tokens_details": {"cached_tokens": 100},
            "output_tokens_details": {"reasoning_tokens": 200},
        }
        self.assertEqual(self.usage(counted), llm.Usage(300, 1300, 100, 200))

    def test_three_zeros_are_no_usage(self):
        zeros = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
        self.assertEqual(self.usage(zeros), llm.Usage())
        note = llm.Note("usage_missing")
        self.assertEqual(self.answer.article.repairs, (note,))

    def test_cached_tokens_that_a_gateway_counts_apart_are_input(self):
        counted = {
            "prompt_tokens": 20,
            "completion_tokens": 1300,
            "total_tokens": 1620,
            "prompt_tokens_details": {"cached_tokens": 300},
        }
        self.assertEqual(self.usage(counted), llm.Usage(320, 1300, 300))

    def test_few_cached_tokens_that_are_counted_apart_are_no_output(self):
        counted = {
            "prompt_tokens": 300,
            "completion_tokens": 1300,
            "total_tokens": 1620,
            "prompt_tokens_details": {"cached_tokens": 20},
        }
        self.assertEqual(self.usage(counted), llm.Usage(320, 1300, 20))
        thought = {"completion_tokens_details": {"reasoning_tokens": 20}}
        found = self.usage(counted | thought)
        self.assertEqual(found, llm.Usage(300, 1320, 20, 20))

    def test_cached_tokens_by_other_names_count(self):
        counted = {"prompt_tokens": 300, "completion_tokens": 1300}
        for name in ("cached_tokens", "prompt_cache_hit_tokens"):
            found = self.usage(counted | {name: 200})
            self.assertEqual(found, llm.Usage(300, 1300, 200))

    def test_the_users_own_key_at_openrouter_costs_what_its_provider_charges(self):
        counted = {"prompt_tokens": 300, "completion_tokens": 1300, "cost": 0.25}
        upstream = {"cost_details": {"upstream_inference_cost": 5.0}}
        for more, cost in (
            ({}, 0.25),
            (upstream, 0.25),
            ({"is_byok": True} | upstream, 5.25),
            ({"is_byok": True}, None),
        ):
            self.assertEqual(self.usage(counted | more).cost, cost)

    def test_tokens_of_an_answer_that_is_none_are_counted(self):
        counted = {"prompt_tokens": 300, "completion_tokens": 1300}
        for choices in ([], None, [{"message": None}], [{"error": {"code": 502}}]):
            server = self.serve(http_answer({"choices": choices, "usage": counted}))
            error = self.failure(self.account(server))
            self.assertEqual(error.calls[-1].usage, llm.Usage(300, 1300))
        counted = {"input_tokens": 300, "output_tokens": 1300}
        server = self.serve(http_answer({"content": None, "usage": counted}))
        account = self.account(
            server, preset="anthropic", protocol="anthropic_messages"
        )
        self.assertEqual(self.failure(account).calls[-1].usage, llm.Usage(300, 1300))

    def test_numbers_beyond_all_limits_count(self):
        counted = {"prompt_tokens": 10**400, "completion_tokens": 1, "cost": 10**400}
        found = self.usage(counted)
        self.assertGreater(found.tokens_in, 1_000_000)
        self.assertIsNone(found.cost)

    def test_infinity_and_nonsense_count_as_nothing(self):
        odd = {"prompt_tokens": True, "completion_tokens": "1300"}
        self.assertEqual(self.usage(odd), llm.Usage())
        counted = '{"prompt_tokens": NaN, "completion_tokens": Infinity}'
        body = f'{{"choices": [{{"message": {{"content": "x"}}}}], "usage": {counted}}}'
        error = self.failure(self.account(self.serve(http_answer(body))))
        self.assertEqual(error.calls[0].usage, llm.Usage())

    def test_the_thinking_of_anthropic_is_counted(self):
        counted = {
            "input_tokens": 300,
            "output_tokens": 1300,
            "output_tokens_details": {"thinking_tokens": 400},
        }
        changes = {"protocol": "anthropic_messages", "preset": "anthropic"}
        found = self.usage(counted, anthropic_answer, **changes)
        self.assertEqual(found, llm.Usage(300, 1300, 0, 400))
