# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import islice

from odoo import api, models
from odoo.fields import Domain

from .blog_ai_topic import LOOK_AHEAD


class BlogAiSlotDayTopic(models.Model):
    """The topics that planned days will take, if the queue stays as it is."""

    _inherit = "blog.ai.slot.day"  # pylint: disable=consider-merging-classes-inherited

    @api.depends("state", "generation_id.topic")
    @api.depends_context("lang")
    def _compute_topic_name(self):
        """Name the topic that was written, or that a planned day will take."""
        planned = self._origin.filtered(lambda day: day.state == "planned")
        # Read blog and company from the slots, not from each day.
        slots = planned.slot_id
        chosen = self._topics_ahead(slots.blog_id, slots.company_id)
        for day in self:
            day.topic_name = day.generation_id.topic
            if day.state == "planned" and not day._is_missed():
                topic = chosen.get(day._origin)
                day.topic_name = topic.name if topic else self.env._("No topic left")

    @api.model
    def _topics_ahead(self, blogs, companies) -> dict:
        """Return the topics of all planned days of these blogs, by day.

        :param companies: those of the slots
        """
        if not blogs:
            return {}
        days = self.search_fetch(
            [
                ("blog_id", "in", blogs.ids),
                ("company_id", "in", companies.ids),
                ("state", "=", "planned"),
            ],
            ["blog_id", "company_id", "day", "planned_at", "slot_id"],
            # The order in which `_cron_tick` runs them.
            order="planned_at, id",
        )
        return days.filtered(lambda d: not d._is_missed())._foresee()

    def _foresee(self) -> dict:
        """Return the topic that each of these days will take.

        Likeness to other titles is looked up for topics that are chosen, not for a
        queue as a whole: choose again without those that turn out to be held back.
        """
        queues = self._waiting_topics().grouped(_queue)
        held = self.env["blog.ai.topic"]
        while True:
            chosen = self._choose(queues, set(held.ids))
            topics = held.browse(topic.id for topic in chosen.values())
            held_too = topics.filtered(lambda t: t.similar_to or t._brief_obstacle())
            if not held_too:
                return chosen
            held += held_too

    def _waiting_topics(self):
        topics = self.env["blog.ai.topic"]
        return topics.search_fetch(
            Domain("id", "in", topics._first_ids(self.blog_id))
            & Domain("company_id", "in", self.company_id.ids),
            ["author_id", "blog_id", "company_id", "lang", "name", "not_before"]
            + ["sequence", "state"],
        )

    def _choose(self, queues: dict, held: set[int]) -> dict:
        """Let each day take its topic, as :meth:`BlogAiTopicQueue._take_next` does.

        :param held: ids of topics that no slot takes
        """
        left = {key: list(topics) for key, topics in queues.items()}
        chosen = {}
        for day in self:
            queue = left.get(_queue(day), [])
            seen = islice((t for t in queue if day._may_take(t)), LOOK_AHEAD)
            if topic := next((t for t in seen if t.id not in held), None):
                queue.remove(topic)
                chosen[day] = topic
        return chosen

    def _may_take(self, topic) -> bool:
        if topic.not_before and topic.not_before > self.day:
            return False
        tags = self.slot_id.tag_ids
        return not tags or bool(tags & topic.tag_ids)


def _queue(record) -> tuple:
    return record.blog_id, record.company_id
