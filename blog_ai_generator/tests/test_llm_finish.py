# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reasons for which a provider ends an answer, and their meaning."""

from odoo.addons.blog_ai_generator import llm

from .fixtures_llm import (
    LLMCase,
    anthropic_answer,
    good_text,
    http_answer,
    openai_answer,
)


def choice(finish, message=None, **more):
    return http_answer(
        {"choices": [{"finish_reason": finish, **more}]}
        if not message
        else {"choices": [{"finish_reason": finish, "message": message, **more}]}
    )


class TestFinish(LLMCase):
    def finish(self, answer, preset="compatible"):
        protocol = llm.PRESETS[preset].protocol
        account = self.account(self.serve(answer), preset=preset, protocol=protocol)
        return self.failure(account)

    def test_gemini_refuses_without_a_message(self):
        for reason in (
            "content_filter: PROHIBITED_CONTENT",
            *("RECITATION", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "SAFETY"),
        ):
            with self.subTest(reason):
                found = self.finish(choice(reason), "gemini")
                self.assertCode(found, "refused")
                self.assertIn(reason, found.detail)

    def test_an_answer_without_a_message_is_unusable_otherwise(self):
        self.assertCode(self.finish(choice("stop")), "unusable")

    def test_the_reason_of_a_refusal_is_kept(self):
        message = {"content": None, "refusal": "I cannot\n help with that."}
        found = self.finish(choice("stop", message))
        self.assertCode(found, "refused")
        self.assertIn("I cannot help with that.", found.detail)
        details = {"type": "refusal", "category": "bio", "explanation": "Lab methods."}
        answer = anthropic_answer("", "refusal", stop_details=details)
        found = self.finish(answer, "anthropic")
        self.assertCode(found, "refused")
        self.assertIn("bio, Lab methods.", found.detail)
        self.assertIn("bio", found.calls[0].detail)

    def test_a_failure_of_the_model_is_tried_again(self):
        for reason in ("error", "insufficient_system_resource", "abort"):
            with self.subTest(reason):
                found = self.finish(openai_answer('{"title": "Wh', reason))
                self.assertCode(found, "overloaded")
                self.assertTrue(found.retryable)
                self.assertIn(reason, found.detail)
                self.assertEqual(found.calls[0].usage.tokens_out, 1300)

    def test_an_answer_that_fills_the_context_is_cut_off(self):
        answer = openai_answer('{"title": "Wh', "model_length")
        self.assertCode(self.finish(answer, "mistral"), "truncated", "context")
        answer = anthropic_answer('{"title": "Wh', "model_context_window_exceeded")
        self.assertCode(self.finish(answer, "anthropic"), "truncated", "context")

    def test_behind_litellm_the_truth_is_beside_the_reason(self):
        message = {"content": '{"title": "Wh'}
        for kind, key in (
            ("MAX_TOKENS", "truncated"),
            ("model_length", "truncated"),
            ("PROHIBITED_CONTENT", "refused"),
            ("insufficient_system_resource", "overloaded"),
        ):
            fields = {"native_finish_reason": kind}
            for answer in (
                choice("stop", message, provider_specific_fields=fields),
                choice("stop", {**message, "provider_specific_fields": fields}),
                choice("stop", message, **fields),
            ):
                self.assertEqual(self.finish(answer).code, key)

    def test_a_reason_that_nobody_knows_is_noted(self):
        for answer, preset in (
            (openai_answer(good_text(), "because"), "compatible"),
            (anthropic_answer(good_text(), "because"), "anthropic"),
        ):
            account = self.account(
                self.serve(answer),
                preset=preset,
                protocol=llm.PRESETS[preset].protocol,
            )
            written = llm.write(llm.ArticleRequest("Bees in the city"), account)
            note = llm.Note("finish_unknown", {"name": "because"})
            self.assertEqual(written.article.repairs, (note,))
            self.assertKnown(written.article.repairs)
            self.assertIn("because", written.calls[0].detail)

    def test_known_reasons_and_none_are_not_noted(self):
        for reason in ("stop", "STOP", "eos", "tool_calls", None):
            account = self.account(self.serve(openai_answer(good_text(), reason)))
            written = llm.write(llm.ArticleRequest("Bees in the city"), account)
            self.assertEqual(written.article.repairs, ())
