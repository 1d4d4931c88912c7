# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..database import CRONS, confirm_database, database_hold
from ..internals import set_parameter, trigger_cron
from ..messages import render
from ..pump import (
    MAX_ATTEMPTS,
    MAX_DAYS,
    MAX_POSTS_PER_HOUR,
    MAX_WIDTH,
    SETTINGS,
    Limits,
)
from ..utils import RELOAD


# The linter takes a model with a mixin of ours for a new wizard.
class ResConfigSettings(models.TransientModel):  # pylint: disable=no-wizard-in-models
    _name = "res.config.settings"
    _inherit = ["res.config.settings", "blog.ai.key.mixin"]

    _key_field = "blog_ai_api_key"

    blog_ai_provider_id = fields.Many2one(
        related="company_id.blog_ai_provider_id",
        readonly=False,
        domain="[('company_id', 'in', [company_id, False])]",
    )
    blog_ai_provider_hint = fields.Char(compute="_compute_blog_ai_provider_hint")
    # Always shown empty: no key is sent to the browser, and saving cannot restore an
    # old key. Not a related field, because the provider may change in the same save,
    # and the key must then go to the new one.
    blog_ai_api_key = fields.Char(
        "API Key",
        compute="_compute_blog_ai_api_key",
        readonly=False,
    )
    blog_ai_protocol = fields.Selection(related="blog_ai_provider_id.protocol")
    blog_ai_recipient_ids = fields.Many2many(
        related="company_id.blog_ai_recipient_ids", readonly=False
    )
    blog_ai_mastodon_server = fields.Char(
        related="company_id.blog_ai_mastodon_server", readonly=False
    )
    blog_ai_mastodon_limit = fields.Integer(
        related="company_id.blog_ai_mastodon_limit", readonly=False
    )
    blog_ai_database_hold = fields.Char(
        "Blog AI: Hold in This Database", compute="_compute_blog_ai_database_hold"
    )
    blog_ai_budget = fields.Float(related="company_id.blog_ai_budget", readonly=False)
    blog_ai_budget_currency_id = fields.Many2one(
        related="company_id.blog_ai_budget_currency_id", readonly=False
    )
    blog_ai_budget_tz = fields.Selection(
        related="company_id.blog_ai_budget_tz", readonly=False
    )
    # Not config_parameter fields: Odoo does not store their 0. It also reads a
    # parameter that is not a number as 0, which blocks all settings.
    blog_ai_width = fields.Integer("Calls at Once")
    blog_ai_max_attempts = fields.Integer("Attempts")
    blog_ai_keep_calls_days = fields.Integer("Days to Keep Call Details")
    blog_ai_posts_per_hour = fields.Integer("Posts per Person and Hour")

    @api.depends_context("lang", "uid")
    def _compute_blog_ai_database_hold(self):
        held = database_hold(self.env)
        self.blog_ai_database_hold = held and render(self.env, held)

    def action_blog_ai_use_database(self):
        """Let this copy of a database spend and publish, as an administrator says."""
        self.check_access("write")
        confirm_database(self.env)
        for cron in CRONS:
            trigger_cron(self.env, f"blog_ai_generator.{cron}")
        self.env["blog.ai.provider"]._notify_waits()
        return RELOAD

    @api.depends("company_id", "blog_ai_provider_id")
    @api.depends_context("lang")
    def _compute_blog_ai_provider_hint(self):
        for settings in self:
            is_chosen = settings.blog_ai_provider_id
            first = not is_chosen and settings.company_id._blog_ai_first_provider()
            settings.blog_ai_provider_hint = first and self.env._(
                "Automatic: %(provider)s", provider=first.name
            )

    @api.depends("blog_ai_provider_id")
    def _compute_blog_ai_api_key(self):
        for settings in self:
            settings.blog_ai_api_key = False

    def _key_provider(self):
        return self.blog_ai_provider_id

    @api.onchange("blog_ai_mastodon_server")
    def _onchange_blog_ai_mastodon_server(self):
        # People paste the address of their page.
        typed = (self.blog_ai_mastodon_server or "").strip().lower()
        name = re.sub(r"^(https?://)?(@?[^/@]*@)?", "", typed)
        self.blog_ai_mastodon_server = name.partition("/")[0]

    @api.model
    def get_values(self):
        limits = Limits.of(self.env)
        return {
            **super().get_values(),
            **{f"blog_ai_{name}": getattr(limits, name) for name in SETTINGS},
        }

    def set_values(self):
        result = super().set_values()
        for name in SETTINGS:
            value = repr(self[f"blog_ai_{name}"])
            set_parameter(self.env, f"blog_ai_generator.{name}", value)
        return result

    @api.constrains(*(f"blog_ai_{name}" for name in SETTINGS))
    def _check_blog_ai_limits(self):
        for settings in self:
            if not 1 <= settings.blog_ai_width <= MAX_WIDTH:
                raise ValidationError(
                    self.env._(
                        "Calls at once must be between 1 and %(most)s.", most=MAX_WIDTH
                    )
                )
            if not 1 <= settings.blog_ai_max_attempts <= MAX_ATTEMPTS:
                raise ValidationError(
                    self.env._(
                        "The number of attempts must be between 1 and %(most)s.",
                        most=MAX_ATTEMPTS,
                    )
                )
            if not 0 <= settings.blog_ai_keep_calls_days <= MAX_DAYS:
                raise ValidationError(
                    self.env._(
                        "Keep call details for 0 to %(most)s days; 0 keeps them "
                        "forever.",
                        most=MAX_DAYS,
                    )
                )
            if not 0 <= settings.blog_ai_posts_per_hour <= MAX_POSTS_PER_HOUR:
                raise ValidationError(
                    self.env._(
                        "One person may ask for 0 to %(most)s posts an hour; 0 means "
                        "no limit.",
                        most=MAX_POSTS_PER_HOUR,
                    )
                )
