# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Callable
from functools import partial

from odoo import api, models
from odoo.exceptions import UserError

from .. import llm
from ..llm.titles import titles_prompt
from ..messages import Message, render
from ..sections import text_of
from ..utils import follow_ask, open_choice


class BlogPostAsk(models.Model):
    """Calls about a post for which a person waits."""

    _inherit = "blog.post"  # pylint: disable=consider-merging-classes-inherited

    def action_blog_ai_propose_titles(self):
        """Ask for other titles, and offer them when they are there."""
        self.ensure_one()
        post = self.with_context(lang=self.sudo()._blog_ai_text_lang())
        request = llm.TitlesRequest(
            topic=post.name or "",
            language=post.env.lang,
            blog_name=post.blog_id.name or "",
            teaser=post.teaser or "",
            article=text_of(post.content or ""),
            voice=self.sudo().blog_ai_generation_id._voice_version()._voice(),
        )
        question = partial(llm.propose_titles, request)
        asked = self._blog_ai_ask("titles", question, titles_prompt(request, 0).octets)
        name, titles = self.env._("Choose a title"), self.env["blog.ai.title"]
        opens = open_choice(titles, name, [("ask_id", "=", asked["id"])])
        # The form of the post shows its title.
        return follow_ask(asked, opens=opens, reloads=True)

    def action_blog_ai_rewrite_section(self):
        """Offer the sections of the text, to have one written again."""
        self.ensure_one()
        self.check_access("write")
        self._blog_ai_paying_company()
        post = self.with_context(lang=self.sudo()._blog_ai_text_lang())
        offered = self.env["blog.ai.section"]._offer(post)
        name = self.env._("Rewrite a section")
        return open_choice(offered, name, [("id", "in", offered.ids)])

    @api.model
    def _blog_ai_section_name(self, heading: str, count: int) -> str:
        """Return the name of a section for people.

        :param count: of the sections of its post; one without a heading is the first
        """
        if heading or count == 1:
            return heading or self.env._("Text without headings")
        return self.env._("Introduction")

    def _blog_ai_ask(
        self, kind: str, question: Callable, octets: int, voice=None
    ) -> dict:
        """Ask the provider of this post, or the default one of its company.

        :param octets: of the prompt, for what the call costs at most
        :param voice: the version that the question quotes, by default that of the post
        :raises UserError: if no call may be made now
        """
        self.check_access("write")
        company = self._blog_ai_paying_company()
        provider, model = self._blog_ai_writer(company)
        generation = self.sudo().blog_ai_generation_id
        if voice is None:
            voice = generation._voice_version()
        return self.env["blog.ai.ask"]._ask(
            question,
            kind=kind,
            provider_id=provider.id,
            company_id=company.id,
            blog_id=self.blog_id.id,
            post_id=self.id,
            generation_id=generation.id,
            voice_version_id=voice.id,
            model=model,
            worst=provider._worst_cost(model, octets),
        )

    def _blog_ai_paying_company(self):
        """Return the company that pays for calls about this post.

        :raises UserError: if this person works for another one now
        """
        company = self._blog_ai_company()
        if company not in self.env.companies:
            raise UserError(
                self.env._(
                    "The blog %(blog)s belongs to %(company)s. Switch to that company "
                    "to have its text written again.",
                    blog=self.blog_id.name,
                    company=company.name,
                )
            )
        return company

    def _blog_ai_company(self):
        post = self.sudo()
        company = post.blog_id.website_id.company_id
        return company or post.blog_ai_generation_id.company_id or post.env.company

    def _blog_ai_writer(self, company) -> tuple:
        """Return provider and model of the post, else the company's default provider.

        :raises UserError: when no provider can write
        """
        provider, model = self._blog_ai_chosen_writer(company)
        if not provider:
            raise UserError(render(self.env, Message("provider.none")))
        provider = provider.with_env(self.env).with_company(company)
        provider._check_serves(company)
        provider._check_can_write()
        return self._blog_ai_within_budget(company, provider, model)

    def _blog_ai_chosen_writer(self, company=None) -> tuple:
        generation = self.sudo().blog_ai_generation_id
        provider = generation.provider_id
        if provider.active and provider.is_ready:
            return provider, generation._requested_model()
        company = company or self._blog_ai_company()
        return company._blog_ai_default_provider(), ""

    def _blog_ai_within_budget(self, company, provider, model: str) -> tuple:
        """Return provider and model, or the free fallback if the budget is used up.

        :raises UserError: when it is used up and no free provider can write
        """
        budgets, blog = self.env["blog.ai.budget"], self.sudo().blog_id
        if obstacle := budgets._obstacle(company, blog, provider, model):
            raise UserError(render(self.env, obstacle))
        if budgets._without_room(company, blog, provider, model):
            return provider._free_of_charge(), ""
        return provider, model
