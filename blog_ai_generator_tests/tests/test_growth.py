# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Callable
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import TransactionCase, tagged

from odoo.addons.blog_ai_generator.models.blog_ai_topic import LOOK_AHEAD
from odoo.addons.blog_ai_generator.pump import Limits

from .. import fixtures
from ..benchmark.browser import specification
from ..benchmark.growth.fixture import (
    COUNTED,
    PACE,
    Place,
    grow,
    grow_days,
    grow_queue,
)
from ..benchmark.growth.titles import titles

SMALL, LARGE = 400, 6000
# Topics that wait, and past days of a slot.
SHORT, LONG = 150, 3000
FEW_DAYS, MANY_DAYS = 30, 1500
CHECKS = 20
PAGE = 20
# Topics that are counted and compared, and posts that a claim may link to: so few that
# a new blog has more, too.
FIRST = 100
FIRST_OF = (
    "slot_queue.MOST_OF_QUEUE",
    "topic_similar.MOST_OF_QUEUE",
    "generation_links.NEWEST",
)
# Rows that may be read for each line of a page, and for each title that is compared.
A_LINE, A_TITLE = 10, 40
MODELS = "odoo.addons.blog_ai_generator.models"


@tagged("post_install", "-at_install")
class TestGrowth(TransactionCase):
    """Pages and the claim read as much of a grown blog as of a new one.

    Rows and statements are counted: a time would depend on the machine. Groups and
    pagers, which count all rows, are Odoo's, and `make growth` measures them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.blog = cls.env["blog.blog"].create({"name": "Growing"})
        cls.provider = fixtures.provider(
            cls.env, "Growing", "http://127.0.0.1:9", "key"
        )
        cls.provider.calls_at_once = 1000
        writer = fixtures.writer(cls.env, "grown")
        cls.place = Place(cls.blog.id, cls.provider.id, writer.id)
        cls.as_writer = cls.env(user=writer)
        slots = cls.env["blog.ai.slot"].create(
            [
                {
                    "blog_id": cls.blog.id,
                    "provider_id": cls.provider.id,
                    "lang": "en_US",
                    "tz": "UTC",
                    "hour": hour,
                }
                for hour in (8.0, 9.0)
            ]
        )
        cls.old_slot, cls.slot = slots
        # Titles that the blog does not have, and one that it has.
        cls.new = [*titles(CHECKS, seed=2), titles(1)[0]]
        topic = {"name": cls.new[-1], "blog_id": cls.blog.id, "sequence": 0}
        cls.topic = cls.env["blog.ai.topic"].create(topic)
        for at in FIRST_OF:
            cls.startClassPatcher(patch(f"{MODELS}.blog_ai_{at}", FIRST))

    def rows_read(self) -> int:
        """Return how many rows of the blog's tables this transaction has read."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT sum(seq_tup_read + idx_tup_fetch) "
            "FROM pg_stat_xact_user_tables WHERE relname = ANY(%s)",
            [list(COUNTED)],
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

    def page(self, model: str, kind: str, *domain) -> Callable[[], None]:
        """Return a function that opens the first page of a view, without its pager."""
        records = self.as_writer[model]
        spec = specification(self.as_writer, model, kind)
        mine = [("blog_id", "=", self.blog.id), *domain]
        options = {"limit": PAGE, "count_limit": PAGE}

        def open_page():
            found = records.web_search_read(mine, spec, **options)
            self.assertTrue(found["records"])

        return open_page

    def calendar(self):
        week = fields.Datetime.now() - timedelta(days=7)
        spec = specification(self.as_writer, "blog.ai.generation", "calendar")
        found = self.as_writer["blog.ai.generation"].search_read(
            [("blog_id", "=", self.blog.id), ("post_date", ">=", week)], [*spec]
        )
        self.assertTrue(found)

    def slot_form(self):
        slot = self.slot.with_env(self.as_writer)
        slot.web_read(specification(self.as_writer, "blog.ai.slot", "form"))

    def held_back(self):
        topics = self.as_writer["blog.ai.topic"]
        domain = [("blog_id", "=", self.blog.id), ("similar_to", "!=", False)]
        self.assertIn(self.topic, topics.search(domain).sudo())

    def claim(self):
        asked = self.env["blog.ai.generation"].create(
            {
                "topic": "Claimed",
                "blog_id": self.blog.id,
                "provider_id": self.provider.id,
            }
        )
        self.env.flush_all()
        self.assertTrue(asked._claim(1, Limits.of(self.env), asked.ids))

    def ways(self) -> dict[str, tuple[Callable[[], None], int]]:
        """Return what people open, and how many rows may be read for it."""
        failed = ("state", "=", "failed")
        page = PAGE * A_LINE
        # The slots compare the topics that a run looks at.
        slots = LOOK_AHEAD * A_TITLE
        return {
            "list": (self.page("blog.ai.generation", "list"), page),
            "cards": (self.page("blog.ai.generation", "kanban"), page),
            "failed": (self.page("blog.ai.generation", "list", failed), page),
            "calls": (self.page("blog.ai.call", "list"), page),
            "calendar": (self.calendar, 7 * PACE * A_LINE),
            "topics": (self.page("blog.ai.topic", "list"), PAGE * A_TITLE),
            "held back": (self.held_back, FIRST * A_TITLE),
            "slots": (self.page("blog.ai.slot", "list"), slots),
            "slot": (self.slot_form, slots),
            "claim": (self.claim, FIRST * A_LINE),
        }

    def costs(self, generations: int, topics: int, days: int) -> dict[str, tuple]:
        grow(self.env, self.place, generations)
        grow_queue(self.env, self.place, topics)
        grow_days(self.env, self.old_slot, days)
        return {name: self.cost(way) for name, (way, _most) in self.ways().items()}

    def test_what_people_open_reads_a_few_rows_of_a_grown_blog(self):
        small = self.costs(SMALL, SHORT, FEW_DAYS)
        large = self.costs(LARGE, LONG, MANY_DAYS)
        for name, (_way, most) in self.ways().items():
            rows, statements = large[name]
            with self.subTest(name, rows=rows, statements=statements):
                self.assertEqual(statements, small[name][1])
                self.assertLessEqual(rows, most)
