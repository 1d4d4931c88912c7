# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..pump import LEAST_TIMEOUT, MAX_TIMEOUT


class BlogAiProviderTime(models.Model):
    """The time that a call to a provider may take."""

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    time_limit = fields.Integer(
        compute="_compute_time_limit",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        aggregator=None,
        help="Seconds for one call in total. A model on a machine of your own may need "
        "ten minutes for an article.",
    )

    _time_limit_possible = models.Constraint(
        f"CHECK (time_limit BETWEEN {LEAST_TIMEOUT} AND {MAX_TIMEOUT})",
        "Allow 5 to 3,600 seconds for a call.",
    )

    @api.depends("preset")
    def _compute_time_limit(self):
        for provider in self:
            provider.time_limit = provider._preset().time_limit

    @api.model
    def _longest_time_limit(self) -> float:
        self.flush_model(["time_limit"])
        self.env.cr.execute("SELECT max(time_limit) FROM blog_ai_provider")
        return float(self.env.cr.fetchone()[0] or 0)
