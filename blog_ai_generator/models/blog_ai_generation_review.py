# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date, format_time

from ..messages import Message, as_json
from ..utils import selection_labels
from .blog_ai_brief_mixin import MAX_NOTES

ACTIVITY = "blog_ai_generator.mail_activity_type_review"


class BlogAiGenerationReview(models.Model):
    """A person looks at what a slot wrote: at a draft before it is published, at a
    post after the slot published it.

    none → pending → approved | rejected. It is decided once; a draft that is archived
    or deleted without a decision needs none any more.
    """

    # A file of its own: all that concerns review.
    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    reviewer_id = fields.Many2one("res.users", ondelete="set null", readonly=True)
    review_state = fields.Selection(
        [
            ("none", "No review"),
            ("pending", "Waiting for review"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
        ],
        "Review",
        required=True,
        default="none",
        readonly=True,
        copy=False,
    )
    reviewed_by = fields.Many2one(
        "res.users", ondelete="set null", readonly=True, copy=False
    )
    reviewed_at = fields.Datetime(readonly=True, copy=False)
    reject_reason = fields.Text(readonly=True, copy=False)
    rewrite_id = fields.Many2one(
        "blog.ai.generation",
        "New Version",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        copy=False,
    )
    looked_at = fields.Datetime(
        "Seen",
        readonly=True,
        copy=False,
        help="When somebody first opened a post that its slot published at once, "
        "by “Open post” or “Social copy”, or marked it as seen.",
    )

    review_note = fields.Text(compute="_compute_review_note")
    remark = fields.Selection(
        selection="_selection_remark",
        compute="_compute_remark",
        help="What went wrong, or how the review of the draft stands.",
    )

    _to_review = models.Index("(reviewer_id) WHERE review_state = 'pending'")

    @api.model
    def _selection_remark(self) -> list[tuple[str, str]]:
        errors = selection_labels(self, "error_code").items()
        reviews = selection_labels(self, "review_state").items()
        shown = [review for review in reviews if review[0] != "none"]
        unsent = self.env._("Email not sent")
        both = self.env._("To review, email not sent")
        return [*errors, ("unsent", unsent), ("pending_unsent", both), *shown]

    @api.depends("error_code", "mail_error", "review_state")
    def _compute_remark(self):
        """One column for all: only what is done is mailed of and reviewed."""
        unsent = self._search_unsent(Domain("id", "in", self.ids))
        for generation in self:
            review = generation.review_state
            if generation in unsent:
                remark = "pending_unsent" if review == "pending" else "unsent"
            else:
                remark = review != "none" and review
            generation.remark = generation.error_code or remark

    @api.depends(
        "review_state",
        "reviewer_id",
        "reviewed_by",
        "reject_reason",
        "post_ids.is_published",
        "post_ids.post_date",
    )
    @api.depends_context("lang", "tz")
    def _compute_review_note(self):
        """What the form says of a review, in one sentence that can be translated."""
        for generation in self:
            generation.review_note = generation._review_note()

    def unlink(self):
        self.sudo()._withdraw_review()
        return super().unlink()

    # What people do

    def action_approve(self):
        return self._ask_decision("blog.ai.approve", self.env._("Approve"))

    def action_reject(self):
        return self._ask_decision("blog.ai.reject", self.env._("Reject"))

    def action_open_rejected(self):
        """The archived draft, with its copy for the networks."""
        self.ensure_one()
        post = self.with_context(active_test=False).post_ids[:1]
        if not post:
            return self.action_open_post()
        return {
            "type": "ir.actions.act_window",
            "res_model": "blog.post",
            "res_id": post.id,
            "views": [(False, "form")],
        }

    def action_open_rewrite(self):
        """The generation that was asked for when this one's draft was rejected."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.rewrite_id.id,
            "views": [(False, "form")],
        }

    def action_looked_at(self):
        self._check_may_steer()
        self._look_at()

    def action_open_post(self):
        action = super().action_open_post()
        self._look_at()
        return action

    def action_open_social(self):
        action = super().action_open_social()
        self._look_at()
        return action

    def _ask_decision(self, wizard: str, name: str) -> dict:
        self._check_undecided()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": wizard,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_generation_id": self.id},
        }

    def _look_at(self) -> None:
        new = self.sudo().filtered(
            lambda generation: (
                generation.slot_id
                and generation.publish
                and generation.state == "done"
                and not generation.looked_at
            )
        )
        new.looked_at = fields.Datetime.now()

    # Asking for a review

    def _prepare_review(self) -> dict:
        """The draft of a slot waits for its reviewer, or for any editor."""
        waits = not self.publish and (self.slot_id or self.reviewer_id)
        return {"review_state": "pending"} if waits else {}

    def _ask_for_review(self, post, email: bool = True) -> None:
        """Give the draft to its reviewer, if somebody is named.

        :param email: whether to send an email besides the activity
        """
        reviewer = self.reviewer_id
        if not reviewer or post.is_published:
            return
        # Without the mail by which Odoo tells of any activity: ours says more.
        activity = post.with_context(
            mail_activity_quick_update=True, lang=reviewer.lang, tz=reviewer.tz
        ).activity_schedule(ACTIVITY, user_id=reviewer.id)
        if not reviewer.partner_id.email_normalized:
            self._add_note("note.reviewer_no_address")
        elif email and not post._blog_ai_mail(
            "blog_ai_generator.mail_template_review",
            reviewer.partner_id,
            mail_activity_type_id=activity.activity_type_id.id,
        ):
            self._add_note("note.reviewer_no_email")

    def _add_note(self, key: str) -> None:
        self.repair_notes = [*(self.repair_notes or ()), as_json(Message(key))]

    # Deciding

    def _title_taken(self) -> str | bool:
        """The title of our draft as it is now, where another post or draft of the blog
        has it too, whatever its case."""
        posts = self.env["blog.post"].with_context(lang=self.lang)
        posts.flush_model()
        titles = self.env.execute_query(
            SQL(
                """
                SELECT %(title)s
                  FROM blog_post post
                  JOIN blog_post other
                    ON other.blog_id = post.blog_id AND other.id != post.id
                 WHERE post.blog_ai_generation_id = %(generation)s AND other.active
                   AND LOWER(%(title)s) = LOWER(%(other)s)
                 LIMIT 1
                """,
                title=posts._field_to_sql("post", "name"),
                other=posts._field_to_sql("other", "name"),
                generation=self.id,
            )
        )
        return bool(titles) and titles[0][0]

    def _check_may_review(self) -> None:
        if not self.env.user.has_group("website.group_website_designer"):
            raise AccessError(
                self.env._(
                    "Only people who may edit the website decide about drafts. Ask the "
                    "reviewer to do it, or an administrator for that right."
                )
            )
        self.check_access("read")

    def _check_undecided(self) -> None:
        """Return with the review locked, so that two people do not both decide it.

        :raises UserError: when it is decided, with who did it
        """
        self.ensure_one()
        self._check_may_review()
        review = self.sudo()._locked_in_state("done")
        if review.review_state == "pending":
            return
        if self.sudo().reviewed_by:
            raise UserError(
                self.env._(
                    "%(user)s has decided about this draft already: it is %(state)s. "
                    "Reload the page to see it.",
                    user=self.sudo().reviewed_by.name,
                    state=self._review_label().lower(),
                )
            )
        raise UserError(
            self.env._(
                "No review waits here: the draft was archived or deleted. Restore it "
                "under Blog Posts, filter “Archived”, to publish it after all."
            )
        )

    def _review_note(self) -> str | bool:
        somebody = self.env._("Somebody")
        if self.review_state == "pending" and not self.reviewer_id:
            return self.env._(
                "Any editor may review this draft. Open it to read it, then approve "
                "it, or reject it with a reason."
            )
        if self.review_state == "pending":
            return self.env._(
                "%(user)s is asked to review this draft. Open it to read it, then "
                "approve it, or reject it with a reason.",
                user=self.reviewer_id.sudo().name,
            )
        if self.review_state == "rejected":
            return self.env._(
                "%(user)s rejected this draft: %(reason)s",
                user=self.reviewed_by.sudo().name or somebody,
                reason=self.reject_reason,
            )
        if self.review_state == "approved":
            return self._approval_note(self.reviewed_by.sudo().name or somebody)
        return False

    def _approval_note(self, user: str) -> str:
        post = self.post_id.sudo()
        if post.is_published and post._blog_ai_is_ahead():
            return self.env._(
                "%(user)s approved this draft. Visitors see the post from %(moment)s.",
                user=user,
                moment=self._moment(post.post_date),
            )
        if post.is_published:
            return self.env._(
                "%(user)s approved this draft and published it.", user=user
            )
        return self.env._("%(user)s approved this draft.", user=user)

    @api.model
    def _moment(self, at: datetime) -> str:
        """As the reader's clock says it, with its zone: others may have another one."""
        local = fields.Datetime.context_timestamp(self, at)
        day = format_date(self.env, local.date(), date_format="medium")
        time = format_time(self.env, local.timetz(), time_format="short")
        return f"{day}, {time} ({local.tzinfo})"

    def _review_label(self) -> str:
        return selection_labels(self, "review_state")[self.review_state]

    def _approve(self, at: datetime | None = None) -> None:
        """:param at: from when on visitors see the post, in UTC; None: from now on"""
        self._check_undecided()
        at = at or fields.Datetime.now()
        # Publishing is what approves, by whichever button.
        self.post_id.write({"is_published": True, "published_date": at})

    def _approve_published(self) -> None:
        self.filtered(lambda g: g.review_state == "pending")._decide("approved")

    def _reject(self, reason: str, again: bool, requeue: bool = False):
        """Archive the draft; with ``again``, ask for it anew with the reason in mind.

        :param requeue: without ``again``, put the topic back into the queue instead of
            dropping it
        :return: the new generation, or none
        """
        self._check_undecided()
        generation = self.sudo()
        posts = generation.post_ids
        generation.reject_reason = reason
        generation._decide("rejected", reason)
        posts.active = False
        if not again:
            generation.topic_id._set_state_from_rejection(requeue)
            return self.browse()
        generation._asked_for()._check_any_can_write()
        generation.rewrite_id = generation.copy(generation._prepare_rewrite(reason))
        return generation.rewrite_id

    def _prepare_rewrite(self, reason: str) -> dict:
        """Of the same slot, but of none of its days: that day has its generation."""
        return {
            "notes": self._prepare_notes(reason),
            "provider_id": self._asked_for().id,
            "slot_id": self.slot_id.id,
        }

    def _prepare_notes(self, reason: str) -> str:
        """:raises UserError: when the model can't be given so much"""
        wish = self.env._("The first version was rejected. Mind this: %s", reason)
        notes = "\n\n".join(filter(None, [self.notes, wish]))
        if len(notes) > MAX_NOTES:
            raise UserError(
                self.env._(
                    "The notes of this topic and the reason have %(count)s characters "
                    "together, %(most)s at most can be sent. Shorten the reason, or "
                    "untick “Write it again” and use “Write a post” with fewer notes.",
                    count=len(notes),
                    most=MAX_NOTES,
                )
            )
        return notes

    def _decide(self, state: str, feedback: str = "") -> None:
        pending = self._locked_in_state("done").filtered(
            lambda generation: generation.review_state == "pending"
        )
        pending.write(
            {
                "review_state": state,
                "reviewed_by": self.env.uid,
                "reviewed_at": fields.Datetime.now(),
            }
        )
        pending.post_ids.activity_feedback([ACTIVITY], feedback=feedback)
        pending._notify_updated()

    def _withdraw_review(self) -> None:
        """The draft is archived or deleted, or all that is known of its making: nobody
        is asked to look at it any more."""
        pending = self.filtered(lambda g: g.review_state == "pending")
        pending.review_state = "none"
        posts = pending.with_context(active_test=False).post_ids
        posts.activity_unlink([ACTIVITY])
        pending._notify_updated()
