# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whole answers in twelve languages: none is refused, each becomes a good page."""

import logging
from collections import Counter

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm.answer import check

from .fixtures_llm import LLMCase
from .fixtures_llm.corpus import WORDS, Shapes, faults
from .test_llm_language import SAMPLES

_logger = logging.getLogger(__name__)


class TestCorpus(LLMCase):
    def test_each_answer_becomes_a_good_page(self):
        total: Counter = Counter()
        for code in WORDS:
            shapes = Shapes(code, SAMPLES.get(code, ""))
            request = llm.ArticleRequest(shapes.title, language=code, words=100)
            for name, text in shapes.all().items():
                total["answers"] += 1
                with self.subTest(f"{code}: {name}"):
                    article = check(text, request)
                    self.assertKnown(article.repairs)
                    self.assertEqual(article.title, shapes.title)
                    found = faults(article.title, article.body_html)
                    total.update(found)
                    self.assertFalse(+found, article.body_html)
                    for word in (shapes.h1, shapes.h2, shapes.h3):
                        self.assertIn(f">{word}</h", article.body_html)
        _logger.info("%s answers: %s", total.pop("answers"), dict(total))
        self.assertGreaterEqual(len(WORDS), 12)
