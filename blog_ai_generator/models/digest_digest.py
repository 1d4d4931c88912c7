# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from .blog_post import EDITORS

GENERATIONS = "blog.ai.generation"
WEEK = "blog_ai_generator.digest_week"


class DigestDigest(models.Model):
    """Figures of Blog AI in Odoo's periodic email."""

    _inherit = "digest.digest"

    kpi_blog_ai_published = fields.Boolean("AI Posts Published")
    kpi_blog_ai_published_value = fields.Integer(
        compute="_compute_kpi_blog_ai_published_value"
    )
    kpi_blog_ai_to_review = fields.Boolean("AI Drafts and Translations to Review")
    kpi_blog_ai_to_review_value = fields.Integer(
        compute="_compute_kpi_blog_ai_to_review_value"
    )
    kpi_blog_ai_failed = fields.Boolean("AI Posts Failed")
    kpi_blog_ai_failed_value = fields.Integer(
        compute="_compute_kpi_blog_ai_failed_value"
    )
    kpi_blog_ai_cost = fields.Boolean("AI Cost")
    kpi_blog_ai_cost_value = fields.Monetary(compute="_compute_kpi_blog_ai_cost_value")

    def _compute_kpi_blog_ai_published_value(self):
        self._blog_ai_count(
            "kpi_blog_ai_published_value",
            "post_date",
            ("post_ids.is_published", "=", True),
        )

    def _compute_kpi_blog_ai_to_review_value(self):
        self._blog_ai_check_editor()
        companies = self.company_id | self.env.company
        # Whenever it was written, a text waits until somebody decides.
        waiting = self.env[GENERATIONS]._read_group(
            [("company_id", "in", companies.ids), ("review_state", "=", "pending")],
            ["company_id"],
            ["__count"],
        )
        count_of = dict(waiting)
        for digest in self:
            company = digest.company_id or self.env.company
            digest.kpi_blog_ai_to_review_value = count_of.get(company, 0)

    def _compute_kpi_blog_ai_failed_value(self):
        self._blog_ai_count(
            "kpi_blog_ai_failed_value", "finished_at", ("state", "=", "failed")
        )

    def _compute_kpi_blog_ai_cost_value(self):
        """Add up the costs of calls, in the currency of the company."""
        self._blog_ai_check_editor()
        start, end, _companies = self._get_kpi_compute_parameters()
        for digest in self:
            company = digest.company_id or self.env.company
            sums = self.env["blog.ai.call"]._read_group(
                [
                    ("company_id", "=", company.id),
                    ("create_date", ">=", start),
                    ("create_date", "<", end),
                ],
                ["currency_id"],
                ["cost:sum"],
            )
            digest.kpi_blog_ai_cost_value = sum(
                currency._convert(cost or 0.0, company.currency_id, company, end)
                for currency, cost in sums
            )

    def _blog_ai_count(self, name: str, date_field: str, *domain: tuple) -> None:
        self._blog_ai_check_editor()
        self._calculate_company_based_kpi(
            GENERATIONS, name, date_field=date_field, additional_domain=[*domain]
        )

    @api.model
    def _blog_ai_check_editor(self) -> None:
        # Odoo then leaves the figure out of that user's email.
        if not self.env.user.has_group(EDITORS):
            raise AccessError(self.env._("Only website editors see what Blog AI did."))

    def _check_daily_logs(self):
        """Leave ours weekly until somebody gets it.

        Odoo sends a digest less often whose recipients have not logged in lately, and
        takes it for one of those while there are none.
        """
        slowed = super()._check_daily_logs()
        ours = self.env.ref(WEEK, raise_if_not_found=False)
        return slowed - ours if ours and not ours.user_ids else slowed

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("blog_ai_generator.menu_blog_ai").id
        for name, action in (
            ("published", "action_published"),
            ("to_review", "action_to_review"),
            ("failed", "action_failed"),
            ("cost", "action_cost_report"),
        ):
            actions[f"kpi_blog_ai_{name}"] = (
                f"blog_ai_generator.{action}?menu_id={menu}"
            )
        return actions
