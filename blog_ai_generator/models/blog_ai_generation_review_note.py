# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo import api, fields, models
from odoo.fields import Domain

from ..utils import IN_WINDOW, day_text, notification, selection_labels, time_text


class BlogAiGenerationReviewNote(models.Model):
    """The notes on a review in lists and forms."""

    _inherit = "blog.ai.generation"  # pylint: disable=consider-merging-classes-inherited

    review_note = fields.Text(compute="_compute_review_note")
    remark = fields.Selection(
        selection="_selection_remark",
        string="Error or Review",
        compute="_compute_remark",
        help="The error, or the state of the review.",
    )

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
        """Show error, unsent email and review state in one list column.

        Only finished generations have the latter two.
        """
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
        "rewrite_id.review_state",
        "post_ids.is_published",
        "post_ids.post_date",
    )
    @api.depends_context("lang", "tz", "uid")
    def _compute_review_note(self):
        for generation in self:
            generation.review_note = generation._review_note()

    def _review_note(self) -> str | bool:
        somebody = self.env._("Somebody")
        if self.review_state == "pending" and not self.reviewer_id:
            return self.env._(
                "Any editor may review this draft. Open it to read it, then approve "
                "it, or reject it with a reason."
            )
        if self.review_state == "pending" and self.reviewer_id == self.env.user:
            return self.env._(
                "You are asked to review this draft. Open it to read it, then approve "
                "it, or reject it with a reason."
            )
        if self.review_state == "pending":
            return self.env._(
                "%(user)s is asked to review this draft. Open it to read it, then "
                "approve it, or reject it with a reason.",
                user=self.reviewer_id.sudo().name,
            )
        if self.review_state == "rejected":
            return self._rejection_note(self.reviewed_by.sudo().name or somebody)
        if self.review_state == "approved":
            return self._approval_note(self.reviewed_by.sudo().name or somebody)
        return False

    def _rejection_note(self, user: str) -> str:
        return self.env._(
            "%(user)s rejected this draft: %(reason)s",
            user=user,
            reason=self.reject_reason,
        )

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
        """Return a moment in the reader's time zone, with the zone's name.

        :param at: in UTC
        """
        local = fields.Datetime.context_timestamp(self, at)
        day = day_text(self.env, local.date())
        time = time_text(self.env, local.timetz())
        return f"{day}, {time} ({local.tzinfo})"

    def _decided_by_now_note(self, or_plain: bool, publishes: bool) -> str:
        if self.sudo().reviewed_by:
            return self.sudo()._decided_note()
        is_published = or_plain and self.post_ids.filtered("is_published")
        if is_published and publishes:
            return self.env._(
                "This post is already published: there is nothing left to do."
            )
        if is_published:
            return self.env._(
                "The post is published by now. To reject it, unpublish it."
            )
        return self.env._(
            "There is nothing to review: the draft was archived or deleted. To "
            "publish it anyway, restore it under Blog Posts, filter “Archived”."
        )

    def _decided_in_window(self, or_plain: bool = False, publishes: bool = False):
        """Return the action that closes a window if nobody can decide there any more.

        Callers without a window get the error of the decision itself.
        """
        if not self.env.context.get(IN_WINDOW):
            return None
        why = self._decision_obstacle(or_plain, publishes)
        return notification(why, "warning") if why else None

    def _decided_note(self) -> str:
        return self.env._(
            "%(user)s has already reviewed this draft: it is %(state)s.",
            user=self.reviewed_by.name,
            state=self._review_label().lower(),
        )

    def _gone_note(self) -> str:
        if self.post_id:
            return ""
        if self.review_state == "rejected":
            return self.sudo()._decided_note()
        return self.env._("The post was deleted or archived meanwhile.")

    def _review_label(self) -> str:
        return selection_labels(self, "review_state")[self.review_state]
