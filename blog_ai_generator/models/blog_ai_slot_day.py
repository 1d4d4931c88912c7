# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning

from ..messages import as_json, render
from ..utils import open_form, selection_labels

DAY_STATES = [
    ("planned", "Planned"),
    ("writing", "Writing"),
    ("written", "Written"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
    ("empty", "No topic"),
    ("missed", "Missed"),
    ("unpaid", "Budget used up"),
]
# A slot whose local day is over may still run for so long after its time. It is under a
# day, so that it is never in the way of the next one.
CATCH_UP = timedelta(hours=6)
# State of the slot's day by the state of its generation.
STATE_BY_GENERATION = {
    "queued": "writing",
    "writing": "writing",
    "done": "written",
    "failed": "failed",
    "cancelled": "cancelled",
}


class BlogAiSlotDay(models.Model):
    """One day of one slot: planned, then written, failed, empty or missed.

    The unique index on slot and day keeps a slot from writing twice a day, however many
    servers, clicks and restarts there are.
    """

    _name = "blog.ai.slot.day"
    _description = "Slot Day"
    _order = "planned_at desc, id desc"

    slot_id = fields.Many2one(
        "blog.ai.slot",
        "Daily Slot",
        required=True,
        ondelete="cascade",
        readonly=True,
        index=True,
    )
    blog_id = fields.Many2one(related="slot_id.blog_id", store=True, index=True)
    company_id = fields.Many2one(related="slot_id.company_id", store=True, index=True)
    day = fields.Date("Local Day", required=True, readonly=True)
    planned_at = fields.Datetime(required=True, readonly=True)
    shown_at = fields.Datetime(
        "When",
        compute="_compute_shown_at",
        store=True,
        precompute=True,
        readonly=True,
        help="When the post was written or failed; before that, when it is planned.",
    )
    state = fields.Selection(
        DAY_STATES, required=True, default="planned", readonly=True
    )
    generation_id = fields.Many2one(
        "blog.ai.generation", ondelete="set null", readonly=True, index="btree_not_null"
    )
    topic_name = fields.Char("Topic", compute="_compute_topic_name")
    # The ``error_message`` of the generation, or our own.
    error_message = fields.Json(readonly=True)
    error = fields.Text("What Went Wrong", compute="_compute_error")

    _once_a_day = models.UniqueIndex(
        "(slot_id, day)",
        "This slot was planned or run at the same moment. Press “Run now” again to see "
        "the state of its day.",
    )
    _due = models.Index("(planned_at) WHERE state = 'planned'")
    _ahead = models.Index("(slot_id, planned_at) WHERE state = 'planned'")

    @api.depends("planned_at")
    def _compute_shown_at(self):
        for day in self:
            day.shown_at = day.planned_at

    @api.depends("slot_id", "state", "generation_id.topic")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # The important part comes first: a calendar shows about twenty letters.
        states = selection_labels(self, "state")
        for day in self:
            what = day.generation_id.topic or day.slot_id.name
            is_as_hoped = day.state in ("planned", "written")
            day.display_name = (
                what
                if is_as_hoped
                else self.env._(
                    "%(state)s: %(topic)s", state=states[day.state], topic=what
                )
            )

    @api.depends("error_message", "generation_id.error")
    @api.depends_context("lang", "uid")
    def _compute_error(self):
        for day in self:
            message = day.error_message
            day.error = (
                render(self.env, message) if message else day.generation_id.error
            )

    def _set_state_from_generation(self, state: str) -> None:
        self.write(
            {"state": STATE_BY_GENERATION[state], "shown_at": fields.Datetime.now()}
        )
        if state == "failed":
            self.slot_id._alert_failing()
        elif state == "done":
            self.slot_id._set_alerts_done()

    def _run_locked(self) -> None:
        """Run the days that no other transaction runs, in the order of ``self``."""
        days = self.try_lock_for_update(allow_referencing=True)
        days.invalidate_recordset()
        days.filtered(lambda d: d.state == "planned" and d.slot_id.active)._run()

    def _wait_for_lock(self) -> None:
        """Lock the day, waiting for a server that runs it.

        The commit of that server is a serialization failure here: Odoo repeats the
        request, which then finds the result.
        """
        self.env.cr.execute(
            "SELECT FROM blog_ai_slot_day WHERE id = %s FOR NO KEY UPDATE",
            [self.id],
            log_exceptions=False,
        )

    def _run(self, late: bool = False) -> None:
        """Take the next topic of each slot and ask for their posts, all at once.

        :param late: run although the local day is over
        """
        topics = self.env["blog.ai.topic"]
        taken, running = topics.browse(), self.browse()
        for day in self:
            if not day._end_if_obstructed(late):
                topic = topics._take_next(day.slot_id, day.day, taken)
                if topic:
                    taken, running = taken + topic, running + day
                else:
                    day.state = "empty"
        running._set_state_writing(taken)

    def _end_if_obstructed(self, late: bool) -> bool:
        # The state of the day says why.
        slot = self.slot_id
        if not late and self._is_missed():
            self.state = "missed"
        elif obstacle := slot._obstacle():
            # Take no topic from the queue for a run that is bound to fail.
            self.error_message = as_json(obstacle)
            self._set_state_from_generation("failed")
        elif unpaid := slot._budget_obstacle():
            # Leave the topic: its generation would only wait for the budget.
            self.write(
                {
                    "state": "unpaid",
                    "error_message": as_json(unpaid),
                    "shown_at": fields.Datetime.now(),
                }
            )
        else:
            return False
        return True

    def _is_missed(self) -> bool:
        # A slot of 23:59 may start late: the end of the local day alone would miss it.
        is_over = self.slot_id._local_now().date() > self.day
        return is_over and fields.Datetime.now() - self.planned_at > CATCH_UP

    def _set_state_writing(self, topics) -> None:
        if not self:
            return
        pairs = zip(self, topics, strict=True)
        generations = self.env["blog.ai.generation"].create(
            [day._prepare_generation(topic) for day, topic in pairs]
        )
        now = fields.Datetime.now()
        for day, generation in zip(self, generations, strict=True):
            day.write(
                {
                    "state": "writing",
                    "error_message": False,
                    "generation_id": generation.id,
                    "shown_at": now,
                }
            )

    def _check_not_run(self) -> None:
        if not self.generation_id:
            return
        if self.state == "writing":
            sentence = self.env._(
                "This slot is already writing today's post. Open that generation to "
                "see it, or use “Write a post” for another one."
            )
        elif self.state == "written":
            sentence = self.env._(
                "This slot has already written today's post. Open that generation, or "
                "use “Write a post” for another one."
            )
        else:
            sentence = self.env._(
                "This slot already ran today but produced no post. Open that "
                "generation and press “Retry”."
            )
        raise RedirectWarning(
            sentence, self._prepare_open_generation(), self.env._("Open the generation")
        )

    def _prepare_open_generation(self) -> dict:
        return open_form(self.generation_id)

    def _prepare_generation(self, topic) -> dict:
        slot = self.slot_id
        return {
            **slot._brief_values(),
            **topic._brief_values(),
            "topic": topic.name,
            "topic_id": topic.id,
            # An archived user can't review: the draft is left to any editor.
            "reviewer_id": not slot.publish and slot.reviewer_id.filtered("active").id,
            "company_id": slot.company_id.id,
            "slot_id": slot.id,
            "slot_day": self.day,
            "user_id": False,
        }
