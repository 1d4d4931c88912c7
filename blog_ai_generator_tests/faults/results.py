# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rows of the matrix: as JSON, as lines for the terminal, as a table in Markdown."""

import json
from pathlib import Path
from statistics import median

from .verdict import Verdict

PATH = Path(__file__).parents[1] / "benchmark" / "faults.json"
COUNTS = ("lost", "doubled", "stuck", "paid_twice")
HEAD = ("fault", "rounds", "lost", "doubled", "stuck", "paid twice", "settled")


def row(name: str, verdicts: list[Verdict], problem: str, why_paid: str) -> dict:
    """Return a row of the results file.

    :return: its counts are sums of all rounds; ``settled`` has the seconds of each
    """
    sums = {what: sum(getattr(it, what) for it in verdicts) for what in COUNTS}
    return {
        "name": name,
        "rounds": len(verdicts),
        **sums,
        "settled": [round(it.settled, 1) for it in verdicts],
        "why_paid": why_paid,
        "problem": problem,
    }


def missed(row: dict) -> list[str]:
    """Return what must not have been, a line each."""
    found = [f"{row[what]} {what.replace('_', ' ')}" for what in COUNTS if row[what]]
    if row["why_paid"]:
        found = [it for it in found if not it.endswith("paid twice")]
    return [f"{row['name']}: {it}" for it in [*found, row["problem"]] if it]


# One for each reason why calls may be paid for twice.
MARKS = ("\\*", "†", "‡", "§")
# Stands above the rows that :func:`line` prints.
HEADING = (
    f"  {'fault':<48} {'×':>3} {'lost':>6} {'double':>6} {'stuck':>6} {'paid×2':>6}"
)


def line(row: dict) -> str:
    counts = " ".join(f"{row[what]:>6}" for what in COUNTS)
    return f"  {row['name']:<48} {row['rounds']:>3} {counts}   {seconds(row)}"


def seconds(row: dict) -> str:
    if not row["settled"]:
        return "–"
    return f"{median(row['settled']):.0f} s (at most {max(row['settled']):.0f} s)"


def marks(rows: list[dict]) -> dict[str, str]:
    """Return a mark for each reason why calls were paid for twice."""
    reasons = dict.fromkeys(it["why_paid"] for it in rows if it["paid_twice"])
    return dict(zip(filter(None, reasons), MARKS, strict=False))


def table(rows: list[dict]) -> str:
    lines, mark_of = [HEAD, ("---", *["---:"] * (len(HEAD) - 1))], marks(rows)
    for each in rows:
        counts = [f"{each[what]}" for what in COUNTS]
        if each["paid_twice"] and each["why_paid"]:
            counts[-1] += f" {mark_of[each['why_paid']]}"
        lines.append((each["name"], str(each["rounds"]), *counts, seconds(each)))
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def sections(answer: dict) -> list[str]:
    """Return the part of FIGURES.md; nothing while there are no results."""
    if not answer:
        return []
    notes = [
        f"{mark} {reason[0].upper()}{reason[1:]}."
        for reason, mark in marks(answer["rows"]).items()
    ]
    return [
        "## Faults",
        f"Played on {answer['date']} by `make faults`, commit {answer['commit']}, on "
        f"{answer['machine']['cores']} cores:\n16 posts are asked for in each round, "
        "and 8 calls are in flight when the fault happens, unless\na row says "
        "something else. *Settled*: seconds from the fault until all posts are "
        "written,\nmedian and maximum. A lease is 40 s, or 80 s where a node freezes. "
        "While PostgreSQL is\nstopped, a person waits for an outline, which counts as "
        "a post does.",
        table(answer["rows"]),
        *notes,
    ]


def load(path: Path = PATH) -> dict:
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def save(answer: dict, path: Path = PATH) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(answer, indent=1) + "\n", "utf-8")
