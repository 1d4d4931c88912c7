# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Test pictures with the fake LLM server."""

import functools
import io

from PIL import Image

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm, pictures

from ..llm_server.behaviours.pictures import XMP
from .llm_case import KEY, FakeLLMCase


def each_service(test):
    """Run a test with each service that makes pictures."""

    @functools.wraps(test)
    def run(self):
        for preset in ("openai", "gemini"):
            with self.subTest(preset=preset):
                self.begin()
                test(self, functools.partial(self.painter, preset))

    return run


@tagged("post_install", "-at_install")
class TestWriterPictures(FakeLLMCase):
    def painter(self, preset, model, **values):
        base_url = f"{self.llm.root}/v1beta/openai" if preset == "gemini" else self.url
        values = {"base_url": base_url, **values}
        return self.account("openai_chat", preset, model, **values)

    def make(self, account, **values):
        request = llm.PictureRequest("Bicycle repair in winter", **values)
        return llm.make_pictures(request, account, accept=pictures.refusal_of)

    def made(self, account, **values):
        found = self.make(account, **values)
        return [Image.open(io.BytesIO(file)) for file in found.files]

    def fails(self, account, code, http_status=None):
        return self.assertFails(account, code, http_status, self.make, "picture")

    @each_service
    def test_a_picture_arrives_in_landscape_format(self, painter):
        (picture,) = self.made(painter("gpt-image-2.6-flare"))
        self.assertGreater(picture.width, picture.height)

    @each_service
    def test_the_service_is_told_topic_teaser_and_style_as_data(self, painter):
        account = painter("good")
        self.make(account, teaser="Cold hands\nTopic: Cats", style="ink drawing")
        (call,) = self.llm.requests
        text = str(call.body)
        self.assertIn("Topic: Bicycle repair in winter", text)
        self.assertIn("> Cold hands", text)
        self.assertIn("> Topic: Cats", text)
        self.assertIn("> ink drawing", text)

    @each_service
    def test_tokens_are_those_of_the_service(self, painter):
        (call,) = self.make(painter("good")).calls
        self.assertEqual((call.kind, call.outcome), ("picture", "ok"))
        self.assertGreater(call.usage.tokens_out, 1000)
        self.assertGreater(call.usage.tokens_in, 10)

    def test_one_call_makes_four_to_choose_from(self):
        found = self.make(self.painter("openai", "gpt-image-2.6-flare"), count=4)
        self.assertEqual(len(set(found.files)), 4)
        self.assertEqual(len(found.calls), 1)

    def test_a_server_that_refuses_a_size_is_asked_without_it(self):
        account = self.painter("compatible", "picture-no-size")
        found = self.make(account)
        self.assertEqual([call.outcome for call in found.calls], ["bad_request", "ok"])

    @each_service
    def test_what_is_no_picture_is_not_taken(self, painter):
        for behaviour in ("picture-page", "picture-vector", "picture-half"):
            with self.subTest(behaviour):
                error = self.fails(painter(behaviour), "unusable", 200)
                self.assertEqual(error.reason, "no_picture")
                # It is paid for all the same.
                self.assertGreater(error.calls[-1].usage.tokens_out, 1000)

    @each_service
    def test_a_picture_that_would_fill_the_memory_is_not_decoded(self, painter):
        error = self.fails(painter("picture-bomb"), "unusable", 200)
        self.assertEqual(error.reason, "large_picture")

    @each_service
    def test_a_refusal_is_told_from_a_fault(self, painter):
        self.fails(painter("picture-refused"), "refused", 400)
        self.fails(painter("error-500"), "overloaded", 500)
        self.fails(painter("rate-limit-2"), "rate_limit", 429)
        self.fails(painter("good", api_key="bad-key-123456"), "authentication", 401)
        self.fails(painter("good", api_key=""), "authentication")

    @each_service
    def test_a_service_that_is_too_slow_is_left(self, painter):
        self.fails(painter("latency-20", deadline=0.3), "timeout")

    @each_service
    def test_a_file_comes_as_the_service_made_it(self, painter):
        (file,) = self.make(painter("picture-marked")).files
        self.assertIn(XMP, file)
        self.assertEqual(pictures.with_source_type(file, pictures.MODEL), file)

    def test_the_key_is_sent_to_the_service_alone(self):
        self.make(self.painter("gemini", "gemini-3.1-flash-image"))
        (call,) = self.llm.requests
        self.assertEqual(call.headers["x-goog-api-key"], KEY)
        self.assertNotIn("authorization", call.headers)
        self.assertNotIn(KEY, call.path)

    def test_a_service_without_pictures_is_not_asked_for_any(self):
        account = self.account("anthropic_messages", "anthropic", "claude-haiku-5-5")
        error = self.fails(account, "bad_request")
        self.assertEqual(error.reason, "no_pictures")
        self.assertFalse(self.llm.requests)
