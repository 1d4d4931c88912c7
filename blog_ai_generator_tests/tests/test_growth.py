# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, tagged

from .. import fixtures
from ..benchmark.growth.fixture import TABLES, Place, grow
from ..benchmark.growth.titles import titles

SMALL, LARGE = 400, 6000
CHECKS = 20


@tagged("post_install", "-at_install")
class TestGrowth(TransactionCase):
    """Pages and the claim read as much of a blog of 3,000 posts as of 200.

    Rows and statements are counted: a time would depend on the machine.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.blog = cls.env["blog.blog"].create({"name": "Growing"})
        provider = fixtures.provider(cls.env, "Growing", "http://127.0.0.1:9", "key")
        cls.place = Place(cls.blog.id, provider.id, cls.env.uid)
        # Titles that the blog does not have, and one that it has.
        cls.new = [*titles(CHECKS, seed=2), titles(1)[0]]

    def rows_read(self) -> int:
        """Return how many rows of the blog's tables this transaction has read."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT sum(seq_tup_read + idx_tup_fetch) "
            "FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)",
            [list(TABLES)],
        )
        return int(self.env.cr.fetchone()[0])

    def cost(self, function) -> tuple[int, int]:
        """Return the rows and the statements that ``function()`` takes."""
        function()
        self.env.flush_all()
        self.env.invalidate_all()
        rows, statements = self.rows_read(), self.cr.sql_log_count
        function()
        statements = self.cr.sql_log_count - statements
        return self.rows_read() - rows, statements

    def check(self):
        found = [
            self.blog._blog_ai_find_similar(title, self.env.company)
            for title in self.new
        ]
        # The last one is there.
        self.assertTrue(found[-1])

    def check_at_once(self):
        self.blog._blog_ai_titles_like(self.new)

    def look_for_title(self):
        found = self.blog._blog_ai_titles_in_use(self.new, "en_US")
        self.assertEqual(found, self.new[-1:])

    def test_a_check_reads_a_few_rows_however_many_posts_there_are(self):
        grow(self.env, self.place, SMALL)
        ways = (self.check, self.check_at_once, self.look_for_title)
        small = [self.cost(way) for way in ways]
        grow(self.env, self.place, LARGE)
        posts = self.env["blog.post"].search_count([("blog_id", "=", self.blog.id)])
        self.assertGreater(posts, 2500)
        for way, (_rows, before) in zip(ways, small, strict=True):
            with self.subTest(way.__name__):
                rows, statements = self.cost(way)
                self.assertEqual(statements, before)
                # A title is compared with some ten posts, and each has a generation.
                self.assertLess(rows, 25 * len(self.new))
