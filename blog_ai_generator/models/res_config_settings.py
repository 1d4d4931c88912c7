# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..limits import MAX_WIDTH, Limits, longest_call, sweep_seconds


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    blog_ai_provider_id = fields.Many2one(
        related="company_id.blog_ai_provider_id",
        readonly=False,
        domain="[('company_id', 'in', [company_id, False])]",
    )
    # Always empty when it is shown, so that no key travels to the browser and a save
    # does not bring an old key back; and not a related field, since the provider may
    # be changed in the same save and the key must then go to the new one.
    blog_ai_api_key = fields.Char(
        "API Key",
        compute="_compute_blog_ai_api_key",
        inverse="_inverse_blog_ai_api_key",
    )
    blog_ai_protocol = fields.Selection(related="blog_ai_provider_id.protocol")
    blog_ai_recipient_ids = fields.Many2many(
        related="company_id.blog_ai_recipient_ids", readonly=False
    )
    blog_ai_width = fields.Integer(
        "Calls at Once",
        config_parameter="blog_ai_generator.width",
        default=Limits().width,
    )
    blog_ai_call_timeout = fields.Float(
        "Deadline of a Call",
        config_parameter="blog_ai_generator.call_timeout",
        default=lambda self: min(Limits().call_timeout, longest_call()),
    )
    blog_ai_max_attempts = fields.Integer(
        "Attempts",
        config_parameter="blog_ai_generator.max_attempts",
        default=Limits().max_attempts,
    )

    blog_ai_keep_calls_days = fields.Integer(
        "Days to Keep Call Details",
        config_parameter="blog_ai_generator.keep_calls_days",
        default=Limits().keep_calls_days,
    )

    @api.depends("blog_ai_provider_id")
    def _compute_blog_ai_api_key(self):
        for settings in self:
            settings.blog_ai_api_key = False

    def _inverse_blog_ai_api_key(self):
        for settings in self.filtered("blog_ai_api_key"):
            settings.blog_ai_provider_id.api_key = settings.blog_ai_api_key

    @api.constrains("blog_ai_width", "blog_ai_call_timeout", "blog_ai_max_attempts")
    def _check_blog_ai_limits(self):
        for settings in self:
            if not 1 <= settings.blog_ai_width <= MAX_WIDTH:
                raise ValidationError(
                    self.env._(
                        "Calls at once must be between 1 and %(most)s.", most=MAX_WIDTH
                    )
                )
            if not 1 <= settings.blog_ai_max_attempts <= 10:
                raise ValidationError(
                    self.env._("The number of attempts must be between 1 and 10.")
                )
            settings._check_blog_ai_call_timeout()

    def _check_blog_ai_call_timeout(self):
        # So written that “not a number” is refused too.
        if not self.blog_ai_call_timeout >= 5:
            raise ValidationError(
                self.env._("No model writes an article within 5 seconds. Allow more.")
            )
        if self.blog_ai_call_timeout > longest_call():
            raise ValidationError(
                self.env._(
                    "This server stops a scheduled action after %(limit)d seconds, so "
                    "a call may take %(most)d seconds at most. Choose a shorter "
                    "deadline, or raise limit_time_real_cron in the server's "
                    "configuration first.",
                    limit=sweep_seconds(),
                    most=longest_call(),
                )
            )
