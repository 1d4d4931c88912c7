# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ..limits import Limits
from ..llm.text import clean
from ..pump import Pump
from .blog_ai_call import OUTCOME_LABELS

MAX_TOPIC = 500
MAX_NOTES = 4000
LENGTHS = [
    ("400", "Short (about 400 words)"),
    ("800", "Medium (about 800 words)"),
    ("1200", "Long (about 1,200 words)"),
]
FINAL_STATES = ("done", "failed", "cancelled")
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
    topic_id = fields.Many2one(
        "blog.ai.topic",
        "From the Queue",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
    )
    slot_id = fields.Many2one(
        "blog.ai.slot",
        "Daily Slot",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
        copy=False,
    )
    slot_day = fields.Date("Local Day of the Slot", readonly=True, copy=False)
    keywords = fields.Char(readonly=True)
    author_id = fields.Many2one(
        "res.partner", readonly=True, help="Empty: who asked for it."
    )
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
    mail_error = fields.Char("Mail Not Sent", compute="_compute_mail_error")

    _once_a_slot_day = models.UniqueIndex(
        "(slot_id, slot_day) WHERE slot_id IS NOT NULL",
        "This slot has a generation for that day already.",
    )
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

    @api.depends("post_ids", "notified_at")
    def _compute_mail_error(self):
        """Why a recipient could not be told, in Odoo's own words."""
        told = self.filtered("notified_at")
        (self - told).mail_error = False
        mails = self.env["mail.mail"].sudo()
        failed = mails.search(
            [
                ("model", "=", "blog.post"),
                ("res_id", "in", told.post_ids.ids),
                ("state", "=", "exception"),
            ]
        )
        for generation in told:
            mail = failed.filtered(lambda m, g=generation: m.res_id in g.post_ids.ids)
            generation.mail_error = bool(mail) and (
                mail[0].failure_reason
                or self.env._("The mail server did not take it. Look at Emails.")
            )

    @api.constrains("topic", "notes")
    def _check_topic(self):
        for generation in self:
            self._check_words(generation.topic, generation.notes)

    @api.model
    def _check_words(self, topic: str, notes: str):
        """:raises ValidationError: with the reason why no model can be asked this"""
        if not (topic or "").strip():
            raise ValidationError(
                self.env._("Say what to write about: the topic is empty.")
            )
        if len(topic) > MAX_TOPIC:
            raise ValidationError(
                self.env._(
                    "The topic has %(count)s characters. Keep it to %(most)s and put "
                    "the rest into the notes.",
                    count=len(topic),
                    most=MAX_TOPIC,
                )
            )
        if len(notes or "") > MAX_NOTES:
            raise ValidationError(
                self.env._(
                    "The notes have %(count)s characters. Shorten them to %(most)s.",
                    count=len(notes),
                    most=MAX_NOTES,
                )
            )

    @api.constrains("provider_id", "company_id")
    def _check_provider_company(self):
        for generation in self:
            generation.provider_id._check_serves(generation.company_id)

    @api.model_create_multi
    def create(self, vals_list):
        limits = Limits.of(self.env)
        for vals in vals_list:
            vals.setdefault("attempt_limit", limits.max_attempts)
            vals["topic"] = " ".join(clean(vals.get("topic") or "").split())
            if not vals.get("company_id"):
                blog = self.env["blog.blog"].browse(vals.get("blog_id"))
                company = blog.website_id.company_id or self.env.company
                vals["company_id"] = company.id
        generations = super().create(vals_list)
        generations._tell_origin()
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
        """Queue failed and cancelled generations again, with fresh attempts.

        Asks first where something like it was written meanwhile.
        """
        self._check_may_steer()
        again = self.sudo()._locked_in_state("failed", "cancelled")
        question = again._question_before_retry()
        if question and not self.env.context.get("blog_ai_write_all_the_same"):
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Retry all the same?"),
                "res_model": "blog.ai.retry",
                "views": [(False, "form")],
                "target": "new",
                "context": {
                    "default_generation_ids": again.ids,
                    "default_question": question,
                },
            }
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
        again._tell_origin()
        again._wake_pump()
        again._notify_updated()
        return True

    def _question_before_retry(self) -> str:
        lines = []
        for generation in self:
            similar = generation.blog_id._blog_ai_find_similar(
                generation.topic, topic=generation.topic_id, generation=generation
            )
            if similar:
                lines.append(
                    self.env._(
                        "“%(topic)s” resembles %(similar)s.",
                        topic=generation.topic,
                        similar=similar,
                    )
                )
        return "\n".join(lines)

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

    def action_write_again(self):
        """Open “Write a post” with what was asked for here, to be changed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write a post"),
            "res_model": "blog.ai.write",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_topic": self.topic,
                "default_topic_id": self.topic_id.id,
                "default_notes": self.notes,
                "default_blog_id": self.blog_id.id,
                "default_tag_ids": self.tag_ids.ids,
                "default_lang": self.lang,
                "default_words": self.words,
                "default_provider_id": self.provider_id.id,
                "default_recipient_ids": self.recipient_ids.ids,
            },
        }

    def action_open_social(self):
        """The post's back-end form, where the copy for the networks is."""
        self.ensure_one()
        if not self.post_id:
            return self.action_open_post()
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
            ),
            log_exceptions=False,
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

    # What both people and the pump need

    def _close(self) -> None:
        now = self.env.cr.now()
        for generation in self:
            duration = (now - generation.queued_at).total_seconds()
            generation.write({"finished_at": now, "duration": duration})
        self._tell_origin()

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

    def _tell_origin(self) -> None:
        """The topic and the slot's day that a generation is for follow its state."""
        for generation in self:
            if generation.topic_id:
                generation.topic_id._follow(generation.state)
            if generation.slot_id:
                days = self.env["blog.ai.slot.day"].search(
                    [("generation_id", "=", generation.id)]
                )
                days._follow(generation.state)

    def _notify_updated(self) -> None:
        """Tell the open forms and lists of everybody who may see generations.

        Ids only: what is behind them is read by each user with his own rights.
        """
        if self:
            group = self.env.ref("website.group_website_designer").sudo()
            group._bus_send(UPDATED, {"ids": self.ids})
