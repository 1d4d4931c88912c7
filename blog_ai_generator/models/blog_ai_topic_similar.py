# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .blog_ai_topic import MOST_OF_QUEUE


class BlogAiTopicSimilar(models.Model):
    """Likeness of a waiting topic to another title; slots skip it meanwhile."""

    _inherit = "blog.ai.topic"  # pylint: disable=consider-merging-classes-inherited

    similar_to = fields.Char(
        "Resembles",
        compute="_compute_similar_to",
        search="_search_similar_to",
        help="Slots skip a topic that resembles another topic or a post.",
    )
    _similar = models.Index(
        "USING gin (title_keys) WITH (fastupdate = off) "
        "WHERE state = 'waiting' AND active"
    )

    @api.depends("name", "blog_id", "company_id", "state")
    def _compute_similar_to(self):
        self.similar_to = False
        waiting = self.filtered(lambda t: t.state == "waiting" and t.name)
        for blog, topics in waiting.grouped("blog_id").items():
            like = blog and blog._blog_ai_titles_like(topics.mapped("name"))
            for topic in topics.filtered("blog_id"):
                topic.similar_to = blog._blog_ai_find_similar(
                    topic.name,
                    topic.company_id,
                    topic=topic._origin or topic,
                    written=like[topic.name],
                )

    @api.model
    def _search_similar_to(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        first = self._first_of_queues()
        similar = first.filtered_domain([("similar_to", operator, value)])
        # All others have no value: those that do not wait, and those further behind.
        if operator == "in" and False in value:
            return Domain("id", "not in", (first - similar).ids)
        return Domain("id", "in", similar.ids)

    @api.model
    def _first_of_queues(self):
        rows = self.env.execute_query(self._first_ids())
        return self.search([("id", "in", [id_ for (id_,) in rows])])

    @api.model
    def _first_ids(self, blogs=None) -> SQL:
        self.flush_model(["active", "blog_id", "sequence", "state"])
        # PostgreSQL expects few rows of an array: it looks each one up by its id, where
        # it would read all topics for a join.
        return SQL(
            """(
            SELECT unnest(ARRAY(
            SELECT topic.id
              FROM blog_blog blog
             CROSS JOIN LATERAL (
                   SELECT id FROM blog_ai_topic
                    WHERE blog_id = blog.id AND state = 'waiting' AND active
                    ORDER BY sequence, id
                    LIMIT %s) topic
             WHERE %s)))""",
            MOST_OF_QUEUE,
            SQL("TRUE") if blogs is None else SQL("blog.id = ANY(%s)", blogs.ids),
        )
