# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Sequence

from odoo import api, fields, models
from odoo.tools import float_compare

from .. import llm
from ..internals import cached_ref
from ..pump import Prices
from ..utils import cost_text

PRICE_DIGITS = (16, 4)
NO_PRICES = {"price_in": 0.0, "price_cached": 0.0, "price_out": 0.0}


class BlogAiProviderPrice(models.Model):
    """The prices of a provider: a list price, those of a contract, none, or unknown."""

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    is_free = fields.Boolean(
        "Free of Charge",
        compute="_compute_is_free",
        store=True,
        readonly=False,
        precompute=True,
        help="Nobody sends a bill for calls, as on your own server. Budgets do not "
        "limit this provider.",
    )
    price_in = fields.Float(
        "Input Price",
        digits=PRICE_DIGITS,
        compute="_compute_prices",
        store=True,
        readonly=False,
        help="Price of a million input tokens.",
    )
    price_cached = fields.Float(
        "Cached Input Price",
        digits=PRICE_DIGITS,
        compute="_compute_prices",
        store=True,
        readonly=False,
        help="Price of a million input tokens that the provider reads from its cache.",
    )
    price_out = fields.Float(
        "Output Price",
        digits=PRICE_DIGITS,
        compute="_compute_prices",
        store=True,
        readonly=False,
        help="Price of a million output tokens.",
    )
    # The prices that were proposed last, by their fields. A form that creates a
    # provider with prices says with it whether they were proposed.
    listed_prices = fields.Json(compute="_compute_prices", store=True, readonly=False)
    price_note = fields.Char(compute="_compute_price_note")

    @api.depends("preset")
    def _compute_is_free(self):
        for provider in self:
            preset = llm.PRESETS.get(provider.preset)
            provider.is_free = bool(preset and preset.is_own_server)

    @api.depends("preset", "model", "currency_id")
    def _compute_prices(self):
        """Propose the list price of the chosen model.

        If it has none, prices that somebody entered stay, and the list price of another
        model goes.
        """
        for provider in self:
            price = provider._list_price(provider.model)
            listed = price and _as_fields(price)
            for name, proposed in (provider.listed_prices or {}).items():
                if not listed and provider[name] == proposed:
                    provider[name] = 0.0
            provider.update(listed or {})
            provider.listed_prices = listed

    @api.model
    def _follow_price_list(self) -> None:
        """Give providers the list prices of today, unless somebody entered others.

        Each upgrade of the app calls it, since the list comes with the app. A price
        that is no longer listed stays.
        """
        providers = self.with_context(active_test=False)
        for provider in providers.search([("model", "!=", False)]):
            is_listed = provider._list_price(provider.model)
            if is_listed and not provider._has_own_prices():
                provider._compute_prices()

    def _has_own_prices(self) -> bool:
        """Return whether a price differs from the one that was proposed last.

        Today's list price counts as proposed too, and so does no price where it is not
        known what was proposed.
        """
        listed = _as_fields(self._list_price(self.model))
        proposed = [self.listed_prices or NO_PRICES, listed]
        return not any(map(self._has_prices, proposed))

    def _has_prices(self, prices: dict) -> bool:
        return not any(
            float_compare(self[name], prices[name], PRICE_DIGITS[1]) for name in prices
        )

    @api.depends("preset", "model", "currency_id", "is_free", "price_in", "price_out")
    @api.depends_context("lang")
    def _compute_price_note(self):
        for provider in self:
            provider.price_note = provider._price_note()

    def _price_note(self) -> str | bool:
        if self.is_free:
            return False
        if self._has_list_price():
            return self.env._(
                "List price of %(month)s. Enter your own if your contract differs.",
                month=self._list_price(self.model).date[:7],
            )
        if not self._prices().are_known:
            return self.env._(
                "Not known: costs are shown as “not known”, and a budget can't limit "
                "this provider. Enter the prices, or tick “Free of Charge”."
            )
        return False

    def _has_list_price(self) -> bool:
        price = self._list_price(self.model)
        return bool(price) and (self.price_in, self.price_out) == (
            price.tokens_in,
            price.tokens_out,
        )

    def _list_price(self, model: str):
        """Return the ``llm.ListPrice`` of a model, or None; they are in US dollars."""
        if not self.preset or not model or not self._is_in_dollars():
            return None
        return llm.list_price(self.preset, model)

    def _is_in_dollars(self) -> bool:
        # Each claim asks for it: the cache has the currency's id, not its name.
        return self.currency_id == cached_ref(self.env, "base.USD", False)

    def _other_price(self, model: str):
        """Return the list price of a model that is not the default one, or None."""
        is_other = model and model != self.model and not self.is_free
        return self._list_price(model) if is_other else None

    def _prices(self, model: str = "") -> Prices:
        """Return the prices of a model.

        :param model: empty for the default model, whose prices are those entered; they
            count for each model that has no list price
        """
        other = self._other_price(model)
        own = self if other is None else _as_fields(other)
        return Prices(
            self.currency_id.id,
            own["price_in"],
            own["price_cached"],
            own["price_out"],
            self._is_in_dollars(),
            self.is_free,
        )

    def _estimate_text(self, model: str, words: str, characters: int) -> str:
        """Return about what a post costs, in words.

        :param words: length of the post, as the brief has it
        :param characters: length of the texts of the brief, and of the voice
        """
        cost = self._prices(model).estimate(int(words or 0), characters)
        return self._about(cost)

    def _estimate_translations(self, lengths: Sequence[int], count: int) -> str:
        """Return about what translations cost, in words.

        :param lengths: characters of the texts of each post
        :param count: number of languages
        """
        prices = self._prices()
        costs = [prices.estimate_translation(length) for length in lengths]
        return self._about(None if None in costs else count * sum(costs))

    def _estimate_ideas(self, count: int, characters: int) -> str:
        """Return about what ideas cost, in words.

        :param characters: length of all that the provider is told
        """
        return self._about(self._prices().estimate_ideas(count, characters))

    def _estimate_extra(self, model: str, characters: int, answered: int) -> str:
        """Return about what a call about a post costs, in words.

        :param characters: length of all that the provider is told
        :param answered: characters of the answer
        """
        return self._about(self._prices(model).estimate_extra(characters, answered))

    def _about(self, cost: float | None) -> str:
        if self.is_free:
            return self.env._("free of charge")
        if cost is None:
            return self.env._("not known")
        return self.env._(
            "about %(cost)s", cost=cost_text(self.env, cost, self.currency_id, 1)
        )

    def _worst_cost(self, model: str = "", octets: int = 0, limit: int = 0) -> float:
        """Return what one call may cost at most; 0 if that is not known.

        :param limit: output limit of the call; 0 for that of the provider
        """
        return self._prices(model).worst(octets, limit or self.max_output_tokens)

    def _free_of_charge(self):
        """Return the first provider of this chain that may write and costs nothing."""
        free = self._chain().filtered("is_free")
        return free.filtered(lambda provider: not provider._obstacle())[:1]


def _as_fields(price) -> dict:
    return {
        "price_in": price.tokens_in,
        "price_cached": _cached(price),
        "price_out": price.tokens_out,
    }


def _cached(price) -> float:
    """Return the price of cached tokens; where it is not known, they cost as others."""
    return price.tokens_in if price.tokens_cached is None else price.tokens_cached
