# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from .. import llm
from ..messages import Message
from ..pump import Prices
from ..utils import cost_text


class BlogAiProviderPicture(models.Model):
    """Tell if a provider makes pictures, and what they cost."""

    _inherit = "blog.ai.provider"  # pylint: disable=consider-merging-classes-inherited

    def _picture_obstacle(self) -> Message | None:
        if self._preset().pictures:
            return None
        return Message("picture.none", {"name": self.name})

    def _picture_prices(self, model: str) -> Prices:
        """Return the prices of a model for pictures.

        Prices that somebody entered count for the default model alone.
        """
        if self.is_free or model == self.model or self._list_price(model):
            return self._prices(model)
        in_dollars = self._is_in_dollars()
        return Prices(self.currency_id.id, 0.0, 0.0, 0.0, in_dollars)

    def _picture_estimate(self, model: str, count: int) -> str:
        """Return about what pictures cost, in words."""
        prices, tokens = self._picture_prices(model), llm.PICTURE_TOKENS * count
        cost = prices.cost(llm.Usage(tokens_in=150, tokens_out=tokens))
        if self.is_free:
            return self.env._("free of charge")
        if cost is None:
            return self.env._("price not known")
        text = cost_text(self.env, cost, self.currency_id, 1)
        return self.env._("about %(cost)s", cost=text)
