# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from ..benchmark import figures_page
from ..benchmark import results as figures
from . import results


def publish(answer: dict, names: list[str]) -> None:
    """Replace the published rows that were played, and write the page of figures.

    :param names: of all faults, in their order; other rows are dropped
    """
    played = [it for it in answer["rows"] if not it["problem"]]
    with alone():
        rows = {it["name"]: it for it in (*results.load().get("rows", ()), *played)}
        results.save({**answer, "rows": [rows[name] for name in names if name in rows]})
        figures_page.write(figures.load())


@contextmanager
def alone() -> Iterator[None]:
    """Let no other lane publish meanwhile."""
    folder = os.open(results.PATH.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
