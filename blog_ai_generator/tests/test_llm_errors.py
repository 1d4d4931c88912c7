# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import traceback

from requests.structures import CaseInsensitiveDict

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm.errors import RETRYABLE
from odoo.addons.blog_ai_generator.llm.secrets import scrub
from odoo.addons.blog_ai_generator.llm.verdict import from_response

from .fixtures_llm import (
    LLMCase,
    anthropic_answer,
    good_text,
    http_answer,
    openai_answer,
)

KEY = "sk-secret-0123456789"


def openai_error(message, code=None, kind="invalid_request_error", param=None):
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def anthropic_error(kind, message):
    return {"type": "error", "error": {"type": kind, "message": message}}


def gemini_error(code, status, message, *details):
    error = {"code": code, "message": message, "status": status, "details": details}
    return [{"error": error}]


def through_tensorzero(message, code):
    provider = json.dumps(openai_error(message, code))
    return openai_error(
        "All variants failed with errors: m: All model providers failed to infer with "
        f"errors: openai: Error from openai client: {provider}"
    )


GEMINI_QUOTA = (
    "You exceeded your current quota, please check your plan and billing details."
)
GEMINI_WAIT = {"@type": "google.rpc.RetryInfo", "retryDelay": "34.5s"}
BY_RESPONSE = (
    (401, openai_error("Incorrect API key", "invalid_api_key"), "authentication"),
    (401, anthropic_error("authentication_error", "invalid"), "authentication"),
    (401, {"message": "Unauthorized"}, "authentication"),
    (
        400,
        gemini_error(400, "INVALID_ARGUMENT", "API key not valid."),
        "authentication",
    ),
    (403, anthropic_error("permission_error", "no access"), "permission"),
    (403, "<html><h1>Forbidden</h1></html>", "permission"),
    (402, {"error": {"message": "Insufficient credits", "code": 402}}, "quota"),
    (429, openai_error(GEMINI_QUOTA, "insufficient_quota"), "quota"),
    (429, openai_error(GEMINI_QUOTA), "quota"),
    (
        400,
        anthropic_error("invalid_request_error", "Your credit balance is too low"),
        "quota",
    ),
    (
        429,
        gemini_error(429, "RESOURCE_EXHAUSTED", GEMINI_QUOTA, GEMINI_WAIT),
        "rate_limit",
    ),
    (429, openai_error("Rate limit reached", "rate_limit_exceeded"), "rate_limit"),
    (429, anthropic_error("rate_limit_error", "slow down"), "rate_limit"),
    (429, "", "rate_limit"),
    (529, anthropic_error("overloaded_error", "Overloaded"), "overloaded"),
    (500, openai_error("oops", kind="server_error"), "overloaded"),
    (502, "<html>Bad gateway</html>", "overloaded"),
    (502, through_tensorzero("Incorrect API key", "invalid_api_key"), "authentication"),
    (502, through_tensorzero("Too many", "rate_limit_exceeded"), "rate_limit"),
    (502, through_tensorzero("No such", "model_not_found"), "bad_request.not_found"),
    (502, through_tensorzero("oops", "server_error"), "overloaded"),
    (503, {"error": "the model is loading"}, "overloaded"),
    (504, "", "overloaded"),
    (408, "", "timeout"),
    (404, openai_error("no such model", "model_not_found"), "bad_request.not_found"),
    (404, "404 page not found", "bad_request.not_found"),
    (405, "", "bad_request.not_found"),
    (407, "<html>Proxy Authentication Required</html>", "connection.proxy"),
    (
        400,
        openai_error("foo is not a valid model ID", 400),
        "bad_request.not_found",
    ),
    (413, anthropic_error("request_too_large", "too big"), "bad_request.too_large"),
    (
        400,
        openai_error("maximum context length is 4096", "context_length_exceeded"),
        "bad_request.too_large",
    ),
    (
        400,
        openai_error(
            "request (5031 tokens) exceeds the available context size (2048 tokens), "
            "try increasing it",
            400,
            "exceed_context_size_error",
        ),
        "bad_request.too_large",
    ),
    (400, openai_error("bad", param="messages"), "bad_request"),
    (422, {"detail": [{"loc": ["body", "x"], "msg": "extra"}]}, "bad_request"),
    (418, "[]", "bad_request"),
    (409, "[[1, 2]]", "overloaded"),
    (400, openai_error("flagged", "content_policy_violation"), "refused"),
    (400, openai_error("x", "json_validate_failed"), "unusable"),
    (302, "", "bad_request.redirect"),
    # Many a gateway has the name of the status there, and the message beside it.
    (400, {"error": "Bad Request", "message": "Insufficient credits"}, "quota"),
    (400, {"error": True, "message": "no model_not_found"}, "bad_request.not_found"),
    (500, {"error": {"code": "4" * 5000, "message": "oops"}}, "overloaded"),
    (200, {"error": {"code": 429, "message": "slow"}}, "rate_limit"),
    (200, {"error": {"code": 401, "message": "No auth"}}, "authentication"),
    (200, {"error": {"code": 502, "message": "upstream"}}, "overloaded"),
    (200, anthropic_error("overloaded_error", "Overloaded"), "overloaded"),
    (200, {"error": "something"}, "overloaded"),
)
ECHOES = (
    f"Incorrect API key provided: {KEY}.",
    "Incorrect API key provided: sk-secre**********6789.",
    "Incorrect API key provided: sk-se...6789",
    "Incorrect API key provided: sk-s\u20266789",
    f"Authorization: Bearer {KEY}",
    f"key={KEY}&other=1",
    f'{{"headers": {{"x-api-key": "{KEY}"}}}}',
    "Invalid token sk-proj-another0000one",
    "API key AIzaSyAnother000 is not valid",
)


class TestMapping(LLMCase):
    def test_every_kind_of_failing_answer_gets_its_code(self):
        for status, body, expected in BY_RESPONSE:
            with self.subTest(status=status, body=body):
                text = body if isinstance(body, str) else json.dumps(body)
                error = from_response(status, CaseInsensitiveDict(), text)
                self.assertEqual(error.key, expected)
                self.assertEqual(error.http_status, status if status != 200 else 200)

    def test_retryable_follows_the_code(self):
        for code in {key.split(".")[0] for key in llm.ERROR_KEYS}:
            self.assertEqual(llm.LLMError(code).retryable, code in RETRYABLE)
        self.assertFalse(llm.LLMError("quota").retryable)
        self.assertTrue(llm.LLMError("truncated").retryable)

    def test_the_detail_names_status_code_and_message(self):
        body = json.dumps(openai_error("No \n such  thing", "odd_code", param="n"))
        error = from_response(400, CaseInsensitiveDict({"x-request-id": "r-1"}), body)
        for part in ("400", "odd_code", "invalid_request_error", "No such thing"):
            self.assertIn(part, error.detail)
        self.assertEqual(error.request_id, "r-1")

    def test_a_long_error_page_is_cut(self):
        error = from_response(500, {}, "<p>x</p>" * 100_000)
        self.assertLessEqual(len(error.detail), 2000)

    def test_errors_inside_a_good_status_are_found(self):
        inner = {"finish_reason": "error", "error": {"code": 429, "message": "slow"}}
        for answer in (
            http_answer({"error": {"code": 429, "message": "slow"}}),
            http_answer([{"error": {"code": 429, "message": "slow"}}]),
            http_answer({"choices": [inner]}),
        ):
            error = self.failure(self.account(self.serve(answer)))
            self.assertCode(error, "rate_limit")
            self.assertEqual(error.http_status, 200)


class TestMalformed(LLMCase):
    def test_answers_of_no_use_are_unusable(self):
        message = {"message": {"content": None}}
        for body in (
            "",
            "not json",
            "null",
            "[]",
            "[1]",
            '"text"',
            "[" * 100_000,
            {"choices": None},
            {"choices": []},
            {"choices": {}},
            {"choices": [None]},
            {"choices": [{"message": None}]},
            {},
        ):
            with self.subTest(body=str(body)[:60]):
                server = self.serve(http_answer(body))
                self.assertCode(self.failure(self.account(server)), "unusable")
        for body in (
            {"choices": [message]},
            {"choices": [{"message": {"content": [1, {"text": 2}, "x"]}}]},
            {"choices": [{"message": {"content": ""}, "finish_reason": 7}]},
            {"choices": [{"message": {"content": " \n", "reasoning": "Hm"}}]},
            {"choices": [message], "usage": [1], "model": 5, "id": {}},
        ):
            with self.subTest(body=str(body)[:60]):
                server = self.serve(http_answer(body))
                self.assertCode(self.failure(self.account(server)), "unusable", "empty")

    def test_answers_of_no_use_are_unusable_with_anthropic_too(self):
        account = {"protocol": "anthropic_messages", "preset": "anthropic"}
        for body in (
            "",
            {"content": None},
            {"content": "text"},
        ):
            with self.subTest(body=body):
                server = self.serve(http_answer(body))
                error = self.failure(self.account(server, **account))
                self.assertCode(error, "unusable")
        for body in (
            {"content": []},
            {"content": [None, {"type": "thinking", "thinking": "{}"}]},
            {"content": [{"type": "text", "text": None}], "usage": None},
        ):
            with self.subTest(body=body):
                server = self.serve(http_answer(body))
                error = self.failure(self.account(server, **account))
                self.assertCode(error, "unusable", "empty")

    def test_a_web_page_points_at_the_base_url(self):
        page = http_answer("\ufeff <!DOCTYPE html><p>Hi", Content_Type="text/html")
        error = self.failure(self.account(self.serve(page)))
        self.assertCode(error, "unusable", "no_api")

    def test_a_cut_off_answer_is_truncated_and_its_tokens_are_known(self):
        for server, changes in (
            (self.serve(openai_answer('{"title": "Wh', "length")), {}),
            (
                self.serve(anthropic_answer('{"title": "Wh', "max_tokens")),
                {"protocol": "anthropic_messages"},
            ),
        ):
            error = self.failure(self.account(server, **changes))
            self.assertCode(error, "truncated", "context")
            self.assertTrue(error.retryable)
            self.assertEqual(error.calls[0].usage, llm.Usage(300, 1300))
            self.assertEqual(error.calls[0].http_status, 200)

    def test_a_refusal_is_refused(self):
        choice = {"message": {"content": None, "refusal": "I cannot help with that."}}
        for server, changes in (
            (self.serve(openai_answer("", "content_filter")), {}),
            (self.serve(openai_answer("", choices=[choice])), {}),
            (
                self.serve(anthropic_answer("", "refusal")),
                {"protocol": "anthropic_messages"},
            ),
        ):
            error = self.failure(self.account(server, **changes))
            self.assertCode(error, "refused")
            self.assertFalse(error.retryable)


class TestSecrecy(LLMCase):
    def assertSecret(self, text):
        for part in (KEY, "secret", "6789", "another0000one", "Another000"):
            self.assertNotIn(part, text)

    def test_echoed_keys_are_scrubbed(self):
        for echo in ECHOES:
            with self.subTest(echo):
                self.assertSecret(scrub(echo, KEY))

    def test_ordinary_words_stay(self):
        text = "The model 'gpt-5' does not exist, see https://example.com/errors."
        self.assertEqual(scrub(text, KEY), text)
        self.assertEqual(scrub("no key at all", ""), "no key at all")
        self.assertEqual(scrub("an odd key", "\ud800"), "an odd key")
        self.assertEqual(scrub("a test of testing", "test"), "a *** of testing")

    def test_no_part_of_an_error_holds_the_key(self):
        for echo in ECHOES:
            for status in (200, 400, 401, 500):
                with self.subTest(echo=echo, status=status):
                    body = openai_error(echo, code=echo)
                    headers = {"x-request-id": KEY}
                    server = self.serve(http_answer(body, status, **headers))
                    error = self.failure(self.account(server))
                    self.assertSecret(repr((error.args, error.calls, str(error))))
                    self.assertSecret(repr(vars(error)))
                    self.assertSecret("".join(traceback.format_exception(error)))

    def test_no_chained_exception_holds_the_request(self):
        for url in ("http://127.0.0.1:9", self.serve(b"garbage").url):
            error = self.failure(self.account(url))
            self.assertIsNone(error.__cause__)
            self.assertIsNone(error.__context__)

    def test_a_record_of_a_good_call_does_not_hold_it_either(self):
        answer = openai_answer(good_text(), id=KEY, model=KEY)
        result = llm.write(
            llm.ArticleRequest("Bees in the city"), self.account(self.serve(answer))
        )
        self.assertSecret(repr(result.calls))

    def test_an_account_does_not_show_its_key(self):
        self.assertSecret(repr(self.account("http://127.0.0.1:9")))
