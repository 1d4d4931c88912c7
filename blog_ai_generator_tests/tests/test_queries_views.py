# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..benchmark.browser import Browser, specification
from .query_case import QueryCase

# Per model, for form, list and kanban: (all statements, those on our own tables). The
# number of records does not change them.
BUDGET = {
    # Lists and cards look up posts and unsent emails once for all records. One of the
    # form looks for translations of the post.
    "blog.ai.generation": ((18, 8), (10, 4), (9, 4)),
    "blog.ai.topic": ((7, 5), (6, 4), (6, 4)),
    # Two of its form say how long the topics of the slot last, two what waits, six
    # which topics its days will take.
    "blog.ai.slot": ((23, 20), (12, 10), (12, 10)),
    # Form, list and cards look up the company's default once.
    "blog.ai.provider": ((7, 3), (6, 3), (6, 3)),
    "blog.ai.call": ((5, 3), (6, 4), (6, 4)),
    # Two of the form list the translations of the post and their social copy, one reads
    # the provider and its prices; the list adds up the clicks of all posts in one.
    "blog.post": ((12, 6), (7, 1), (4, 0)),
}
# One looks up the posts of all generations, to show which are drafts.
CALENDAR = (8, 1)
# Five of them find the topics that days of slots will take, of all blogs at once but
# for the likeness of titles.
PLAN = {"list": (9, 7), "calendar": (9, 7)}
# Nine of them say how long the topics of the blog last.
BLOG_FORM = (15, 11)
# Two of them find the provider that is used as long as none is chosen.
SETTINGS = (22, 2)
MANY = 100


class TestQueriesOfViews(QueryCase):
    """Requests of the web client for a form, and for lists of one or many records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.shop.committed() as env:
            cls.uid = env.ref("base.user_admin").id
        cls.browser = Browser(cls.registry, cls.uid)
        cls.addClassCleanup(cls.browser.close)
        cls.shop.slot_days(MANY)
        cls.shop.providers(MANY)
        cls.shop.store(cls.shop.ask(MANY))

    def ids(self, model: str) -> list[int]:
        owner = "provider_id" if model == "blog.ai.call" else "blog_id"
        mine = [(owner, "=", getattr(self.shop, owner))]
        if model == "blog.ai.provider":
            mine = [("name", "=", self.shop.mark)]
        with self.shop.committed() as env:
            ids = env[model].search(mine, limit=MANY).ids
        self.assertEqual(len(ids), MANY, model)
        return ids

    def specification(self, model: str, kind: str) -> dict:
        with self.shop.committed(self.uid) as env:
            return specification(env, model, kind)

    def open_form(self, model: str, ids: list[int]) -> list[str]:
        spec = self.specification(model, "form")
        return self.browser.call(model, "web_read", ids[:1], specification=spec)[1]

    def open_list(self, model: str, ids: list[int], kind: str = "list") -> list[str]:
        result, texts = self.browser.call(
            model,
            "web_search_read",
            domain=[["id", "in", ids]],
            specification=self.specification(model, kind),
            # A full page costs one more statement, to count the following records.
            limit=MANY + 1,
        )
        self.assertEqual(len(result["records"]), len(ids))
        return texts

    def open_calendar(self, model: str, ids: list[int], _kind: str) -> list[str]:
        names = ["display_name", *self.specification(model, "calendar")]
        return self.browser.call(
            model, "search_read", domain=[["id", "in", ids]], fields=names
        )[1]

    def assertOpens(self, opens, model: str, kind: str, budget: tuple[int, int]):
        """Check that one record takes as many statements as many records."""
        ids = self.ids(model)
        opens(model, ids, kind)
        for shown in (ids[:1], ids):
            with self.subTest(model=model, kind=kind, records=len(shown)):
                self.assertCount(opens(model, shown, kind), *budget, f"{model} {kind}")

    def test_forms_take_exactly_their_budget(self):
        for model, (form, *_lists) in BUDGET.items():
            with self.subTest(model=model):
                ids = self.ids(model)
                self.open_form(model, ids)
                self.assertCount(self.open_form(model, ids), *form, f"{model} form")

    def test_clicks_take_one_statement_for_all_links_of_a_post_and_none_before(self):
        ids = self.ids("blog.post")
        without = self.open_copies(ids)
        self.assertEqual(self.open_copies(ids, "clicks"), without)
        with self.shop.committed() as env:
            copies = env["blog.post"].browse(ids[:1]).social_ids
            self.assertGreater(len(copies), 1)
            for copy in copies:
                values = {"url": f"https://example.com/{copy.id}", "title": "Clicked"}
                copy.tracker_id = env["link.tracker"].create(values)
            self.addCleanup(self.remove, copies.tracker_id.ids)
        self.assertEqual(self.open_copies(ids), without)
        self.assertEqual(self.open_copies(ids, "clicks"), without + 1)

    def open_copies(self, ids: list[int], *names: str) -> int:
        """Count the statements of the form of a post, with all that its texts need.

        :param names: further fields of the texts
        """
        spec = self.specification("blog.post", "form")
        needs = ("link", "limit", "server", *names)
        spec["social_ids"]["fields"].update({name: {} for name in needs})
        for _warm_and_counted in range(2):
            texts = self.browser.call(
                "blog.post", "web_read", ids[:1], specification=spec
            )[1]
        return len(texts)

    def remove(self, trackers: list[int]):
        with self.shop.committed() as env:
            env["link.tracker"].browse(trackers).unlink()

    def test_lists_of_one_and_of_a_hundred_take_exactly_the_same(self):
        for model, (_form, list_, cards) in BUDGET.items():
            self.assertOpens(self.open_list, model, "list", list_)
            self.assertOpens(self.open_list, model, "kanban", cards)

    def test_an_entry_and_a_hundred_of_the_editorial_calendar_take_the_same(self):
        model = "blog.ai.plan"
        self.assertOpens(self.open_list, model, "list", PLAN["list"])
        self.assertOpens(self.open_calendar, model, "calendar", PLAN["calendar"])

    def test_a_post_and_a_hundred_posts_take_the_calendar_exactly_the_same(self):
        model = "blog.ai.generation"
        self.assertOpens(self.open_calendar, model, "calendar", CALENDAR)

    def test_the_form_of_a_blog_takes_exactly_its_budget(self):
        self.open_form("blog.blog", [self.shop.blog_id])
        texts = self.open_form("blog.blog", [self.shop.blog_id])
        self.assertCount(texts, *BLOG_FORM, "blog.blog form")

    def test_the_settings_take_exactly_their_budget(self):
        model = "res.config.settings"
        spec = self.specification(model, "form")
        for _warm_and_counted in range(2):
            texts = self.browser.call(model, "onchange", [], {}, [], spec)[1]
        self.assertCount(texts, *SETTINGS, model)
