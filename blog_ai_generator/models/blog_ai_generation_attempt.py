# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..content import post_html
from ..pump.limits import Limits
from ..pump.turn import Turn
from ..llm.errors import LONGEST_RETRY_AFTER
from ..llm.sentence import _lt, addressed
from ..pump import Claim, Failure, Pump
from ..sentences import parts_of

# Seconds: first pause and longest pause between two attempts of one generation.
FIRST_PAUSE, LONGEST_PAUSE = 10, 600
# What an administrator has to mend at the provider, or in its settings here.
ACCOUNT_TROUBLE = ("authentication", "permission", "quota")
MAILS_REFUSED = addressed(
    _lt(
        "Nobody was mailed about this post: Odoo could save it only without its mails. "
        "Ask an administrator to look at the technical detail and fix the cause."
    ),
    _lt(
        "Nobody was mailed about this post: Odoo could save it only without its mails. "
        "Look at the technical detail and fix the cause."
    ),
)


class BlogAiGenerationAttempt(models.Model):
    """An attempt at a generation, as the pump makes it: store, next attempt."""

    _inherit = "blog.ai.generation"

    @api.model
    def _cron_pump(self):
        """Write what is queued, many at once, until its turn is over."""
        limits, turn = Limits.of(self.env), Turn()
        self.env["blog.ai.call"]._close_lost(limits)
        me = self.env.context.get("cron_id")
        # Ends this cursor's transaction: the pump works on short ones of its own.
        self.env["ir.cron"]._commit_progress()
        Pump(
            self.env.registry,
            limits,
            end=turn.end(limits),
            goes_on=turn.goes_on,
            relay=lambda env: env["blog.ai.generation"]._wake_other_pump(me),
        ).run()

    @api.model
    def _wake_other_pump(self, cron_id: int) -> None:
        """Of the two scheduled actions that pump, wake the one that is not running."""
        crons = self.env.ref("blog_ai_generator.cron_pump") | self.env.ref(
            "blog_ai_generator.cron_pump_relay"
        )
        crons.filtered(lambda cron: cron.id != cron_id)[:1]._trigger()

    @api.model
    def _requeue_lost(self):
        """Take back what a worker left when it died: queued again, or failed.

        One query when there is nothing, which is nearly always.
        """
        self.env.cr.execute(
            SQL(
                """
                SELECT id FROM blog_ai_generation
                 WHERE state = 'writing' AND lease_until < %s
                   FOR UPDATE SKIP LOCKED
                """,
                fields.Datetime.now(),
            ),
            log_exceptions=False,
        )
        lost = self.browse(row[0] for row in self.env.cr.fetchall())
        for generation in lost:
            calls = generation.call_ids.filtered(lambda c: c.outcome == "pending")
            calls.outcome = "lost"
            generation._end_attempt(
                Failure(
                    "lost",
                    _lt(
                        "The server stopped while this was being written. Unless it "
                        "is tried again automatically, press Retry."
                    ),
                    retryable=True,
                    retry_after=0.0,
                )
            )

    def _store(self, claim: Claim, answer, failure) -> None:
        """Close one attempt: log its calls, then the post or the failure.

        :param answer: the :class:`llm.Answer`, or None with an ``failure``
        """
        self.ensure_one()
        generation, outcomes = self._fetched(
            SQL(),
            SQL("(SELECT outcome FROM blog_ai_call WHERE id = %s)", claim.call_id),
            SQL("blog_ai_generation WHERE id = %s FOR UPDATE", self.id),
        )
        if outcomes and outcomes[0] not in (None, "pending", "lost"):
            # Stored already: the commit succeeded, and what followed it did not.
            return
        generation = generation.with_context(allowed_company_ids=[claim.company_id])
        generation._log_calls(claim, (answer or failure).calls, failure)
        # Cancelled, deleted, or leased to another since: the money is spent and logged,
        # the article is not ours to store any more.
        if generation.lease_token == claim.token:
            if answer:
                generation._finish(answer)
            else:
                generation._end_attempt(failure)

    def _log_calls(self, claim: Claim, records, failure: Failure | None):
        """The first record fills in the row that was written before the call.

        We are none when the generation is deleted by now.
        """
        first = self.env["blog.ai.call"].browse(claim.call_id)
        values = [first._prepare_record(record, claim.prices) for record in records]
        if not values:
            # It failed before any request was made.
            first.write({"outcome": failure.code, "detail": failure.detail})
            return
        first.write(values[0])
        calls = first
        if values[1:]:
            shared = {
                "generation_id": self.id,
                "provider_id": claim.provider_id,
                "company_id": claim.company_id,
                "attempt": claim.attempt,
            }
            calls += first.create([{**more, **shared} for more in values[1:]])
        if self:
            spent = self._spent(calls)
            self.write(
                {
                    **{name: self[name] + more for name, more in spent.items()},
                    "model_answered": values[-1]["model_answered"],
                }
            )

    def _finish(self, answer) -> None:
        """Make the post, in the same transaction that says that it is done."""
        held_back = self._hold_back(answer.article.title)
        author = self.user_id or self.env.user
        self._fetch_partners(author)
        post = (
            self.env["blog.post"]
            .with_user(author)
            .sudo()
            .with_context(
                lang=self.lang, allowed_company_ids=self.company_id.ids, tz=author.tz
            )
            .create(self._prepare_post(answer.article))
        )
        refused = self.env.context.get("blog_ai_mails_refused")
        unmailed = [MAILS_REFUSED] if refused else []
        repairs = [
            *held_back,
            *unmailed,
            *answer.article.repairs,
            *post.social_ids._shorten(),
        ]
        self.write(
            {
                **self._prepare_no_lease("done"),
                "repairs_parts": [parts_of(note) for note in repairs],
                **self._prepare_no_error(),
                "error_detail": refused,
                **self._prepare_review(),
            }
        )
        # In the author's name, not in that of whoever commits.
        post.flush_recordset()
        self._close()
        # First: each NOTIFY after the commit takes a connection of its own, and
        # somebody looks at the form.
        self._notify_updated()
        post._blog_ai_tell_recipients()
        self._ask_for_review(post)

    def _hold_back(self, title: str) -> list[str]:
        """Let no post appear by itself under a title of the blog: a person looks first.

        :return: what to say of it; nothing when it may appear
        """
        if not self.publish or not self.blog_id._blog_ai_has_title(title, self.lang):
            return []
        self.write({"publish": False, "review_state": "pending"})
        return [
            _lt(
                "Not published at once: the blog has a post or draft with the same "
                "title. Change the title and approve this draft, or reject it."
            )
        ]

    def _fetch_partners(self, author) -> None:
        """Whose names, languages and addresses follow: one query for all of them."""
        partners = author.partner_id
        if self.publish:
            # To leave out the archived ones is to read them, so that comes later.
            recipients = self.with_context(active_test=False).recipient_ids
            partners |= recipients | self.company_id.partner_id | self.author_id
        partners.mapped("name")

    def _prepare_post(self, article) -> dict:
        return {
            "name": article.title,
            "subtitle": article.teaser,
            "teaser_manual": article.teaser,
            "content": post_html(article.body_html),
            "blog_id": self.blog_id.id,
            "tag_ids": [fields.Command.set(self.tag_ids.ids)],
            "website_meta_title": article.seo_title,
            "website_meta_description": article.seo_description,
            "website_meta_keywords": ", ".join(article.seo_keywords),
            "blog_ai_generation_id": self.id,
            "author_id": (
                self.author_id or (self.user_id or self.company_id).partner_id
            ).id,
            "is_published": self.publish,
            "published_date": self.publish and fields.Datetime.now(),
            "social_ids": [
                fields.Command.create({"network": network, "text": text})
                for network, text in article.social.items()
            ],
        }

    def _end_attempt(self, failure: Failure) -> None:
        """Queue again when it may help and attempts are left, or for another provider;
        else it has failed.
        """
        values = {
            "error_code": failure.code,
            "error_parts": parts_of(failure.sentence),
            "error_detail": failure.detail,
        }
        pause = self._pause(failure)
        again = (
            failure.retryable
            and self.attempts < self.attempt_limit
            and pause <= LONGEST_RETRY_AFTER
        )
        provider = self.provider_id
        fallback = {} if again else self._prepare_fallback(failure.code)
        if again or fallback:
            at = fields.Datetime.now() + timedelta(seconds=0 if fallback else pause)
            self.write(
                {
                    **values,
                    **self._prepare_no_lease("queued"),
                    **fallback,
                    "next_try_at": at,
                }
            )
            self._wake_pump(at)
        else:
            self.write({**values, **self._prepare_no_lease("failed")})
            self._close()
        if failure.code in ACCOUNT_TROUBLE:
            provider._alert_refused(self)
        self._notify_updated()

    def _pause(self, failure: Failure) -> float:
        """Seconds until the next attempt: the provider's wish, or longer each time."""
        own = min(FIRST_PAUSE * 4 ** max(self.attempts - 1, 0), LONGEST_PAUSE)
        return failure.retry_after if failure.retry_after is not None else own

    @api.model
    def _next_due(self):
        """When a queued generation is due next, or None."""
        self.env.cr.execute(
            "SELECT min(next_try_at) FROM blog_ai_generation WHERE state = 'queued'"
        )
        return self.env.cr.fetchone()[0]
