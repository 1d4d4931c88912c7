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
        pairs = [(queue, queue._slots_of_queue()) for queue in queues.values()]
        notes = [queue._accepted_note(slots) for queue, slots in pairs]
        if idle := [queue for queue, slots in pairs if not slots]:
            notes.append(self._no_slot_note(idle, is_only=len(queues) == 1))
        return notification(" ".join(notes))

    def _accepted_note(self, slots) -> str:
        """Return where these topics of one queue are by now, and what comes next."""
        blog = self.blog_id
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
        return f"{note} {following}".strip()

    def _slots_of_queue(self):
        owner = [("blog_id", "=", self.blog_id.id)]
        owner.append(("company_id", "=", self.company_id.id))
        return self.env["blog.ai.slot"].search(owner)

    @api.model
    def _no_slot_note(self, queues: list, is_only: bool) -> str:
        """Return one sentence about all queues that no slot takes topics from.

        :param is_only: whether the note before it is about no other queue
        """
        if is_only:
            return self.env._(
                "The blog has no daily slot yet: create one, or press “Write now” in "
                "Topics."
            )
        return self.env._(
            "No daily slot yet for %(blogs)s: create one for each blog, or press "
            "“Write now” in Topics.",
            blogs=", ".join(dict.fromkeys(queue.blog_id.name for queue in queues)),
        )

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
