# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from urllib.parse import SplitResult, urlsplit

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from .. import llm

PRICES = ("price_in", "price_cached", "price_out")
# Price of a million tokens, in any currency; a higher one is a typing error.
MAX_PRICE = 1_000_000_000


class BlogAiProviderChecks(models.Model):
    """Checks of what people enter for a provider, or change while it is in use."""

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    @api.model_create_multi
    def create(self, vals_list):
        self._check_prices(*vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_prices(vals)
        self._check_currency(vals)
        return super().write(vals)

    @api.constrains("base_url", "protocol")
    def _check_base_url(self):
        for provider in self.filtered(lambda p: p.protocol != "offline"):
            parts = split_url(provider.base_url or "")
            if not parts:
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
                        "A base URL must not contain a user name, “?” or “#”. Enter "
                        "the key in the field API Key instead."
                    )
                )
            provider._check_no_endpoint()

    def _check_no_endpoint(self) -> None:
        endpoint = getattr(llm.PROTOCOLS.get(self.protocol), "path", None)
        if endpoint and self.base_url.rstrip("/").endswith(endpoint):
            raise ValidationError(
                self.env._(
                    "Remove “%(endpoint)s” from the end of the base URL: it is added "
                    "with each call.",
                    endpoint=endpoint,
                )
            )

    @api.model
    def _check_prices(self, *vals_list: dict) -> None:
        """Check prices before the ORM rounds them, which fails on infinity and NaN.

        :raises ValidationError: when a price is negative, infinite or not a number
        """
        for vals in vals_list:
            for name in PRICES:
                if not 0 <= float(vals.get(name) or 0) <= MAX_PRICE:
                    raise ValidationError(
                        self.env._(
                            "“%(value)s” is not a price. Enter the price of a million "
                            "tokens, or tick “Free of Charge”.",
                            value=vals[name],
                        )
                    )

    def _check_currency(self, vals: dict) -> None:
        """Keep the currency of a provider in which costs are already recorded.

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
                    "The costs of %(provider)s are recorded in %(currency)s. To use "
                    "another currency, duplicate the provider, set currency and API "
                    "key on the copy, and archive this one.",
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
                    "The slot %(slot)s of %(company)s uses %(provider)s. Choose "
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
                        "%(provider)s has been used, and its history must be kept. "
                        "Archive it instead of deleting it.",
                        provider=used.provider_id.name,
                    )
                )

    @api.constrains("active")
    def _check_idle(self):
        archived = self.filtered(lambda provider: not provider.active)
        slots = self.env["blog.ai.slot"].sudo()
        slots.search([("provider_id", "in", archived.ids)], limit=1)._check_provider()

    @api.constrains("company_id")
    def _check_serves_others(self):
        everything = self.sudo().with_context(active_test=False).env
        slots = everything["blog.ai.slot"].search([("provider_id", "in", self.ids)])
        for slot in slots:
            if not slot.provider_id._serves(slot.company_id):
                raise ValidationError(
                    self.env._(
                        "The slot %(slot)s of %(company)s uses %(provider)s. Choose "
                        "another provider there first, or leave the company of this "
                        "one empty to share it.",
                        slot=slot.name,
                        company=slot.company_id.name,
                        provider=slot.provider_id.name,
                    )
                )
        everything["res.company"].search(
            [("blog_ai_provider_id", "in", self.ids)]
        )._check_blog_ai_provider()


def split_url(url: str) -> SplitResult | None:
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
        return None
    return parts if is_usable else None
