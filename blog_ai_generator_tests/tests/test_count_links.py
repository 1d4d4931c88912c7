# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged, warmup

from .count_case import LIMITS, MANY, CountPostsCase


@tagged("post_install", "-at_install", "blog_ai_queries")
class TestQueryCountOfLinks(CountPostsCase):
    """Statements that the pages of other addons, such as a shop, add to a claim."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        names = [f"Bicycles {number}" for number in range(MANY)]
        # They have names and addresses as products have.
        cls.env["res.partner"].create(
            [{"name": name, "is_published": True} for name in names]
        )
        cls.env["blog.post"].create(
            [
                {"name": name, "blog_id": cls.blog.id, "is_published": True}
                for name in names
            ]
        )

    def add_sources(self, *models: str) -> None:
        """Offer pages of these models, as an addon does that extends ours."""
        generations = self.registry["blog.ai.generation"]
        known = generations._blog_ai_link_sources

        def more(those):
            visible = [("is_published", "=", True)]
            return {**known(those), **dict.fromkeys(models, visible)}

        self.patch(generations, "_blog_ai_link_sources", more)

    def claim(self, budget: int, *langs: str) -> list:
        """Claim ten posts in these languages, within a budget of statements."""
        asked = self.generations
        for lang in langs:
            asked += self.ask(MANY // len(langs), lang=lang)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertBudget(budget, 3):
            return self.generations._claim(MANY, LIMITS, asked.ids)

    @warmup
    def test_a_claim_with_one_source(self):
        self.add_sources("res.partner")
        claims = self.claim(8, "en_US")
        self.assertTrue(all(claim.request.links for claim in claims))

    @warmup
    def test_a_claim_with_two_sources_has_one_savepoint(self):
        self.add_sources("res.partner", "blog.post")
        self.claim(9, "en_US")

    @warmup
    def test_each_language_of_a_claim_reads_its_titles(self):
        self.add_sources("res.partner", "blog.post")
        # One reads the French name of the blog, for the addresses of its posts.
        self.claim(14, "en_US", "fr_FR")
