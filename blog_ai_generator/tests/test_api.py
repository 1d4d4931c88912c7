# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import inspect
import sys
from datetime import timedelta
from types import ModuleType, SimpleNamespace
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.models import TransientModel
from odoo.tests import new_test_user, tagged

from ..models.blog_ai_api_tools import TOOLS, BlogAiApiTools
from .common import BlogAiCase

EMPTY = inspect.Parameter.empty


@tagged("post_install", "-at_install")
class TestApi(BlogAiCase):
    """Other programs use the API key of an editor."""

    def setUp(self):
        super().setUp()
        self.api = self.env["blog.ai.api"].with_user(self.writer)

    def draft(self, topic="Lemons in pots", **values):
        described = self.api.write_draft(topic, blog=self.blog.id, **values)
        return self.env["blog.ai.generation"].browse(described["id"])

    def test_a_draft_waits_for_the_user_of_the_key(self):
        tag = self.env["blog.tag"].create({"name": "Citrus"})
        generation = self.draft(notes="Pots", keywords="lemon", tags=["Citrus"])
        self.assertEqual(generation.user_id, self.writer)
        self.assertEqual(generation.tag_ids, tag)
        self.assertEqual((generation.notes, generation.keywords), ("Pots", "lemon"))
        self.attempt(generation)
        self.assertFalse(generation.post_id.is_published)
        self.assertEqual(generation.reviewer_id, self.writer)
        self.assertEqual(generation.review_state, "pending")

    def test_no_argument_publishes(self):
        with self.assertRaises(TypeError):
            self.api.write_draft("Lemons", publish="now")
        public = {
            name
            for name in dir(self.api)
            if name in TOOLS or "publish" in name or "approve" in name
        }
        self.assertEqual(public, set(TOOLS))

    def test_a_repeated_key_asks_for_no_second_draft(self):
        first = self.draft(key="mail 1")
        self.assertEqual(self.draft(key="mail 1"), first)
        self.assertNotEqual(self.draft("Ferns", key="mail 2"), first)

    def age(self, generation, **ago):
        """Let the request for a generation be some time ago, and clean up."""
        form = self.env["blog.ai.write"].search([("generation_id", "=", generation.id)])
        self.env.flush_all()
        form._write({"write_date": self.env.cr.now() - timedelta(**ago)})
        form._transient_vacuum()

    def test_a_key_is_known_for_a_day_and_however_many_there_are(self):
        first = self.draft(key="mail 1")
        self.patch(TransientModel, "_transient_max_count", 1)
        self.draft("Ferns", key="mail 2")
        self.age(first, hours=23)
        self.assertEqual(self.draft(key="mail 1"), first)
        self.age(first, hours=25)
        again = self.draft(key="mail 1", although_similar=True)
        self.assertNotEqual(again, first)

    def test_a_key_whose_draft_was_deleted_asks_for_a_draft(self):
        first = self.draft(key="mail 1")
        first.action_cancel()
        first.sudo().unlink()
        self.assertTrue(self.draft(key="mail 1").exists())

    def test_the_key_of_somebody_else_is_another_one(self):
        first = self.draft(key="mail 1")
        self.api = self.api.with_user(self.new_editor())
        self.assertNotEqual(self.draft("Ferns", key="mail 1"), first)

    def test_what_resembles_a_post_is_written_only_if_told_to(self):
        self.draft("Lemons in pots")
        with self.assertRaisesRegex(UserError, "resembles .*although_similar"):
            self.draft("Lemons in pots!")
        self.assertTrue(self.draft("Lemons in pots!", although_similar=True))

    def test_the_limit_of_an_hour_holds_for_programs(self):
        key = "blog_ai_generator.posts_per_hour"
        self.env["ir.config_parameter"].set_param(key, "1")
        self.draft()
        with self.assertRaisesRegex(UserError, "in an hour"):
            self.draft("Ferns")

    def test_topics_go_to_the_end_of_the_queue_and_say_if_they_are_held_back(self):
        first = self.env["blog.ai.topic"].create(
            {"name": "Figs on a wall", "blog_id": self.blog.id}
        )
        answer = self.api.add_topics(["Plums", "Figs on a wall!"], self.blog.name)
        topics = first.browse([it["id"] for it in answer["topics"]])
        self.assertEqual((first + topics).sorted(), first + topics)
        plums, figs = answer["topics"]
        self.assertEqual((plums["status"], plums["reason"]), ("waiting", ""))
        self.assertEqual(figs["status"], "held")
        self.assertIn("Figs on a wall", figs["reason"])

    def test_the_state_tells_the_error_the_cost_and_the_post(self):
        done = self.draft()
        self.attempt(done)
        failed = self.draft("Ferns")
        failed.action_cancel()
        answer = self.api.get_state([failed.id, done.id])["generations"]
        self.assertEqual([it["id"] for it in answer], [failed.id, done.id])
        self.assertEqual([it["state"] for it in answer], ["cancelled", "done"])
        self.assertEqual(answer[0]["post"], {})
        self.assertEqual(answer[1]["post"]["title"], done.post_id.name)
        self.assertEqual(answer[1]["post"]["url"], done.post_id.website_absolute_url)

    def test_the_newest_review_comes_first_and_decided_ones_are_gone(self):
        first, second = self.draft(), self.draft("Ferns")
        self.attempt(first)
        self.attempt(second)

        def listed(limit=100):
            mine = {first.id, second.id}
            reviews = self.api.list_reviews(limit)["reviews"]
            return [it["id"] for it in reviews if it["id"] in mine]

        self.assertEqual(listed(), [second.id, first.id])
        self.assertEqual(listed(1), [second.id])
        second._approve()
        self.assertEqual(listed(), [first.id])

    def test_those_of_another_company_are_not_there(self):
        company = self.env["res.company"].create({"name": "Other house"})
        foreign = self.ask(company_id=company.id)
        foreign.write({"review_state": "pending", "state": "done"})
        with self.assertRaisesRegex(UserError, f"with these ids.*{foreign.id}"):
            self.api.get_state([foreign.id])
        ids = [it["id"] for it in self.api.list_reviews()["reviews"]]
        self.assertNotIn(foreign.id, ids)

    def test_wrong_input_is_named(self):
        for call, message in (
            (lambda: self.api.add_topics("Figs"), "“topics” must be a list"),
            (lambda: self.api.add_topics([]), "“topics” must be a list"),
            (lambda: self.api.add_topics([7]), "“topics” must be a list"),
            (lambda: self.api.add_topics(["Figs"] * 101), "1 to 100"),
            (lambda: self.api.add_topics(["Figs"], "Nowhere"), "no blog “Nowhere”"),
            (lambda: self.api.add_topics(["Figs"], tags=["Blue"]), "Blue"),
            (lambda: self.api.add_topics(["?!"]), "contains no words"),
            (lambda: self.api.write_draft(7), "“topic” must be a text"),
            (lambda: self.api.write_draft(" "), "topic is empty"),
            (lambda: self.api.write_draft("Figs", notes=[]), "“notes” must be a text"),
            (lambda: self.api.write_draft("Figs", blog=-1), "no blog “-1”"),
            (lambda: self.api.get_state(7), "“generations” must be a list"),
            (lambda: self.api.get_state(["7"]), "whole numbers"),
            (lambda: self.api.list_reviews(0), "“limit” must be"),
        ):
            with self.subTest(message), self.assertRaisesRegex(UserError, message):
                call()

    def test_nobody_but_editors_calls_it(self):
        clerk = new_test_user(self.env, "clerk", groups="base.group_user")
        api = self.api.with_user(clerk)
        for call in (
            lambda: api.add_topics(["Figs"]),
            lambda: api.write_draft("Figs"),
            lambda: api.get_state([1]),
            lambda: api.list_reviews(),
        ):
            with self.assertRaisesRegex(AccessError, "Only website editors"):
                call()


@tagged("post_install", "-at_install")
class TestApiTools(BlogAiCase):
    """The methods as tools of OCA's ``ai_tool``."""

    def marked(self) -> set[str]:
        api = type(self.env["blog.ai.api"])
        return {name for name in TOOLS if hasattr(getattr(api, name), "_ai_tool")}

    def test_they_are_tools_just_where_the_addon_is_installed(self):
        is_installed = "ai.tool" in self.env
        self.assertEqual(self.marked(), set(TOOLS) if is_installed else set())
        if is_installed:
            tools = self.env["ai.tool"].search([("name", "like", "blog_%")])
            self.assertEqual(set(tools.mapped("function_name")), set(TOOLS))
            self.assertEqual(len(tools), len(TOOLS))

    def test_they_are_marked_with_the_arguments_that_they_have(self):
        api = type(self.env["blog.ai.api"])
        before = {it: getattr(getattr(api, it), "_ai_tool", None) for it in TOOLS}
        module = ModuleType("odoo.addons.ai_tool.tools")
        module.aitool = aitool
        with patch.dict(sys.modules, {module.__name__: module}):
            self.env["blog.ai.api"]._mark_tools()
        for name in TOOLS:
            method = getattr(type(self.env["blog.ai.api"]), name)
            if before[name]:
                self.addCleanup(setattr, method, "_ai_tool", before[name])
            parameters = inspect.signature(method).parameters
            arguments, required = method._ai_tool
            with self.subTest(name):
                self.assertEqual(["self", *arguments], [*parameters])
                needed = [n for n in arguments if parameters[n].default is EMPTY]
                self.assertEqual(required, needed)
            del method._ai_tool
        self.assertFalse(self.marked())

    def test_records_are_made_just_when_addons_change(self):
        api, done = self.env["blog.ai.api"], []
        for name in ("_mark_tools", "_create_tools"):
            self.patch(type(api), name, lambda _api, name=name: done.append(name))
        for changed, expected in (
            ([], ["_mark_tools"]),
            (["blog_ai_generator"], ["_mark_tools", "_create_tools"]),
        ):
            done.clear()
            with (
                self.subTest(changed),
                patch.dict(self.registry.models, {"ai.tool": object}),
                patch.object(self.registry, "updated_modules", changed),
            ):
                api._register_hook()
                self.assertEqual(done, expected)

    def test_each_becomes_a_record_once(self):
        tools = Tools([{"function_name": "add_topics"}])
        env = {"ai.tool": tools, "ir.model": self.env["ir.model"]}
        api = SimpleNamespace(env=env, _name="blog.ai.api")
        for _load in range(2):
            BlogAiApiTools._create_tools(api)
        self.assertEqual(sorted(tools.mapped("function_name")), sorted(TOOLS))
        model = self.env["ir.model"]._get("blog.ai.api")
        self.assertEqual({it["model_id"] for it in tools[1:]}, {model.id})


class Tools(list):
    """Stands in for the records of the addon."""

    create = list.extend

    def sudo(self):
        return self

    def search(self, _domain):
        return self

    def mapped(self, name):
        return [it[name] for it in self]


def aitool(input_schema, output_schema, required_inputs=None):
    """Stand in for the decorator of the addon."""

    def marked(method):
        method._ai_tool = (input_schema, required_inputs)
        return method

    return marked
