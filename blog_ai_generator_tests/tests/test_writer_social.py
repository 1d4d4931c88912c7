# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Test copy for one network with the fake LLM server."""

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm.social_networks import NETWORKS

from .llm_case import FakeLLMCase, each_protocol


@tagged("post_install", "-at_install")
class TestSocialCopy(FakeLLMCase):
    def write_social(self, account, network="x"):
        request = llm.SocialRequest("Bicycle repair in winter", network, 250)
        return llm.write_social(request, account)

    @each_protocol
    def test_each_network_gets_other_copy_each_time(self, account):
        texts = [
            self.write_social(account("good"), network).text
            for network in [*NETWORKS] * 2
        ]
        self.assertEqual(len(set(texts)), 2 * len(NETWORKS))
        for text in texts:
            self.assertIn("Bicycle repair in winter", text)

    @each_protocol
    def test_it_costs_less_than_an_article(self, account):
        (call,) = self.write_social(account("good")).calls
        self.assertTrue(0 < call.usage.tokens_out < 200)
        self.assertTrue(0 < call.usage.tokens_in < 400)

    @each_protocol
    def test_what_servers_and_models_add_does_no_harm(self, account):
        for model in ("fenced", "chatty", "no-json-schema", "no-response-format"):
            with self.subTest(model=model):
                text = self.write_social(account(model)).text
                self.assertTrue(text.startswith("Version"))

    @each_protocol
    def test_copy_in_an_object_of_its_own_is_read(self, account):
        text = self.write_social(account("nested")).text
        self.assertIn("Bicycle repair in winter", text)
        self.assertNotIn("{", text)

    @each_protocol
    def test_hostile_copy_is_plain_text(self, account):
        text = self.write_social(account("hostile")).text
        for trace in ("evil", "@", "\u202e", "\x07"):
            self.assertNotIn(trace, text)

    @each_protocol
    def test_failures_are_those_of_an_article(self, account):
        for model, code, status in (
            ("quota", "quota", None),
            ("truncated", "truncated", 200),
            ("refusal", "refused", 200),
            ("blank", "unusable", 200),
            ("prose", "unusable", 200),
            ("no-social", "unusable", 200),
        ):
            with self.subTest(model=model), self.assertRaises(llm.LLMError) as caught:
                self.write_social(account(model))
            (call,) = caught.exception.calls
            self.assertEqual((call.kind, call.outcome), ("social", code))
            if status:
                self.assertEqual(call.http_status, status)

    @each_protocol
    def test_a_call_that_hangs_ends_with_its_deadline(self, account):
        self.assertFails(
            account("never", deadline=0.3),
            "timeout",
            call=self.write_social,
            kind="social",
        )
