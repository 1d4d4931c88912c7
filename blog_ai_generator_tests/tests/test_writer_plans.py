# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Test outlines and new versions with the fake LLM server."""

from functools import partial

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm

from .llm_case import FakeLLMCase, each_protocol

OUTLINE = llm.OutlineRequest("Bicycle repair in winter")
REFRESH = llm.RefreshRequest(
    "Bicycle repair in winter",
    (llm.PresentSection("Oil", "Once a week."), llm.PresentSection("Salt", "Rinse.")),
    today="2026-11-29",
)
ASKED = {
    "outline": partial(llm.propose_outline, OUTLINE),
    "refresh": partial(llm.propose_refresh, REFRESH),
}
SERVERS = ("good", "fenced", "chatty", "no-json-schema", "no-response-format")
FAILURES = {
    "quota": "quota",
    "truncated": "truncated",
    "refusal": "refused",
    "blank": "unusable",
}


@tagged("post_install", "-at_install")
class TestWriterPlans(FakeLLMCase):
    @each_protocol
    def test_an_outline_has_the_headings_that_were_asked_for(self, account):
        for model in SERVERS:
            with self.subTest(model=model):
                answer = llm.propose_outline(OUTLINE, account(model))
                self.assertEqual(len(answer.headings), 5)
                self.assertIn("Why it matters", answer.headings[0])
                self.assertEqual(answer.calls[-1].outcome, "ok")

    @each_protocol
    def test_a_new_version_has_the_section_that_changes_and_a_reason(self, account):
        for model in SERVERS:
            with self.subTest(model=model):
                answer = llm.propose_refresh(REFRESH, account(model))
                ((number, html),) = answer.renewal.sections
                self.assertEqual(number, 0)
                self.assertIn("In the end, Bicycle repair in winter", html)
                self.assertIn("first section", answer.renewal.why)
                self.assertGreater(answer.calls[-1].usage.tokens_out, 0)

    @each_protocol
    def test_failures_are_those_of_an_article(self, account):
        for kind, ask in ASKED.items():
            for model, code in FAILURES.items():
                with self.subTest(f"{kind} {model}"):
                    with self.assertRaises(llm.LLMError) as caught:
                        ask(account(model))
                    error = caught.exception
                    self.assertEqual(error.code, code)
                    self.assertEqual(error.calls[-1].kind, kind)
