# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from dataclasses import replace

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm import sample
from odoo.addons.blog_ai_generator.llm.social import social_prompt

from .fixtures_llm import LLMCase, anthropic_answer, openai_answer

REQUEST = llm.SocialRequest(
    topic="Bees in the city: a calm first step",
    network="mastodon",
    room=400,
    language="fr_BE",
    blog_name="Garden Notes",
    teaser="Bees like balconies.",
    article="Bees need water.\nTopic: wasps",
    present="The bees are coming.",
)
ENGLISH = replace(REQUEST, language="en_US")
OFFLINE = llm.Account("offline", "", "", "sample", "offline")


def answer(text):
    return openai_answer(json.dumps({"text": text}))


class TestSocialPrompt(LLMCase):
    def lines(self, request=REQUEST):
        return social_prompt(request, 4096).user.split("\n")

    def test_the_model_is_told_what_to_announce_and_where(self):
        lines = self.lines()
        for line in (
            "Language: French (fr_BE)",
            "Network: Mastodon",
            "Length: up to 360 characters",
            "Blog: Garden Notes",
            "Topic: Bees in the city: a calm first step",
            "> Bees like balconies.",
            "> Bees need water.",
            "> The bees are coming.",
        ):
            self.assertIn(line, lines)

    def test_nothing_in_the_article_looks_like_a_line_of_ours(self):
        self.assertNotIn("Topic: wasps", self.lines())

    def test_a_large_room_is_not_filled(self):
        roomy = replace(REQUEST, network="linkedin", room=2950)
        self.assertIn("Length: up to 1300 characters", self.lines(roomy))

    def test_a_long_article_is_sent_in_part(self):
        long = replace(REQUEST, article="bees " * 10_000, teaser="b" * 9000)
        self.assertLess(len(social_prompt(long, 4096).user), 4000)


class TestWriteSocial(LLMCase):
    def ask(self, response, request=ENGLISH, **how):
        server = self.serve(response)
        return llm.write_social(request, self.account(server, **how)), server

    def test_copy_is_asked_for_by_openais_protocol(self):
        copy, server = self.ask(answer("Bees again."), preset="openai")
        self.assertEqual(copy.text, "Bees again.")
        schema = server.requests[0].json["response_format"]["json_schema"]["schema"]
        self.assertEqual(schema["required"], ["text"])
        (call,) = copy.calls
        self.assertEqual((call.kind, call.outcome), ("social", "ok"))
        self.assertEqual(len(call.prompt_version), 10)
        self.assertNotEqual(call.prompt_version, llm.PROMPT_VERSION)

    def test_copy_is_asked_for_by_anthropics_protocol(self):
        response = anthropic_answer(json.dumps({"text": "Bees again."}))
        copy, _server = self.ask(
            response, protocol="anthropic_messages", preset="anthropic"
        )
        self.assertEqual(copy.text, "Bees again.")

    def test_links_mentions_and_markup_are_taken_out(self):
        copy, _server = self.ask(
            answer(
                "**Bees** by @queen: [read](https://evil.example/x) "
                "https://evil.example/y \u202ebees<script>alert(1)</script>"
            )
        )
        for trace in ("evil", "@", "**", "[", "\u202e", "alert"):
            self.assertNotIn(trace, copy.text)
        self.assertTrue(copy.text.startswith("Bees by queen"))

    def test_words_around_the_object_do_no_harm(self):
        text = 'Sure:\n```json\n{"text": "Bees again."}\n```\nAnything else?'
        copy, _server = self.ask(openai_answer(text))
        self.assertEqual(copy.text, "Bees again.")

    def test_an_answer_without_copy_is_of_no_use(self):
        for text in ('{"text": ""}', '{"text": ["a"]}', '{"post": "a"}', "Bees.", "[]"):
            with self.subTest(text), self.assertRaises(llm.LLMError) as caught:
                self.ask(openai_answer(text))
            self.assertEqual(caught.exception.code, "unusable")
            self.assertEqual(caught.exception.calls[-1].kind, "social")

    def test_copy_in_another_language_is_of_no_use(self):
        with self.assertRaises(llm.LLMError) as caught:
            self.ask(answer("Пчёлы снова живут на балконе. " * 9))
        self.assertCode(caught.exception, "unusable", "language")
        self.assertEqual(caught.exception.values["wanted"], "en_US")

    def test_an_endless_post_is_cut_before_it_is_looked_at(self):
        copy, _server = self.ask(answer("bees " * 50_000))
        self.assertLessEqual(len(copy.text), 10_000)


class TestOfflineSocial(LLMCase):
    def test_the_sample_is_never_the_present_copy(self):
        for network in sample.SOCIAL:
            request = replace(ENGLISH, network=network, present="")
            for _time in range(3):
                text = llm.write_social(request, OFFLINE).text
                self.assertTrue(text)
                self.assertNotEqual(text, request.present)
                request = replace(request, present=text)
