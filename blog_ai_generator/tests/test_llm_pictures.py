# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The two protocols for pictures, and the pictures of the offline writer."""

import base64
import io

from PIL import Image

from odoo.addons.blog_ai_generator import llm

from .fixtures_llm import LLMCase, http_answer

TOPIC = "Bicycle repair in winter"
OFFLINE = llm.Account("offline", "", "", "sample", "offline")


def encoded(file: bytes) -> str:
    return base64.b64encode(file).decode()


def candidate(*files, finish="STOP"):
    parts = [{"inlineData": {"data": encoded(file)}} for file in files]
    return {"content": {"parts": parts}, "finishReason": finish}


class PictureCase(LLMCase):
    def make(self, account, **values):
        request = llm.PictureRequest(TOPIC, **values)
        return llm.make_pictures(request, account, accept=lambda _file: "")

    def fails(self, account):
        with self.assertRaises(llm.LLMError) as caught:
            self.make(account)
        return caught.exception


class TestPicturesOfOpenAI(PictureCase):
    def made(self, preset, **account):
        usage = {"input_tokens": 20, "output_tokens": 1500}
        files = [{"b64_json": encoded(file)} for file in (b"one", b"two")]
        server = self.serve(http_answer({"data": files, "usage": usage}))
        found = self.make(self.account(server, preset=preset, **account), count=2)
        return found, server.requests[0]

    def test_all_files_come_by_one_request(self):
        found, request = self.made("openai", model="gpt-image-3")
        self.assertEqual(found.files, (b"one", b"two"))
        self.assertEqual(request.path, "/v1/images/generations")
        self.assertEqual((request.json["n"], request.json["size"]), (2, "1536x1024"))
        (call,) = found.calls
        self.assertEqual((call.usage.tokens_in, call.usage.tokens_out), (20, 1500))

    def test_models_of_others_are_told_to_send_the_file(self):
        for model, form in (("gpt-image-3", False), ("flux", True)):
            _found, request = self.made("compatible", model=model)
            self.assertEqual("response_format" in request.json, form)
            self.assertEqual("output_format" in request.json, not form)

    def test_what_is_no_file_is_left_out(self):
        files = [{"b64_json": "?"}, {"b64_json": 7}, {"b64_json": encoded(b"one")}]
        server = self.serve(http_answer({"data": files}))
        account = self.account(server, preset="openai")
        self.assertEqual(self.make(account, count=3).files, (b"one",))


class TestPicturesOfGemini(PictureCase):
    def serve_gemini(self, *candidates, **more):
        data = {"candidates": candidates, **more}
        server = self.serve(http_answer(data))
        base = server.url.removesuffix("/v1") + "/v1beta/openai/"
        return self.account(base, preset="gemini", model="models/gemini-9/x"), server

    def test_the_model_is_part_of_the_address(self):
        account, server = self.serve_gemini(candidate(b"one"), candidate(b"two"))
        self.assertEqual(self.make(account, count=2).files, (b"one", b"two"))
        (request,) = server.requests
        self.assertEqual(request.path, "/v1beta/models/gemini-9%2Fx:generateContent")
        config = request.json["generationConfig"]
        self.assertEqual(config["imageConfig"], {"aspectRatio": "16:9"})

    def test_what_the_model_thinks_is_paid_for(self):
        usage = {
            "promptTokenCount": 20,
            "candidatesTokenCount": 1300,
            "thoughtsTokenCount": 50,
        }
        account, _server = self.serve_gemini(candidate(b"one"), usageMetadata=usage)
        (call,) = self.make(account).calls
        self.assertEqual((call.usage.tokens_in, call.usage.tokens_out), (20, 1350))
        self.assertEqual(call.usage.tokens_reasoning, 50)

    def test_why_there_is_no_picture_is_what_the_first_candidate_says(self):
        blocked = {"promptFeedback": {"blockReason": "SAFETY"}}
        for candidates, more, code in (
            ((), blocked, "refused"),
            ((candidate(finish="IMAGE_SAFETY"), candidate()), {}, "refused"),
            ((candidate(), candidate(finish="IMAGE_SAFETY")), {}, "unusable"),
            ((), {}, "unusable"),
        ):
            with self.subTest(candidates=candidates, more=more):
                account, _server = self.serve_gemini(*candidates, **more)
                self.assertEqual(self.fails(account).code, code)

    def test_a_picture_counts_whatever_the_model_says_of_its_end(self):
        account, _server = self.serve_gemini(candidate(b"one", finish="SAFETY"))
        self.assertEqual(self.make(account).files, (b"one",))


class TestSamplePictures(PictureCase):
    def pictures(self, count=1):
        files = self.make(OFFLINE, count=count).files
        return [Image.open(io.BytesIO(file)).convert("RGB") for file in files]

    def test_a_topic_has_the_same_ones_each_time(self):
        first = self.make(OFFLINE, count=3).files
        self.assertEqual(first, self.make(OFFLINE, count=3).files)
        self.assertEqual(len(set(first)), 3)

    def test_it_is_in_landscape_format_with_circles_all_over(self):
        for picture in self.pictures(4):
            self.assertEqual(picture.size, (1200, 800))
            lower = picture.crop((0, 400, 1200, 800))
            ground, _color = max(lower.getcolors(400 * 1200))
            self.assertLess(ground, 0.99 * 400 * 1200)

    def test_white_letters_in_its_upper_half_say_that_it_is_a_sample(self):
        (picture,) = self.pictures()
        band = picture.convert("L").point(lambda light: 255 * (light > 240))
        left, top, right, bottom = band.getbbox()
        self.assertGreater(right - left, 400)
        self.assertAlmostEqual((left + right) / 2, 600, delta=40)
        self.assertGreaterEqual(top, 200)
        self.assertLess(bottom, 300)
