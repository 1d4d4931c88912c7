# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..internals import clear_cache

BUDGET = {"blog_ai_budget", "website_id"}


class BlogBlog(models.Model):
    """The budget of a blog, within that of the company."""

    _inherit = "blog.blog"  # pylint: disable=consider-merging-classes-inherited

    blog_ai_budget = fields.Float(
        "Monthly AI Budget",
        digits=(16, 2),
        groups="base.group_system",
        help="In the currency of the company's budget. 0: only the company's budget "
        "limits this blog.",
    )

    @api.constrains("blog_ai_budget")
    def _check_blog_ai_budget(self):
        for blog in self:
            if blog.blog_ai_budget < 0:
                raise ValidationError(
                    self.env._("A budget can't be negative. Enter 0 for no limit.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        blogs = super().create(vals_list)
        if any(vals.get("blog_ai_budget") for vals in vals_list):
            self._blog_ai_follow_budget()
        return blogs

    def write(self, vals):
        had_budget = BUDGET & vals.keys() and any(self.sudo().mapped("blog_ai_budget"))
        result = super().write(vals)
        if had_budget or vals.get("blog_ai_budget"):
            self._blog_ai_follow_budget()
        return result

    @api.model
    def _blog_ai_follow_budget(self) -> None:
        clear_cache(self.env)
        companies = self.env["res.company"].sudo().search([("active", "=", True)])
        self.env["blog.ai.budget"]._follow_settings(companies)
