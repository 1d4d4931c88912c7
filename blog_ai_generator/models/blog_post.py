# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
from datetime import timedelta
from itertools import groupby

import psycopg2
from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain
from odoo.sql_db import PoolError
from odoo.tools import SQL

from ..database import database_hold
from ..internals import cached_ref, trigger_cron
from ..pump import is_caused_by
from .blog_blog_message import LIGHT
from .ir_qweb import COMPILED_ONCE
from .mail_mail_frame import REASON, REASONS, SAID

_logger = logging.getLogger(__name__)

# Context key while a post is created: its followers are not emailed.
UNANNOUNCED = "blog_ai_unannounced"
SAID_OF_POST = Markup('<p><a href="%s">%s</a></p><p>%s</p>')
PUBLISHED = "blog_ai_generator.mail_template_post_published"
PUBLISHING = ("is_published", "website_published")
PUMPS_OWN = {
    "blog_ai_generation_id",
    "blog_ai_announce_at",
    # Evidence of who wrote and examined the text.
    "blog_ai_is_generated",
    "blog_ai_grade",
    "blog_ai_written_hash",
    "blog_ai_text_hash",
    "blog_ai_examined_hash",
    "blog_ai_examined_by",
    "blog_ai_examined_at",
    "blog_ai_translated_langs",
    "blog_ai_examined_langs",
    "blog_ai_credit",
}
# The fields that decide whether visitors see a post.
VISIBILITY = {*PUBLISHING, "active", "published_date", "post_date"}
EDITORS = "website.group_website_designer"
# Pause before a post that could not be announced is tried again.
ANNOUNCE_AGAIN = timedelta(minutes=15)


class BlogPost(models.Model):
    _name = "blog.post"
    _inherit = ["blog.post", "mail.activity.mixin"]

    # The activity menu opens drafts to review. This view leads to the form; the list
    # and the kanban of posts lead to the website.
    _systray_view = "activity"

    # The groups keep these columns out of the queries of visitors.
    blog_ai_generation_id = fields.Many2one(
        "blog.ai.generation",
        "Generation",
        ondelete="set null",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=EDITORS,
    )
    blog_ai_generation_is_ours = fields.Boolean(
        "Own Generation",
        compute="_compute_blog_ai_generation_is_ours",
        groups=EDITORS,
    )
    blog_ai_review_state = fields.Selection(
        related="blog_ai_generation_id.review_state",
        string="Review",
        groups=EDITORS,
    )
    blog_ai_announce_at = fields.Datetime(
        "Announced at",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups=EDITORS,
        help="Followers and recipients get an email when the post becomes visible.",
    )
    social_ids = fields.One2many(
        "blog.post.social",
        "post_id",
        "Social Copy",
        groups=EDITORS,
    )

    # Read by the calendar of generations.
    _blog_ai_by_day = models.Index(
        "(post_date) WHERE blog_ai_generation_id IS NOT NULL"
    )
    _one_post_a_generation = models.UniqueIndex(
        "(blog_ai_generation_id) WHERE blog_ai_generation_id IS NOT NULL",
        "This generation has its post already. Change that post instead of creating "
        "another one.",
    )

    @api.depends("blog_ai_generation_id.company_id")
    @api.depends_context("allowed_company_ids")
    def _compute_blog_ai_generation_is_ours(self):
        """Let each company that shares a blog open only its own generations."""
        for post in self:
            company = post.sudo().blog_ai_generation_id.company_id
            post.blog_ai_generation_is_ours = company in self.env.companies

    @api.model_create_multi
    def create(self, vals_list):
        posts = self
        forged = {f"default_{name}" for name in PUMPS_OWN} & self.env.context.keys()
        if forged and not self.env.su:
            kept = {k: v for k, v in self.env.context.items() if k not in forged}
            posts = self.with_env(self.env(context=kept))
        unforged = [posts._blog_ai_unforged(vals) for vals in vals_list]
        return super(BlogPost, posts).create(unforged)

    @api.model
    def _blog_ai_create(self, vals_list: list[dict]):
        """Create the posts of generations; nobody is emailed yet."""
        posts = self.with_context(**{UNANNOUNCED: True}).create(vals_list)
        return posts.with_env(self.env)

    def _blog_ai_tell_followers(self) -> None:
        """Email the followers of the blog about new posts that are published."""
        published = self.filtered("is_published").with_context(**{LIGHT: True})
        with self.env["blog.blog"]._blog_ai_messages_together() as together:
            if len(published) > 1:
                published = published.with_context(**together)
            published._check_for_publication({"is_published": True})

    @api.model
    def _blog_ai_unforged(self, vals: dict) -> dict:
        """Drop the fields of ``vals`` that only this addon may set."""
        if self.env.su or not PUMPS_OWN & vals.keys():
            return vals
        return {name: vals[name] for name in vals.keys() - PUMPS_OWN}

    def write(self, vals):
        vals = self._blog_ai_unforged(vals)
        result = super().write(vals)
        posts = self.sudo()
        if any(vals.get(field) for field in PUBLISHING):
            posts._blog_ai_tell_recipients()
            posts.blog_ai_generation_id._approve_published()
        if "active" in vals and not vals["active"]:
            posts.blog_ai_generation_id._set_review_withdrawn()
        if VISIBILITY & vals.keys():
            posts.filtered("blog_ai_announce_at")._blog_ai_announce()
        return result

    def unlink(self):
        generations = self.sudo().blog_ai_generation_id
        result = super().unlink()
        generations._set_review_withdrawn()
        return result

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Keep visitors of a copy from posts that were approved for a date.

        Odoo shows them once their date has come, without a write that could be held.
        Lists, feeds and the page of a post all search for it, so that this costs a
        condition there and no query. Editors see the posts, as they do before the date.
        """
        user = self.env.user
        if database_hold(self.env) and not (
            bypass_access or self.env.su or user.has_group(EDITORS)
        ):
            domain = Domain(domain) & Domain.custom(to_sql=_not_awaited)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_for_publication(self, vals):
        """Email followers of a generated post only once it is visible.

        Odoo emails them here, even if the post's date lies in the future. Posts that
        people write are left to Odoo.
        """
        if self.env.context.get(UNANNOUNCED):
            return False
        ahead = self.browse()
        if vals.get("is_published"):
            for post in self.sudo().filtered("blog_ai_generation_id"):
                if post._blog_ai_is_ahead():
                    post._blog_ai_wait_until_visible()
                    ahead += post
                elif post.blog_ai_announce_at:
                    post.blog_ai_announce_at = False
        result = super(BlogPost, self.browse())._check_for_publication(vals)
        # pylint: disable-next=bad-builtin-groupby
        for sender, posts in groupby(self - ahead, self._blog_ai_sender_of):
            told = self.browse().concat(*posts)
            if sender:
                told = told.with_context(blog_ai_sender_id=sender.id)
            super(BlogPost, told)._check_for_publication(vals)
        return result

    @api.model
    def _blog_ai_sender_of(self, post):
        """Return the sender of follower emails for a post that no user published.

        As in the emails to recipients: the company or else the author, whoever has an
        address.
        """
        generation = post.sudo().blog_ai_generation_id
        if post.env.uid != SUPERUSER_ID or not generation:
            return self.env["res.partner"]
        partners = generation.company_id.partner_id + post.sudo().author_id
        return partners.filtered("email")[:1]

    def _blog_ai_is_ahead(self) -> bool:
        # People may clear the date; Odoo then uses the current one. A new post's
        # date has fractions of a second, which the current time has not.
        date = self.post_date and self.post_date.replace(microsecond=0)
        return bool(date) and date > fields.Datetime.now()

    def _blog_ai_wait_until_visible(self) -> None:
        self.blog_ai_announce_at = self.post_date
        trigger_cron(self.env, "blog_ai_generator.cron_announce", self.post_date)

    def _blog_ai_announce(self) -> None:
        """Email followers and recipients, once, of posts that have become visible.

        An unpublished post is not announced. A post with a new date waits for it.
        """
        for post in self:
            if not (post.active and post.is_published):
                post.blog_ai_announce_at = False
            elif not post._blog_ai_is_ahead():
                post.blog_ai_announce_at = False
                # Raise a conflict with a concurrent announcement before the emails.
                post.flush_recordset()
                post._check_for_publication({"is_published": True})
                post._blog_ai_tell_recipients()
            elif post.blog_ai_announce_at != post.post_date:
                post._blog_ai_wait_until_visible()

    @api.model
    def _cron_blog_ai_announce(self):
        """Announce the posts whose date has come, one transaction for each.

        A copy of a database announces nothing: its original does.
        """
        if database_hold(self.env):
            return
        self.env["blog.ai.slot"]._alert_overdue()
        due = self.search([("blog_ai_announce_at", "<=", fields.Datetime.now())])
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(due))
        for post in due:
            # Send as the user who published it, in that user's language, as if it
            # were announced at once.
            publisher = post.write_uid
            post = post.with_user(publisher).with_context(lang=publisher.lang).sudo()
            try:
                post._blog_ai_announce()
            except Exception:
                self.env.cr.rollback()
                _logger.exception("Post %s could not be announced", post.id)
                if post.blog_ai_announce_at:
                    post.blog_ai_announce_at = fields.Datetime.now() + ANNOUNCE_AGAIN
            progress(1)

    def _blog_ai_tell_recipients(self):
        """Email the recipients of generated posts that are visible, once a post.

        The emails are rows of this transaction: they exist only if it publishes the
        post.
        """
        untold = self.filtered(lambda post: post._blog_ai_has_untold())
        groups = untold.grouped(lambda post: post._blog_ai_recipient_reasons())
        for reasons, posts in groups.items():
            generations = posts.blog_ai_generation_id
            # Set first: creating the emails flushes it, which saves a statement.
            generations.notified_at = fields.Datetime.now()
            recipients = generations[0].recipient_ids
            posts = posts.with_context(**{REASONS: dict(reasons)})
            told = posts._blog_ai_mail(PUBLISHED, recipients)
            (posts - told).blog_ai_generation_id.notified_at = False

    def _blog_ai_has_untold(self) -> bool:
        generation = self.blog_ai_generation_id
        return bool(
            self.is_published
            and generation.recipient_ids
            and not generation.notified_at
            and not self._blog_ai_is_ahead()
        )

    def _blog_ai_mail(self, xmlid: str, partners, **values):
        """Create one email a post for each language of ``partners``, to be sent later.

        It says why they get it: another reason makes another email.

        A broken or deleted template costs the emails but never the post, which is
        written and paid for. No savepoint is needed, because an email is rendered
        before anything is saved. A refusal by the database is left to the caller: the
        pump then stores the post once more, without emails.

        :param xmlid: external id of the template
        :param values: further fields of the emails
        :return: the posts whose emails were created; no email about another one is left
        """
        mails = self.env["mail.mail"].sudo()
        try:
            template = cached_ref(self.env, xmlid)
            template._blog_ai_fetch_attached()
            reasons = self.env.context.get(REASONS, {})
            groups = partners.grouped(lambda it: (it.lang, reasons.get(it.id)))
            for (lang, reason), group in groups.items():
                localized = template.with_context(
                    recipient_lang=lang or self.env.lang,
                    **{COMPILED_ONCE: True, SAID: self._blog_ai_said(), REASON: reason},
                )
                recipients = {"recipient_ids": [(6, 0, group.ids)]}
                mails += localized.send_mail_batch(
                    self.ids, email_values={**recipients, **values}
                )
        except Exception as exception:
            if is_caused_by(exception, (psycopg2.Error, PoolError)):
                raise
            mails.unlink()
            return self._blog_ai_mail_singly(exception, xmlid, partners, **values)
        trigger_cron(self.env, "mail.ir_cron_mail_scheduler_action")
        return self

    def _blog_ai_said(self) -> dict[int, Markup]:
        return {
            post.id: SAID_OF_POST % (post.website_url, post.name, post.teaser or "")
            for post in self
        }

    def _blog_ai_mail_singly(self, exception: Exception, xmlid: str, *args, **values):
        """Create the emails of each post for itself, as one post is not rendered."""
        if len(self) > 1:
            told = [post._blog_ai_mail(xmlid, *args, **values) for post in self]
            return self.browse().concat(*told)
        _logger.error("No email %s about post %s", xmlid, self.id, exc_info=exception)
        return self.browse()


def _not_awaited(posts, alias: str, _query) -> SQL:
    # SQL, because no field of ours is open to visitors.
    field = posts._fields["blog_ai_announce_at"]
    return SQL("%s IS NULL", SQL.identifier(alias, field.name), to_flush=field)
