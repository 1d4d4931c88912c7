# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
from collections.abc import Sequence

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL, format_date

from ..attempt import Attempt
from ..messages import Message
from ..utils import cost_text, notification
from .blog_ai_cost_mixin import COST_DIGITS

# Share of a budget at which administrators are told.
WARNING_SHARE = 0.8
# Share of the monthly amount by which one click raises a budget.
STEP = 0.5


class BlogAiBudget(models.Model):
    """The money that a company, or one blog, may spend on calls in one month.

    A claim adds up what is spent and what the calls in flight may still cost, and takes
    no generation that could exceed the limit. A stored answer adds its real cost. A
    pending call has its own reserved amount, so that nothing has to give it back: it
    goes with each way in which a call can end.
    """

    _name = "blog.ai.budget"
    _description = "AI Budget"
    _inherit = ["blog.ai.alert.mixin"]
    _order = "month desc, company_id, blog_id, id"
    _rec_name = "month"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    blog_id = fields.Many2one(
        "blog.blog",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="Empty for the budget of the whole company.",
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    month = fields.Date(
        required=True,
        readonly=True,
        help="First day of the month, in the time zone of the settings.",
    )
    # UTC: a claim compares them with its own time.
    begins = fields.Datetime(required=True, readonly=True)
    ends = fields.Datetime(required=True, readonly=True)
    amount = fields.Float(
        "Monthly Budget",
        digits=(16, 2),
        readonly=True,
        help="From the settings, or from the blog. 0: no limit.",
    )
    raised = fields.Float(
        "Raised by", digits=(16, 2), help="For this month only.", tracking=True
    )
    limit = fields.Float(compute="_compute_left", digits=(16, 2))
    spent = fields.Float(digits=COST_DIGITS, readonly=True)
    reserved = fields.Float(
        digits=COST_DIGITS,
        compute="_compute_reserved",
        help="What the calls in progress may cost at most.",
    )
    left = fields.Float(compute="_compute_left", digits=COST_DIGITS)
    share = fields.Float("Spent (%)", compute="_compute_left")
    warned_at = fields.Datetime(readonly=True, copy=False)
    is_current = fields.Boolean(compute="_compute_is_current")

    _once_a_month = models.UniqueIndex(
        "(company_id, COALESCE(blog_id, 0), currency_id, month)",
        "There is a budget for this month already. Raise that one.",
    )
    _raised_positive = models.Constraint(
        "CHECK (raised >= 0)",
        "Enter 0 or more. To lower a budget, change its amount in the settings.",
    )

    @api.depends("company_id", "blog_id", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for budget in self:
            month = format_date(self.env, budget.month, date_format="LLLL y")
            budget.display_name = f"{budget._owner()}, {month}"

    @api.depends("amount", "raised", "spent")
    def _compute_left(self):
        for budget in self:
            budget.limit = budget.amount and budget.amount + budget.raised
            budget.left = max(budget.limit - budget.spent, 0.0)
            budget.share = budget.limit and 100 * budget.spent / budget.limit

    def _compute_reserved(self):
        pending = (
            self.env["blog.ai.call"]
            .sudo()
            ._read_group(
                [("outcome", "=", "pending"), ("reserved", ">", 0)],
                ["company_id", "currency_id", "blog_id"],
                ["reserved:sum"],
            )
        )
        for budget in self:
            budget.reserved = sum(
                amount
                for company, currency, blog, amount in pending
                if budget.is_current
                and (company, currency) == (budget.company_id, budget.currency_id)
                and (not budget.blog_id or blog == budget.blog_id)
            )

    @api.depends("begins", "ends")
    def _compute_is_current(self):
        now = fields.Datetime.now()
        for budget in self:
            budget.is_current = budget.begins <= now < budget.ends

    def _owner(self) -> str:
        return (self.blog_id or self.company_id).sudo().name

    def action_raise(self):
        """Raise the budget for this month by half of the monthly amount, or more."""
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Only administrators can raise a budget. Ask one of them.")
            )
        # One step may be too little for the post that waits.
        needed = self.env.context.get("blog_ai_needed", 0.0)
        for budget in self:
            step = max(budget.amount * STEP, needed, 0.01)
            # An overspent budget would not have room for a post otherwise.
            over = max(budget.spent - budget.limit, 0.0)
            budget.raised += math.ceil(100 * (step + over)) / 100
        return notification(
            "\n".join(budget._raised_note() for budget in self),
            following={"type": "ir.actions.client", "tag": "soft_reload"},
        )

    def _raised_note(self) -> str:
        return self.env._(
            "%(budget)s: up to %(limit)s may be spent now.",
            budget=self.display_name,
            limit=cost_text(self.env, self.limit, self.currency_id),
        )

    def _spent_text(self) -> str:
        return self.env._(
            "%(spent)s of %(limit)s",
            spent=cost_text(self.env, self.spent, self.currency_id),
            limit=cost_text(self.env, self.limit, self.currency_id),
        )

    def write(self, vals):
        result = super().write(vals)
        if {"amount", "raised"} & vals.keys():
            self.filtered("is_current")._release_held()
            self.env["blog.ai.provider"]._notify_waits()
        return result

    def _lacks(self, generation) -> bool:
        """Return whether this budget has no room for one attempt of a generation."""
        worst = generation._worst_cost()
        return bool(self.amount) and self.spent + worst > self.limit

    def _release_held(self) -> None:
        """Let the pump look again at what waits for more money."""
        for budget in self:
            domain = [
                ("state", "=", "queued"),
                ("error_code", "=", "budget"),
                ("company_id", "=", budget.company_id.id),
                ("currency_id", "=", budget.currency_id.id),
            ]
            if budget.blog_id:
                domain.append(("blog_id", "=", budget.blog_id.id))
            held = self.env["blog.ai.generation"].sudo().search(domain)
            if held:
                held._set_state_queued(self.env.cr.now(), **held._prepare_no_error())
                held._wake_pump()
                held._notify_updated()

    def _warn(self, email: bool = True) -> None:
        """Tell administrators once a month that most of a budget is spent.

        :param email: False if emails were refused; then there is the activity only
        """
        for budget in self.sudo().filtered(lambda budget: not budget.warned_at):
            budget.warned_at = fields.Datetime.now()
            # One email to all of them, instead of Odoo's own about the activity.
            quiet = budget.with_context(mail_activity_quick_update=True)
            quiet._alert_administrators(
                Message("budget.nearly_used_up", {"name": budget._owner()}),
                self.env["blog.ai.generation"],
            )
            if email:
                budget._send_warning()

    def _send_warning(self) -> None:
        template = self.env.ref(
            "blog_ai_generator.mail_template_budget", raise_if_not_found=False
        )
        administrators = self._administrators().filtered("email")
        if template and administrators:
            template.sudo().send_mail(
                self.id,
                email_values={"recipient_ids": administrators.partner_id.ids},
            )

    @api.model
    def _settle_attempts(self, attempts: Sequence[Attempt], calls: Sequence) -> None:
        """Count the calls of attempts; one whose cost is not known as its worst case.

        An email may be sent unless one was refused.

        :param calls: the ``blog.ai.call`` records of each attempt
        """
        spent: dict[tuple, float] = {}
        for (outcome, generation, *_more), made in zip(attempts, calls, strict=True):
            claim = outcome.claim
            cost = sum(call.cost for call in made)
            if any(call.cost is False for call in made):
                cost += claim.reserved
            key = (
                claim.company_id,
                generation.blog_id.id,
                claim.prices.currency_id,
                not outcome.emails_refused,
            )
            spent[key] = spent.get(key, 0.0) + cost
        # In one order, so that two pumps do not wait for each other.
        for (company_id, blog_id, currency_id, email), cost in sorted(spent.items()):
            company = self.env["res.company"].browse(company_id)
            blog = self.env["blog.blog"].browse(blog_id or ())
            self._settle(company, blog, currency_id, cost, email)

    @api.model
    def _settle(
        self, company, blog, currency_id: int, cost: float, email: bool = True
    ) -> None:
        """Add a cost to the budgets of a company and a blog.

        One statement, and none for a company without a budget.
        """
        if not cost or not company._blog_ai_has_budget():
            return
        self.env.cr.execute(
            SQL(
                """
                UPDATE blog_ai_budget SET spent = COALESCE(spent, 0) + %(cost)s
                 WHERE company_id = %(company)s AND currency_id = %(currency)s
                   AND begins <= %(now)s AND ends > %(now)s
                   AND (blog_id IS NULL OR blog_id = %(blog)s)
             RETURNING id, warned_at IS NULL AND amount > 0
                       AND spent >= %(share)s * (amount + COALESCE(raised, 0))
                """,
                cost=cost,
                company=company.id,
                currency=currency_id,
                now=fields.Datetime.now(),
                blog=blog.id or None,
                share=WARNING_SHARE,
            ),
            log_exceptions=False,
        )
        rows = self.env.cr.fetchall()
        self.browse(row[0] for row in rows).invalidate_recordset(["spent"])
        self.browse(row[0] for row in rows if row[1])._warn(email)
