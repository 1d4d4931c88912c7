# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people read: the lines of a run, and the README's table."""

from pathlib import Path
from statistics import median

from . import scale
from .alternatives import table as alternatives

BEGIN, END = "<!-- begin: figures of make bench -->", "<!-- end: figures -->"
README = Path(__file__).resolve().parents[2] / "README.md"
HEAD = ("", "measured", "promised", "our target", "")


def shown(value: float) -> str:
    """Three digits that count."""
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    text = f"{value:.{max(0, 3 - len(str(int(abs(value)))))}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def line(row: dict) -> str:
    """One row for the terminal."""
    bounds = f"promise {row['promise']}, " * bool(row["promise"])
    mark = "met" if row["met"] else "MISSED"
    measured = f"{shown(row['value'])} {row['unit']}".strip()
    return (
        f"  {row['name']:<40} {measured:>16}   {bounds}target {row['target']}: {mark}"
    )


def table(results: dict) -> str:
    """The README's table, made of nothing but the results file."""
    lines = [
        HEAD,
        ("---", "---:", "---:", "---:", "---"),
        *map(cells, results["targets"]),
    ]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def cells(row: dict) -> tuple[str, ...]:
    return (
        row["name"],
        f"{shown(row['value'])} {row['unit']}".strip(),
        row["promise"] or "–",
        row["target"],
        "met" if row["met"] else "**missed**",
    )


def section(results: dict) -> str:
    machine, versions = results["machine"], results["versions"]
    return "\n".join(
        (
            BEGIN,
            table(results),
            alternatives.section(results.get("alternatives", [])),
            f"Measured on {results['date']} by `make bench`: {machine['cores']} cores "
            f"({machine['processor']}),",
            f"Odoo {versions['odoo']}, PostgreSQL {versions['postgresql']}, Python "
            f"{versions['python']}, commit {results['commit']}, load of other programs",
            f"{machine['load_before']}. The fake LLM server takes 8 to 25 s "
            "(log-normal) unless said otherwise.",
            *scale_of(results["raw"]),
            END,
        )
    )


def scale_of(raw: dict) -> list[str]:
    """What more pumps and nodes would write, and what a long queue costs."""
    if "pumps" not in raw:
        return []
    return [
        "",
        "By simulation, from the times that one pump was measured to need here; a "
        "single node",
        f"shares its {raw['pumps']['cores']} cores with PostgreSQL, four nodes have it "
        "on a machine of its own:",
        "",
        scale.markdown(scale.table(raw["pumps"])),
        *checked(raw["pumps"]),
        "\n".join(map(claimed, raw["claims"])),
    ]


def checked(pumps: dict) -> list[str]:
    """The simulation beside what was measured."""
    return [
        "Measured on this machine, which PostgreSQL and the provider share, with "
        "answers at once:",
        "",
        scale.markdown_check(scale.check(pumps)),
        "",
    ]


def claimed(claims: dict) -> str:
    short, long = median(claims["short_ms"]), median(claims["long_ms"])
    return (
        f"Claiming {claims['room']} of {claims['backlog']:,} waiting posts takes "
        f"{shown(long)} ms, where no others wait {shown(short)} ms."
    )


def in_readme(readme: str) -> str:
    """What stands between the markers, markers included.

    :raise ValueError: a marker is missing
    """
    begin, end = readme.index(BEGIN), readme.index(END) + len(END)
    return readme[begin:end]


def write_readme(results: dict, path: Path = README) -> None:
    readme = path.read_text("utf-8")
    path.write_text(readme.replace(in_readme(readme), section(results)), "utf-8")
