# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Write the results of ``make growth`` as a section of FIGURES.md."""

import json
from pathlib import Path

from ..reasons import REASONS
from ..report import explained
from ..targets import Target
from .plan import FEW_SLOTS, GROUPS, LARGE, MANY_SLOTS, SMALL

PATH = Path(__file__).parents[1] / "growth.json"
VIEWS = {
    "list": "List of generations",
    "kanban": "Cards of generations",
    "failed": "List, filter “Failed”",
    "calendar": "Calendar of generations, a month",
    "report": "Costs of a month",
    **{f"by {group}": f"List, grouped by {group}" for group in GROUPS},
}
TARGETS = {
    "check": Target("Check for duplicates, grown / new", "×", "", "≤ 1.5"),
    "paste": Target("100 topics pasted, grown", "s", "", "≤ 2"),
    "store": Target("Store of a post, grown / new", "×", "", "≤ 1.1"),
    "slot_statements": Target(
        f"SQL statements a slot, {MANY_SLOTS} due", "", "", "≤ 12"
    ),
    "slot_time": Target(
        f"Time a slot, {MANY_SLOTS} due / {FEW_SLOTS} due", "×", "", "≤ 1.2"
    ),
    **{
        key: Target(f"{name}, grown / new", "×", "", "≤ 1.3")
        for key, name in VIEWS.items()
    },
}


def values(raw: dict) -> dict[str, float]:
    """Return the number for each target, by its key in ``TARGETS``.

    :param raw: the measurements ``small``, ``large`` and ``ticks``
    """
    small, large, ticks = raw["small"], raw["large"], raw["ticks"]
    slot = {count: ticks[f"tick {count} ms"] for count in (FEW_SLOTS, MANY_SLOTS)}
    return {
        "check": large["check"] / small["check"],
        "paste": large["paste"] / 1000,
        "store": large["store"] / small["store"],
        "slot_statements": ticks[f"tick {MANY_SLOTS} statements"],
        "slot_time": slot[MANY_SLOTS] / slot[FEW_SLOTS],
        **{key: large[f"view {key}"] / small[f"view {key}"] for key in VIEWS},
    }


def rows(answer: dict) -> list[dict]:
    return [
        TARGETS[key].result(round(value, 4), REASONS.get(key, ""))
        for key, value in values(answer["raw"]).items()
    ]


def sections(answer: dict) -> list[str]:
    """Return the part of FIGURES.md; nothing while there are no results."""
    if not answer:
        return []
    return [
        "## Growth",
        f"Measured on {answer['date']} by `make growth`, commit {answer['commit']}, "
        f"{answer['machine']['cores']} cores. A new blog\nhas {SMALL // 2:,} posts and "
        f"{SMALL:,} generations, a grown one {LARGE // 2:,} and {LARGE:,}.",
        *explained(rows(answer)),
    ]


def load(path: Path = PATH) -> dict:
    return json.loads(path.read_text("utf-8")) if path.exists() else {}
