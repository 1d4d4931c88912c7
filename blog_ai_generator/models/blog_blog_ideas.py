# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from .. import llm

# Lines of each kind that a provider is told.
POSTS, TOPICS, REJECTED, DROPPED = 30, 60, 10, 20


class BlogBlogIdeas(models.Model):
    """Tell a provider that is asked for ideas about a blog."""

    _inherit = "blog.blog"  # pylint: disable=consider-merging-classes-inherited

    blog_ai_runway_note = fields.Text(
        compute="_compute_blog_ai_runway_note",
        groups="website.group_website_designer",
    )

    def _compute_blog_ai_runway_note(self):
        slots = self.env["blog.ai.slot"].search([("blog_id", "in", self.ids)])
        by_blog = slots.grouped("blog_id")
        for blog in self:
            mine = by_blog.get(blog._origin, slots.browse())
            blog.blog_ai_runway_note = blog._blog_ai_runway(mine)

    @api.model
    def _blog_ai_runway(self, slots) -> str:
        """Return a line for each queue, with its slots if there is more than one."""
        # Slots without tags share all topics.
        queues = slots.grouped(lambda slot: slot if slot.tag_ids else slot.company_id)
        firsts = slots.browse([group[0].id for group in queues.values()])
        if len(queues) <= 1:
            return firsts.runway_note
        lines = []
        for group, first in zip(queues.values(), firsts, strict=True):
            names = ", ".join(group.mapped("name"))
            lines.append(f"{names}: {first.runway_note or first.waiting_note}")
        return "\n".join(lines)

    def action_blog_ai_ask_ideas(self):
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "blog_ai_generator.action_ask_ideas"
            ),
            "context": {"default_blog_id": self.id},
        }

    def _blog_ai_ideas_request(
        self, company, count: int, direction: str, searches: list[str]
    ) -> llm.IdeasRequest:
        """Return what a provider is asked, as far as this company may know it."""
        lang = self._blog_ai_lang()
        own = Domain("blog_id", "=", self.id) & Domain("company_id", "=", company.id)
        return llm.IdeasRequest(
            direction or "",
            count,
            language=lang,
            blog_name=self.with_context(lang=lang).name or "",
            posts=tuple(self._blog_ai_last_titles(company, lang)),
            waiting=tuple(self._blog_ai_topics_at_hand(own)),
            rejected=tuple(self._blog_ai_not_wanted(own)),
            searches=tuple(searches),
        )

    def _blog_ai_last_titles(self, company, lang: str) -> list[str]:
        """Return the titles of the last posts with their tags."""
        # Drafts of a blog that companies share are known to their own company alone.
        known = Domain("is_published", "=", True) | Domain(
            "blog_ai_generation_id.company_id", "=", company.id
        )
        posts = self.env["blog.post"].sudo().with_context(lang=lang)
        mine = Domain("blog_id", "=", self.id)
        return [
            f"{post.name} ({', '.join(post.tag_ids.mapped('name'))})"
            if post.tag_ids
            else post.name
            for post in posts.search(mine & known, order="id desc", limit=POSTS)
        ]

    def _blog_ai_topics_at_hand(self, own: Domain) -> list[str]:
        at_hand = Domain("state", "in", ("idea", "waiting", "writing"))
        topics = self.env["blog.ai.topic"].search(
            own & at_hand, order="id desc", limit=TOPICS
        )
        return topics.mapped("name")

    def _blog_ai_not_wanted(self, own: Domain) -> list[str]:
        """Return why drafts were rejected, and topics that were dropped."""
        # The reason why a translation was rejected says nothing about its topic.
        drafts = Domain("kind", "=", "article") & Domain(
            "review_state", "=", "rejected"
        )
        rejected = self.env["blog.ai.generation"].search(own & drafts, limit=REJECTED)
        dropped = self.env["blog.ai.topic"].search(
            own & Domain("state", "=", "dropped"), order="id desc", limit=DROPPED
        )
        reasons = [f"{draft.topic}: {draft.reject_reason}" for draft in rejected]
        return reasons + dropped.mapped("name")
