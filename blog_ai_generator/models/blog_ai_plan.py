# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..utils import open_form
from .blog_ai_slot_plan import UTC

KINDS = [
    ("topic", "Topic"),
    ("slot", "Daily slot"),
    ("missed", "Day without a post"),
    ("undated", "Draft without a date"),
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
            "blog_id",
            "company_id",
        ],
        "blog.ai.slot.day": ["shown_at", "state", "blog_id", "company_id"],
        "blog.post": [
            "name",
            "post_date",
            "published_date",
            "is_published",
            "active",
            "website_id",
        ],
    }

    name = fields.Char(readonly=True)
    date = fields.Datetime("When")
    written_at = fields.Datetime("Written", related="date")
    kind = fields.Selection(KINDS, readonly=True)
    blog_id = fields.Many2one("blog.blog", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    topic_id = fields.Many2one("blog.ai.topic", readonly=True)
    day_id = fields.Many2one("blog.ai.slot.day", readonly=True)
    next_topic_id = fields.Many2one(
        "blog.ai.topic",
        compute="_compute_next_topic_id",
        search="_search_next_topic_id",
    )
    slot_id = fields.Many2one("blog.ai.slot", "Daily Slot", readonly=True)
    post_id = fields.Many2one("blog.post", readonly=True)

    @property
    def _table_query(self) -> SQL:
        """Give each table a third of the ids, and topics noon of the reader's zone.

        A day that moves is then the same for the reader before and after.
        """
        title = self.env["blog.post"]._field_to_sql("post", "name")
        return SQL(
            """
            SELECT topic.id * 3 AS id, topic.name,
                   (topic.not_before + time '12:00') AT TIME ZONE %(zone)s
                       AT TIME ZONE 'UTC' AS date,
                   'topic' AS kind, topic.blog_id, topic.company_id,
                   topic.id AS topic_id, NULL::int AS day_id, NULL::int AS slot_id,
                   NULL::int AS post_id
              FROM blog_ai_topic topic
             WHERE topic.state = 'waiting' AND topic.active
               AND topic.not_before IS NOT NULL
             UNION ALL
            SELECT day.id * 3 + 1, NULL, day.shown_at,
                   CASE WHEN day.state = 'planned' THEN 'slot' ELSE 'missed' END,
                   day.blog_id, day.company_id, NULL, day.id, day.slot_id, NULL
              FROM blog_ai_slot_day day
             WHERE day.state IN ('planned', 'failed', 'cancelled', 'empty', 'missed',
                                 'unpaid')
             UNION ALL
            SELECT post.id * 3 + 2, %(title)s, post.post_date,
                   CASE WHEN NOT COALESCE(post.is_published, FALSE)
                        THEN CASE WHEN post.published_date IS NULL THEN 'undated'
                                  ELSE 'draft' END
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
            zone=str(self._zone()),
        )

    @api.model
    def _zone(self):
        # The web client sends it. Reading that of the user costs two statements.
        return self.env.tz if self.env.context.get("tz") else UTC

    @api.depends("kind", "day_id", "blog_id", "company_id")
    def _compute_next_topic_id(self):
        planned = self.filtered(lambda plan: plan.kind == "slot")
        days = self.env["blog.ai.slot.day"]
        chosen = days._topics_ahead(planned.blog_id, planned.company_id)
        for plan in self:
            plan.next_topic_id = chosen.get(plan.day_id)

    @api.model
    def _search_next_topic_id(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        planned = self.search([("kind", "=", "slot")])
        found = planned.filtered_domain([("next_topic_id", operator, value)])
        return Domain("id", "in", found.ids)

    @api.depends(
        "name", "kind", "slot_id.name", "day_id.display_name", "next_topic_id.name"
    )
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = plan.name
            if plan.kind == "slot":
                plan.display_name = plan._name_of_planned_day()
            elif plan.kind == "missed":
                plan.display_name = plan.day_id.display_name

    def _name_of_planned_day(self) -> str:
        topic = self.next_topic_id.name
        if not topic and self.day_id._is_missed():
            return self.slot_id.name
        # The topic comes first: a day of the calendar shows about twenty letters.
        topic = topic or self.env._("No topic left")
        return f"{topic} ({self.slot_id.name})"

    @api.model
    def idle_note(self) -> str:
        """Say which blogs have topics that wait and no slot to take them.

        Topics without a date are in the calendar only as those of a slot's days.
        """
        by_blog = ["blog_id", "company_id"]
        waiting = [("state", "=", "waiting"), ("blog_id.active", "=", True)]
        topics = self.env["blog.ai.topic"]._read_group(waiting, by_blog, ["__count"])
        slots = {*self.env["blog.ai.slot"]._read_group([], by_blog)} if topics else ()
        idle = [
            f"{blog.name} ({count})"
            for blog, company, count in topics
            if (blog, company) not in slots
        ]
        if not idle:
            return ""
        return self.env._(
            "No daily slot takes the topics of %(blogs)s: create one, or press "
            "“Write now” in Topics.",
            blogs=", ".join(idle),
        )

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
        # The topic of one day changes those of others.
        self.env.invalidate_all()
        return True

    def _move(self, at) -> None:
        if self.kind == "topic":
            local = at.replace(tzinfo=UTC).astimezone(self._zone())
            self.topic_id.not_before = local.date()
        elif obstacle := self._obstacle_to_move(at):
            raise UserError(obstacle)
        else:
            self.post_id.post_date = at

    def _obstacle_to_move(self, at) -> str:
        if self.kind in ("slot", "missed"):
            return self.env._(
                "The slot “%s” chooses its days itself. Change its weekdays, or give "
                "the topic a date.",
                self.slot_id.name,
            )
        if self.kind == "published":
            return self.env._(
                "Visitors already see “%s”. Change its date in the post itself.",
                self.name,
            )
        if self.kind == "approved" and at <= fields.Datetime.now():
            # The post would be announced by email, which can't be taken back.
            return self.env._(
                "That moment is past, so visitors would see “%s” at once. Choose a "
                "later day, or change its date in the post itself.",
                self.name,
            )
        return ""

    def action_open(self):
        self.ensure_one()
        record = self.post_id or self.day_id.slot_id or self.topic_id
        return open_form(record)
