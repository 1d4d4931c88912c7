# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The cost of a call."""

from typing import NamedTuple

from ..llm import Usage

MILLION = 1_000_000


class Prices(NamedTuple):
    """The prices of a provider, as plain data that may cross threads.

    :param currency_id: currency of the three prices
    :param fresh: of a million input tokens that were not cached
    :param cached: of a million input tokens that were cached
    :param out: of a million output tokens
    :param in_dollars: whether the currency is the US dollar
    """

    currency_id: int
    fresh: float
    cached: float
    out: float
    in_dollars: bool

    def cost(self, usage: Usage) -> float:
        """Return the cost of a call in the currency of the prices.

        A cost that the provider reports itself is in US dollars; it is used if the
        prices are in dollars as well. Otherwise the cost is computed from the tokens.
        Cached tokens are part of the input tokens and have their own price.
        """
        if usage.cost is not None and self.in_dollars:
            return usage.cost
        fresh = max(usage.tokens_in - usage.tokens_cached, 0)
        return (
            fresh * self.fresh
            + usage.tokens_cached * self.cached
            + usage.tokens_out * self.out
        ) / MILLION
