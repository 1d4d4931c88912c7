# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Write the result of `make mutants` as a section of FIGURES.md."""

import json
from pathlib import Path

from .figures import failure_bound

PATH = Path(__file__).parent / "mutants.json"
PARTS = {"llm": "`llm/`", "pump": "pump, claim, budget"}
HEAD = (
    "code",
    "places",
    "tried",
    "killed",
    "harmless",
    "unnoticed",
    "killed of those that count",
    "at least",
)


def sections(rows: dict) -> list[str]:
    """Return the part of FIGURES.md; nothing while there are no results."""
    if not rows:
        return []
    lines = [HEAD, ("---", *["---:"] * (len(HEAD) - 1))]
    lines += [(PARTS[name], *cells(row)) for name, row in sorted(rows.items())]
    dates = ", ".join(
        f"{PARTS[name]} on {row['date']}" for name, row in sorted(rows.items())
    )
    return [
        "## Mutants",
        f"Tried by `make mutants`: {dates}. One small change inside a function, such "
        "as `<` for `<=`,\nis *killed* when a test fails with it. *Places*: where "
        "cosmic-ray can change something; a\nseeded sample is tried. *Harmless*: a "
        "change that does no harm, with its reason in\n"
        "[mutants.json](mutants.json), as the unnoticed ones are. *At least*: lower "
        "bound of the share in\nall places, with a confidence of 95 %."
        + noticed_since(rows),
        "\n".join("| " + " | ".join(cells) + " |" for cells in lines),
    ]


def noticed_since(rows: dict) -> str:
    left = [it for row in rows.values() for it in row.get("survivors", ())]
    found = sum(not it["why"] for it in left if it.get("noticed"))
    said = f" Tests that were added since\nnotice {found} of the unnoticed ones."
    return said if found else ""


def cells(row: dict) -> tuple[str, ...]:
    counted = row["tried"] - row["harmless"]
    least = 100 * (1 - failure_bound(row["left"], counted))
    names = ("places", "tried", "killed", "harmless", "left")
    numbers = (f"{row[name]:,}" for name in names)
    return *numbers, f"{row['share']:.1f} %", f"{least:.1f} %"


def load(path: Path = PATH) -> dict:
    return json.loads(path.read_text("utf-8")) if path.exists() else {}
