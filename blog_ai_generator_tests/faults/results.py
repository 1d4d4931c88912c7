# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rows of the matrix: as JSON, as lines for the terminal, as a table in Markdown."""

import json
from pathlib import Path
from statistics import median

from .verdict import WIDTH, Verdict

PATH = Path(__file__).parents[1] / "benchmark" / "faults.json"
COUNTS = ("lost", "doubled", "stuck", "paid_twice")
HEAD = (
    "fault",
    "rounds",
    "lost",
    "doubled",
    "stuck",
    "paid twice",
    "settled",
    "played",
)


def row(name: str, verdicts: list[Verdict], problem: str, why_paid: str) -> dict:
    """Return a row of the results file.

    Its counts add up all rounds; a count is None if a round could not measure it.
    ``settled`` has the seconds of each round.
    """
    counts = {what: [getattr(it, what) for it in verdicts] for what in COUNTS}
    sums = {what: None if None in them else sum(them) for what, them in counts.items()}
    return {
        "name": name,
        "rounds": len(verdicts),
        **sums,
        "settled": [round(it.settled, 1) for it in verdicts],
        "why_paid": why_paid,
        "problem": problem,
    }


def missed(row: dict) -> list[str]:
    """Return a line for each count that should be 0, and for the problem, if any."""
    found = [f"{row[what]} {what.replace('_', ' ')}" for what in COUNTS if row[what]]
    if row["why_paid"] and row["paid_twice"] <= WIDTH * row["rounds"]:
        found = [it for it in found if not it.endswith("paid twice")]
    return [f"{row['name']}: {it}" for it in [*found, row["problem"]] if it]


# A mark for each reason why calls may be paid for twice.
MARKS = ("\\*", "†", "‡", "§")
# The line above the rows that :func:`line` prints.
HEADING = (
    f"  {'fault':<48} {'×':>3} {'lost':>6} {'double':>6} {'stuck':>6} {'paid×2':>6}"
)


def line(row: dict) -> str:
    counts = " ".join(f"{shown(row[what]):>6}" for what in COUNTS)
    return f"  {row['name']:<48} {row['rounds']:>3} {counts}   {seconds(row)}"


def shown(count: int | None) -> str:
    return "–" if count is None else str(count)


def seconds(row: dict) -> str:
    if row["problem"]:
        # The rest of it may be a log.
        return f"failed: {row['problem'].partition(':')[0]}"
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
        counts = [shown(each[what]) for what in COUNTS]
        if each["paid_twice"] and each["why_paid"]:
            counts[-1] += f" {mark_of[each['why_paid']]}"
        played = f"{each['date']}, {each['commit']}"
        cells = (each["name"], str(each["rounds"]), *counts, seconds(each), played)
        lines.append(cells)
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
        f"Played by `make faults` on {answer['machine']['cores']} cores: 16 posts are "
        f"asked for in each round, and {WIDTH} calls are in\nflight when the fault "
        "happens, unless a row says something else. *Settled*: seconds from the\nfault "
        "until all posts are written, median and maximum; *failed*: a round could not "
        "be\nplayed to its end. *Played*: day and commit. A lease is 40 s, or 80 s "
        "where a node\nfreezes. While PostgreSQL is stopped, a person waits for an "
        "outline, which counts as a\npost does. After an uninstallation, nothing tells "
        "which posts are doubled (–).",
        table(answer["rows"]),
        *notes,
    ]


def load(path: Path = PATH) -> dict:
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def save(answer: dict, path: Path = PATH) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(answer, indent=1) + "\n", "utf-8")
