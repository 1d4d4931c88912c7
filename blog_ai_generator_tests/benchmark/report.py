# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Show figures: lines for the terminal, tables in Markdown, five figures in README."""

from pathlib import Path
from statistics import median

from .plan import BATCH, SECONDS_EACH
from .results import values
from .targets import TARGETS, holds, missed, number

BEGIN, END = "<!-- begin: figures of make bench -->", "<!-- end: figures -->"
README = Path(__file__).resolve().parents[2] / "README.md"
FIGURES = "blog_ai_generator_tests/benchmark/FIGURES.md"
HEAD = ("", "measured", "promised", "our target", "")
# Shown in README; keys of ``TARGETS``.
FIVE = ("latency_p50", "throughput", "queries", "memory", "slots_lost")


def shown(value: float, digits: int = 3) -> str:
    """Round to so many significant digits."""
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    text = f"{value:.{max(0, digits - len(str(int(abs(value)))))}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def measured(row: dict) -> str:
    """Show enough digits to see whether the target was met."""
    texts = (shown(row["value"], digits) for digits in range(3, 9))
    told = (it for it in texts if holds(row["target"], number(it)) == row["met"])
    return f"{next(told, row['value'])} {row['unit']}".strip()


def line(row: dict) -> str:
    figure = f"  {row['name']:<52} {measured(row):>10}"
    if not row["target"]:
        return figure
    bounds = f"promise {row['promise']}, " * bool(row["promise"])
    mark = "met" if row["met"] else "MISSED"
    return f"{figure}   {bounds}target {row['target']}: {mark}"


def table(rows: list[dict]) -> str:
    """Show rows of the results file in Markdown."""
    lines = [HEAD, ("---", "---:", "---:", "---:", "---"), *map(cells, rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def explained(rows: list[dict]) -> list[str]:
    """Return the table, and the reason of each target that was missed."""
    reasons = [
        f"- *{row['name']}*: {row.get('why', 'The reason is not known yet.')}"
        for row in rows
        if not row["met"]
    ]
    because = ["Missed, and what was tried:", "\n".join(reasons)] if reasons else []
    return [table(rows), *because]


def cells(row: dict) -> tuple[str, ...]:
    return (
        row["name"],
        measured(row),
        row["promise"] or "–",
        row["target"] or "–",
        ("met" if row["met"] else "**missed**") if row["target"] else "–",
    )


def section(results: dict, published: list[dict]) -> str:
    """Return the block of README: five figures, and a link to all of them.

    :param published: the rows of FIGURES.md
    """
    found = values(results["raw"])
    rows = [TARGETS[key].result(found[key]) for key in FIVE]
    last = median(batch["ends"][-1] for batch in results["raw"]["throughput"])
    return "\n".join(
        (
            BEGIN,
            table(rows),
            "",
            f"One pump writes {BATCH} posts of {SECONDS_EACH:g} s in {shown(last)} s "
            f"({shown(BATCH / last)} posts/s). Measured on {results['date']} with",
            f"{results['machine']['cores']} cores and the fake LLM server. "
            f"{in_short(published)}: [all figures and charts]({FIGURES})",
            END,
        )
    )


def in_short(rows: list[dict]) -> str:
    """Return how many of all targets were missed."""
    bounds = [row for row in rows if row["target"]]
    if names := missed(bounds):
        return f"{len(names)} of {len(bounds)} targets were missed"
    return f"All {len(bounds)} targets were met"


def in_readme(readme: str) -> str:
    """Return the text from marker to marker, both included.

    :raise ValueError: a marker is missing
    """
    begin, end = readme.index(BEGIN), readme.index(END) + len(END)
    return readme[begin:end]


def write_readme(results: dict, published: list[dict], path: Path = README) -> None:
    readme = path.read_text("utf-8")
    block = section(results, published)
    path.write_text(readme.replace(in_readme(readme), block), "utf-8")
