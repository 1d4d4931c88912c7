# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers of LiteLLM's proxy, a gateway, and what they mean.

Received from LiteLLM 1.108.7 in front of llama.cpp's server and of others that fail.
The proxy keeps a provider's words and drops its code.
"""

import json

from requests.structures import CaseInsensitiveDict

from odoo.addons.blog_ai_generator.llm.verdict import from_response

from .fixtures_llm import LLMCase, http_answer

TOLD = "LiteLLM: model group 'x' failed with the error above. No fallback was tried."


def error(status, message, kind="invalid_request_error"):
    return {
        "error": {"message": message, "type": kind, "param": None, "code": str(status)}
    }


def passed_on(status, message, kind="invalid_request_error"):
    """Return the proxy's own form of an error of the provider."""
    return error(status, f"litellm.{message}\n\n{TOLD}", kind)


def on_messages(kind, message):
    """Return an error of ``/v1/messages``."""
    return {"type": "error", "error": {"type": kind, "message": message}}


COOLDOWN = (
    "No deployments available for selected model, Try again in 5 seconds. All "
    "deployments for selected model are in cooldown. Passed model=x."
)
# Status, body, key.
MEANT = (
    # The proxy itself
    (400, error(400, "No connected db.", "no_db_connection"), "authentication"),
    (
        400,
        error(
            400,
            "/chat/completions: Invalid model name passed in model=nonesuch. Call "
            "`/v1/models` to view available models for your key.",
        ),
        "bad_request.not_found",
    ),
    (
        400,
        on_messages(
            "invalid_request_error",
            "anthropic_messages: Invalid model name passed in model=nonesuch.",
        ),
        "bad_request.not_found",
    ),
    (429, error(429, COOLDOWN, "all_deployments_in_cooldown"), "overloaded.cooldown"),
    # This one comes without a header that says for how long.
    (429, on_messages("rate_limit_error", COOLDOWN), "overloaded.cooldown"),
    (
        429,
        passed_on(
            429,
            "RateLimitError: Model rate limit exceeded. RPM limit=1, current usage=2",
            "throttling_error",
        ),
        "rate_limit",
    ),
    (400, error(400, "Budget has been exceeded!", "budget_exceeded"), "quota"),
    (422, error(422, "Budget has been exceeded!", "budget_exceeded"), "quota"),
    (
        429,
        error(
            429,
            "No deployments available - crossed budget: Exceeded budget for deployment "
            "model_name: x, litellm_params.model: openai/x, model_id: 7551: 1.6 >= 1d",
            "internal_server_error",
        ),
        "quota",
    ),
    (
        429,
        error(
            429,
            "Rate limit exceeded for api_key: 8277. Limit type: tokens. Current limit: "
            "100, Remaining: 0. Limit resets at: 2026-11-29 22:44:00 UTC",
            "throttling_error",
        ),
        "rate_limit",
    ),
    (
        408,
        passed_on(408, "Timeout: APITimeoutError - Request timed out. Error_str: x"),
        "timeout",
    ),
    # The server behind it
    (
        500,
        passed_on(
            500,
            "InternalServerError: OpenAIException - Connection error.",
            "internal_server_error",
        ),
        "overloaded",
    ),
    (
        503,
        passed_on(
            503,
            "ServiceUnavailableError: OpenAIException - Loading model",
            "internal_server_error",
        ),
        "overloaded",
    ),
    (
        # It sent a web page, or a stream although none was asked for.
        500,
        passed_on(
            500,
            "InternalServerError: OpenAIException - Empty or invalid response from LLM "
            "endpoint. Received: '<html>'. Check the reverse proxy or model server.",
            "internal_server_error",
        ),
        "unusable",
    ),
    (
        500,
        passed_on(
            500,
            "APIError: APIError: Hosted_vllmException - Unable to get json response - "
            "Expecting value: line 1 column 1 (char 0), Original Response: <html>",
            "internal_server_error",
        ),
        "unusable",
    ),
    (
        401,
        passed_on(
            401,
            "AuthenticationError: OpenAIException - Invalid API Key",
            "authentication_error",
        ),
        "authentication",
    ),
    (
        404,
        passed_on(
            404,
            "NotFoundError: OpenAIException - The model `gone` does not exist or you "
            "do not have access to it.",
        ),
        "bad_request.not_found",
    ),
    (
        400,
        passed_on(
            400,
            "ContextWindowExceededError: litellm.BadRequestError: OpenAIException - "
            "This model's maximum context length is 4096 tokens.",
        ),
        "bad_request.too_large",
    ),
    (400, passed_on(400, "ContextWindowExceededError: x"), "bad_request.too_large"),
    (402, passed_on(402, "APIError: OpenAIException - Insufficient Balance"), "quota"),
    (
        429,
        passed_on(
            429,
            "RateLimitError: OpenAIException - You exceeded your current quota, please "
            "check your plan and billing details.",
            "throttling_error",
        ),
        "quota",
    ),
    (
        400,
        passed_on(
            400,
            "BadRequestError: OpenAIException - You have reached your specified API "
            "usage limits. You will regain access on 2026-12-01 at 00:00 UTC.",
        ),
        "quota.date",
    ),
    (
        # Groq's 413.
        429,
        passed_on(
            429,
            "RateLimitError: OpenAIException - Request too large for model on tokens "
            "per minute (TPM): Limit 8000, Requested 9123, please reduce your message.",
            "throttling_error",
        ),
        "bad_request.plan",
    ),
    (
        400,
        passed_on(
            400,
            "BadRequestError: OpenAIException - Your request was rejected as a result "
            "of our safety system.",
        ),
        "refused",
    ),
    (
        400,
        passed_on(400, "ContentPolicyViolationError: AzureException - x"),
        "refused",
    ),
)


class TestLiteLLM(LLMCase):
    def test_each_body_gets_its_meaning(self):
        for status, body, key in MEANT:
            with self.subTest(body):
                found = from_response(status, CaseInsensitiveDict(), json.dumps(body))
                self.assertCode(found, *key.split("."))

    def test_an_error_may_come_with_status_200(self):
        body = on_messages("api_error", f"litellm.APIError: OpenAIException - x {TOLD}")
        account = self.account(
            self.serve(http_answer(body)),
            protocol="anthropic_messages",
            preset="anthropic",
        )
        self.assertCode(self.failure(account), "overloaded")

    def test_the_wait_of_the_provider_counts(self):
        limited = passed_on(429, "RateLimitError: OpenAIException - x", "throttling")
        headers = {"llm_provider-retry-after": "7", "x-ratelimit-limit-requests": "5"}
        found = from_response(429, CaseInsensitiveDict(headers), json.dumps(limited))
        self.assertEqual((found.key, found.retry_after), ("rate_limit", 7))

    def test_a_model_that_rests_says_for_how_long(self):
        body = json.dumps(error(429, "No deployments", "all_deployments_in_cooldown"))
        found = from_response(429, CaseInsensitiveDict(), body)
        self.assertEqual((found.key, found.retry_after), ("overloaded.cooldown", 5))
        headers = CaseInsensitiveDict({"Retry-After": "9"})
        found = from_response(429, headers, body)
        self.assertEqual(found.retry_after, 9)

    def test_a_server_that_fails_without_a_key_may_miss_it(self):
        failing = self.serve(http_answer("Internal Server Error", 500))
        found = self.failure(self.account(failing, api_key=""))
        self.assertCode(found, "overloaded", "no_key")
        self.assertTrue(found.retryable)
        for changes in ({"api_key": "k"}, {"api_key": "", "preset": "vllm"}):
            found = self.failure(self.account(failing, **changes))
            self.assertCode(found, "overloaded")
        failing = self.serve(http_answer({"error": {"message": "x"}}, 500))
        self.assertCode(self.failure(self.account(failing, api_key="")), "overloaded")
