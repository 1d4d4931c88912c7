# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ..benchmark.browser import Browser, specification
from .query_case import QueryCase

# Model: statements to open its form, and its list however long it is; of them on the
# addons' own tables.
BUDGET = {
    "blog.ai.generation": ((17, 7), (8, 3)),
    "blog.ai.topic": ((7, 5), (6, 4)),
    "blog.ai.slot": ((14, 11), (11, 9)),
    "blog.ai.provider": ((3, 1), (3, 2)),
    "blog.ai.call": ((5, 3), (6, 4)),
    "blog.post": ((9, 3), (6, 0)),
}
MANY = 100


class TestQueriesOfViews(QueryCase):
    """What the web client asks for to show a form, and a list of one and of many."""

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

    def open_list(self, model: str, ids: list[int]) -> list[str]:
        result, texts = self.browser.call(
            model,
            "web_search_read",
            domain=[["id", "in", ids]],
            specification=self.specification(model, "list"),
            # A full page costs one more, to count what is behind it.
            limit=MANY + 1,
        )
        self.assertEqual(len(result["records"]), len(ids))
        return texts

    def test_forms_take_exactly_their_budget(self):
        for model, (form, _list) in BUDGET.items():
            with self.subTest(model=model):
                ids = self.ids(model)
                self.open_form(model, ids)
                self.assertCount(self.open_form(model, ids), *form, f"{model} form")

    def test_lists_of_one_and_of_a_hundred_take_exactly_the_same(self):
        for model, (_form, list_) in BUDGET.items():
            ids = self.ids(model)
            self.open_list(model, ids)
            for shown in (ids[:1], ids):
                with self.subTest(model=model, records=len(shown)):
                    self.assertCount(
                        self.open_list(model, shown), *list_, f"{model} list"
                    )
