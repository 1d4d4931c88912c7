# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

from .blog_ai_topic import LOOK_AHEAD

# Titles that are compared with the blog's at once: nearly always, the first topic can
# be taken.
AT_ONCE = 4


class BlogAiTopicQueue(models.Model):
    """The order in which slots take topics from the queue."""

    _inherit = "blog.ai.topic"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _take_next(self, slot, day, taken):
        """Lock and return the first topic that a slot may write on a day.

        Two slots that run at once never get the same topic: a row that the other one
        has locked is skipped.

        :param slot: the ``blog.ai.slot``
        :param date day: the slot's local day
        :param taken: topics that this transaction has taken for other slots
        :return: a ``blog.ai.topic``; empty if the queue has nothing for the slot
        """
        topics = self._first_waiting(slot, day, taken)
        # Lock only the topic that is taken: to another slot, a queue that is locked as
        # a whole would look empty.
        for at, topic in enumerate(topics):
            first = at - at % AT_ONCE
            topic = topic.with_prefetch(topics[first : first + AT_ONCE].ids)
            if topic.similar_to or topic._brief_obstacle():
                continue
            if topic.try_lock_for_update():
                return topic
        return self.browse()

    @api.model
    def _first_waiting(self, slot, day, taken):
        self.flush_model()
        tags = slot.tag_ids.ids
        tagged = SQL(
            "EXISTS (SELECT FROM blog_ai_topic_blog_tag_rel rel "
            "WHERE rel.blog_ai_topic_id = topic.id AND rel.blog_tag_id = ANY(%s))",
            tags,
        )
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM blog_ai_topic topic
                 WHERE blog_id = %(blog)s AND company_id = %(company)s
                   AND state = 'waiting' AND active
                   AND (not_before IS NULL OR not_before <= %(day)s)
                   AND %(tagged)s AND NOT id = ANY(%(taken)s)
                 ORDER BY sequence, id
                 LIMIT %(most)s
                """,
                blog=slot.blog_id.id,
                company=slot.company_id.id,
                day=day,
                tagged=tagged if tags else SQL("TRUE"),
                taken=taken.ids,
                most=LOOK_AHEAD,
            )
        )
        return self.browse(row[0] for row in self.env.cr.fetchall())
