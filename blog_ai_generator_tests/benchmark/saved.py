# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rows of the last ``make growth`` and ``make cold``, for ``make bench``."""

from collections.abc import Iterator

from . import cold_table, report
from .growth import report as growth


def lines(grown: dict, cold: dict) -> Iterator[str]:
    """Return the rows of each, below the date and commit of their measurement.

    :param grown: as ``growth.load`` returns it; empty while there are no results
    :param cold: as ``cold_table.load`` returns it
    """
    parts = [("make growth", grown, grown and growth.rows(grown))]
    for name in cold_table.NOTES:
        part = {name: cold[name]} if name in cold else {}
        parts.append((f"make cold ONLY={name}", part.get(name), cold_table.rows(part)))
    for command, part, rows in parts:
        if not part:
            yield f"\n  {command}: no saved figures"
            continue
        yield f"\n  {command}, measured on {part['date']}, commit {part['commit']}:"
        yield from map(report.line, rows)
