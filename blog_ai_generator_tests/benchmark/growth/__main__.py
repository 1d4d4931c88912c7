# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure a blog of 500 posts and one of 50,000 in turn, each in its own database."""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from ...live import LiveServer, database
from .. import machine
from ..publish import show
from ..report import line
from ..results import load, rounded, save
from ..targets import missed
from . import report
from .plan import LARGE, SMALL

CODE = """
from odoo.modules.registry import Registry
from odoo.tools import config
from odoo.addons.blog_ai_generator_tests.benchmark.growth.measures import measured
# Requests reach no other databases than these.
config["db_name"] = [env.cr.dbname, grown]
print(json.dumps(measured(env.registry, Registry(grown))))
"""


class Database(LiveServer):
    """The database of a live server, without the server."""

    def start(self) -> None:
        pass


@contextmanager
def twin(original: Database) -> Iterator[str]:
    """Yield the name of a copy of a database, which is dropped after the block."""
    name = database.create(original.database, 1)
    try:
        filestores = original.folder / "filestore"
        shutil.copytree(filestores / original.database, filestores / name)
        yield name
    finally:
        database.drop(name)


def main() -> int:
    """Measure, print and publish.

    :return: 1 if a target was missed
    """
    with Database() as small, twin(small) as large:
        printed = small.shell(CODE, grown=large)
        about = {
            "date": date.today().isoformat(),
            "commit": machine.commit(),
            "machine": machine.machine(),
            "versions": machine.versions(small),
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
