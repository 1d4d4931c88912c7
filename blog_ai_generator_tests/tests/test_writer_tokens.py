# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure prompts and answers with the tokenizer of a real model."""

import json
import subprocess

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm.deadline import Deadline
from odoo.addons.blog_ai_generator.llm.prompt import article_prompt
from odoo.addons.blog_ai_generator.llm.protocols import PROTOCOLS

from ..llm_server.composer import Composer
from .aimock import node
from .llm_case import TOPICS, FakeLLMCase, each_protocol

SENTENCES = {
    "German": "Erklären Sie jeden Fachbegriff, wenn er zum ersten Mal vorkommt",
    "Russian": "Объясняйте термины, когда они появляются впервые",
    "Chinese": "第一次出现专业术语时请解释清楚",
    "Hindi": "हर कठिन शब्द को पहली बार आने पर समझाएँ",
}


# Not "standard": only `make test` provides Node.js and the tokenizer.
@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestTokens(FakeLLMCase):
    """Count tokens of o200k_base, part of gpt-tokenizer, for 800 English words."""

    SCRIPT = """
        const {encode} = require("gpt-tokenizer/encoding/o200k_base");
        const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
        console.log(JSON.stringify(texts.map((text) => encode(text).length)));
    """

    def count(self, *texts):
        done = subprocess.run(
            [node(), "-e", self.SCRIPT],
            input=json.dumps(texts),
            capture_output=True,
            check=False,
            text=True,
        )
        if done.returncode:
            self.fail(
                "gpt-tokenizer cannot be loaded: run these tests with `make test`, "
                f"which provides it on NODE_PATH.\n{done.stderr}"
            )
        return json.loads(done.stdout)

    @each_protocol
    def test_the_prompt_has_at_most_450_tokens(self, account):
        self.write_article(account("good"), "Why our bakery went back to sourdough")
        body = self.llm.requests[0].body
        sent = [message["content"] for message in body["messages"]]
        sent.append(body.get("system", ""))
        sent.append(json.dumps(body.get("response_format", "")))
        sent.append(json.dumps(body.get("output_config", "")))
        self.assertLessEqual(sum(self.count(*sent)), 450)

    def test_a_voice_has_no_more_tokens_than_it_says(self):
        for language, sentence in SENTENCES.items():
            with self.subTest(language):
                voice = llm.Voice(do="\n".join([sentence] * 20))
                text = llm.voice_text(voice)
                (count,) = self.count(text)
                self.assertLessEqual(count, llm.estimated_tokens(text))

    def assertLength(self, text):
        """Check for 800 to 1,200 tokens in the body, and at most 1,450 in all."""
        whole, body = self.count(text, json.loads(text)["body"])
        self.assertLessEqual(whole, 1450)
        self.assertTrue(800 <= body <= 1200, body)

    def test_an_article_of_the_fake_server_has_the_length_asked_of_a_model(self):
        for topic in TOPICS:
            self.assertLength(json.dumps(Composer(topic).article(), ensure_ascii=False))

    def test_an_article_of_the_offline_writer_has_it_too(self):
        account = llm.Account("offline", "", "", "sample", "offline")
        for topic in TOPICS:
            prompt = article_prompt(llm.ArticleRequest(topic), 4096)
            with Deadline(10) as deadline:
                reply = PROTOCOLS["offline"].complete(prompt, account, deadline)
            self.assertLength(reply.text)
