# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from itertools import product

from odoo.tests import tagged, users, warmup

from ..benchmark.browser import specification
from .count_case import ADMINISTRATOR, MANY, WRITER, CountPostsCase

# Per model, for form, list and kanban: (all statements, those on our own tables), the
# same for one record and for many.
OF_WRITER = {
    # One of the form looks for translations of the post, one of lists and cards for
    # the posts.
    "blog.ai.generation": ((15, 8), (8, 4), (7, 4)),
    "blog.ai.topic": ((6, 5), (5, 4), (5, 4)),
    # Three of them say how long the topics of the slot last, two what waits, four which
    # topics its days will take.
    "blog.ai.slot": ((21, 18), (11, 10), (11, 10)),
    # Two of the form say which provider is the default.
    "blog.ai.provider": ((5, 3), (5, 4), (4, 3)),
    "blog.ai.call": ((4, 3), (5, 4), (5, 4)),
    # Two of the form list the translations of the post and their social copy, one reads
    # the provider and its prices; one of the list sums up the clicks.
    "blog.post": ((10, 6), (5, 1), (3, 0)),
}
OF_ADMINISTRATOR = {
    "blog.ai.generation": ((16, 8), (9, 4), (8, 4)),
    "blog.ai.topic": ((6, 5), (5, 4), (5, 4)),
    "blog.ai.slot": ((21, 18), (11, 10), (11, 10)),
    "blog.ai.provider": ((5, 3), (4, 3), (4, 3)),
    "blog.ai.call": ((4, 3), (5, 4), (5, 4)),
    "blog.post": ((11, 6), (6, 1), (3, 0)),
}
KINDS = ("form", "list", "kanban")
OFFERED = "Counted too"


@tagged("post_install", "-at_install", "blog_ai_queries")
class TestQueryCountOfViews(CountPostsCase):
    """Count what the web client asks for a form, and for a list of one or ten."""

    def setUp(self):
        super().setUp()
        self.store(self.outcomes(self.ask(MANY)))
        mine = {"blog_id": self.blog.id}
        self.env["blog.ai.topic"].create(
            [{"name": topic, **mine} for topic in self.topics(MANY)]
        )
        slot = {"provider_id": self.provider.id, "lang": "en_US", "tz": "UTC", **mine}
        self.env["blog.ai.slot"].create(
            [
                {"name": f"Slot {hour}", "day_part": "any", "hour": hour, **slot}
                for hour in range(MANY)
            ]
        )
        self.env["blog.ai.provider"].create(
            [{"name": OFFERED, "preset": "offline"}] * MANY
        )
        self.env.flush_all()

    def mine(self, model: str) -> list[int]:
        domain = {
            "blog.ai.provider": [("name", "=", OFFERED)],
            "blog.ai.call": [("provider_id", "=", self.provider.id)],
        }.get(model, [("blog_id", "=", self.blog.id)])
        ids = self.env[model].sudo().search(domain, limit=MANY).ids
        self.assertEqual(len(ids), MANY, model)
        return ids

    @contextmanager
    def assertOpens(self, model: str, kind: str):
        at = KINDS.index(kind)
        budgets = {WRITER: OF_WRITER, ADMINISTRATOR: OF_ADMINISTRATOR}
        self.env.invalidate_all()
        with self.subTest(model=model, kind=kind):
            with self.assertBudget(**{it: budgets[it][model][at] for it in budgets}):
                yield

    @users(WRITER, ADMINISTRATOR)
    @warmup
    def test_a_form(self):
        for model in OF_WRITER:
            record = self.env[model].browse(self.mine(model)[0])
            spec = specification(self.env, model, "form")
            with self.assertOpens(model, "form"):
                record.web_read(spec)

    @users(WRITER, ADMINISTRATOR)
    @warmup
    def test_lists_and_cards_of_one_and_of_ten(self):
        for model, kind in product(OF_WRITER, ("list", "kanban")):
            ids = self.mine(model)
            spec = specification(self.env, model, kind)
            for shown in (ids[:1], ids):
                with self.assertOpens(model, kind):
                    found = self.env[model].web_search_read(
                        [("id", "in", shown)], spec, limit=MANY + 1
                    )
                self.assertEqual(len(found["records"]), len(shown))
