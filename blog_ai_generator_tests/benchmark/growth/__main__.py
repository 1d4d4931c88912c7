# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure a blog of 500 posts, let it grow to 50,000, and measure it again."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from ...live import LiveServer
from .. import machine
from ..report import line
from ..results import save
from .plan import LARGE, SMALL
from .report import rows

CODE = """
from odoo.addons.blog_ai_generator_tests.benchmark.growth.measures import Growth
growth = Growth(env.registry)
try:
    found = {}
    for name, generations in sizes.items():
        growth.grow_to(generations)
        found[name] = growth.measure()
    found["ticks"] = growth.ticks()
finally:
    growth.close()
print(json.dumps(found))
"""


class Database(LiveServer):
    """The database of a live server, without the server."""

    def start(self) -> None:
        pass


def main(arguments: list[str] | None = None) -> int:
    """Measure, print and save; return 1 if a target was missed."""
    parser = argparse.ArgumentParser(prog="growth", description=__doc__)
    parser.add_argument("output", type=Path, help="JSON, written anew")
    options = parser.parse_args(arguments)
    with Database() as database:
        printed = database.shell(CODE, sizes={"small": SMALL, "large": LARGE})
        about = {
            "date": date.today().isoformat(),
            "commit": machine.commit(),
            "machine": machine.machine(),
            "versions": machine.versions(database),
        }
    raw = json.loads(printed.splitlines()[-1])
    found = list(rows(raw))
    save(
        {**about, "sizes": [SMALL, LARGE], "raw": raw, "targets": found}, options.output
    )
    for row in found:
        sys.stdout.write(f"{line(row)}\n")
    return int(not all(row["met"] for row in found))


if __name__ == "__main__":
    sys.exit(main())
