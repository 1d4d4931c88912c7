# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""List prices of the presets' models, as of the date in ``prices.json``.

Only prices that were read somewhere are listed: a price that nobody knows must not look
like none.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

# "gpt-6-luna-2026-10-01", "claude-haiku-4-5-20251001": a snapshot costs the same.
_SNAPSHOT = re.compile(r"-(?:\d{4}-\d\d-\d\d|\d{8})\Z")


@dataclass(frozen=True)
class ListPrice:
    """The prices of a model, in US dollars per million tokens.

    :param tokens_cached: of input from the provider's cache; None if not known, then
        ``tokens_in`` is the upper bound
    :param date: the day on which the price was read, in ISO 8601
    """

    model: str
    tokens_in: float
    tokens_cached: float | None
    tokens_out: float
    date: str
    source: str


def list_price(preset: str, model: str) -> ListPrice | None:
    """Return the list price of a model; None if it is not known.

    :param preset: key of a :class:`~.presets.Preset`
    """
    prices = _prices()
    model = model.strip()
    return prices.get((preset, model)) or prices.get((preset, _SNAPSHOT.sub("", model)))


@cache
def _prices() -> Mapping[tuple[str, str], ListPrice]:
    data = json.loads(Path(__file__).with_name("prices.json").read_text("utf-8"))
    return {
        (preset, model): ListPrice(
            model,
            price["in"],
            price.get("cached"),
            price["out"],
            data["date"],
            price["source"],
        )
        for preset, models in data["prices"].items()
        for model, price in models.items()
    }
