# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Test translations with the fake LLM server, which writes words backwards."""

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm

from .llm_case import FakeLLMCase, each_protocol

SENTENCE = "Chains want <b>oil</b> and a dry shed in the long winter."
REQUEST = llm.TranslationRequest(
    topic="Bicycle repair in winter",
    fields={"title": "Bicycle repair in winter", "x": "Oil the chain"},
    terms=(SENTENCE,),
    labels=("A chain",),
    language="fr_FR",
)


@tagged("post_install", "-at_install")
class TestWriterTranslation(FakeLLMCase):
    @each_protocol
    def test_each_text_arrives_in_its_place(self, account):
        answer = llm.translate(REQUEST, account("good"))
        found = answer.translation
        self.assertEqual(found.fields["title"], "Elcycib Riaper Ni Retniw")
        self.assertEqual(found.fields["x"], "Lio Eht Niahc")
        self.assertEqual(found.labels, {"A chain": "A Niahc"})
        self.assertIn("<b>Lio</b>", found.terms[SENTENCE])
        (call,) = answer.calls
        self.assertEqual((call.kind, call.outcome), ("translation", "ok"))
        self.assertEqual(call.prompt_version, llm.PROMPT_VERSIONS["translation"])
        self.assertGreater(call.usage.tokens_out, 0)

    @each_protocol
    def test_what_servers_and_models_add_does_no_harm(self, account):
        for model in ("fenced", "chatty", "no-json-schema", "no-response-format"):
            with self.subTest(model=model):
                found = llm.translate(REQUEST, account(model)).translation
                self.assertEqual(found.fields["title"], "Elcycib Riaper Ni Retniw")

    @each_protocol
    def test_failures_are_those_of_an_article(self, account):
        for model, code in (
            ("quota", "quota"),
            ("truncated", "truncated"),
            ("refusal", "refused"),
            ("blank", "unusable"),
        ):
            with self.subTest(model=model), self.assertRaises(llm.LLMError) as caught:
                llm.translate(REQUEST, account(model))
            self.assertEqual(caught.exception.code, code)
            self.assertEqual(caught.exception.calls[-1].kind, "translation")
