# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..messages import Message
from ..pump import BESIDE_OCTETS, Month
from .blog_ai_generation_afford import BUDGETS


class BlogAiBudgetMonth(models.Model):
    """The rows of the current month: made on demand, and asked for room."""

    _inherit = "blog.ai.budget"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _make_months(self) -> None:
        """Make the missing rows of this month and the next; no query without a budget.

        The next month has its rows when it begins, so that no claim evades them.
        A company has one row for each currency in which its providers bill, for the
        same reason. The amount of the settings is converted at the rate of the day.
        """
        for company_id, zone in self.env["res.company"]._blog_ai_budget_zones():
            company = self.env["res.company"].sudo().browse(company_id)
            month = Month.at(fields.Datetime.now(), zone)
            for each in (month, Month.at(month.ends, zone)):
                self.sudo()._make_month(company, each)

    def _make_month(self, company, month: Month) -> None:
        present = {
            (budget.blog_id, budget.currency_id)
            for budget in self.search(
                [("company_id", "=", company.id), ("month", "=", month.first)]
            )
        }
        self.create(
            [
                self._prepare(company, blog, currency, amount, month)
                for blog, amount in self._amounts(company).items()
                for currency in self._currencies(company)
                if amount and (blog, currency) not in present
            ]
        )

    @api.model
    def _prepare(self, company, blog, currency, amount: float, month: Month) -> dict:
        return {
            "company_id": company.id,
            "blog_id": blog.id,
            "currency_id": currency.id,
            "month": month.first,
            "begins": month.begins,
            "ends": month.ends,
            "amount": self._converted(company, currency, amount),
            "spent": self._spent_before(company, blog, currency, month),
        }

    @api.model
    def _follow_settings(self, companies) -> None:
        """Give this month's rows and the next's the amounts of the settings."""
        for company in companies.sudo():
            amounts, zone = self._amounts(company), company.blog_ai_budget_tz or ""
            lasting = [("company_id", "=", company.id)]
            lasting.append(("ends", ">", fields.Datetime.now()))
            for budget in self.sudo().search(lasting):
                own = amounts.get(budget.blog_id, 0.0)
                amount = self._converted(company, budget.currency_id, own)
                noon = datetime.combine(budget.month, time(12)) + timedelta(days=1)
                month = Month.at(noon, zone)
                budget.write(
                    {"amount": amount, "begins": month.begins, "ends": month.ends}
                )
        self._make_months()

    @api.model
    def _amounts(self, company) -> dict:
        """Return the amounts of the settings by blog; by an empty one the company's."""
        blogs = self.env["blog.blog"].sudo().with_context(active_test=False)
        own = Domain("website_id.company_id", "=", company.id)
        limited = blogs.search(
            Domain("blog_ai_budget", ">", 0) & (own | Domain("website_id", "=", False))
        )
        return {
            blogs.browse(): company.blog_ai_budget,
            **{blog: blog.blog_ai_budget for blog in limited},
        }

    @api.model
    def _currencies(self, company):
        providers = self.env["blog.ai.provider"].sudo()
        serving = providers.search([("company_id", "in", [company.id, False])])
        paid = serving.filtered(lambda provider: not provider.is_free)
        return company.blog_ai_budget_currency_id | paid.currency_id

    @api.model
    def _converted(self, company, currency, amount: float) -> float:
        own, today = company.blog_ai_budget_currency_id, fields.Date.today()
        return own._convert(amount, currency, company, today)

    @api.model
    def _spent_before(self, company, blog, currency, month) -> float:
        """Return what was spent in this month before the row was made."""
        domain = [
            ("company_id", "=", company.id),
            ("currency_id", "=", currency.id),
            ("create_date", ">=", month.begins),
        ]
        if blog:
            domain.append(("blog_id", "=", blog.id))
        calls = self.env["blog.ai.call"].sudo()
        ((cost,),) = calls._read_group(domain, [], ["cost:sum"])
        return cost or 0.0

    @api.model
    def _current(self, company, blog, currency):
        """Return the rows that limit a call for a blog: of the company, of the blog."""
        return self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("blog_id", "in", [blog.id, False]),
                ("currency_id", "=", currency.id),
                ("begins", "<=", fields.Datetime.now()),
                ("ends", ">", fields.Datetime.now()),
            ],
            order="blog_id, id",
        )

    @api.model
    def _obstacle(self, company, blog, provider, model: str = "") -> Message | None:
        """Return why no call may be paid for now, or None.

        A fallback that is free of charge may write.
        """
        if not company._blog_ai_has_budget() or provider._free_of_charge():
            return None
        if obstacle := self._price_obstacle(company, provider, model):
            return obstacle
        used_up = self._without_room(company, blog, provider, model)
        return used_up._used_up("budget.nothing_left") if used_up else None

    @api.model
    def _without_room(self, company, blog, provider, model: str = ""):
        """Return the first budget without room for another call, or an empty one."""
        if not company._blog_ai_has_budget() or provider.is_free:
            return self.browse()
        # A slot must not take a topic for a post that the claim would refuse.
        worst = provider._worst_cost(model, BESIDE_OCTETS)
        current = self._current(company, blog, provider.currency_id)
        return current.filtered(
            lambda budget: budget.amount and budget.spent + worst > budget.limit
        )[:1]

    @api.model
    def _tight(self, company, blog, currency, worst: float):
        """Return the budgets without room for a call beside those in flight."""
        self.flush_model()
        budgets = SQL(BUDGETS, now=fields.Datetime.now())
        self.env.cr.execute(
            SQL(
                "WITH %s SELECT id FROM budgets WHERE company_id = %s "
                "AND currency_id = %s AND COALESCE(blog_id, %s) = %s AND free < %s "
                "ORDER BY id",
                budgets,
                company.id,
                currency.id,
                blog.id or 0,
                blog.id or 0,
                worst,
            )
        )
        return self.sudo().browse(row[0] for row in self.env.cr.fetchall())

    @api.model
    def _wait_or_why(self, company, blog, provider, model: str) -> Message | None:
        """Return why a post that is requested now would wait or fail, or None."""
        obstacle = self._obstacle(company, blog, provider, model)
        if obstacle and obstacle.key == "budget.nothing_left":
            return obstacle._replace(key="budget.will_wait")
        return obstacle

    @api.model
    def _price_obstacle(self, company, provider, model: str = "") -> Message | None:
        if not company._blog_ai_has_budget() or provider._prices(model).are_known:
            return None
        return Message("budget.no_price", {"name": provider.name})

    def _used_up(self, key: str) -> Message:
        """Return the message ``key`` about this budget, which has no room any more."""
        until = (self.month + relativedelta(months=1)).isoformat()
        return Message(key, {"name": self._owner(), "until": until})
