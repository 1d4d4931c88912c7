# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rows of the report: what was measured, with its target."""

from collections.abc import Iterator

from ..targets import Target
from .plan import FEW_SLOTS, GROUPS, MANY_SLOTS

VIEWS = {
    "list": "List of generations",
    "kanban": "Cards of generations",
    "failed": "List, filter “Failed”",
    "calendar": "Calendar of generations, a month",
    "report": "Costs of a month",
    # Odoo counts every row of each group: there is no bound for a log that grows.
    **{f"by {group}": f"List, grouped by {group}" for group in GROUPS},
}


def rows(raw: dict) -> Iterator[dict]:
    """Return the rows that ``targets.Target.result`` makes, for ``report.line``.

    :param raw: the measurements ``small``, ``large`` and ``ticks``
    """

    def grown(key: str) -> float:
        return raw["large"][key] / raw["small"][key]

    yield Target("Check for duplicates, grown / new", "×", "", "≤ 1.5").result(
        grown("check")
    )
    yield Target("100 topics pasted, grown", "s", "", "≤ 2").result(
        raw["large"]["paste"] / 1000
    )
    yield Target("Store of a post, grown / new", "×", "", "≤ 1.1").result(
        grown("store")
    )
    ticks = raw["ticks"]
    yield Target(f"SQL statements a slot, {MANY_SLOTS} due", "", "", "≤ 12").result(
        ticks[f"tick {MANY_SLOTS} statements"]
    )
    yield Target(
        f"Time a slot, {MANY_SLOTS} due / {FEW_SLOTS} due", "×", "", "≤ 1.2"
    ).result(ticks[f"tick {MANY_SLOTS} ms"] / ticks[f"tick {FEW_SLOTS} ms"])
    for key, name in VIEWS.items():
        yield Target(f"{name}, grown / new", "×", "", "≤ 1.3").result(
            grown(f"view {key}")
        )
