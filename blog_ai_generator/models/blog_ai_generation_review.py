# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..messages import Message
from ..utils import notification, open_form, open_wizard
from .blog_ai_brief_mixin_texts import MAX_NOTES

ACTIVITY = "blog_ai_generator.mail_activity_type_review"


class BlogAiGenerationReview(models.Model):
    """The review of drafts of slots, and whether posts published at once were opened.

    none → pending → approved | rejected. A review is decided once. A draft that is
    archived or deleted before that is no longer reviewed. A draft that nobody reviews,
    such as one of “Write a post”, can be rejected too: none → rejected.
    """

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
        "Opened",
        readonly=True,
        copy=False,
        help="When somebody first opened a post that its slot published at once, "
        "by “Open post” or “Social copy”, or marked it as opened.",
    )

    is_plain_draft = fields.Boolean(
        "Draft Without a Review", compute="_compute_is_plain_draft"
    )

    _to_review = models.Index("(reviewer_id) WHERE review_state = 'pending'")

    @api.depends("state", "review_state", "post_ids.is_published", "post_ids.active")
    def _compute_is_plain_draft(self):
        for generation in self:
            post = generation.post_ids[:1].sudo()
            is_done = generation.state == "done" and generation.review_state == "none"
            is_draft = post.active and not post.is_published
            generation.is_plain_draft = is_done and is_draft

    def unlink(self):
        self.sudo()._set_review_withdrawn()
        return super().unlink()

    def action_approve(self):
        return self._open_decision("blog.ai.approve", self.env._("Approve"))

    def action_publish(self):
        """Open the dialog that publishes a draft which nobody is asked to review."""
        name = self.env._("Publish")
        return self._open_decision("blog.ai.approve", name, or_plain=True)

    def action_reject(self):
        name = self.env._("Reject")
        return self._open_decision("blog.ai.reject", name, or_plain=True)

    def action_open_rejected(self):
        self.ensure_one()
        post = self.with_context(active_test=False).post_ids[:1]
        if not post:
            return self.action_open_post()
        return open_form(post)

    def action_open_rewrite(self):
        self.ensure_one()
        return open_form(self.rewrite_id)

    def action_propose_titles(self):
        return self._reviewed_post().action_blog_ai_propose_titles()

    def action_rewrite_section(self):
        return self._reviewed_post().action_blog_ai_rewrite_section()

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

    def _open_decision(self, wizard: str, name: str, or_plain: bool = False) -> dict:
        # An old page is loaded again after a notification.
        if why := self._decision_obstacle(or_plain, wizard == "blog.ai.approve"):
            return notification(why, "warning")
        values = {"generation_id": self.id}
        if or_plain and wizard == "blog.ai.approve":
            values["is_plain_draft"] = self.is_plain_draft
        return open_wizard(self.env[wizard], name, values)

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
        # A draft of a slot without a reviewer waits for any editor.
        waits = not self.publish and (self.slot_id or self.reviewer_id)
        return {"review_state": "pending"} if waits else {}

    @api.model
    def _ask_for_review(self, posts, email: bool = True) -> None:
        """Ask the reviewers of drafts for a review, as far as there are any.

        :param email: whether to send emails besides the activities
        """
        drafts = posts.filtered(lambda post: not post.is_published)
        reviewers = drafts.grouped(lambda post: post.blog_ai_generation_id.reviewer_id)
        for reviewer, asked in reviewers.items():
            if not reviewer:
                continue
            # Odoo sends no email about this activity: ours says more.
            activities = asked.with_context(
                mail_activity_quick_update=True, lang=reviewer.lang, tz=reviewer.tz
            ).activity_schedule(ACTIVITY, user_id=reviewer.id)
            generations = self.browse(asked.blog_ai_generation_id.ids)
            if not reviewer.partner_id.email_normalized:
                generations._add_notes(Message("note.reviewer_no_address"))
            elif email:
                told = asked._blog_ai_mail(
                    "blog_ai_generator.mail_template_review",
                    reviewer.partner_id,
                    mail_activity_type_id=activities.activity_type_id.id,
                )
                generations -= self.browse(told.blog_ai_generation_id.ids)
                generations._add_notes(Message("note.reviewer_no_email"))

    # Deciding

    def _title_taken(self) -> str | bool:
        """Return the draft's title if another post or draft of the blog has it too.

        Compare the current titles, ignoring upper and lower case.
        """
        is_off = self._lang_obstacle(self.lang)
        lang = self.blog_id._blog_ai_lang() if is_off else self.lang
        posts = self.env["blog.post"].with_context(lang=lang)
        posts.flush_model()
        titles = self.env.execute_query(
            SQL(
                """
                SELECT %(title)s
                  FROM blog_post post
                  JOIN blog_post other
                    ON other.blog_id = post.blog_id AND other.id != post.id
                 WHERE post.blog_ai_generation_id = %(generation)s
                   AND post.active AND other.active
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
                    "Only website editors can review drafts. Ask the reviewer to do "
                    "it, or ask an administrator for that right."
                )
            )
        self.check_access("read")

    def _reviewed_post(self):
        """Return the post, if this person may review it.

        :raises UserError: if somebody has rejected, archived or deleted it meanwhile
        """
        self._check_may_review()
        if why := self._gone_note():
            raise UserError(why)
        return self.post_id

    def _check_undecided(self, or_plain: bool = False, publishes: bool = False) -> None:
        """Lock the review, so that two people do not both decide it.

        :param or_plain: whether a draft that nobody reviews will do
        :param publishes: whether it will be published, not rejected
        :raises UserError: if it is decided, with the name of who did it
        """
        if why := self._decision_obstacle(or_plain, publishes):
            raise UserError(why)

    def _decision_obstacle(self, or_plain: bool, publishes: bool) -> str:
        """Lock the review, and return why nobody can decide it any more, or nothing."""
        self.ensure_one()
        self._check_may_review()
        review = self.sudo()._locked_in_state("done")
        if review.review_state == "pending" or (or_plain and review.is_plain_draft):
            return ""
        return review._decided_by_now_note(or_plain, publishes)

    def _approve(
        self,
        at: datetime | None = None,
        responsible: bool = False,
        or_plain: bool = False,
    ) -> None:
        """Publish the draft.

        :param at: when visitors see the post, in UTC; by default from now on
        :param responsible: whether this person takes editorial responsibility
        :param or_plain: whether a draft that nobody reviews will do
        """
        self._check_undecided(or_plain, publishes=True)
        if self.review_state != "pending":
            # No review ends, which would tell the other windows of this draft.
            self._notify_updated()
        at = at or fields.Datetime.now()
        if responsible:
            self.post_id._blog_ai_set_examined()
        # Publishing approves the draft, whichever button does it.
        self.post_id.write({"is_published": True, "published_date": at})

    def _approve_published(self) -> None:
        pending = self.filtered(lambda g: g.review_state == "pending")
        pending._set_review_state("approved")

    def _reject(self, reason: str, again: bool, requeue: bool = False):
        """Archive the draft, and have it written again if asked for.

        :param reason: why; the new version takes it into account
        :param again: whether to write it again
        :param requeue: whether the topic is requeued, not dropped, without ``again``
        :return: the new ``blog.ai.generation``; empty without ``again``
        """
        self._check_undecided(or_plain=True)
        generation = self.sudo()
        posts = generation.post_ids
        generation.reject_reason = reason
        generation._set_review_state("rejected", reason)
        posts.active = False
        if not again:
            generation.topic_id._set_state_from_rejection(requeue)
            return self.browse()
        self._check_hourly()
        generation._check_brief()
        generation._asked_for()._check_any_can_write()
        generation.rewrite_id = generation.copy(generation._prepare_rewrite(reason))
        return generation.rewrite_id

    def _prepare_rewrite(self, reason: str) -> dict:
        # It has the slot but no day, since the day has its generation already. It is a
        # draft, also where the rejected post was published for a while.
        return {
            "publish": False,
            "notes": self._prepare_notes(reason),
            "provider_id": self._asked_for().id,
            "slot_id": self.slot_id.id,
        }

    def _prepare_notes(self, reason: str) -> str:
        wish = self.env._("An earlier version was rejected. Mind this: %s", reason)
        notes = self.notes or ""
        # The same reason may be given twice.
        if wish not in notes.split("\n\n"):
            notes = "\n\n".join(filter(None, [notes, wish]))
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

    def _set_review_state(self, state: str, feedback: str = "") -> None:
        pending = self._locked_in_state("done").filtered(
            lambda g: g.review_state == "pending" or g.is_plain_draft
        )
        pending.write(
            {
                "review_state": state,
                "reviewed_by": self.env.uid,
                "reviewed_at": fields.Datetime.now(),
            }
        )
        if activities := pending._review_activities():
            activities.action_feedback(feedback=feedback)
        pending._notify_updated()

    def _set_review_withdrawn(self) -> None:
        """End reviews without a decision: the draft is archived or deleted."""
        pending = self.filtered(lambda g: g.review_state == "pending")
        pending.review_state = "none"
        pending.with_context(active_test=False)._review_activities().unlink()
        pending._notify_updated()

    def _review_activities(self, domain=None):
        """Return the activities of the reviewers of these drafts.

        :param domain: which of them
        """
        return self.post_ids.activity_search([ACTIVITY], additional_domain=domain)
