# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.tests import tagged
from odoo.tools import SQL

from ..models.blog_post_social import COPIES
from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestCostReport(BlogAiCase):
    def call(self, generation, cost, **values):
        return self.env["blog.ai.call"].create(
            {
                "generation_id": generation.id,
                "company_id": generation.company_id.id,
                "blog_id": generation.blog_id.id,
                "provider_id": self.offline.id,
                "currency_id": self.offline.currency_id.id,
                "outcome": "ok",
                "cost": cost,
                **values,
            }
        )

    def rows(self, groupby=(), *measures, user=None):
        self.env.flush_all()
        report = self.env["blog.ai.cost.report"].with_user(user or self.env.user)
        return report._read_group([("blog_id", "=", self.blog.id)], groupby, measures)

    def written(self, topic):
        generation = self.ask(topic)
        generation.write({"state": "done"})
        return generation

    def test_a_post_is_counted_once_however_many_calls_it_took(self):
        first, second = self.written("Figs"), self.written("Plums")
        self.call(first, 0.1, outcome="unusable")
        self.call(first, 0.2)
        self.call(second, 0.3)
        self.assertEqual(
            self.rows((), "cost:sum", "posts:sum", "cost_per_post:sum"),
            [(0.6, 2, 0.3)],
        )

    def test_what_failed_is_part_of_the_cost_and_no_post(self):
        self.call(self.written("Figs"), 0.2)
        self.call(self.ask("Plums"), 0.2, outcome="timeout")
        ((cost, posts, each),) = self.rows(
            (), "cost:sum", "posts:sum", "cost_per_post:sum"
        )
        self.assertEqual((cost, posts, each), (0.4, 1, 0.4))

    def test_rejected_drafts_are_paid_for_and_are_no_posts(self):
        published, draft, rejected = map(self.written, ("Figs", "Plums", "Limes"))
        for generation in (published, draft, rejected):
            self.call(generation, 0.2)
        published.review_state, rejected.review_state = "approved", "rejected"
        draft.review_state = "pending"
        measures = ("cost:sum", "posts:sum", "cost_per_post:sum")
        ((cost, posts, each),) = self.rows((), *measures)
        self.assertEqual((round(cost, 6), posts, round(each, 6)), (0.6, 2, 0.3))

    def test_extras_are_paid_for_and_are_no_posts_of_their_own(self):
        generation = self.written("Figs")
        self.call(generation, 0.2)
        translation = self.written("Figs in French")
        translation.kind = "translation"
        self.call(translation, 0.1, kind="translation")
        for kind in ("titles", "social", "picture"):
            self.call(generation, 0.1, kind=kind)
        self.call(generation.browse(), 0.1, kind="ideas", **self.here())
        measures = ("posts:sum", "cost_per_post:sum")
        found = {kind: values for kind, *values in self.rows(("kind",), *measures)}
        self.assertEqual(found.pop("article"), [1, 0.2])
        self.assertEqual(set(map(tuple, found.values())), {(0, False)})
        ((posts, each),) = self.rows((), *measures)
        self.assertEqual((posts, round(each, 6)), (1, 0.7))

    def here(self):
        return {"company_id": self.env.company.id, "blog_id": self.blog.id}

    def test_what_no_blog_paid_for_has_a_name(self):
        told = self.env["blog.ai.cost.report"].fields_get(["blog_id", "posts"])
        self.assertEqual(told["blog_id"]["falsy_value_label"], "Without a Blog")
        self.assertEqual(told["posts"]["string"], "Posts and Drafts")

    def test_the_cost_of_a_click_is_that_of_all_calls_divided_by_clicks(self):
        for topic, clicks, fails in (("Figs", 3, 2), ("Plums", 1, 0), ("Limes", 0, 0)):
            generation = self.ask(topic)
            self.attempt(generation)
            self.call(generation, 0.3)
            for _failed in range(fails):
                self.call(generation, 0.1, outcome="unusable")
            generation.post_id.is_published = True
            copies = generation.post_id.social_ids
            for copy, _click in zip(copies, range(clicks), strict=False):
                self.env["link.tracker.click"].add_click(copy.code)
        measures = ("cost:sum", "clicks:sum", "cost_per_click:sum")
        ((cost, clicks, each),) = self.rows((), *measures)
        self.assertEqual((cost, clicks), (1.1, 4))
        self.assertAlmostEqual(each, 0.275)
        by_post = {
            generation.topic: clicks
            for generation, clicks in self.rows(("generation_id",), "clicks:sum")
        }
        self.assertEqual(by_post, {"Figs": 3, "Plums": 1, "Limes": False})
        self.assertEqual(self.rows(("post_id",), "cost_per_click:sum")[-1][1], False)

    def test_clicks_on_the_links_of_translations_count_for_their_post(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        generation = self.ask("Figs")
        self.attempt(generation)
        self.call(generation, 0.6)
        post = generation.post_id
        post.is_published = True
        post._blog_ai_write_social("fr_FR", {"x": "Des figues", "linkedin": "Figues"})
        french = post.blog_ai_social_translation_ids
        for code in (post.social_ids[0].code, *french.mapped("code")):
            self.env["link.tracker.click"].add_click(code)
        found = self.rows((), "clicks:sum", "cost_per_click:sum")
        self.assertEqual(found, [(3, 0.2)])
        post.invalidate_recordset(["blog_ai_clicks"])
        self.assertEqual(post.blog_ai_clicks, 3)

    def test_no_text_without_a_link_is_read(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        # All indexes of an empty table cost the same: keep PostgreSQL from another one.
        for model in COPIES:
            rival = SQL.identifier(f"{self.env[model]._table}__post_id_index")
            self.env.cr.execute(SQL("DROP INDEX IF EXISTS %s", rival))
        report = self.env["blog.ai.cost.report"]._table_query
        plan = str(self.env.execute_query(SQL("EXPLAIN %s", report)))
        for model in COPIES:
            table = self.env[model]._table
            self.assertIn(f"{table}__tracker_id_index", plan)

    def test_a_new_version_of_a_text_by_a_person_counts_for_its_blog(self):
        post = self.env["blog.post"].create(
            {"name": "Quinces", "blog_id": self.blog.id, "content": "<p>Ripe.</p>"}
        )
        asked = post.with_user(self.writer).action_blog_ai_refresh()
        self.answer_to(asked["params"], self.writer)
        self.assertEqual(self.rows(("kind",), "__count"), [("refresh", 1)])

    def test_calls_count_for_their_blog_when_the_generation_is_gone(self):
        generation = self.ask("Figs")
        self.attempt(generation)
        generation.unlink()
        self.assertEqual(self.rows(("generation_id",), "__count")[0][1], 1)

    def test_an_upgrade_finds_the_blogs_of_calls(self):
        call = self.call(self.written("Figs"), 0.2, blog_id=False)
        self.run_migration("19.0.1.3.0/post-call-blogs.py")
        self.assertEqual(call.blog_id, self.blog)

    def test_an_unknown_cost_is_counted_as_such(self):
        generation = self.written("Figs")
        self.call(generation, 0.2)
        self.call(generation, False)
        self.assertEqual(self.rows((), "cost:sum", "unknown:sum"), [(0.2, 1)])

    def test_an_unknown_cost_does_not_read_as_nothing(self):
        generation = self.written("Figs")
        self.call(generation, 0.0, outcome="authentication")
        found = self.rows((), "cost:sum", "cost_per_post:sum")
        self.assertEqual(found, [(0.0, 0.0)])
        self.assertIsNot(found[0][0], False)
        self.call(generation, False)
        ((cost, each, unknown),) = self.rows(
            (), "cost:sum", "cost_per_post:sum", "unknown:sum"
        )
        self.assertIs(cost, False)
        self.assertIs(each, False)
        self.assertEqual(unknown, 1)

    def test_currencies_are_not_added_up(self):
        euro = self.env.ref("base.EUR")
        generation = self.written("Figs")
        self.call(generation, 0.2)
        self.call(generation, 0.4, currency_id=euro.id)
        found = self.rows((), "cost:sum", "cost_per_post:sum")
        self.assertEqual(found, [(False, False)])
        by_currency = self.rows(("currency_id",), "cost:sum")
        self.assertEqual(sorted(cost for _currency, cost in by_currency), [0.2, 0.4])

    def test_it_is_grouped_by_month_blog_provider_and_kind(self):
        self.call(self.written("Figs"), 0.2)
        groupby = ("date:month", "blog_id", "provider_id", "kind")
        ((_month, blog, provider, kind, cost),) = self.rows(groupby, "cost:sum")
        self.assertEqual((blog, provider, kind), (self.blog, self.offline, "article"))
        self.assertEqual(cost, 0.2)

    def test_editors_see_the_costs_of_their_companies_only(self):
        other = self.env["res.company"].create({"name": "Other house"})
        self.call(self.written("Figs"), 0.2)
        self.call(self.written("Plums"), 0.3, company_id=other.id)
        self.assertEqual(self.rows((), "cost:sum", user=self.writer), [(0.2,)])

    def widgets(self, model, kind) -> dict[str, str | None]:
        arch = self.env[model].get_view(view_type=kind)["arch"]
        fields = etree.fromstring(arch).iter("field")
        return {field.get("name"): field.get("widget") for field in fields}

    def test_graphs_and_pivots_show_few_digits_and_the_currency(self):
        widget = "blog_ai_cost"
        for kind in ("graph", "pivot"):
            with self.subTest(kind):
                report = self.widgets("blog.ai.cost.report", kind)
                names = ("cost", "cost_per_post", "cost_per_click")
                costs = [report.get(name) for name in names]
                self.assertEqual(costs, [widget] * 3)
                self.assertIn("currency_id", report)
                generations = self.widgets("blog.ai.generation", kind)
                self.assertEqual(generations.get("cost"), widget)

    def test_each_screen_opens(self):
        for kind in ("pivot", "graph", "list", "search"):
            with self.subTest(kind):
                self.assertTrue(
                    self.env["blog.ai.cost.report"].get_view(view_type=kind)
                )
