# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from odoo import api, fields, models

from ..messages import render
from ..utils import day_text, with_one_stop
from .blog_ai_topic import LOOK_AHEAD


class Waiting(NamedTuple):
    """The topics that wait for a slot: for today, for a later day, for a person."""

    ready: models.BaseModel
    later: models.BaseModel
    held: models.BaseModel


class BlogAiSlotQueue(models.Model):
    """The topics that a slot can write, and the reason why it takes none."""

    _inherit = "blog.ai.slot"  # pylint: disable=consider-merging-classes-inherited

    waiting_count = fields.Integer(
        "Topics Waiting",
        compute="_compute_waiting",
        help="Topics that the slot can write today.",
    )
    waiting_note = fields.Char(compute="_compute_waiting")

    @api.depends("blog_id", "tag_ids", "tz")
    def _compute_waiting(self):
        # The same few queries for any number of slots of one blog.
        topics = self.env["blog.ai.topic"].search_fetch(
            [("blog_id", "in", self.blog_id.ids), ("state", "=", "waiting")],
            [
                "author_id",
                "blog_id",
                "company_id",
                "lang",
                "name",
                "not_before",
                "sequence",
                "state",
            ],
        )
        by_blog = topics.grouped("blog_id")
        for slot in self:
            waiting = slot._sort_out(by_blog.get(slot.blog_id._origin, topics.browse()))
            slot.waiting_count = len(waiting.ready)
            slot.waiting_note = slot._note_on(waiting)

    def _sort_out(self, topics) -> Waiting:
        """Divide the waiting topics into those for today, for later and held back.

        :param topics: the topics that wait in the slot's blog, in their order
        """
        topics = topics.filtered(lambda t: t.company_id == self.company_id)
        tags = set(self.tag_ids._origin.ids)
        if tags:
            topics = topics.filtered(lambda t: not tags.isdisjoint(t.tag_ids.ids))
        today = self._local_now().date()
        later = topics.filtered(lambda t: t.not_before and t.not_before > today)
        ready = topics - later
        # A run looks at the first `LOOK_AHEAD` only: if all of them are held back,
        # nothing is ready.
        first = ready[:LOOK_AHEAD]
        held = first.filtered(lambda t: t.similar_to or t._brief_obstacle())
        return Waiting(ready - (held if first - held else ready), later, held)

    def _note_on(self, waiting: Waiting) -> str:
        if not waiting.ready:
            return self._why_nothing(waiting)
        left = []
        if later := len(waiting.later):
            left.append(self.env._("%(count)s waiting for a later day", count=later))
        if held := len(waiting.held):
            left.append(self.env._("%(count)s held back", count=held))
        if not left:
            return ""
        return self.env._("Not counted: %(reasons)s.", reasons=", ".join(left))

    def _why_nothing(self, waiting: Waiting) -> str:
        missing = self.env._("No topic is waiting that this slot may write today.")
        return " ".join([missing, self._advice(), *self._reasons(waiting)])

    def _reasons(self, waiting: Waiting) -> list[str]:
        """Name one topic that is held back and the next one that waits for its day."""
        reasons = [self._why_held(topic) for topic in waiting.held[:1]]
        for topic in waiting.later.sorted("not_before")[:1]:
            day = day_text(self.env, topic.not_before)
            reason = self.env._(
                "“%(topic)s” waits for %(date)s.", topic=topic.name, date=day
            )
            reasons.append(with_one_stop(reason, day))
        return reasons

    def _why_held(self, topic) -> str:
        if topic.similar_to:
            return self.env._(
                "“%(topic)s” is held back because it resembles %(similar)s.",
                topic=topic.name,
                similar=topic.similar_to,
            )
        return self.env._(
            "“%(topic)s” is held back: %(reason)s",
            topic=topic.name,
            reason=render(self.env, topic._brief_obstacle()),
        )

    def _advice(self) -> str:
        if self.tag_ids:
            return self.env._(
                "Add one to the queue of %(blog)s with one of the slot's tags: "
                "%(tags)s.",
                blog=self.blog_id.name,
                tags=", ".join(self.tag_ids.mapped("name")),
            )
        return self.env._("Add one to the queue of %(blog)s.", blog=self.blog_id.name)

    def _topic_domain(self) -> list:
        domain = [
            ("blog_id", "=", self.blog_id.id),
            ("company_id", "=", self.company_id.id),
            ("state", "=", "waiting"),
        ]
        if self.tag_ids:
            domain.append(("tag_ids", "in", self.tag_ids.ids))
        return domain

    def action_open_topics(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "blog_ai_generator.action_topic"
        )
        action["domain"] = self._topic_domain()
        action["context"] = {"default_blog_id": self.blog_id.id}
        return action
