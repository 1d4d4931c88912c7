# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ..messages import render
from ..utils import day_text, with_one_stop
from .blog_ai_topic import LOOK_AHEAD, MOST_OF_QUEUE

# The first topics of each queue, and how many there are for today and for later days.
QUEUES = """
    SELECT wanted.number, COALESCE(ready.ids, '{}'), later.first, ready.count,
           later.count
      FROM (VALUES %(wanted)s) AS wanted (number, blog, company, today, tags)
     CROSS JOIN LATERAL (
           SELECT (array_agg(id ORDER BY sequence, id))[:%(first)s] AS ids,
                  count(*) AS count
             FROM (SELECT id, sequence FROM blog_ai_topic topic
                    WHERE %(waits)s AND (not_before IS NULL OR not_before <= today)
                    ORDER BY sequence, id
                    LIMIT %(most)s) found) ready
     CROSS JOIN LATERAL (
           SELECT (array_agg(id ORDER BY not_before, sequence, id))[1] AS first,
                  count(*) AS count
             FROM (SELECT id, sequence, not_before FROM blog_ai_topic topic
                    WHERE %(waits)s AND not_before > today
                    ORDER BY not_before, sequence, id
                    LIMIT %(most)s) found) later
"""
WAITS = SQL("""
    blog_id = wanted.blog AND company_id = wanted.company AND state = 'waiting'
    AND active AND (wanted.tags = '{}' OR EXISTS (
        SELECT FROM blog_ai_topic_blog_tag_rel rel
         WHERE rel.blog_ai_topic_id = topic.id AND rel.blog_tag_id = ANY(wanted.tags)))
""")


class Queue(NamedTuple):
    """The topics that a slot may take: those of its blog, company and tags.

    :param tags: ids; empty for topics with any tags and with none
    """

    blog_id: int | None
    company_id: int | None
    today: date
    tags: tuple[int, ...]


class Waiting(NamedTuple):
    """The topics that wait for a slot: for today, for a later day, for a person.

    :param ready: how many the slot can write today
    :param later: how many wait for a later day
    :param following: the first one of these
    :param held: those of the first ones that wait for a person
    :param is_cut: whether there are more than ``MOST_OF_QUEUE``
    """

    ready: int
    later: int
    following: models.BaseModel
    held: models.BaseModel
    is_cut: bool


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
        for slot, waiting in zip(self, self._waiting(), strict=True):
            slot.waiting_count = waiting.ready
            slot.waiting_note = slot._note_on(waiting)

    def _waiting(self) -> list[Waiting]:
        """Return what waits for each slot, by a few queries for any number of them."""
        queues = [slot._queue() for slot in self]
        found = self._read_queues({*queues})
        return [found[queue] for queue in queues]

    def _queue(self) -> Queue:
        return Queue(
            self.blog_id._origin.id or None,
            self.company_id._origin.id or None,
            self._local_now().date(),
            tuple(sorted(self.tag_ids._origin.ids)),
        )

    @api.model
    def _read_queues(self, queues: Collection[Queue]) -> dict[Queue, Waiting]:
        if not queues:
            return {}
        topics = self.env["blog.ai.topic"]
        topics.flush_model()
        numbered = [*queues]
        rows = self.env.execute_query(
            SQL(
                QUEUES,
                wanted=SQL(", ").join(map(_as_row, range(len(numbered)), numbered)),
                waits=WAITS,
                first=LOOK_AHEAD,
                most=MOST_OF_QUEUE + 1,
            )
        )
        shown = [id_ for _number, first, following, *_ in rows for id_ in first]
        shown += [following for _number, _first, following, *_ in rows if following]
        return {
            numbered[number]: self._sort_out(
                topics.browse(first).with_prefetch(shown),
                topics.browse(following).with_prefetch(shown),
                *counts,
            )
            for number, first, following, *counts in rows
        }

    @api.model
    def _sort_out(self, first, following, ready: int, later: int) -> Waiting:
        # A run looks at these only: if all of them are held back, nothing is ready.
        held = first.filtered(lambda t: t.similar_to or t._brief_obstacle())
        count = min(ready, MOST_OF_QUEUE) - len(held) if first - held else 0
        is_cut = max(ready, later) > MOST_OF_QUEUE
        return Waiting(count, min(later, MOST_OF_QUEUE), following, held, is_cut)

    def _note_on(self, waiting: Waiting) -> str:
        if not waiting.ready:
            return self._why_nothing(waiting)
        left = []
        if later := waiting.later:
            left.append(self.env._("%(count)s waiting for a later day", count=later))
        if held := len(waiting.held):
            left.append(self.env._("%(count)s held back", count=held))
        if waiting.is_cut:
            most = MOST_OF_QUEUE
            left.append(self.env._("those after the first %(most)s", most=most))
        if not left:
            return ""
        return self.env._("Not counted: %(reasons)s.", reasons=", ".join(left))

    def _why_nothing(self, waiting: Waiting) -> str:
        missing = self.env._("No topic is waiting that this slot may write today.")
        return " ".join([missing, self._advice(), *self._reasons(waiting)])

    def _reasons(self, waiting: Waiting) -> list[str]:
        """Name one topic that is held back and the next one that waits for its day."""
        reasons = [self._why_held(topic) for topic in waiting.held[:1]]
        for topic in waiting.following:
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


def _as_row(number: int, queue: Queue) -> SQL:
    blog, company, today, tags = queue
    return SQL(
        "(%s, %s::int, %s::int, %s::date, %s::int[])",
        number,
        blog,
        company,
        today,
        [*tags],
    )
