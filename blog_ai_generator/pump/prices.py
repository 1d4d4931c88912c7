# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from ..llm import Usage

MILLION = 1_000_000


class Prices(NamedTuple):
    """What a provider asks, as plain data that may cross threads.

    :param currency_id: of all the prices
    :param fresh: for a million tokens in that were not cached
    :param cached: for a million tokens in that were
    :param out: for a million tokens out
    :param in_dollars: whether that currency is the US dollar
    """

    currency_id: int
    fresh: float
    cached: float
    out: float
    in_dollars: bool

    def cost(self, usage: Usage) -> float:
        """What a call cost, in that currency.

        A provider's own figure, which is in US dollars, wins where the prices are too;
        otherwise tokens times the prices. Cached tokens are part of the tokens in and
        billed at their own price.
        """
        if usage.cost is not None and self.in_dollars:
            return usage.cost
        fresh = max(usage.tokens_in - usage.tokens_cached, 0)
        return (
            fresh * self.fresh
            + usage.tokens_cached * self.cached
            + usage.tokens_out * self.out
        ) / MILLION
