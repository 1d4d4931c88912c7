# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ... import llm
from ...llm.answer import check
from . import LLMCase, good_text

REQUEST = llm.ArticleRequest("Bees in the city")


class AnswerCase(LLMCase):
    def article(self, request=REQUEST, **changes):
        article = check(good_text(**changes), request)
        self.assertKnown(article.repairs)
        return article

    def assertUnusable(self, text, reason="", request=REQUEST):
        with self.assertRaises(llm.LLMError) as caught:
            check(text, request)
        self.assertCode(caught.exception, "unusable", reason)
        return caught.exception
