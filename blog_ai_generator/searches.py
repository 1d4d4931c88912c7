# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read what people searched for from a file that a search engine exports.

Google Search Console exports a table of queries, clicks, impressions, share and
position, as CSV or as a ZIP archive of several. Its header is in the language of the
user, so columns are known by their place.
"""

import csv
import io
import zipfile
from typing import NamedTuple

# Bytes of the table, also when it is unpacked, and rows that are looked at.
MOST_BYTES, MOST_ROWS = 5_000_000, 20_000
QUERY_LIMIT = 150  # characters
DELIMITERS = ",;\t"
ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
# The place of a column.
IMPRESSIONS = 2


class Unreadable(Exception):
    """A file that is no table of searches."""


class Search(NamedTuple):
    query: str
    impressions: int = 0


def searches_in(data: bytes) -> list[Search]:
    """Return what people searched for, what was shown most often first.

    :param data: a CSV file, or a ZIP archive with one
    :raise Unreadable: if it is neither, or has no searches
    """
    if data.startswith(b"PK\x03\x04"):
        data = _unpacked(data)
    if len(data) > MOST_BYTES:
        raise Unreadable
    found: dict[str, Search] = {}
    for search in map(_as_search, _rows(_decoded(data))):
        if search.query:
            found.setdefault(search.query.casefold(), search)
    if not found:
        raise Unreadable
    return sorted(found.values(), key=lambda search: -search.impressions)


def _unpacked(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            tables = [it for it in archive.infolist() if it.filename.endswith(".csv")]
            # The table of queries comes first by its English name, else by its rows.
            tables.sort(key=lambda it: (it.filename != "Queries.csv", -it.file_size))
            if not tables:
                raise Unreadable
            # The sizes that an archive states may be wrong.
            with archive.open(tables[0]) as table:
                return table.read(MOST_BYTES + 1)
    except Exception as error:
        # A damaged archive raises errors of many classes, some of each compressor.
        raise Unreadable from error


def _decoded(data: bytes) -> str:
    if b"\0" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    raise Unreadable


def _rows(text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    lines = io.StringIO(text, newline="")
    try:
        reader = csv.reader(lines, delimiter=delimiter)
        rows = [row for row, _place in zip(reader, range(MOST_ROWS), strict=False)]
    except csv.Error as error:
        raise Unreadable from error
    has_header = rows and not any(map(_number, rows[0][1:]))
    return rows[1:] if has_header and len(rows[0]) > 1 else rows


def _as_search(row: list[str]) -> Search:
    query = " ".join(row[0].split()) if row else ""
    if len(query) > QUERY_LIMIT or not any(map(str.isalnum, query)):
        return Search("")
    return Search(query, _number(row[IMPRESSIONS]) if len(row) > IMPRESSIONS else 0)


def _number(text: str) -> int:
    digits = "".join(filter(str.isdecimal, text))
    return int(digits[:12] or 0)
