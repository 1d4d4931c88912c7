# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Publish the samples of ``make cold`` in cold.json and FIGURES.md.

``python -m blog_ai_generator_tests.benchmark.cold FILE`` replaces the parts that are in
the file, and prints their rows.
"""

import json
import sys
from datetime import date
from pathlib import Path

from . import cold_table, machine, publish, report, results
from .targets import missed


def main(samples: Path) -> int:
    """Return 1 if a target was missed."""
    about = {
        "date": date.today().isoformat(),
        "commit": machine.commit(),
        "cores": machine.machine()["cores"],
    }
    measured = {
        part: {**about, "samples": results.rounded(found)}
        for part, found in json.loads(samples.read_text("utf-8")).items()
    }
    cold_table.save({**cold_table.load(), **measured})
    publish.show(results.load())
    rows = cold_table.rows(measured)
    for row in rows:
        sys.stdout.write(f"{report.line(row)}\n")
    for part in measured:
        sys.stdout.write(f"  {cold_table.NOTES[part](measured[part])}\n")
    return int(bool(missed(rows)))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
