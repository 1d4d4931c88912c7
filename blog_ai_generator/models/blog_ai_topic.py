# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..fields import PlainChar
from ..messages import render

TOPIC_STATES = [
    ("idea", "Idea"),
    ("waiting", "Waiting"),
    ("writing", "Writing"),
    ("written", "Written"),
    ("failed", "Failed"),
    ("dropped", "Dropped"),
]
# State of the topic by the state of the generation that was made for it.
STATE_BY_GENERATION = {
    "queued": "writing",
    "writing": "writing",
    "done": "written",
    "failed": "failed",
    "cancelled": "waiting",
}
# A run looks at so many waiting topics. If all of them are held back, somebody has to
# tidy up the queue.
LOOK_AHEAD = 50
# Topics of each queue that are counted for a slot, and that the filter “Held back” and
# the calendar compare: the first ones. A longer queue costs no more.
MOST_OF_QUEUE = 1000


class BlogAiTopic(models.Model):
    """Something to write about, in a blog's queue: waiting → writing → written.

    It may begin as an idea, which is in no queue. The queue has the order of the list,
    which people change by dragging.
    """

    _name = "blog.ai.topic"
    _description = "Topic"
    _inherit = ["blog.ai.title.mixin", "blog.ai.brief.mixin"]
    _order = "sequence, id"

    name = PlainChar("Title", required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=lambda self: self._next_sequence(), index=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True
    )
    lang = fields.Selection(
        help="Leave empty to use the language of the slot that writes it."
    )
    author_id = fields.Many2one(
        help="Leave empty to use the author of the slot that writes it, or the person "
        "who presses “Write now”."
    )
    not_before = fields.Date(help="No slot writes it before this day.")
    state = fields.Selection(
        TOPIC_STATES, required=True, default="waiting", readonly=True, copy=False
    )
    generation_ids = fields.One2many("blog.ai.generation", "topic_id", "Generations")
    post_id = fields.Many2one("blog.post", compute="_compute_post_id")
    obstacle = fields.Char(compute="_compute_obstacle")
    status = fields.Selection(
        [*TOPIC_STATES, ("held", "Held back")], compute="_compute_status"
    )

    _queue = models.Index("(blog_id, sequence, id) WHERE state = 'waiting' AND active")
    _dated = models.Index(
        "(blog_id, not_before, sequence, id) "
        "WHERE state = 'waiting' AND active AND not_before IS NOT NULL"
    )

    @api.depends("generation_ids.post_ids")
    def _compute_post_id(self):
        for topic in self:
            topic.post_id = topic.generation_ids.post_ids[:1]

    @api.depends("state", "blog_id", "company_id", "lang", "author_id")
    @api.depends_context("lang", "uid")
    def _compute_obstacle(self):
        """Say why a waiting topic can't be written, for as long as that lasts."""
        for topic in self:
            is_waiting = topic.state == "waiting" and topic.blog_id
            obstacle = is_waiting and topic._brief_obstacle()
            topic.obstacle = obstacle and render(self.env, obstacle)

    @api.depends("state", "similar_to", "obstacle")
    def _compute_status(self):
        """Show “Held back” for waiting topics that no slot takes."""
        for topic in self:
            is_held = topic.similar_to or topic.obstacle
            topic.status = "held" if is_held else topic.state

    @api.constrains("blog_id")
    def _check_blog_company(self):
        self.blog_id._blog_ai_check_company()

    @api.constrains("name")
    def _check_topic(self):
        for topic in self:
            self._check_topic_text(topic.name)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [
                {
                    "state": "waiting",
                    **self._without_state(vals),
                    "name": vals.get("name") or "",
                }
                for vals in vals_list
            ]
        )

    def write(self, vals):
        return super().write(self._without_state(vals))

    def _without_state(self, vals: dict) -> dict:
        """Return the values without a state that changes nothing.

        A file that is imported may have such a column, empty or not.

        :raises AccessError: if a person changes the state otherwise than by a button
        """
        state = vals.get("state")
        if state and self.env.su:
            return vals
        if state and {state} != set(self.mapped("state") or ["waiting"]):
            raise AccessError(
                self.env._(
                    "The state of a topic follows what is done with it. Use “Write "
                    "now”, “Drop” or “Back to the queue” instead of changing it."
                )
            )
        return {name: value for name, value in vals.items() if name != "state"}

    def _set_state_by_hand(self, state: str, *states: str) -> None:
        self.check_access("write")
        self.sudo().filtered(lambda t: t.state in states).state = state

    @api.ondelete(at_uninstall=False)
    def _unlink_except_writing(self):
        if "writing" in self.mapped("state"):
            raise UserError(
                self.env._("Cancel the generation of a topic before you delete it.")
            )

    def _set_state_from_generation(self, state: str) -> None:
        self._set_state(STATE_BY_GENERATION[state])

    def _set_state_from_rejection(self, requeue: bool) -> None:
        written = self.filtered(lambda t: t.state == "written")
        written._set_state("waiting" if requeue else "dropped")

    def _set_state(self, state: str) -> None:
        """Set the state, unless the topic was dropped.

        When a generation ends without a post, the topic's other generations decide: one
        still running → writing, one with an active post → written. The row is always
        updated, so that two generations that end at once conflict and the later one
        sees the other's result.
        """
        if not self:
            return
        self.flush_model(["state"])
        leaves_post = state in ("writing", "written")
        new = SQL("%s", state) if leaves_post else self._state_by_others(state)
        self.env.cr.execute(
            SQL(
                "UPDATE blog_ai_topic topic SET state = %s, write_date = %s "
                "WHERE id = ANY(%s) AND state != 'dropped'",
                new,
                self.env.cr.now(),
                self.ids,
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(["state", "similar_to"])

    def _state_by_others(self, state: str) -> SQL:
        self.env["blog.ai.generation"].flush_model(["state", "topic_id"])
        self.env["blog.post"].flush_model(["active", "blog_ai_generation_id"])
        return SQL(
            """
            (SELECT CASE WHEN bool_or(generation.state IN ('queued', 'writing'))
                         THEN 'writing'
                         WHEN bool_or(post.active) THEN 'written'
                         ELSE %s END
               FROM blog_ai_generation generation
               LEFT JOIN blog_post post
                 ON post.blog_ai_generation_id = generation.id
              WHERE generation.topic_id = topic.id)
            """,
            state,
        )

    def _being_written(self) -> str:
        """Return why this topic can't be written now; empty if it can."""
        if self.state != "writing":
            return ""
        return self.env._(
            "“%(topic)s” is being written already: open its generation instead. Write "
            "it a second time once that has ended.",
            topic=self.name,
        )

    def action_drop(self):
        self._set_state_by_hand("dropped", "idea", "waiting", "failed")

    def action_requeue(self):
        self._set_state_by_hand("waiting", "dropped", "failed")

    def action_move_first(self):
        ((first,),) = self.sudo()._read_group([], [], ["sequence:min"])
        for sequence, topic in enumerate(self.sorted(), (first or 0) - len(self)):
            topic.sequence = sequence

    def _brief_values(self) -> dict:
        """Leave out what is empty: the slot or the person who writes it decides."""
        values = super()._brief_values()
        return {name: value for name, value in values.items() if self[name]}

    def action_write(self):
        self._check_brief()
        return self._prepare_open_wizard(topic=self.name, topic_id=self.id)

    def action_open_post(self):
        self.ensure_one()
        self.post_id.sudo().blog_ai_generation_id._look_at()
        return self.post_id.open_website_url()

    @api.model
    def _next_sequence(self) -> int:
        ((last,),) = self.sudo()._read_group([], [], ["sequence:max"])
        return (last or 0) + 1
