# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from ..benchmark import figures_page
from ..benchmark import results as figures
from . import results


def publish(answer: dict, names: list[str]) -> None:
    with alone():
        results.save(merged(results.load(), answer, names))
        figures_page.write(figures.load())


def merged(published: dict, answer: dict, names: list[str]) -> dict:
    """Return what is published, with the rows that were played in place of theirs.

    Also those that failed: the earlier ones are no longer true. Each row has its own
    date and commit.

    :param names: of all faults, in their order; other rows are dropped
    """
    played = (*published.get("rows", ()), *answer["rows"])
    rows = {it["name"]: {**it, "problem": first_line(it["problem"])} for it in played}
    kept = [rows[name] for name in names if name in rows]
    return {"machine": answer["machine"], "rows": kept}


def first_line(text: str) -> str:
    return text.partition("\n")[0]


@contextmanager
def alone() -> Iterator[None]:
    """Let no other lane publish meanwhile."""
    folder = os.open(results.PATH.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
