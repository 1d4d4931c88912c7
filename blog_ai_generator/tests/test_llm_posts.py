# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two hundred answers in fourteen languages: each good one becomes a good page."""

import json
import logging
from collections import Counter

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm.answer import check

from .fixtures_llm import LLMCase
from .fixtures_llm.post_files import ANSWERS, Post, answer_of, answers, faults, posts

_logger = logging.getLogger(__name__)
# Notes on fields that only a fault of ours would take from a good answer.
_LOST = ("field_language_removed", "field_replaced", "keywords_missing")


def request_of(post: Post) -> llm.ArticleRequest:
    return llm.ArticleRequest(
        post.fields.get("title", "Work"), language=post.language, words=100
    )


class TestPosts(LLMCase):
    def test_each_good_answer_becomes_a_good_page(self):
        total: Counter = Counter()
        for post, text in answers():
            total["answers"] += 1
            with self.subTest(f"{post.language}: {post.name}"):
                try:
                    article = check(text, request_of(post))
                except llm.LLMError:
                    total["false refusals"] += 1
                    raise
                found = faults(post, article.body_html)
                found["lost fields"] = sum(n.code in _LOST for n in article.repairs)
                is_held = any(note.code == "placeholder" for note in article.repairs)
                found["wrongly held"] = is_held != ("held" in post.marks)
                total.update(found)
                self.assertKnown(article.repairs)
                self.assertFalse(+found, article.body_html)
        self.assertEqual(total["answers"], ANSWERS)
        _logger.info("%s", dict(total))

    def test_no_other_answer_becomes_a_page(self):
        refused = [post for post in posts() if not post.is_good]
        self.assertGreater(len(refused), 7)
        for post in refused:
            with self.subTest(f"{post.language}: {post.name}"):
                with self.assertRaises(llm.LLMError) as caught:
                    check(answer_of(post), request_of(post))
                self.assertCode(caught.exception, "unusable", post.marks["refused"])


class TestOtherLanguages(LLMCase):
    """Posts of prose in each language, with parts in two other ones."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        prose = [post for post in posts() if post.name.startswith("claude-")]
        cls.pairs = [*zip(prose, prose[1:] + prose[:1], strict=True)]
        (english,) = (post for post in prose if post.language == "en")
        cls.with_english = [(post, english) for post in prose if post is not english]

    def test_no_other_language_passes_for_the_one_asked_for(self):
        for post, other in self.pairs + self.with_english:
            own, others = post.body.split("\n## "), other.body.split("\n## ")
            for body in (other.body, "\n## ".join([*own[:2], *others[1:]])):
                with self.subTest(f"{post.language}, in part {other.language}"):
                    with self.assertRaises(llm.LLMError) as caught:
                        self.check(post, body=body)
                    self.assertIn(caught.exception.reason, ("language", "script"))

    def test_a_field_in_english_is_made_anew(self):
        for post, other in self.with_english:
            with self.subTest(post.language):
                texts = {name: other.fields[name] for name in ("teaser", "linkedin")}
                article = self.check(post, **texts)
                for shown in (article.teaser, article.social["linkedin"]):
                    self.assertTrue(shown)
                    self.assertNotIn(shown, texts.values())

    def check(self, post, **changes):
        return check(json.dumps(post.values() | changes), request_of(post))
