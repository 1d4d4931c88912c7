# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers of late 2026 that providers send, and what they mean.

Read in SDK sources, fixtures and issues of others. The answers of a gateway are
in ``test_llm_litellm``.
"""

import json

from requests.structures import CaseInsensitiveDict

from odoo.addons.blog_ai_generator.llm.verdict import from_response

from .fixtures_llm import (
    LLMCase,
    http_answer,
)


def error(message, code=None, kind="invalid_request_error", **more):
    return {"error": {"message": message, "type": kind, "code": code, **more}}


def anthropic_error(kind, message, **details):
    inner = {"type": kind, "message": message}
    if details:
        inner["details"] = details
    return {"type": "error", "error": inner, "request_id": "req_1"}


# Status, body, key.
MEANT = (
    # Groq
    (
        400,
        error(
            "The model `llama-3.3-70b-versatile` has been decommissioned and is no "
            "longer supported.",
            "model_decommissioned",
        ),
        "bad_request.not_found",
    ),
    (400, error("The model x is no longer available."), "bad_request.not_found"),
    (404, error("Model x has been retired."), "bad_request.not_found"),
    (
        413,
        error(
            "Request too large for model `openai/gpt-oss-120b` in organization `org` "
            "service tier `on_demand` on tokens per minute (TPM): Limit 8000, "
            "Requested 9123, please reduce your message size and try again.",
            "rate_limit_exceeded",
            "tokens",
        ),
        "bad_request.plan",
    ),
    (
        429,
        error(
            "Rate limit reached for model `x` on tokens per minute (TPM): Limit 6000, "
            "Used 5034, Requested 1443. Please try again in 4.77s.",
            "rate_limit_exceeded",
            "tokens",
        ),
        "rate_limit",
    ),
    (413, anthropic_error("request_too_large", "too big"), "bad_request.too_large"),
    (498, error("Flex capacity exceeded", "capacity_exceeded"), "overloaded"),
    # Money
    (
        429,
        anthropic_error(
            "rate_limit_error",
            "This request would exceed a limit.",
            error_code="enforced_spend_limit_reached",
        ),
        "quota",
    ),
    (
        429,
        anthropic_error(
            "rate_limit_error", "Slow down.", error_code="ramp_limit_exceeded"
        ),
        "rate_limit",
    ),
    (
        400,
        anthropic_error(
            "invalid_request_error",
            "You have reached your specified API usage limits. You will regain access "
            "on 2026-12-01 at 00:00 UTC.",
        ),
        "quota.date",
    ),
    (
        400,
        anthropic_error(
            "invalid_request_error", "You have reached your specified API usage limits."
        ),
        "quota",
    ),
    (
        403,
        {
            "code": "The caller does not have permission to execute the operation",
            "error": "Your team has either used all available credits or reached its "
            "monthly spending limit.",
        },
        "quota",
    ),
    (
        403,
        {
            "code": "The caller does not have permission to execute the operation",
            "error": "Access to this model is restricted.",
        },
        "permission",
    ),
    # Other remedies
    (409, anthropic_error("conflict_error", "Conflict"), "overloaded"),
    (
        404,
        error(
            "This is not a chat model and thus not supported in the "
            "v1/chat/completions endpoint."
        ),
        "bad_request.not_chat",
    ),
    (
        404,
        error(
            "This model is only supported in v1/responses and not in "
            "v1/chat/completions."
        ),
        "bad_request.not_chat",
    ),
    (
        404,
        error("No endpoints found matching your data policy.", 404),
        "permission.data_policy",
    ),
    (
        404,
        error("Your organization must be verified to use the model `x`."),
        "permission.unverified",
    ),
    # Too long
    (
        400,
        {
            "error": {
                "code": 400,
                "message": "the request exceeds the available context size",
                "type": "exceed_context_size_error",
                "n_prompt_tokens": 1407,
                "n_ctx": 256,
            }
        },
        "bad_request.too_large",
    ),
    (
        500,
        error("exceeds", 500, "exceed_context_size_error"),
        "bad_request.too_large",
    ),
    (
        400,
        anthropic_error("invalid_request_error", "prompt is too long: 2100 > 2000"),
        "bad_request.too_large",
    ),
    (
        400,
        error("max_tokens is too high for this model"),
        "bad_request.output_limit",
    ),
    # Cut off
    (
        400,
        error(
            "Could not finish the message because max_tokens or model output limit was "
            "reached. Please try again with higher max_tokens."
        ),
        "truncated.limit",
    ),
    (
        400,
        error(
            "Failed to generate JSON.",
            "json_validate_failed",
            failed_generation="max completion tokens reached before generating a valid "
            "document",
        ),
        "truncated.limit",
    ),
    (
        400,
        error("Failed to generate JSON.", "json_validate_failed"),
        "unusable",
    ),
    # Content
    (
        400,
        anthropic_error(
            "invalid_request_error", "Output blocked by content filtering policy"
        ),
        "refused",
    ),
    # An error of a server itself is nothing else
    (500, "Internal Server Error", "overloaded"),
    (503, error("Loading model", 503, "unavailable_error"), "overloaded"),
)


class TestBodies(LLMCase):
    def test_each_body_gets_its_meaning(self):
        for status, body, key in MEANT:
            with self.subTest(body):
                text = body if isinstance(body, str) else json.dumps(body)
                found = from_response(status, CaseInsensitiveDict(), text)
                self.assertCode(found, *key.split("."))

    def test_a_plan_says_how_many_tokens_it_allows(self):
        body = next(body for _status, body, key in MEANT if key.endswith(".plan"))
        found = from_response(413, {}, json.dumps(body))
        self.assertEqual(found.values, {"limit": "8000", "requested": "9123"})
        self.assertFalse(found.retryable)

    def test_a_spent_account_says_when_access_comes_back(self):
        body = next(body for _status, body, key in MEANT if key == "quota.date")
        found = from_response(400, {}, json.dumps(body))
        self.assertEqual(found.values, {"date": "2026-12-01"})

    def test_a_status_as_text_inside_a_good_answer_counts(self):
        failing = self.serve(http_answer(error("slow down", "429")))
        self.assertCode(self.failure(self.account(failing)), "rate_limit")
