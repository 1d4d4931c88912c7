# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging
import uuid
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from .. import llm
from ..content import post_html
from ..limits import LEASE_MARGIN, Limits, sweep_end
from ..pump import Claim, Failure, Pump
from .blog_ai_call import OUTCOME_LABELS

_logger = logging.getLogger(__name__)

MAX_TOPIC = 500
MAX_NOTES = 4000
LENGTHS = [
    ("400", "Short (about 400 words)"),
    ("800", "Medium (about 800 words)"),
    ("1200", "Long (about 1,200 words)"),
]
FINAL_STATES = ("done", "failed", "cancelled")
# Seconds: first pause and longest pause between two attempts of one generation.
FIRST_PAUSE, LONGEST_PAUSE = 10, 600
# A provider that wants a longer pause than this is not waited for by itself.
LONGEST_RETRY_AFTER = 6 * 3600
UPDATED = "blog_ai_generator/generation"


class BlogAiGeneration(models.Model):
    """One article asked for: at once the job, the line of the log, the place of retry.

    queued → writing → done | failed | cancelled. ``writing`` is a lease: it names its
    holder (``lease_token``) and runs out (``lease_until``), so that the generation of
    a dead worker is taken up again and a late answer of it is not stored twice.
    """

    _name = "blog.ai.generation"
    _description = "Generation"
    _order = "id desc"
    _rec_name = "topic"

    topic = fields.Char(required=True, readonly=True)
    notes = fields.Text(readonly=True)
    blog_id = fields.Many2one(
        "blog.blog", required=True, ondelete="cascade", index=True, readonly=True
    )
    website_id = fields.Many2one(related="blog_id.website_id")
    tag_ids = fields.Many2many("blog.tag", string="Tags", readonly=True)
    lang = fields.Selection(
        selection="_selection_lang",
        string="Language",
        required=True,
        readonly=True,
        default=lambda self: self.env.lang or "en_US",
    )
    words = fields.Selection(
        LENGTHS, "Length", required=True, default="800", readonly=True
    )
    provider_id = fields.Many2one(
        "blog.ai.provider",
        required=True,
        ondelete="restrict",
        index=True,
        readonly=True,
        default=lambda self: self.env.company._blog_ai_default_provider(),
    )
    model = fields.Char(
        "Model Asked", readonly=True, help="Empty: the provider's default model."
    )
    publish = fields.Boolean("Publish at Once", readonly=True)
    recipient_ids = fields.Many2many("res.partner", string="Recipients", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Requested by",
        index=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )

    state = fields.Selection(
        [
            ("queued", "Queued"),
            ("writing", "Writing"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="queued",
        readonly=True,
        copy=False,
    )
    attempts = fields.Integer(
        required=True, default=0, readonly=True, copy=False, aggregator="avg"
    )
    attempt_limit = fields.Integer(readonly=True, copy=False, aggregator=None)
    # To the microsecond, unlike `fields.Datetime.now()`: durations are measured by it.
    queued_at = fields.Datetime(
        readonly=True,
        copy=False,
        default=lambda self: self.env.cr.now(),
        required=True,
    )
    next_try_at = fields.Datetime(
        "Next Attempt", readonly=True, copy=False, default=fields.Datetime.now
    )
    lease_until = fields.Datetime(readonly=True, copy=False)
    lease_token = fields.Char(readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False)
    duration = fields.Float(
        "Duration (s)",
        digits=(16, 2),
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Seconds from asking to the end, waiting included.",
    )
    elapsed = fields.Float("Elapsed (s)", compute="_compute_elapsed")
    error_code = fields.Selection(
        [
            (code, label)
            for code, label in OUTCOME_LABELS.items()
            if code not in ("pending", "ok")
        ]
        + [("storage", "Not stored")],
        "Error",
        readonly=True,
        copy=False,
    )
    error = fields.Text("What Went Wrong", readonly=True, copy=False)
    error_detail = fields.Text(readonly=True, copy=False, groups="base.group_system")
    repairs = fields.Text(
        "Mended",
        readonly=True,
        copy=False,
        help="What was mended in the answer before it became a post.",
    )

    model_answered = fields.Char("Model", readonly=True, copy=False)
    tokens_in = fields.Integer(readonly=True, copy=False)
    tokens_out = fields.Integer(readonly=True, copy=False)
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True, precompute=True
    )
    # Not Monetary: an article costs fractions of a cent.
    cost = fields.Float(digits=(16, 4), readonly=True, copy=False)
    call_ids = fields.One2many("blog.ai.call", "generation_id", "Calls")
    post_ids = fields.One2many("blog.post", "blog_ai_generation_id", "Posts")
    post_id = fields.Many2one("blog.post", compute="_compute_post_id")
    notified_at = fields.Datetime("Recipients Told", readonly=True, copy=False)

    _queue = models.Index("(next_try_at, id) WHERE state = 'queued'")
    _leases = models.Index("(lease_until) WHERE state = 'writing'")
    _lease_complete = models.Constraint(
        "CHECK ((state = 'writing') = "
        "(lease_until IS NOT NULL AND lease_token IS NOT NULL))",
        "A generation has a lease exactly while it is being written.",
    )

    @api.model
    def _selection_lang(self) -> list[tuple[str, str]]:
        return self.env["res.lang"].get_installed()

    @api.depends("state", "queued_at", "duration")
    def _compute_elapsed(self):
        now = self.env.cr.now()
        for generation in self:
            generation.elapsed = (
                generation.duration
                if generation.state in FINAL_STATES
                else (now - generation.queued_at).total_seconds()
            )

    @api.depends("provider_id")
    def _compute_currency_id(self):
        for generation in self:
            generation.currency_id = generation.provider_id.currency_id

    @api.depends("post_ids")
    def _compute_post_id(self):
        for generation in self:
            generation.post_id = generation.post_ids[:1]

    @api.constrains("topic", "notes")
    def _check_topic(self):
        for generation in self:
            if not (generation.topic or "").strip():
                raise ValidationError(
                    self.env._("Say what to write about: the topic is empty.")
                )
            if len(generation.topic) > MAX_TOPIC:
                raise ValidationError(
                    self.env._(
                        "The topic has %(count)s characters. Keep it to %(most)s and "
                        "put the rest into the notes.",
                        count=len(generation.topic),
                        most=MAX_TOPIC,
                    )
                )
            if len(generation.notes or "") > MAX_NOTES:
                raise ValidationError(
                    self.env._(
                        "The notes have %(count)s characters. Shorten them to "
                        "%(most)s.",
                        count=len(generation.notes),
                        most=MAX_NOTES,
                    )
                )

    @api.constrains("provider_id", "company_id")
    def _check_provider_company(self):
        for generation in self:
            company = generation.provider_id.company_id
            if company and company != generation.company_id:
                raise ValidationError(
                    self.env._(
                        "The provider %(provider)s belongs to %(theirs)s, the blog to "
                        "%(ours)s. Choose a provider of that company or a shared one.",
                        provider=generation.provider_id.name,
                        theirs=company.name,
                        ours=generation.company_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        limits = Limits.of(self.env)
        for vals in vals_list:
            vals.setdefault("attempt_limit", limits.max_attempts)
            vals["topic"] = " ".join((vals.get("topic") or "").split())
            if not vals.get("company_id"):
                blog = self.env["blog.blog"].browse(vals.get("blog_id"))
                company = blog.website_id.company_id or self.env.company
                vals["company_id"] = company.id
        generations = super().create(vals_list)
        generations._wake_pump()
        return generations

    @api.ondelete(at_uninstall=False)
    def _unlink_except_writing(self):
        if "writing" in self.mapped("state"):
            raise UserError(
                self.env._("Cancel a generation before you delete it: it is written.")
            )

    # What people do

    def action_retry(self):
        """Queue failed and cancelled generations again, with fresh attempts."""
        self._check_may_steer()
        again = self.sudo()._locked_in_state("failed", "cancelled")
        limit = Limits.of(self.env).max_attempts
        for generation in again:
            generation.provider_id._check_can_write()
            generation.write(
                {
                    **self._prepare_no_lease("queued"),
                    "queued_at": self.env.cr.now(),
                    "next_try_at": fields.Datetime.now(),
                    "finished_at": False,
                    "duration": 0,
                    "attempt_limit": generation.attempts + limit,
                    **self._prepare_no_error(),
                }
            )
        again._wake_pump()
        again._notify_updated()
        return True

    def action_cancel(self):
        """Stop what is queued or written. A call under way is still paid for."""
        self._check_may_steer()
        stopped = self.sudo()._locked_in_state("queued", "writing")
        stopped.write(self._prepare_no_lease("cancelled"))
        stopped._close()
        stopped._notify_updated()
        return True

    def action_open_post(self):
        self.ensure_one()
        if not self.post_id:
            raise UserError(
                self.env._(
                    "The post was deleted. Write it again with “Write a post” and the "
                    "same topic."
                )
            )
        return self.post_id.open_website_url()

    def action_open_social(self):
        """The post's back-end form, where the copy for the networks is."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "blog.post",
            "res_id": self.post_id.id,
            "views": [(False, "form")],
        }

    def _check_may_steer(self):
        self.check_access("read")
        if not self.env["blog.post"].has_access("create"):
            raise AccessError(
                self.env._("Only people who may write blog posts can do this.")
            )

    def _locked_in_state(self, *states):
        """Those of us in one of these states, locked against a pump and a second click.

        Waits for the other one, unlike ``lock_for_update``: his commit is then a
        serialization failure here, Odoo repeats the request, and that finds the new
        state.
        """
        self.env.cr.execute(
            SQL(
                "SELECT id FROM blog_ai_generation WHERE id = ANY(%s) ORDER BY id "
                "FOR NO KEY UPDATE",
                self.ids,
            )
        )
        self.invalidate_recordset()
        return self.filtered(lambda generation: generation.state in states)

    @api.model
    @api.private
    def write_post(self, topic: str, blog=None, **values):
        """Write a post at once, in this process, and return its generation.

        For a shell or a script: commits, since no transaction may be open while a
        provider is called.

        :param str topic: what to write about
        :param blog: the ``blog.blog``; the first one by default
        :param values: further fields of the generation, such as ``publish=True``
        :return: the generation; its ``state`` and ``error`` say how it went
        """
        blog = blog or self.env["blog.blog"].search([], limit=1)
        if not blog:
            raise UserError(self.env._("There is no blog yet. Create one first."))
        generation = self.create({"topic": topic, "blog_id": blog.id, **values})
        generation.provider_id._check_can_write()
        self.env.cr.commit()  # pylint: disable=invalid-commit
        Pump(self.env.registry, Limits.of(self.env), only=generation.ids).run()
        self.env.cr.rollback()
        self.env.invalidate_all()
        return generation

    # What the pump asks for

    @api.model
    def _cron_pump(self):
        """Write what is queued, many at once, until the sweep's time is up."""
        limits = Limits.of(self.env)
        # Ends this cursor's transaction: the pump works on short ones of its own.
        self.env["ir.cron"]._commit_progress()
        Pump(self.env.registry, limits, end=sweep_end()).run()

    @api.model
    def _claim(self, room: int, limits: Limits, only: list[int] | None = None):
        """Take up to ``room`` due generations and lease them to the caller.

        Safe beside other claimers: a row locked by one is skipped by the next. Under
        REPEATABLE READ a row that another one has *just* committed is an error instead
        (``SerializationFailure``), which is not worth a line in the log; the pump then
        claims again.

        :return: a list of :class:`Claim`; empty when nothing is due
        """
        self._requeue_lost()
        self.flush_model()
        token = uuid.uuid4().hex
        now = fields.Datetime.now()
        self.env.cr.execute(
            SQL(
                """
                UPDATE blog_ai_generation
                   SET state = 'writing', attempts = attempts + 1,
                       lease_token = %(token)s, lease_until = %(until)s,
                       write_date = %(now)s
                 WHERE id IN (
                     SELECT id FROM blog_ai_generation
                      WHERE state = 'queued' AND next_try_at <= %(now)s AND %(only)s
                      ORDER BY next_try_at, id
                      LIMIT %(room)s
                        FOR UPDATE SKIP LOCKED)
             RETURNING id
                """,
                token=token,
                until=now + timedelta(seconds=limits.call_timeout + LEASE_MARGIN),
                now=now,
                only=SQL("id = ANY(%s)", only) if only else SQL("TRUE"),
                room=room,
            ),
            log_exceptions=False,
        )
        generations = self.browse(sorted(row[0] for row in self.env.cr.fetchall()))
        if not generations:
            return []
        generations.invalidate_recordset()
        calls = self.env["blog.ai.call"].create(
            [generation._prepare_pending_call() for generation in generations]
        )
        generations._notify_updated()
        claims = [
            generation._prepare_claim(token, call, limits)
            for generation, call in zip(generations, calls, strict=True)
        ]
        return [claim for claim in claims if claim]

    def _prepare_claim(self, token: str, call, limits: Limits):
        """The claim as plain data; when it can't be made None, and it has failed.

        One that can't be made must not keep the others in the queue for ever.
        """
        try:
            self.provider_id._check_can_write()
            return Claim(
                generation_id=self.id,
                token=token,
                call_id=call.id,
                request=self._prepare_request(),
                account=self.provider_id._account(self.model, limits.call_timeout),
            )
        except psycopg2.Error:
            raise
        except UserError as exception:
            sentence, detail = str(exception), ""
        except Exception as exception:
            _logger.exception("Generation %s can't be asked for", self.id)
            detail = f"{type(exception).__name__}: {exception}"
            sentence = self.env._(
                "The article could not be asked for. An administrator finds the reason "
                "in the technical detail; press Retry after it is mended."
            )
        call.write({"outcome": "bad_request", "detail": detail})
        self._end_attempt(Failure("bad_request", sentence, detail))
        return None

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
                    self.env._(
                        "The server stopped while this was being written. Press Retry."
                    ),
                    retryable=True,
                    retry_after=0.0,
                )
            )

    def _prepare_pending_call(self) -> dict:
        return {
            "generation_id": self.id,
            "provider_id": self.provider_id.id,
            "company_id": self.company_id.id,
            "attempt": self.attempts,
            "model": self.model or self.provider_id.model,
            "currency_id": self.provider_id.currency_id.id,
            "prompt_version": llm.PROMPT_VERSION,
        }

    def _prepare_request(self) -> llm.ArticleRequest:
        return llm.ArticleRequest(
            topic=self.topic,
            notes=self.notes or "",
            keywords=tuple(self.tag_ids.mapped("name")),
            language=self.lang,
            words=int(self.words),
            blog_name=self.blog_id.name,
            link_hosts=self.blog_id._blog_ai_link_hosts(),
        )

    def _store(self, claim: Claim, answer, failure) -> None:
        """Close one attempt: log its calls, then the post or the failure.

        :param answer: the :class:`llm.Answer`, or None with an ``failure``
        """
        self.ensure_one()
        self.env.cr.execute(
            "SELECT lease_token FROM blog_ai_generation WHERE id = %s FOR UPDATE",
            [self.id],
            log_exceptions=False,
        )
        row = self.env.cr.fetchone()
        self._log_calls(claim, (answer or failure).calls)
        # Cancelled, deleted, or leased to another since: the money is spent and logged,
        # the article is not ours to store any more.
        if row == (claim.token,):
            if answer:
                self._finish(answer)
            else:
                self._end_attempt(failure)

    def _log_calls(self, claim: Claim, records):
        """The first record fills in the row that was written before the call."""
        first = self.env["blog.ai.call"].browse(claim.call_id).exists()
        provider = first.provider_id
        values = [first._prepare_record(record, provider) for record in records]
        if not values:
            return
        first.write(values[0])
        shared = {
            "generation_id": first.generation_id.id,
            "provider_id": provider.id,
            "company_id": first.company_id.id,
            "attempt": first.attempt,
        }
        if values[1:]:
            first.create([{**more, **shared} for more in values[1:]])
        if self.exists():
            self.write(
                {
                    "tokens_in": self.tokens_in + sum(v["tokens_in"] for v in values),
                    "tokens_out": self.tokens_out
                    + sum(v["tokens_out"] for v in values),
                    "cost": self.cost + sum(v["cost"] for v in values),
                    "model_answered": values[-1]["model_answered"],
                }
            )

    def _finish(self, answer) -> None:
        """Make the post, in the same transaction that says that it is done."""
        author = self.user_id or self.env.user
        post = (
            self.env["blog.post"]
            .with_user(author)
            .sudo()
            .with_context(
                lang=self.lang, allowed_company_ids=self.company_id.ids, tz=author.tz
            )
            .create(self._prepare_post(answer.article))
        )
        self.write(
            {
                **self._prepare_no_lease("done"),
                "repairs": "\n".join(answer.article.repairs) or False,
                **self._prepare_no_error(),
            }
        )
        self._close()
        post._blog_ai_tell_recipients()
        self._notify_updated()

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
            "is_published": self.publish,
            "published_date": self.publish and fields.Datetime.now(),
            "social_ids": [
                fields.Command.create({"network": network, "text": text})
                for network, text in article.social.items()
            ],
        }

    def _end_attempt(self, failure: Failure) -> None:
        """Queue again when it may help and attempts are left, else it has failed."""
        values = {
            "error_code": failure.code,
            "error": failure.sentence,
            "error_detail": failure.detail,
        }
        pause = self._pause(failure)
        again = (
            failure.retryable
            and self.attempts < self.attempt_limit
            and pause <= LONGEST_RETRY_AFTER
        )
        if again:
            at = fields.Datetime.now() + timedelta(seconds=pause)
            self.write(
                {**values, **self._prepare_no_lease("queued"), "next_try_at": at}
            )
            self._wake_pump(at)
        else:
            self.write({**values, **self._prepare_no_lease("failed")})
            self._close()
        self._notify_updated()

    def _pause(self, failure: Failure) -> float:
        """Seconds until the next attempt: the provider's wish, or longer each time."""
        own = min(FIRST_PAUSE * 4 ** max(self.attempts - 1, 0), LONGEST_PAUSE)
        return failure.retry_after if failure.retry_after is not None else own

    def _close(self) -> None:
        now = self.env.cr.now()
        for generation in self:
            duration = (now - generation.queued_at).total_seconds()
            generation.write({"finished_at": now, "duration": duration})

    @api.model
    def _prepare_no_lease(self, state: str) -> dict:
        return {"state": state, "lease_token": False, "lease_until": False}

    @api.model
    def _prepare_no_error(self) -> dict:
        return {"error_code": False, "error": False, "error_detail": False}

    @api.model
    def _wake_pump(self, at=None) -> None:
        """Start the pump when this transaction is committed, or at a later moment."""
        self.env.ref("blog_ai_generator.cron_pump").sudo()._trigger(at)

    @api.model
    def _next_due(self):
        """When a queued generation is due next, or None."""
        self.env.cr.execute(
            "SELECT min(next_try_at) FROM blog_ai_generation WHERE state = 'queued'"
        )
        return self.env.cr.fetchone()[0]

    def _notify_updated(self) -> None:
        """Tell the open forms and lists of everybody who may see generations.

        Ids only: what is behind them is read by each user with his own rights.
        """
        if self:
            group = self.env.ref("website.group_website_designer").sudo()
            group._bus_send(UPDATED, {"ids": self.ids})
