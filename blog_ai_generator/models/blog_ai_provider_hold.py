# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .. import llm

# Far above what one database has in flight; a guard against a slip of the keyboard.
MOST_CALLS = 1000


class BlogAiProviderHold(models.Model):
    """How fast a provider may be asked: its calls at once, and the hold on it.

    A provider that refuses a call for its rate limit refuses the next one as well. The
    whole provider is held then, by all pumps.
    """

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    calls_at_once = fields.Integer(
        "Calls at Once",
        compute="_compute_calls_at_once",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="The most calls to this provider that may be in flight at the same time, "
        "from all of Odoo's servers together.",
    )
    hold_until = fields.Datetime("On Hold Until", readonly=True, copy=False)
    # As ``messages.as_json`` makes it.
    hold_message = fields.Json(readonly=True, copy=False)
    # When the provider refused the call that the hold began with.
    hold_since = fields.Datetime(readonly=True, copy=False)
    hold_refusals = fields.Integer(
        "Refusals in a Row", readonly=True, copy=False, aggregator=None
    )
    # They double every minute.
    hold_pace = fields.Integer(
        "Calls at Once after the Hold", readonly=True, copy=False, aggregator=None
    )

    _calls_at_once_possible = models.Constraint(
        f"CHECK (calls_at_once BETWEEN 1 AND {MOST_CALLS})",
        "Allow 1 to 1,000 calls at once.",
    )

    @api.depends("preset")
    def _compute_calls_at_once(self):
        for provider in self:
            preset = llm.PRESETS.get(provider.preset) or llm.PRESETS["compatible"]
            provider.calls_at_once = preset.calls_at_once
