# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .. import llm
from ..content import post_html
from ..database import database_hold
from ..internals import cached_ref, trigger_cron
from ..messages import Message, as_json, note_message
from ..pump import Answered, Failed, Limits, Outcome, Pump, Turn
from .blog_ai_provider_hold import Hold

# The outcome of a call as it is logged, and a text if the call was begun after the last
# hold on its provider.
CALL_BEFORE = """
    (SELECT ARRAY[call.outcome, CASE WHEN provider.hold_refusals > 0
                                 AND call.create_date > provider.hold_since
                                THEN 'proves' END]
       FROM blog_ai_call call
       JOIN blog_ai_provider provider ON provider.id = call.provider_id
      WHERE call.id = %s)
"""


class BlogAiGenerationAttempt(models.Model):
    """The attempts at a generation: the run of the pump, and what it stores."""

    _inherit = "blog.ai.generation"

    @api.model
    def _cron_pump(self):
        """Write what is queued, many at once, until the turn is over."""
        turn = Turn()
        longest = turn.longest_call(self.env["blog.ai.provider"]._longest_time_limit())
        limits = Limits.of(self.env)._replace(call_timeout=longest)
        self.env["blog.ai.call"]._set_outcome_lost()
        me = self.env.context.get("cron_id")
        # Ends this cursor's transaction: the pump works on short ones of its own.
        self.env["ir.cron"]._commit_progress()
        pump = Pump(
            self.env.registry,
            limits,
            end=turn.end(limits),
            goes_on=turn.goes_on,
            stops=turn.stops,
            relay=lambda env: env["blog.ai.generation"]._wake_other_pump(me),
        )
        with turn:
            pump.run()

    @api.model
    def _wake_other_pump(self, cron_id: int) -> None:
        """Wake the one of the two scheduled actions that is not running."""
        pump, relay = "blog_ai_generator.cron_pump", "blog_ai_generator.cron_pump_relay"
        is_pump = cached_ref(self.env, pump).id == cron_id
        trigger_cron(self.env, relay if is_pump else pump)

    @api.model
    def _store(self, outcome: Outcome) -> None:
        claim = outcome.claim
        generation, logged = self._fetched(
            SQL(),
            SQL(CALL_BEFORE, claim.call_id),
            SQL("blog_ai_generation WHERE id = %s FOR UPDATE", claim.generation_id),
        )
        outcome_before, proves = (logged and logged[0]) or (None, None)
        if outcome_before not in (None, "pending", "lost"):
            # Stored already: the commit succeeded, and what followed it did not.
            return
        generation = generation.with_context(allowed_company_ids=[claim.company_id])
        if outcome.emails_refused:
            # Odoo sends no email for an activity then.
            generation = generation.with_context(mail_activity_quick_update=True)
        calls = generation._log_calls(outcome)
        hold = self._set_provider_from_outcome(outcome, bool(proves))
        # Cancelled, deleted, or leased to another pump meanwhile: the money is spent
        # and logged, but the article may not be stored any more.
        if generation.lease_token == claim.token:
            generation._set_state_from_outcome(outcome, hold)
        # Last: other pumps wait for the row of the budget.
        self.env["blog.ai.budget"]._settle_claim(
            claim, calls, generation.blog_id, email=not outcome.emails_refused
        )

    @api.model
    def _set_provider_from_outcome(self, outcome: Outcome, proves: bool) -> Hold | None:
        """Hold the provider if it refused the call, whatever becomes of the generation.

        :param proves: whether an answer proves that the provider takes requests again
        :return: the hold
        """
        provider = self.env["blog.ai.provider"].browse(outcome.claim.provider_id)
        if outcome.is_refusal:
            return provider._set_held(outcome.failure, outcome.claim.call_id)
        if proves and isinstance(outcome, Answered):
            provider._set_proved()
        return None

    def _set_state_from_outcome(self, outcome: Outcome, hold: Hold | None) -> None:
        match outcome:
            case Answered():
                self._set_state_done(outcome)
            case Failed() if outcome.failure.code == "stopped":
                self._set_state_released()
            case Failed() if hold:
                self._set_state_from_refusal(outcome.failure, hold)
            case Failed():
                self._set_state_from_failure(outcome.failure)

    def _set_state_done(self, outcome: Answered) -> None:
        """Create the post in the transaction that sets the state.

        If emails are refused, the reviewer has an activity and nobody else is notified.
        """
        refused = outcome.emails_refused
        post, notes = self._create_post(outcome)
        self._set_state_ended(
            "done",
            **{
                **self._prepare_no_error(),
                "repair_notes": [as_json(note) for note in notes],
                "error_detail": refused or False,
                **self._prepare_review(),
            },
        )
        # First: each NOTIFY after the commit takes a connection of its own, and
        # somebody looks at the form.
        self._notify_updated()
        if not refused:
            post._blog_ai_tell_recipients()
        self._ask_for_review(post, email=not refused)

    def _create_post(self, outcome: Answered) -> tuple:
        article, refused = outcome.answer.article, outcome.emails_refused
        held_back = self._hold_back(article)
        author = self.user_id or self.env.user
        self._fetch_partners(author)
        posts = self.env["blog.post"].with_user(author).sudo()
        post = posts.with_context(
            lang=self.lang, allowed_company_ids=self.company_id.ids, tz=author.tz
        )._blog_ai_create(self._prepare_post(article), emails=not refused)
        notes = [
            *held_back,
            *([Message("note.emails_refused")] if refused else []),
            *map(note_message, article.repairs),
            *post.social_ids._shorten(),
        ]
        # In the author's name, not in that of whoever commits.
        post.flush_recordset()
        return post, notes

    def _hold_back(self, article: llm.Article) -> list[Message]:
        """Publish no post automatically in a copy of a database, or a title twice.

        Nor one with a placeholder, on which the writer has made a note.

        :return: further notes; empty if the post may appear
        """
        if not self.publish:
            return []
        reason = ""
        if database_hold(self.env):
            reason = "note.database_copy"
        elif self.blog_id._blog_ai_has_title(article.title, self.lang):
            reason = "note.same_title"
        elif not any(getattr(n, "code", "") == "placeholder" for n in article.repairs):
            return []
        self.write({"publish": False, "review_state": "pending"})
        return [Message(reason)] if reason else []

    def _fetch_partners(self, author) -> None:
        partners = author.partner_id
        if self.publish:
            # Leaving out the archived ones reads them, so that comes later.
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
