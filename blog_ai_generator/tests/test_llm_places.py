# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Places in which servers put an answer, and characters that no database stores."""

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
from .fixtures_llm.answer_case import REQUEST

ART = good_text()
FIELDS = good_fields()
DRAFT = json.dumps(dict(FIELDS, title="A first draft", linkedin=""))


def chat(message, **choice):
    body = {"choices": [{"message": message, "finish_reason": "stop", **choice}]}
    return http_answer(body)


CALL = {"function": {"name": "article", "arguments": ART}}
PLACES = {
    "output_text": chat({"content": [{"type": "output_text", "text": ART}]}),
    "thoughts beside it": chat(
        {
            "content": [
                {"type": "reasoning", "text": DRAFT},
                {"type": "output_text", "text": ART[:500]},
                {"type": "output_text", "text": ART[500:]},
            ]
        }
    ),
    "one part": chat({"content": {"type": "text", "text": ART}}),
    "an object": chat({"content": FIELDS}),
    "tool call": chat({"content": None, "tool_calls": [CALL]}),
    "tool call, read already": chat(
        {"content": "", "tool_calls": [{"function": {"arguments": FIELDS}}]}
    ),
    "function call": chat({"content": None, "function_call": CALL["function"]}),
    "parsed": chat({"content": None, "parsed": FIELDS}),
    "text of a choice": chat({"content": ""}, text=ART),
}
MESSAGES = {
    "output_text": [{"type": "output_text", "text": ART}],
    "tool use": [{"type": "tool_use", "name": "article", "input": FIELDS}],
}


class TestPlaces(LLMCase):
    def test_an_answer_is_found_wherever_a_server_puts_it(self):
        for name, answer in PLACES.items():
            with self.subTest(name):
                result = llm.write(REQUEST, self.account(self.serve(answer)))
                self.assertEqual(result.article.title, FIELDS["title"])

    def test_it_is_found_with_anthropic_too(self):
        for name, content in MESSAGES.items():
            with self.subTest(name):
                server = self.serve(anthropic_answer("", content=content))
                account = self.account(server, protocol="anthropic_messages")
                result = llm.write(REQUEST, account)
                self.assertEqual(result.article.title, FIELDS["title"])

    def test_pieces_of_a_tool_call_are_joined(self):
        pieces = [ART[:700], ART[700:]]
        deltas = [{"tool_calls": [{"function": {"arguments": p}}]} for p in pieces]
        chunks = [{"choices": [{"delta": delta}]} for delta in deltas]
        inputs = [{"type": "input_json_delta", "partial_json": p} for p in pieces]
        events = [{"type": "content_block_delta", "delta": i} for i in inputs]
        for protocol, parts in (
            ("openai_chat", chunks),
            ("anthropic_messages", events),
        ):
            body = "".join(f"data: {json.dumps(part)}\n\n" for part in parts)
            account = self.account(self.serve(http_answer(body)), protocol=protocol)
            result = llm.write(REQUEST, account)
            self.assertEqual(result.article.title, FIELDS["title"])

    def test_no_text_is_called_no_text(self):
        for answer in (openai_answer(""), openai_answer(" \n"), openai_answer(None)):
            error = self.failure(self.account(self.serve(answer)))
            self.assertCode(error, "unusable", "empty")


class TestBorder(LLMCase):
    """NUL and half characters, which no database stores, end where they come in."""

    def assertStorable(self, *values):
        for value in values:
            for text in (str(value), repr(value)):
                self.assertNotRegex(text, "[\0\ud800-\udfff]")
                self.assertNotIn(r"\x00", text)
                self.assertNotIn(r"\ud8", text)

    def test_a_good_answer_is_a_good_article(self):
        for bad in ("\0", "\ud800", "\udfff", "\0\ud83d\0"):
            fields = {k: text[:4] + bad + text[4:] for k, text in FIELDS.items()}
            answer = openai_answer(
                json.dumps(fields), model=f"m{bad}1", id=f"i{bad}2", finish=f"o{bad}d"
            )
            result = llm.write(REQUEST, self.account(self.serve(answer)))
            self.assertEqual(result.article.title, FIELDS["title"])
            self.assertEqual(result.calls[0].model_answered, "m1")
            self.assertEqual(result.calls[0].request_id, "i2")
            self.assertStorable(result)

    def test_a_failure_has_its_own_words(self):
        for body, status, code in (
            ({"error": {"message": "\0bad \ud800key", "code": "\0"}}, 401, "auth"),
            ({"error": {"message": "over\0loaded \udfff"}}, 503, "overloaded"),
            ("\0\0 not json \0", 200, "unusable"),
            ("<p>\0Bad gateway</p>", 502, "overloaded"),
            ({"choices": [{"message": {"content": "no \0 object \ud800"}}]}, 200, "un"),
            ({"choices": [{"message": {"refusal": "I \0 can't"}}]}, 200, "refused"),
        ):
            with self.subTest(body):
                error = self.failure(
                    self.account(self.serve(http_answer(body, status)))
                )
                self.assertTrue(error.code.startswith(code), error)
                self.assertStorable(error, error.calls, error.values)

    def test_other_encodings_of_json_are_read(self):
        body = json.loads(openai_answer(ART).partition(b"\r\n\r\n")[2])
        text = json.dumps(body, ensure_ascii=False)
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"):
            raw = http_answer(text.encode(encoding))
            result = llm.write(REQUEST, self.account(self.serve(raw)))
            self.assertEqual(result.article.title, FIELDS["title"])

    def test_the_connection_test_and_the_list_of_models_have_a_row(self):
        server = self.serve(openai_answer("O\0K", model="m\0\ud800"))
        self.assertStorable(llm.check_connection(self.account(server)))
        server = self.serve(http_answer({"data": [{"id": "a\0\ud800b"}]}))
        models = llm.list_models(self.account(server))
        self.assertEqual(models.names, ("ab",))

    def test_numbers_of_tokens_fit_into_their_columns(self):
        most = 2**31 - 1
        usage = {"prompt_tokens": most, "completion_tokens": most, "total_tokens": 1e30}
        server = self.serve(openai_answer(ART, usage=usage))
        call = llm.write(REQUEST, self.account(server)).calls[0]
        self.assertLess(call.usage.tokens_in + call.usage.tokens_out, most)
        total = llm.Usage(most, most, most, most) + llm.Usage(most, 1, 1, 1)
        self.assertEqual(total, llm.Usage(most, most, most, most))
