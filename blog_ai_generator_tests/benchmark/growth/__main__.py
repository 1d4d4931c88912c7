# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure a blog of 500 posts, let it grow to 50,000, and measure it again."""

import json
import sys
from datetime import date

from ...live import LiveServer
from .. import machine
from ..publish import show
from ..report import line
from ..results import load, rounded, save
from ..targets import missed
from . import report
from .plan import LARGE, SMALL

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


def main() -> int:
    """Measure, print and publish.

    :return: 1 if a target was missed
    """
    with Database() as database:
        printed = database.shell(CODE, sizes={"small": SMALL, "large": LARGE})
        about = {
            "date": date.today().isoformat(),
            "commit": machine.commit(),
            "machine": machine.machine(),
            "versions": machine.versions(database),
        }
    raw = json.loads(printed.splitlines()[-1])
    answer = {**about, "sizes": [SMALL, LARGE], "raw": rounded(raw)}
    save(answer, report.PATH)
    show(load())
    rows = report.rows(answer)
    for row in rows:
        sys.stdout.write(f"{line(row)}\n")
    return int(bool(missed(rows)))


if __name__ == "__main__":
    sys.exit(main())
