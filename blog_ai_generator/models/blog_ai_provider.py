# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import llm
from ..database import database_hold
from ..fields import SecretChar
from ..messages import MESSAGES, Message, render

# The fields that decide where a call goes and whether the provider accepts it.
ACCOUNT = {
    "preset",
    "base_url",
    "api_key",
    "protocol",
    "model",
    "max_output_tokens",
    "thinking",
    "answer_format",
    "request_fields",
}


class BlogAiProvider(models.Model):
    """An account at an LLM service: its address, key, default model and prices."""

    _name = "blog.ai.provider"
    _description = "AI Provider"
    _inherit = ["blog.ai.key.mixin", "blog.ai.model.end.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Leave empty to share this provider, and its bill, between companies.",
    )
    preset = fields.Selection(
        selection="_selection_preset", string="Service", required=True
    )
    protocol = fields.Selection(
        selection="_selection_protocol",
        compute="_compute_from_preset",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    base_url = fields.Char(
        "Base URL",
        compute="_compute_from_preset",
        store=True,
        readonly=False,
        precompute=True,
        help="Up to and including the version, for example https://llm.example.com/v1",
    )
    model = fields.Char(
        "Default Model",
        compute="_compute_from_preset",
        store=True,
        readonly=False,
        precompute=True,
    )
    api_key = SecretChar("API Key", groups="base.group_system", copy=False)
    is_ready = fields.Boolean(compute="_compute_is_ready", compute_sudo=True)
    needs_key = fields.Boolean(compute="_compute_needs_key")
    key_url = fields.Char("Get a Key", compute="_compute_needs_key")
    preset_help = fields.Char(compute="_compute_needs_key")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: (
            self.env.ref("base.USD", raise_if_not_found=False)
            or self.env.company.currency_id
        ),
    )
    call_ids = fields.One2many("blog.ai.call", "provider_id")
    is_default = fields.Boolean(
        "Default",
        compute="_compute_is_default",
        help="Default for new posts and slots: the provider chosen in your company's "
        "settings, otherwise the first configured one in this list.",
    )
    default_note = fields.Char(compute="_compute_default_note")

    @api.model
    def _selection_preset(self) -> list[tuple[str, str]]:
        return [
            (key, render(self.env, Message(f"preset.{key}", {"text": preset.label})))
            for key, preset in llm.PRESETS.items()
        ]

    @api.model
    def _selection_protocol(self) -> list[tuple[str, str]]:
        labels = {
            "openai_chat": self.env._("OpenAI Chat Completions"),
            "anthropic_messages": self.env._("Anthropic Messages"),
            "offline": self.env._("Offline (sample text)"),
        }
        return [(name, labels.get(name, name)) for name in llm.PROTOCOLS]

    @api.depends("preset")
    def _compute_from_preset(self):
        for provider in self:
            preset = llm.PRESETS.get(provider.preset)
            if preset:
                provider.protocol = preset.protocol
                provider.base_url = preset.base_url
                provider.model = preset.default_model

    @api.onchange("preset")
    def _onchange_preset(self):
        # Both belong to one service; the stored key goes with the save (`write`).
        self.api_key = self.available_models = False
        # A name that nobody typed follows the service.
        labels = dict(self._selection_preset())
        if self.preset and (not self.name or self.name in labels.values()):
            self.name = labels[self.preset]

    @api.depends("preset")
    @api.depends_context("lang")
    def _compute_needs_key(self):
        for provider in self:
            preset = llm.PRESETS.get(provider.preset)
            provider.needs_key = bool(preset and preset.needs_key)
            provider.key_url = preset and preset.key_url
            key = f"preset_help.{provider.preset}"
            provider.preset_help = key in MESSAGES and render(self.env, Message(key))

    @api.depends("needs_key", "api_key")
    def _compute_is_ready(self):
        for provider in self:
            provider.is_ready = bool(provider.api_key) or not provider.needs_key

    @api.depends("sequence", "active", "company_id", "is_ready", "last_test")
    @api.depends_context("allowed_company_ids")
    def _compute_is_default(self):
        default = self.env.company._blog_ai_default_provider()
        for provider in self:
            provider.is_default = provider == default

    @api.depends("is_default")
    @api.depends_context("allowed_company_ids", "lang")
    def _compute_default_note(self):
        """Say which provider is used; the first real one takes over from the sample."""
        is_chosen = bool(self.env.company.sudo().blog_ai_provider_id)
        default = self.env.company._blog_ai_default_provider()
        for provider in self:
            is_used = bool(provider._origin) and provider.active
            provider.default_note = is_used and provider._note_on(default, is_chosen)

    def _note_on(self, default, is_chosen: bool) -> str:
        if self != default:
            return self.env._(
                "New posts and slots use %(provider)s. To have them use this one, "
                "choose it in the settings.",
                provider=default.name,
            )
        if is_chosen:
            return self.env._("New posts and slots use this provider.")
        return self.env._(
            "New posts and slots of everybody use this provider now, as none is chosen "
            "in the settings."
        )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean_url(vals) for vals in vals_list])

    def write(self, vals):
        before = {}
        if ACCOUNT & vals.keys():
            before = {provider: provider._account() for provider in self}
        result = super().write(self._clean_url(vals))
        for provider, account in before.items():
            if provider.preset != account.preset:
                # The key of one service must not be sent to another one.
                provider._store_key("")
            if provider._account() != account:
                provider._set_account_changed()
        return result

    def _set_account_changed(self) -> None:
        """Forget what was said about the account as it was."""
        self._set_alerts_done()

    @api.model
    def _clean_url(self, vals: dict) -> dict:
        """Strip whitespace that comes with a pasted URL."""
        url = vals.get("base_url")
        return {**vals, "base_url": url.strip()} if url else vals

    def _serves(self, company) -> bool:
        return self.company_id in (company, self.env["res.company"])

    def _or_default(self, company):
        if self and self._serves(company):
            return self
        return company._blog_ai_default_provider() or self

    def _obstacle_for(self, company) -> Message | None:
        if self._serves(company):
            return None
        names = {
            "provider": self.name,
            "theirs": self.company_id.name,
            "ours": company.name,
        }
        return Message("provider.foreign", names)

    def _check_serves(self, company) -> None:
        if obstacle := self._obstacle_for(company):
            raise ValidationError(render(self.env, obstacle))

    def _check_can_write(self):
        if obstacle := self._obstacle():
            raise UserError(render(self.env, obstacle))

    def _obstacle(self) -> Message | None:
        self.ensure_one()
        if held := self._database_hold():
            return held
        if not self.active:
            return Message("provider.archived", {"name": self.name})
        if not self.is_ready:
            return Message("provider.no_key", {"name": self.name})
        return None

    def _database_hold(self) -> Message | None:
        """Return why this database may not call it; sample text costs nothing."""
        return None if self.protocol == "offline" else database_hold(self.env)

    def _account(self, model: str = "", deadline: float = 90.0) -> llm.Account:
        """Return the account as plain data for the threads that call the provider.

        No other place reads the key.

        :param model: overrides the provider's default model
        :param deadline: seconds for one call in total
        """
        self.ensure_one()
        provider = self.sudo()
        return llm.Account(
            protocol=provider.protocol,
            preset=provider.preset,
            base_url=provider.base_url or "",
            api_key=provider.api_key or "",
            model=model or provider.model or "",
            deadline=deadline,
            max_output_tokens=provider.max_output_tokens,
            options=provider._request_options(),
            thinking=provider.thinking or "",
            answer_format=provider.answer_format or "auto",
        )
