# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..internals import clear_cache, ormcache
from ..utils import time_zones

BUDGET = {"blog_ai_budget", "blog_ai_budget_currency_id", "blog_ai_budget_tz"}


class ResCompany(models.Model):
    """The monthly budget of a company for AI calls."""

    _inherit = "res.company"  # pylint: disable=consider-merging-classes-inherited

    blog_ai_budget = fields.Float(
        "Monthly AI Budget",
        digits=(16, 2),
        help="The most that calls of this company may cost in a month. 0: no limit.",
    )
    blog_ai_budget_currency_id = fields.Many2one(
        "res.currency",
        "Currency of the AI Budget",
        default=lambda self: self.env.ref("base.USD", raise_if_not_found=False),
    )
    blog_ai_budget_tz = fields.Selection(
        time_zones,
        "Time Zone of the AI Budget",
        default=lambda self: self.env.user.tz or False,
        help="A month begins at midnight in this time zone. Leave empty for UTC.",
    )

    @api.constrains("blog_ai_budget", "blog_ai_budget_currency_id")
    def _check_blog_ai_budget(self):
        for company in self:
            if company.blog_ai_budget < 0:
                raise ValidationError(
                    self.env._("A budget can't be negative. Enter 0 for no limit.")
                )
            if company.blog_ai_budget and not company.blog_ai_budget_currency_id:
                raise ValidationError(
                    self.env._("Choose the currency of the AI budget as well.")
                )

    def write(self, vals):
        result = super().write(vals)
        if BUDGET & vals.keys():
            clear_cache(self.env)
            self.env["blog.ai.budget"]._follow_settings(self)
        return result

    @api.model
    @ormcache()
    def _blog_ai_budget_zones(self) -> tuple[tuple[int, str], ...]:
        """Return the companies with a budget, their own or that of a blog.

        It comes from a cache, since each stored answer asks for it.

        :return: ids and time zones
        """
        self.flush_model(["blog_ai_budget", "blog_ai_budget_tz"])
        self.env["blog.blog"].flush_model(["blog_ai_budget", "website_id"])
        query = SQL(
            """
            SELECT company.id, COALESCE(company.blog_ai_budget_tz, '')
              FROM res_company company
             WHERE company.blog_ai_budget > 0
                OR EXISTS (
                    SELECT FROM blog_blog blog
                      LEFT JOIN website ON website.id = blog.website_id
                     WHERE blog.blog_ai_budget > 0
                       AND COALESCE(website.company_id, company.id) = company.id)
             ORDER BY company.id
            """
        )
        return tuple(self.env.execute_query(query))

    def _blog_ai_has_budget(self) -> bool:
        return self.id in dict(self._blog_ai_budget_zones())
