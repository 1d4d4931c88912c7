# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Show the measured ways to write, side by side."""

from ..figures import percentile

HEAD = (
    "",
    "workers",
    "posts/s",
    "calls",
    "click → call, P50 / P95",
    "answer → post, P50 / P95",
    "memory",
    "connections (in transaction)",
    "blog form of other users, P95 idle → busy",
    "public page, P95 idle → busy",
)
NOTES = """\
- *Calls*: requests received by the provider.
- *Click → call*: includes waiting for a free worker or pump slot.
- *Memory*: peak of all server processes.
- *Connections*: peak held (peak in a transaction)."""


def sections(rows: list[dict]) -> list[str]:
    """Return the paragraphs of FIGURES.md; none if nothing was measured."""
    if not rows:
        return []
    first = rows[0]
    return [
        "## Compared with other ways to write",
        f"The same {first['posts']} posts of {first['seconds_each']:g} s, requested by "
        f"{first['people']} people at once:",
        table(rows),
        NOTES,
    ]


def table(rows: list[dict]) -> str:
    """Show rows in Markdown, made from nothing but the samples."""
    lines = [HEAD, ("---", *["---:"] * (len(HEAD) - 1)), *map(cells, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def line(row: dict) -> str:
    if "absent" in row:
        return f"  {row['way']}: {row['absent']}"
    texts = zip(HEAD[1:], cells(row)[1:], strict=True)
    return f"  {row['way']}\n" + "\n".join(
        f"    {name:<38} {text:>24}" for name, text in texts
    )


def cells(row: dict) -> tuple[str, ...]:
    if "absent" in row:
        rest = ["–"] * (len(HEAD) - 3)
        return (row["way"], str(row["workers"]), row["absent"], *rest)
    lost = row["posts"] - row["done"]
    return (
        row["way"],
        str(row["workers"]),
        f"{row['done'] / row['seconds']:.1f}" + f" ({lost} lost)" * bool(lost),
        str(row["calls"]),
        both(row["begin"]),
        both(row["end"]),
        f"{max(row['memory']):,.0f} MB {row['memory_kind']}",
        f"{max(row['connections'])} ({max(row['in_transaction'])})",
        bystanders(row, "form"),
        bystanders(row, "page"),
    )


def both(seconds: list[float]) -> str:
    return " / ".join(shown(percentile(seconds, percent)) for percent in (50, 95))


def bystanders(row: dict, name: str) -> str:
    return " → ".join(
        shown(percentile(row[state][name], 95) / 1000) for state in ("idle", "busy")
    )


def shown(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms" if seconds < 1 else f"{seconds:,.1f} s"
