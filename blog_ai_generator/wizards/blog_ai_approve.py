# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..utils import moment_text, notification

# More names would hide the rest of the window.
MOST_NAMES = 5


class BlogAiApprove(models.TransientModel):
    """Approve or publish a draft and decide when it becomes visible."""

    _name = "blog.ai.approve"
    _description = "Approve a Draft"

    generation_id = fields.Many2one(
        "blog.ai.generation", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(related="generation_id.kind")
    # Kept as it was when the window was opened: its button stays what its title says.
    is_plain_draft = fields.Boolean(readonly=True)
    post_id = fields.Many2one(related="generation_id.post_id")
    lang = fields.Selection(related="generation_id.lang")
    when = fields.Selection(
        [("now", "Publish at once"), ("later", "Publish at a date")],
        compute="_compute_when",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    publish_at = fields.Datetime(
        "Visible from",
        compute="_compute_when",
        store=True,
        readonly=False,
        precompute=True,
    )
    responsible = fields.Boolean(
        "I have examined the content and take editorial responsibility"
    )
    blog_ai_label = fields.Selection(related="generation_id.blog_id.blog_ai_label")
    tz = fields.Char("Time Zone", compute="_compute_tz")
    email_note = fields.Text(compute="_compute_email_note")
    same_title = fields.Text(compute="_compute_same_title")
    effect = fields.Text(compute="_compute_effect")
    waiting_note = fields.Char(related="generation_id.waiting_note")

    @api.depends("generation_id")
    def _compute_when(self):
        """Propose the day that the calendar has for the draft, if it is ahead."""
        for wizard in self:
            post = wizard.post_id
            planned = (
                wizard.kind != "translation"
                and not post.is_published
                and post._blog_ai_is_ahead()
            )
            wizard.when = "later" if planned else "now"
            wizard.publish_at = planned and post.post_date

    def _compute_tz(self):
        self.tz = self.env.user.tz or "UTC"

    @api.depends("generation_id")
    @api.depends_context("lang")
    def _compute_email_note(self):
        for wizard in self:
            generation = wizard.generation_id.sudo()
            if generation.kind == "translation" or generation.notified_at:
                wizard.email_note = False
                continue
            names = wizard._names(generation.recipient_ids)
            wizard.email_note = (
                self.env._("This post is emailed to: %(names)s.", names=names)
                if names
                else self.env._("This post has no recipients of an email.")
            )

    @api.depends("generation_id")
    def _compute_same_title(self):
        for wizard in self:
            title = wizard.generation_id._title_taken()
            wizard.same_title = title and self.env._(
                "The blog has another post or draft with the title “%(title)s”. Change "
                "the title of this draft first, or publish it all the same.",
                title=title,
            )

    @api.depends("generation_id")
    @api.depends_context("lang", "tz")
    def _compute_effect(self):
        for wizard in self:
            is_translation = wizard.kind == "translation"
            wizard.effect = is_translation and wizard.generation_id._approval_effect()

    @api.model
    def _names(self, partners) -> str:
        names = partners.mapped("display_name")
        if len(names) <= MOST_NAMES:
            return ", ".join(names)
        return self.env._(
            "%(names)s and %(count)s more",
            names=", ".join(names[:MOST_NAMES]),
            count=len(names) - MOST_NAMES,
        )

    def action_review_translations(self):
        return self.generation_id.action_review_translations()

    def action_approve(self):
        self.ensure_one()
        draft = self.generation_id
        if late := draft._decided_in_window(publishes=True):
            return late
        draft._approve(self._visible_from(), self.responsible)
        return {"type": "ir.actions.act_window_close"}

    def action_publish(self):
        self.ensure_one()
        draft = self.generation_id
        if late := draft._decided_in_window(or_plain=True, publishes=True):
            return late
        at = self._visible_from()
        draft._approve(at, self.responsible, or_plain=True)
        return notification(self._published_note(at))

    def _published_note(self, at: datetime | None) -> str:
        if at is None:
            return self.env._("The post is published: visitors can see it.")
        return self.env._(
            "The post is published: visitors see it from %(moment)s on.",
            moment=moment_text(self.env, at),
        )

    def _visible_from(self) -> datetime | None:
        """Return the chosen date, in UTC; None to publish at once."""
        if self.when == "now":
            return None
        if not self.publish_at or self.publish_at <= fields.Datetime.now():
            raise UserError(
                self.env._("Choose a date in the future, or “Publish at once”.")
            )
        return self.publish_at
