# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import zipfile
from contextlib import suppress

from odoo.tests import BaseCase

from odoo.addons.blog_ai_generator.searches import (
    MOST_BYTES,
    Search,
    Unreadable,
    searches_in,
)

TABLE = (
    "Top queries,Clicks,Impressions,CTR,Position\n"
    "oil a chain,12,340,3.53%,8.1\n"
    '"lock, for bicycles",3,1250,0.24%,22\n'
    "Oil a chain,1,2,50%,9\n"
    "?!,1,9,11%,9\n"
)
FOUND = [Search("lock, for bicycles", 1250), Search("oil a chain", 340)]


class TestSearches(BaseCase):
    """Searches of people are read from the file of a search engine."""

    def zipped(self, **files):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
            for name, text in files.items():
                target.writestr(f"{name}.csv", text)
        return archive.getvalue()

    def test_the_most_frequent_search_comes_first_and_each_once(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
            with self.subTest(encoding):
                self.assertEqual(searches_in(TABLE.encode(encoding)), FOUND)

    def test_a_table_in_another_language_is_read_by_its_columns(self):
        table = "Häufigste Suchanfragen;Klicks;Impressionen\nKette ölen;1;1.250\n"
        self.assertEqual(searches_in(table.encode()), [Search("Kette ölen", 1250)])

    def test_a_plain_list_will_do(self):
        found = searches_in(b"oil a chain\nlock a bicycle\n")
        self.assertEqual(
            [search.query for search in found], ["oil a chain", "lock a bicycle"]
        )

    def test_the_queries_of_an_archive_are_found(self):
        data = self.zipped(Pages="Top pages\nhttps://example.com/x\n", Queries=TABLE)
        self.assertEqual(searches_in(data), FOUND)
        data = self.zipped(Dates="Date\n1\n", Suchanfragen=TABLE)
        self.assertEqual(searches_in(data), FOUND)

    def test_a_damaged_archive_is_refused_wherever_it_is_damaged(self):
        data = self.zipped(Queries=TABLE * 50)
        for place in range(4, len(data), 7):
            damaged = data[:place] + b"\xff\xff" + data[place + 2 :]
            with self.subTest(place), suppress(Unreadable):
                self.assertTrue(searches_in(damaged))

    def test_other_files_are_refused(self):
        empty = "Top queries,Clicks,Impressions\n"
        for data in (
            b"",
            empty.encode(),
            b"\x89PNG\r\n\x1a\n\0\0",
            b"PK\x03\x04 no archive",
            self.zipped(),
            b"x" * (MOST_BYTES + 1),
            self.zipped(Queries="x" * (MOST_BYTES + 1)),
        ):
            with self.subTest(data[:20]), self.assertRaises(Unreadable):
                searches_in(data)
