# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..fields import Cost, Duration, PlainChar, PlainText
from ..messages import render
from ..pump import Limits, Pump
from ..utils import hide_fields
from .blog_ai_call import OUTCOME_LABELS
from .blog_ai_cost_mixin import COST_DIGITS

FINAL_STATES = ("done", "failed", "cancelled")
# Fields for the pump and the ORM alone.
TECHNICAL = {
    "attempt_limit",
    "error_message",
    "lease_token",
    "lease_until",
    "linked_pages",
    "prompt_sent",
    "listed_in",
    "listed_out",
    "repair_notes",
    "source_hash",
    "source_octets",
    "translation",
}


class BlogAiGeneration(models.Model):
    """One requested article: job, line of the log, and what *Retry* queues again.

    queued → writing → done | failed | cancelled. ``writing`` is a lease: it names its
    holder (``lease_token``) and runs out (``lease_until``). So the generation of a dead
    worker is taken up again, and its late answer is not stored a second time.
    """

    _name = "blog.ai.generation"
    _description = "Generation"
    _inherit = [
        "blog.ai.cost.mixin",
        "blog.ai.title.mixin",
        "blog.ai.full.brief.mixin",
    ]
    _order = "id desc"
    _rec_name = "topic"

    topic = PlainChar(required=True, readonly=True)
    blog_id = fields.Many2one(readonly=True)
    tag_ids = fields.Many2many(readonly=True)
    lang = fields.Selection(
        required=True, readonly=True, default=lambda self: self.env.lang or "en_US"
    )
    keywords = PlainChar(readonly=True)
    notes = PlainText(readonly=True)
    author_id = fields.Many2one(
        readonly=True, help="Leave empty for the person who requests the post."
    )
    words = fields.Selection(readonly=True)
    provider_id = fields.Many2one(
        index=True,
        readonly=True,
        default=lambda self: self.env.company._blog_ai_default_provider(),
    )
    model = PlainChar("Model Requested", readonly=True)
    voice_id = fields.Many2one(string="Voice Requested", readonly=True)
    outline = PlainText(readonly=True)
    publish = fields.Boolean(readonly=True)
    recipient_ids = fields.Many2many(readonly=True)
    translation_langs = fields.Char(readonly=True)
    website_id = fields.Many2one(related="blog_id.website_id")
    topic_id = fields.Many2one(
        "blog.ai.topic",
        "Topic in the Queue",
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
    # Unlike `fields.Datetime.now()`, it has microseconds: durations are measured by it.
    queued_at = fields.Datetime(
        readonly=True,
        copy=False,
        default=lambda self: self.env.cr.now(),
        required=True,
    )
    next_try_at = fields.Datetime(
        "Next Attempt",
        readonly=True,
        copy=False,
        default=lambda self: self.env.cr.now(),
    )
    lease_until = fields.Datetime(readonly=True, copy=False)
    lease_token = fields.Char(readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False)
    duration = Duration(
        "Duration (s)",
        digits=(16, 2),
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Seconds from the request to the end, waiting included. Empty when it was "
        "cancelled.",
    )
    elapsed = fields.Float("Elapsed (s)", compute="_compute_elapsed")
    error_code = fields.Selection(
        [
            (code, label)
            for code, label in OUTCOME_LABELS.items()
            if code not in ("pending", "ok")
        ]
        + [
            ("storage", "Not stored"),
            ("budget", "Budget used up"),
            ("brief", "Not possible any more"),
        ],
        "Error",
        readonly=True,
        copy=False,
    )
    # Made by ``messages.as_json``: each reader has it in their own language.
    error_message = fields.Json(readonly=True, copy=False)
    error = fields.Text("What Went Wrong", compute="_compute_error")
    error_detail = fields.Text(readonly=True, copy=False, groups="base.group_system")
    # A list of messages like `error_message`.
    repair_notes = fields.Json(readonly=True, copy=False)
    repairs = fields.Text(
        "Corrections",
        compute="_compute_repairs",
        help="What was corrected in the answer before it became a post.",
    )

    model_answered = fields.Char("Model", readonly=True, copy=False)
    tokens_in = fields.Integer(readonly=True, copy=False)
    tokens_out = fields.Integer(readonly=True, copy=False)
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True, precompute=True
    )
    # A Monetary would round it to cents.
    cost = Cost(
        digits=COST_DIGITS,
        readonly=True,
        copy=False,
        help="Of all calls whose cost is known; empty if it is not known of any.",
    )
    call_ids = fields.One2many("blog.ai.call", "generation_id", "Calls")
    post_ids = fields.One2many("blog.post", "blog_ai_generation_id", "Posts")
    post_id = fields.Many2one("blog.post", compute="_compute_post_id")
    # The date of a draft is when it was written.
    post_date = fields.Datetime(related="post_ids.post_date")
    notified_at = fields.Datetime("Recipients Notified", readonly=True, copy=False)

    _once_a_slot_day = models.UniqueIndex(
        "(slot_id, slot_day) WHERE slot_id IS NOT NULL",
        "This slot has a generation for that day already. Open that generation, or use "
        "“Write a post” for another one.",
    )
    _failed = models.Index("(company_id, id) WHERE state = 'failed'")
    _queue = models.Index("(provider_id, next_try_at, id) WHERE state = 'queued'")
    _unfinished = models.Index("(blog_id) WHERE state IN ('queued', 'writing')")
    _leases = models.Index("(lease_until) WHERE state = 'writing'")
    _lease_complete = models.Constraint(
        "CHECK ((state = 'writing') = "
        "(lease_until IS NOT NULL AND lease_token IS NOT NULL))",
        "A generation is leased only while it is being written. Use “Retry” or "
        "“Cancel” instead of changing its state.",
    )

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Offer no technical field for groups, filters and exports.

        Odoo's own way of hiding a field would cost the form a query.
        """
        return hide_fields(super().fields_get(allfields, attributes), TECHNICAL)

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

    @api.model
    def _default_blog_id(self):
        """Propose no blog: no form creates a generation."""
        return self.env["blog.blog"]

    @api.depends("post_ids")
    def _compute_post_id(self):
        for generation in self:
            generation.post_id = generation.post_ids[:1]

    @api.depends("error_message")
    @api.depends_context("lang", "uid")
    def _compute_error(self):
        for generation in self:
            message = generation.error_message
            generation.error = message and render(self.env, message)

    @api.depends("repair_notes")
    @api.depends_context("lang", "uid")
    def _compute_repairs(self):
        for generation in self:
            notes = generation.repair_notes or ()
            lines = [render(self.env, note) for note in notes]
            generation.repairs = "\n".join(lines)

    @api.constrains("topic")
    def _check_topic(self):
        for generation in self:
            self._check_topic_text(generation.topic)

    @api.constrains("provider_id", "company_id")
    def _check_provider_company(self):
        for generation in self:
            generation.provider_id._check_serves(generation.company_id)

    @api.model_create_multi
    def create(self, vals_list):
        limits = Limits.of(self.env)
        for vals in vals_list:
            vals.setdefault("attempt_limit", limits.max_attempts)
            vals["topic"] = vals.get("topic") or ""
            if not vals.get("company_id"):
                blog = self.env["blog.blog"].browse(vals.get("blog_id"))
                company = blog.website_id.company_id or self.env.company
                vals["company_id"] = company.id
        generations = super().create(vals_list)
        generations._set_state_of_origin()
        generations._wake_pump()
        return generations

    @api.ondelete(at_uninstall=False)
    def _unlink_except_unfinished(self):
        if not {"queued", "writing"}.isdisjoint(self.mapped("state")):
            raise UserError(
                self.env._(
                    "Cancel a generation before you delete it: it is queued or being "
                    "written."
                )
            )

    @api.model
    @api.private
    def write_post(self, topic: str, blog=None, **values):
        """Write a post at once, in this process, and return its generation.

        This is for a shell or a script. It commits, since no transaction may be open
        while a provider is called.

        :param str topic: what to write about
        :param blog: the ``blog.blog``; the first one by default
        :param values: further fields of the generation, such as ``publish=True``
        :return: the generation; its ``state`` and ``error`` say how it went. It is
            queued still if the provider is on hold or takes no further call now
        """
        blog = blog or self.env["blog.blog"].search([], limit=1)
        if not blog:
            raise UserError(self.env._("There is no blog yet. Create one first."))
        generation = self.create({"topic": topic, "blog_id": blog.id, **values})
        generation._check_brief()
        generation.provider_id._check_can_write()
        self.env.cr.commit()  # pylint: disable=invalid-commit
        Pump(self.env.registry, Limits.of(self.env), only=generation.ids).run()
        self.env.cr.rollback()
        self.env.invalidate_all()
        return generation
