# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from .. import llm
from ..similar import find_similar
from ..utils import notification

# Titles that a new idea is compared with beside those of the blog.
COMPARED = 500


class BlogAiTopicIdea(models.Model):
    """Ideas: topics that a provider proposed, which no slot takes.

    A person puts those that are worth it into the queue.
    """

    _inherit = "blog.ai.topic"  # pylint: disable=consider-merging-classes-inherited

    def action_accept(self):
        """Put ideas into the queue, where slots take them."""
        accepted = self.filtered(lambda topic: topic.state == "idea")
        self._set_state_by_hand("waiting", "idea")
        if not accepted:
            gone = self.env._("Somebody has added or dropped these ideas meanwhile.")
            return notification(gone, "warning")
        queues = accepted.grouped(lambda topic: (topic.blog_id, topic.company_id))
        return notification(" ".join(it._accepted_note() for it in queues.values()))

    def _accepted_note(self) -> str:
        """Return where these topics of one queue are by now, and what comes next."""
        blog = self.blog_id
        owner = [("blog_id", "=", blog.id), ("company_id", "=", self.company_id.id)]
        slots = self.env["blog.ai.slot"].search(owner)
        if len(self) == 1:
            note = self.env._(
                "“%(topic)s” is in the queue of %(blog)s.",
                topic=self.name,
                blog=blog.name,
            )
        else:
            note = self.env._(
                "%(count)s topics are in the queue of %(blog)s.",
                count=len(self),
                blog=blog.name,
            )
        # One slot may leave topics with other tags to the next one.
        notes = [*slots.mapped("runway_note"), *slots.mapped("waiting_note")]
        following = next(filter(None, notes), "")
        if not slots:
            following = self.env._(
                "The blog has no daily slot yet: create one, or press “Write now” in "
                "Topics."
            )
        return f"{note} {following}".strip()

    @api.model
    def _keep_ideas(self, blog, company, ideas: tuple[llm.Idea, ...]):
        """Store the ideas that resemble no post, no topic and no other idea."""
        like = blog._blog_ai_titles_like([idea.title for idea in ideas])
        known = [(0, title) for title in self._ideas_before(blog, company)]
        kept = []
        for idea in ideas:
            similar = blog._blog_ai_find_similar(
                idea.title, company, written=like[idea.title]
            )
            if not similar and find_similar(idea.title, known) is None:
                known.append((0, idea.title))
                kept.append(idea)
        first = self._next_sequence()
        return self.create(
            [
                {
                    "name": idea.title,
                    "notes": idea.angle,
                    "blog_id": blog.id,
                    "company_id": company.id,
                    "sequence": first + place,
                    "state": "idea",
                }
                for place, idea in enumerate(kept)
            ]
        )

    @api.model
    def _ideas_before(self, blog, company) -> list[str]:
        """Return the titles of ideas, and of topics that nobody wanted."""
        before = self.search_fetch(
            [
                ("blog_id", "=", blog.id),
                ("company_id", "=", company.id),
                ("state", "in", ("idea", "dropped")),
            ],
            ["name"],
            order="id desc",
            limit=COMPARED,
        )
        return before.mapped("name")
