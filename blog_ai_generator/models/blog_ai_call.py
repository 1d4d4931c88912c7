# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.tools.constants import GC_UNLINK_LIMIT

from .. import llm
from ..fields import Cost
from ..pump import LEASE_MARGIN, Limits, Prices
from .blog_ai_cost_mixin import COST_DIGITS

# Outcomes of answers, which are paid for.
ANSWERED = ("ok", "refused", "truncated", "unusable")
# A provider may charge for what it wrote until a call was cut.
PAID = (*ANSWERED, "cancelled", "stopped", "timeout")
OUTCOME_LABELS = {
    "pending": "In progress",
    "ok": "Answered",
    # Cut by the server that shut down, which stored this.
    "stopped": "Odoo was shut down",
    # Found once its lease had ended: the worker died before it stored anything.
    "lost": "Odoo was stopped",
    "authentication": "API key not accepted",
    "permission": "Not permitted",
    "quota": "Credit used up",
    "rate_limit": "Rate limit",
    "overloaded": "Provider error",
    "timeout": "Timeout",
    "cancelled": "Cancelled",
    "connection": "No connection",
    "refused": "Content refused",
    "truncated": "Truncated answer",
    "unusable": "Unusable answer",
    "bad_request": "Bad request",
}


class BlogAiCall(models.Model):
    """One request to a provider, and what it cost.

    The row is committed before a provider is called for a post or a person: if the
    worker dies, the call is still on record as money that may have been spent.
    """

    _name = "blog.ai.call"
    _description = "AI Call"
    _inherit = ["blog.ai.cost.mixin"]
    _order = "id desc"
    _rec_name = "model"

    # The record of the money outlives the generation for which it was spent.
    generation_id = fields.Many2one(
        "blog.ai.generation", ondelete="set null", index="btree_not_null", readonly=True
    )
    provider_id = fields.Many2one(
        "blog.ai.provider", ondelete="restrict", index=True, readonly=True
    )
    company_id = fields.Many2one("res.company", index=True, readonly=True)
    blog_id = fields.Many2one("blog.blog", ondelete="set null", readonly=True)
    kind = fields.Selection(
        [
            ("article", "Article"),
            ("translation", "Translation"),
            ("social", "Social copy"),
            ("ideas", "Ideas"),
            ("titles", "Titles"),
            ("section", "Section"),
            ("picture", "Pictures"),
            ("outline", "Outline"),
            ("refresh", "New version"),
            ("test", "Connection test"),
            ("models", "Model list"),
        ],
        required=True,
        default="article",
        readonly=True,
    )
    attempt = fields.Integer(readonly=True)
    model = fields.Char("Model Requested", readonly=True)
    model_answered = fields.Char(readonly=True)
    model_used = fields.Char("Model", compute="_compute_model_used")
    outcome = fields.Selection(
        list(OUTCOME_LABELS.items()), required=True, default="pending", readonly=True
    )
    tokens_in = fields.Integer(readonly=True)
    tokens_cached = fields.Integer(readonly=True, help="Part of the tokens in.")
    tokens_out = fields.Integer(readonly=True)
    tokens_reasoning = fields.Integer(
        "Tokens for Thinking", readonly=True, help="Part of the tokens out."
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    cost = Cost(digits=COST_DIGITS, readonly=True, help="Empty if it is not known.")
    # The most that a pending call may cost: the budget keeps this amount free.
    reserved = fields.Float(digits=COST_DIGITS, readonly=True, aggregator=None)
    milliseconds = fields.Integer("Duration (ms)", readonly=True, aggregator="avg")
    http_status = fields.Integer("HTTP Status", readonly=True, aggregator=None)
    request_id = fields.Char(
        readonly=True, help="The provider's own name for this call, for its support."
    )
    prompt_version = fields.Char(readonly=True)
    voice_version_id = fields.Many2one(
        "blog.ai.voice.version", "Voice", ondelete="set null", readonly=True
    )
    detail = fields.Text(readonly=True, groups="base.group_system")

    _by_month = models.Index("(create_date)")
    _pending = models.Index("(create_date) WHERE outcome = 'pending'")

    @api.depends("model", "model_answered")
    def _compute_model_used(self):
        for call in self:
            call.model_used = call.model_answered or call.model

    @api.model_create_multi
    def create(self, vals_list):
        calls = super().create(vals_list)
        for call in calls:
            if call.kind == "test" and call.outcome != "pending":
                call.provider_id.sudo()._set_last_test(call)
        return calls

    @api.model
    def _set_outcome_lost(self) -> None:
        """End the calls of dead workers whose generation is no longer being written.

        A generation that is still leased ends its own call when its lease runs out.
        """
        calls = self.search(
            [
                ("outcome", "=", "pending"),
                "|",
                ("generation_id", "=", False),
                ("generation_id.state", "!=", "writing"),
            ]
        )
        lost = calls.filtered(lambda call: call._lease_end() < self.env.cr.now())
        lost.outcome = "lost"
        self.env["blog.ai.ask"]._end_lost(lost)

    def _lease_end(self) -> datetime:
        lease = self.provider_id.time_limit + LEASE_MARGIN
        return self.create_date + timedelta(seconds=lease)

    @api.autovacuum
    def _gc_old_calls(self):
        """Delete calls older than the days of the settings.

        Their total cost stays on the generations. A call in progress is never deleted.
        The stored prompt of a translation goes, too: it is as long as its post.
        """
        days = Limits.of(self.env).keep_calls_days
        if not days:
            return 0, 0
        before = fields.Datetime.now() - timedelta(days=days)
        old = [("create_date", "<", before), ("outcome", "!=", "pending")]
        calls = self.search(old, limit=GC_UNLINK_LIMIT)
        answered = calls.filtered(lambda call: call.outcome == "ok")
        translated = answered.filtered(lambda call: call.kind == "translation")
        translated.generation_id.prompt_sent = False
        calls.unlink()
        return len(calls), len(calls) == GC_UNLINK_LIMIT and self.search_count(old)

    @api.model
    def _prepare_record(self, record: llm.CallRecord, prices: Prices) -> dict:
        """Return the values of a row for the record of one request.

        :param prices: of the provider that was called
        """
        usage = record.usage
        return {
            "kind": record.kind,
            "model": record.model,
            "model_answered": record.model_answered,
            "outcome": record.outcome,
            "tokens_in": usage.tokens_in,
            "tokens_cached": usage.tokens_cached,
            "tokens_out": usage.tokens_out,
            "tokens_reasoning": usage.tokens_reasoning,
            "currency_id": prices.currency_id,
            "cost": _cost(record, prices),
            "milliseconds": record.milliseconds,
            "http_status": record.http_status or 0,
            "request_id": record.request_id,
            "prompt_version": record.prompt_version,
            "detail": f"{record.detail} {_not_believed(usage, prices)}".strip(),
        }


def _not_believed(usage: llm.Usage, prices: Prices) -> str:
    if not prices.in_dollars or prices.believes(usage):
        return ""
    return f"Reported cost beyond belief: ${usage.cost:,.2f}."


def _cost(record: llm.CallRecord, prices: Prices) -> float | None:
    usage = record.usage
    is_paid = record.outcome in PAID and record.kind != "models"
    is_counted = usage.tokens_in or usage.tokens_out or usage.cost is not None
    if is_paid and not is_counted and not prices.is_free:
        return None
    return prices.cost(usage)
