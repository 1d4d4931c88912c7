# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..llm import social, titles
from .blog_post import EDITORS

# Characters that the calls are told at most, and about how many the answers have in
# JSON. That needs no look at the text, for which the forms would pay.
TITLES = (titles.TEASER_LIMIT + titles.ARTICLE_LIMIT, 300)
COPY = (social.TEASER_LIMIT + social.ARTICLE_LIMIT, 500)


class BlogPostAskCost(models.Model):
    """Say what calls about a post cost, before a person makes them."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    blog_ai_titles_cost = fields.Char(
        "Cost of Titles", compute="_compute_blog_ai_titles_cost", groups=EDITORS
    )
    blog_ai_social_cost = fields.Char(
        "Cost of a Text", compute="_compute_blog_ai_social_cost", groups=EDITORS
    )

    @api.depends("active", "blog_ai_generation_id", "blog_id")
    @api.depends_context("lang")
    def _compute_blog_ai_titles_cost(self):
        for post in self:
            # An archived post has no button to ask for titles.
            cost = post.active and post._origin._blog_ai_titles_cost()
            post.blog_ai_titles_cost = cost

    @api.depends("blog_ai_generation_id", "blog_id")
    @api.depends_context("lang")
    def _compute_blog_ai_social_cost(self):
        for post in self:
            writer, cost = post._origin._blog_ai_extra_cost(*COPY)
            post.blog_ai_social_cost = writer and self.env._(
                "Have %(provider)s write a text again: %(cost)s",
                provider=writer,
                cost=cost,
            )

    def _blog_ai_titles_cost(self) -> str:
        provider, model = self._blog_ai_chosen_writer() if self else (None, "")
        if provider and not provider.sudo()._prices(model).are_known:
            # It has no label: a phone has no room for one.
            return self.env._("Cost not known")
        return self._blog_ai_extra_cost(*TITLES)[1]

    def _blog_ai_extra_cost(self, characters: int, answered: int) -> tuple[str, str]:
        """Return the provider's name and about what a call costs, in words.

        Both are empty where no provider can be asked, as for a post that is not saved.

        :param characters: of all that the provider is told, without the voice
        :param answered: of the answer
        """
        provider, model = self._blog_ai_chosen_writer() if self else (None, "")
        if not provider:
            return "", ""
        provider = provider.sudo()
        return provider.name, provider._estimate_extra(model, characters, answered)
