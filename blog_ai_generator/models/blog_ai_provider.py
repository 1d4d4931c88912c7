# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .. import llm
from ..fields import UnexportedChar
from ..internals import cached_ref
from ..messages import MESSAGES, Message, render
from ..pump import Prices
from .blog_ai_call import OUTCOME_LABELS

PRICES = ("price_in", "price_cached", "price_out")
# Of a million tokens, in any currency; what is above it was mistyped.
MAX_PRICE = 1_000_000_000
# What decides where a call goes and whether it is let in.
ACCOUNT = {"preset", "base_url", "api_key"}


class BlogAiProvider(models.Model):
    """An account at an LLM service: where it is, its key, its model, its prices."""

    _name = "blog.ai.provider"
    _description = "AI Provider"
    _inherit = ["blog.ai.alert.mixin"]
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
    api_key = UnexportedChar("API Key", groups="base.group_system", copy=False)
    is_ready = fields.Boolean(compute="_compute_is_ready", compute_sudo=True)
    needs_key = fields.Boolean(compute="_compute_needs_key")
    key_url = fields.Char("Get a Key", compute="_compute_needs_key")
    preset_help = fields.Char(compute="_compute_needs_key")
    available_models = fields.Json(copy=False)
    max_output_tokens = fields.Integer(
        default=8000,
        help="The most tokens an answer may have, thinking included. An article of 800 "
        "words needs about 1,500 tokens; models that think need thousands more.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: (
            self.env.ref("base.USD", raise_if_not_found=False)
            or self.env.company.currency_id
        ),
    )
    price_in = fields.Float(
        "Input Price", digits=(16, 4), help="Price of a million input tokens."
    )
    price_cached = fields.Float(
        "Cached Input Price",
        digits=(16, 4),
        help="Price of a million input tokens that the provider had cached.",
    )
    price_out = fields.Float(
        "Output Price", digits=(16, 4), help="Price of a million output tokens."
    )
    call_ids = fields.One2many("blog.ai.call", "provider_id")
    is_default = fields.Boolean(
        "Default",
        compute="_compute_is_default",
        help="Proposed for new posts and slots of your company: its choice in the "
        "settings, else the first one here that is configured.",
    )
    last_test = fields.Selection(
        list(OUTCOME_LABELS.items()), compute="_compute_last_test"
    )
    last_test_at = fields.Datetime("Tested", compute="_compute_last_test")

    _max_output_tokens_enough = models.Constraint(
        "CHECK (max_output_tokens BETWEEN 1500 AND 1000000)",
        "Allow 1,500 to 1,000,000 tokens: with fewer, no article fits.",
    )

    @api.model
    def _selection_preset(self) -> list[tuple[str, str]]:
        return [
            (key, render(self.env, Message(f"preset.{key}", {"text": preset.label})))
            for key, preset in llm.PRESETS.items()
        ]

    @api.model
    def _selection_protocol(self) -> list[tuple[str, str]]:
        """The registered protocols; an addon adds its own by ``llm.register``."""
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
        """The key of one service is not sent to another one; a name that nobody typed
        follows."""
        self.api_key = self.available_models = False
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

    @api.depends("sequence", "active", "company_id", "is_ready")
    @api.depends_context("allowed_company_ids")
    def _compute_is_default(self):
        default = self.env.company._blog_ai_default_provider()
        for provider in self:
            provider.is_default = provider == default

    def _compute_last_test(self):
        """How “Test connection” ended when it was last pressed, by whomever."""
        calls = self.env["blog.ai.call"].sudo()
        last = calls._read_group(
            [("provider_id", "in", self.ids), ("kind", "=", "test")],
            ["provider_id"],
            ["id:max"],
        )
        tests = calls.browse([call_id for _provider, call_id in last])
        by_provider = {test.provider_id.id: test for test in tests}
        for provider in self:
            test = by_provider.get(provider.id, calls)
            provider.last_test = test.outcome
            provider.last_test_at = test.create_date

    @api.constrains("base_url", "protocol")
    def _check_base_url(self):
        for provider in self.filtered(lambda p: p.protocol != "offline"):
            url = provider.base_url or ""
            try:
                parts = urlsplit(url)
                is_usable = (
                    # Python's parser drops line breaks and tabs without a word.
                    url.isprintable()
                    and " " not in url
                    and parts.scheme in ("http", "https")
                    and re.fullmatch(r"[\w.:-]*\w", parts.hostname or "")
                    and parts.port != 0
                )
            except ValueError:
                is_usable = False
            if not is_usable:
                raise ValidationError(
                    self.env._(
                        "“%(url)s” is not the address of a service. Enter a base URL "
                        "such as https://llm.example.com/v1.",
                        url=provider.base_url or "",
                    )
                )
            if parts.username or parts.query or parts.fragment:
                raise ValidationError(
                    self.env._(
                        "A base URL holds no user, “?” or “#”. Enter the key in the "
                        "field API Key instead."
                    )
                )
            endpoint = getattr(llm.PROTOCOLS.get(provider.protocol), "path", None)
            if endpoint and url.rstrip("/").endswith(endpoint):
                raise ValidationError(
                    self.env._(
                        "Leave “%(endpoint)s” off the end of the base URL: it is added "
                        "with each call.",
                        endpoint=endpoint,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_prices(*vals_list)
        return super().create([self._clean_account(vals) for vals in vals_list])

    def write(self, vals):
        self._check_prices(vals)
        self._check_currency(vals)
        before = {}
        if ACCOUNT & vals.keys():
            before = {provider: provider._account() for provider in self}
        result = super().write(self._clean_account(vals))
        for provider, account in before.items():
            now = provider._account()
            if (account.api_key, account.base_url) != (now.api_key, now.base_url):
                provider._settle_alerts()
        return result

    @api.model
    def _clean_account(self, vals: dict) -> dict:
        """Keys and addresses are pasted, and a blank or a line break comes along."""
        pasted = [name for name in ("api_key", "base_url") if vals.get(name)]
        return {**vals, **{name: vals[name].strip() for name in pasted}}

    @api.model
    def _check_prices(self, *vals_list: dict) -> None:
        """Before the ORM rounds them: that breaks on what is not a finite number.

        :raises ValidationError: when a price is negative, infinite or not a number
        """
        for vals in vals_list:
            for name in PRICES:
                if not 0 <= float(vals.get(name) or 0) <= MAX_PRICE:
                    raise ValidationError(
                        self.env._(
                            "“%(value)s” is not a price. Enter what a million "
                            "tokens cost, 0 if nothing.",
                            value=vals[name],
                        )
                    )

    def _check_currency(self, vals: dict) -> None:
        """What generations cost would from now on count as another currency.

        :raises ValidationError: when a provider that was used would change its currency
        """
        if not vals.get("currency_id"):
            return
        changed = self.filtered(lambda p: p.currency_id.id != vals["currency_id"])
        used = Domain("provider_id", "in", changed.ids)
        used |= Domain("fallback_for_id", "in", changed.ids)
        generation = self.env["blog.ai.generation"].sudo().search(used, limit=1)
        if generation:
            provider = generation.provider_id
            if provider not in changed:
                provider = generation.fallback_for_id
            raise ValidationError(
                self.env._(
                    "What %(provider)s has written is counted in %(currency)s. "
                    "Duplicate the provider, enter the other currency and the API key "
                    "in the copy, and archive this one.",
                    provider=provider.name,
                    currency=provider.currency_id.name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        everything = self.sudo().with_context(active_test=False).env
        mine = [("provider_id", "in", self.ids)]
        if slot := everything["blog.ai.slot"].search(mine, limit=1):
            raise UserError(
                self.env._(
                    "The slot %(slot)s of %(company)s writes by %(provider)s. Choose "
                    "another provider there first.",
                    slot=slot.name,
                    company=slot.company_id.name,
                    provider=slot.provider_id.name,
                )
            )
        for model in ("blog.ai.generation", "blog.ai.call"):
            if used := everything[model].search(mine, limit=1):
                raise UserError(
                    self.env._(
                        "%(provider)s has been used, and what it was used for is kept. "
                        "Archive it instead.",
                        provider=used.provider_id.name,
                    )
                )

    def _alert_refused(self, generation) -> None:
        """Somebody has to mend the account: no attempt will until then."""
        self._alert_administrators(
            Message("provider.refuses", {"name": self.name}), generation
        )

    def _serves(self, company) -> bool:
        return self.company_id in (company, self.env["res.company"])

    def _or_default(self, company):
        """This one if it may write for the company; else that company's default."""
        if self and self._serves(company):
            return self
        return company._blog_ai_default_provider() or self

    def _obstacle_for(self, company) -> Message | None:
        """Why it does not write for a blog of that company, if it does not."""
        if self._serves(company):
            return None
        names = {
            "provider": self.name,
            "theirs": self.company_id.name,
            "ours": company.name,
        }
        return Message("provider.foreign", names)

    def _check_serves(self, company) -> None:
        """:raises ValidationError: when it is another company's, with its name"""
        if obstacle := self._obstacle_for(company):
            raise ValidationError(render(self.env, obstacle))

    @api.constrains("active")
    def _check_idle(self):
        """An archived one writes nothing: no slot that is on has it."""
        archived = self.filtered(lambda provider: not provider.active)
        slots = self.env["blog.ai.slot"].sudo()
        slots.search([("provider_id", "in", archived.ids)], limit=1)._check_provider()

    @api.constrains("company_id")
    def _check_serves_others(self):
        """Who uses a provider keeps being served: a slot on its next day, too."""
        everything = self.sudo().with_context(active_test=False).env
        slots = everything["blog.ai.slot"].search([("provider_id", "in", self.ids)])
        for slot in slots:
            if not slot.provider_id._serves(slot.company_id):
                raise ValidationError(
                    self.env._(
                        "The slot %(slot)s of %(company)s writes by %(provider)s. "
                        "Choose another provider there first, or leave the company of "
                        "this one empty to share it.",
                        slot=slot.name,
                        company=slot.company_id.name,
                        provider=slot.provider_id.name,
                    )
                )
        everything["res.company"].search(
            [("blog_ai_provider_id", "in", self.ids)]
        )._check_blog_ai_provider()

    def _check_can_write(self):
        """:raises UserError: when a call is bound to fail, before anything is queued"""
        if obstacle := self._obstacle():
            raise UserError(render(self.env, obstacle))

    def _obstacle(self) -> Message | None:
        """Why a call is bound to fail, if it is."""
        self.ensure_one()
        if not self.active:
            return Message("provider.archived", {"name": self.name})
        if not self.is_ready:
            return Message("provider.no_key", {"name": self.name})
        return None

    def _account(self, model: str = "", deadline: float = 90.0) -> llm.Account:
        """Plain data for the writer's threads. The only place that reads the key.

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
        )

    def _prices(self) -> Prices:
        currency_id = self.currency_id.id
        return Prices(
            currency_id,
            self.price_in,
            self.price_cached,
            self.price_out,
            # Each claim needs it: from the cache, where a currency's name is not.
            self.currency_id == cached_ref(self.env, "base.USD", False),
        )
