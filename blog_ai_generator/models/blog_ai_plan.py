# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..utils import open_form

KINDS = [
    ("topic", "Topic"),
    ("slot", "Daily slot"),
    ("missed", "Day without a post"),
    ("draft", "Draft"),
    ("approved", "Approved for later"),
    ("published", "Published"),
]


class BlogAiPlan(models.Model):
    """The editorial calendar: topics with a date, days of slots, and all posts.

    Moving an entry to another day changes the date of what it stands for. It shows
    days and plans none: that is done in ``blog_ai_slot_plan.py``.
    """

    _name = "blog.ai.plan"
    _description = "Editorial Calendar"
    _auto = False
    _order = "date, id"
    # Flush first: a statement of ours reads these tables.
    _depends = {
        "blog.ai.topic": [
            "name",
            "not_before",
            "state",
            "active",
            "sequence",
            "blog_id",
            "company_id",
        ],
        "blog.ai.slot.day": [
            "planned_at",
            "shown_at",
            "state",
            "blog_id",
            "company_id",
        ],
        "blog.post": ["name", "post_date", "is_published", "active", "website_id"],
    }

    name = fields.Char(readonly=True)
    date = fields.Datetime("When")
    kind = fields.Selection(KINDS, readonly=True)
    blog_id = fields.Many2one("blog.blog", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    topic_id = fields.Many2one("blog.ai.topic", readonly=True)
    day_id = fields.Many2one("blog.ai.slot.day", readonly=True)
    slot_id = fields.Many2one("blog.ai.slot", "Daily Slot", readonly=True)
    post_id = fields.Many2one("blog.post", readonly=True)

    @property
    def _table_query(self) -> SQL:
        """Give each table a third of the ids.

        A day of a slot has the topic of its place in the queue. The slot
        may take another one in the end, as its tags count, too.
        """
        title = self.env["blog.post"]._field_to_sql("post", "name")
        return SQL(
            """
            SELECT topic.id * 3 AS id, topic.name,
                   topic.not_before + time '12:00' AS date, 'topic' AS kind,
                   topic.blog_id, topic.company_id, topic.id AS topic_id,
                   NULL::int AS day_id, NULL::int AS slot_id, NULL::int AS post_id
              FROM blog_ai_topic topic
             WHERE topic.state = 'waiting' AND topic.active
               AND topic.not_before IS NOT NULL
             UNION ALL
            SELECT day.id * 3 + 1, queue.name, day.planned_at, 'slot', day.blog_id,
                   day.company_id, queue.id, day.id, day.slot_id, NULL
              FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY blog_id, company_id
                                                 ORDER BY planned_at, id) AS place
                      FROM blog_ai_slot_day
                     WHERE state = 'planned') day
              LEFT JOIN (SELECT *, ROW_NUMBER() OVER (PARTITION BY blog_id, company_id
                                                      ORDER BY sequence, id) AS place
                           FROM blog_ai_topic
                          WHERE state = 'waiting' AND active
                            AND (not_before IS NULL OR not_before <= CURRENT_DATE)
                        ) queue
                ON queue.blog_id = day.blog_id AND queue.company_id = day.company_id
               AND queue.place = day.place
             UNION ALL
            SELECT day.id * 3 + 1, NULL, day.shown_at, 'missed', day.blog_id,
                   day.company_id, NULL, day.id, day.slot_id, NULL
              FROM blog_ai_slot_day day
             WHERE day.state IN ('failed', 'cancelled', 'empty', 'missed', 'unpaid')
             UNION ALL
            SELECT post.id * 3 + 2, %(title)s, post.post_date,
                   CASE WHEN NOT COALESCE(post.is_published, FALSE) THEN 'draft'
                        WHEN post.post_date > statement_timestamp() AT TIME ZONE 'UTC'
                        THEN 'approved'
                        ELSE 'published' END,
                   post.blog_id, COALESCE(generation.company_id, website.company_id),
                   NULL, NULL, NULL, post.id
              FROM blog_post post
              LEFT JOIN blog_ai_generation generation
                ON generation.id = post.blog_ai_generation_id
              LEFT JOIN website ON website.id = post.website_id
             WHERE post.active
            """,
            title=title,
        )

    @api.depends("name", "kind", "slot_id.name", "day_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # The topic comes first: a day of the calendar shows about twenty letters.
        for plan in self:
            plan.display_name = plan.name
            if plan.kind == "slot":
                topic = plan.name or self.env._("No topic left")
                plan.display_name = f"{topic} ({plan.slot_id.name})"
            elif plan.kind == "missed":
                plan.display_name = plan.day_id.display_name

    # A query has no rows to write.
    def write(self, vals):  # pylint: disable=method-required-super
        """Move entries to another day.

        :raises UserError: if an entry does not move, with what to change instead
        """
        if set(vals) != {"date"} or not vals["date"]:
            raise UserError(
                self.env._(
                    "The calendar only moves entries to another day. Open the entry to "
                    "change anything else."
                )
            )
        for plan in self:
            plan._move(fields.Datetime.to_datetime(vals["date"]))
        self.env.flush_all()
        self.invalidate_recordset()
        return True

    def _move(self, at) -> None:
        if self.kind == "topic":
            local = fields.Datetime.context_timestamp(self, at)
            self.topic_id.not_before = local.date()
        elif self.kind in ("slot", "missed"):
            raise UserError(
                self.env._(
                    "The slot “%s” chooses its days itself. Change its weekdays, or "
                    "give the topic a date.",
                    self.slot_id.name,
                )
            )
        elif self.kind == "published":
            raise UserError(
                self.env._(
                    "Visitors already see “%s”. Change its date in the post itself.",
                    self.name,
                )
            )
        else:
            self.post_id.post_date = at

    def action_open(self):
        self.ensure_one()
        record = self.post_id or self.day_id.slot_id or self.topic_id
        return open_form(record)
