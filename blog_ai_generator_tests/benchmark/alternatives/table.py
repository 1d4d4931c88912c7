# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rows of the ways as people read them."""

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
    "blog form of others, P95 idle → busy",
    "public page, P95 idle → busy",
)


def section(rows: list[dict]) -> str:
    """What the README says about them; empty when they were not measured."""
    if not rows:
        return ""
    first = rows[0]
    return (
        f"\nThe same {first['posts']} posts of {first['seconds_each']:g} s, asked for "
        f"by {first['people']} people at once:\n\n{table(rows)}\n\n"
        "Calls: those that the provider got. Click → call: with the wait for a free "
        "worker, or for room\nat the pump. Memory: of all processes of the server "
        "together, the most. Connections: the most\nthat were held, and in a "
        "transaction, at one moment.\n"
    )


def table(rows: list[dict]) -> str:
    """A table in Markdown, made of nothing but the samples."""
    lines = [HEAD, ("---", *["---:"] * (len(HEAD) - 1)), *map(cells, rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def line(row: dict) -> str:
    """One way for the terminal."""
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
