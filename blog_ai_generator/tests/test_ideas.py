# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.blog_ai_generator import llm

from .budget_case import BudgetCase
from .slot_case import SlotCase


@tagged("post_install", "-at_install")
class TestBlogIdeas(SlotCase):
    """Ideas that a provider proposes, and what becomes of them."""

    def setUp(self):
        super().setUp()
        self.asked = []
        self.queue = self.env["blog.ai.topic"]

    def proposing(self, *titles):
        """Answer with these titles instead of a provider."""

        def propose(request, account, cancellation):
            self.asked.append(request)
            ideas = tuple(llm.Idea(title, "For beginners.") for title in titles)
            return llm.Ideas(ideas, ())

        return patch.object(llm, "propose_ideas", propose)

    def wizard(self, user=None, **values):
        wizards = self.env["blog.ai.ideas"].with_user(user or self.writer)
        return wizards.create({"blog_id": self.blog.id, **values})

    def ask_for(self, *titles, user=None, **values):
        """Return what a person reads once these titles were proposed."""
        with self.proposing(*titles):
            action = self.wizard(user, **values).action_ask()
            return self.answer_to(action["params"], user or self.writer)["message"]

    def ideas(self):
        found = self.queue.search([("state", "=", "idea")], order="sequence")
        return found.filtered(lambda topic: topic.blog_id == self.blog)

    def test_ideas_wait_for_somebody_to_choose(self):
        message = self.ask_for("Figs on a wall", "Quinces for jelly")
        self.assertIn("New ideas: 2.", message)
        names = ["Figs on a wall", "Quinces for jelly"]
        self.assertEqual(self.ideas().mapped("name"), names)
        self.assertEqual(set(self.ideas().mapped("notes")), {"For beginners."})

    def test_the_newest_ideas_are_on_top_in_the_order_of_their_proposal(self):
        now = self.env.cr.now()
        self.ask_for("Figs on a wall", "Quinces for jelly")
        self.ideas()._write({"create_date": now - timedelta(hours=1)})
        self.ask_for("Plums in jars", "Apples in straw")
        view = self.env.ref("blog_ai_generator.blog_ai_topic_view_list_idea")
        cards = self.env.ref("blog_ai_generator.blog_ai_topic_view_kanban_idea")
        for shown in view + cards:
            order = etree.fromstring(shown.arch).get("default_order")
            found = self.queue.search([("state", "=", "idea")], order=order)
            mine = found.filtered(lambda topic: topic.blog_id == self.blog)
            self.assertEqual(
                mine.mapped("name"),
                [
                    "Plums in jars",
                    "Apples in straw",
                    "Figs on a wall",
                    "Quinces for jelly",
                ],
            )

    def accept(self, ideas):
        """Return what a person reads who adds ideas to the queue."""
        return ideas.with_user(self.writer).action_accept()["params"]

    def test_what_was_added_to_the_queue_and_what_is_next_is_said(self):
        self.ask_for("Figs on a wall", "Quinces for jelly", "Plums in jars")
        fig, *others = self.ideas()
        said = self.accept(fig)["message"]
        self.assertIn(f"“Figs on a wall” is in the queue of {self.blog.name}.", said)
        self.assertIn("no daily slot yet", said)
        slot = self.slot()
        said = self.accept(self.queue.union(*others))["message"]
        self.assertIn(f"2 topics are in the queue of {self.blog.name}.", said)
        slot.invalidate_recordset()
        self.assertIn("Topics left: 3, enough until", slot.runway_note)
        self.assertIn(slot.runway_note, said)

    def test_ideas_of_two_blogs_are_counted_for_each(self):
        other = self.env["blog.blog"].create({"name": "Travel"})
        self.ask_for("Figs on a wall")
        self.ask_for("Trains at night", blog_id=other.id)
        names = ("Figs on a wall", "Trains at night")
        ideas = self.queue.search([("name", "in", names)])
        said = self.accept(ideas)["message"]
        self.assertIn(f"“Figs on a wall” is in the queue of {self.blog.name}.", said)
        self.assertIn("“Trains at night” is in the queue of Travel.", said)

    def test_blogs_without_a_slot_are_said_to_have_none_in_one_sentence(self):
        other = self.env["blog.blog"].create({"name": "Travel"})
        self.ask_for("Figs on a wall")
        self.ask_for("Trains at night", blog_id=other.id)
        names = ("Figs on a wall", "Trains at night")
        ideas = self.queue.search([("name", "in", names)])
        said = self.accept(ideas)["message"]
        self.assertEqual(said.lower().count("no daily slot yet"), 1)
        self.assertRegex(said, "yet for (Unit blog, Travel|Travel, Unit blog): create")
        self.slot(blog_id=other.id)
        self.ask_for("Plums in jars")
        self.ask_for("Ships at night", blog_id=other.id)
        ideas = self.queue.search([("name", "in", ("Plums in jars", "Ships at night"))])
        said = self.accept(ideas)["message"]
        self.assertIn("No daily slot yet for Unit blog: create", said)

    def test_topics_that_no_slot_can_take_have_the_reason_said(self):
        slot = self.slot(tag_ids=self.env["blog.tag"].create({"name": "Fruit"}).ids)
        self.ask_for("Figs on a wall")
        said = self.accept(self.ideas())["message"]
        slot.invalidate_recordset()
        self.assertTrue(slot.waiting_note)
        self.assertIn(slot.waiting_note, said)

    def test_topics_that_only_a_later_slot_takes_are_no_trouble(self):
        fruit = self.env["blog.tag"].create({"name": "Fruit"})
        early = self.slot(tag_ids=fruit.ids, day_part="any", hour=5.0)
        late = self.slot(day_part="any", hour=17.0)
        self.ask_for("Figs on a wall")
        said = self.accept(self.ideas())["message"]
        (early + late).invalidate_recordset()
        self.assertFalse(early.runway_note)
        self.assertIn(late.runway_note, said)

    def test_ideas_that_somebody_else_has_dealt_with_are_named_as_such(self):
        self.ask_for("Figs on a wall")
        idea = self.ideas()
        self.accept(idea)
        again = self.accept(idea)
        self.assertEqual(again["type"], "warning")
        self.assertIn("added or dropped", again["message"])
        self.assertEqual(idea.state, "waiting")

    def test_no_slot_takes_an_idea(self):
        self.ask_for("Figs on a wall")
        slot = self.slot()
        self.assertEqual(slot.waiting_count, 0)
        today, none = fields.Date.today(), self.queue
        self.assertFalse(self.queue.sudo()._take_next(slot, today, none))
        idea = self.ideas()
        idea.with_user(self.writer).action_accept()
        self.assertEqual(self.queue.sudo()._take_next(slot, today, none), idea)

    def test_what_resembles_something_is_left_out_and_that_is_said(self):
        self.queue.create({"name": "Lemons in pots", "blog_id": self.blog.id})
        message = self.ask_for("Lemons in a pot", "Figs on a wall", "A fig on the wall")
        self.assertIn("New ideas: 1.", message)
        self.assertIn("that you have: 2.", message)
        self.assertEqual(self.ideas().name, "Figs on a wall")
        self.assertIn("All ideas resemble", self.ask_for("Figs on a wall"))
        self.assertEqual(len(self.ideas()), 1)

    def test_what_nobody_wanted_is_not_proposed_again(self):
        self.ask_for("Figs on a wall")
        self.ideas().with_user(self.writer).action_drop()
        self.assertIn("another direction", self.ask_for("Figs on a wall"))
        self.assertFalse(self.ideas())
        self.assertIn("Figs on a wall", self.asked[-1].rejected)

    def test_a_provider_is_told_what_there_is(self):
        tag = self.env["blog.tag"].create({"name": "Citrus"})
        post = {"name": "Oranges", "blog_id": self.blog.id, "tag_ids": tag.ids}
        self.env["blog.post"].create({**post, "is_published": True})
        self.queue.create({"name": "Grapes", "blog_id": self.blog.id})
        draft = self.ask("Plums")
        self.attempt(draft)
        draft.write({"review_state": "rejected", "reject_reason": "Too long"})
        draft.copy(
            {
                "kind": "translation",
                "review_state": "rejected",
                "reject_reason": "Say vous",
            }
        )
        self.ask_for("Figs on a wall", direction="fruit", count=7)
        (request,) = self.asked
        self.assertIn("Oranges (Citrus)", request.posts)
        self.assertIn("Grapes", request.waiting)
        self.assertEqual(request.rejected, ("Plums: Too long",))
        self.assertEqual((request.topic, request.count), ("fruit", 7))
        self.assertEqual(request.blog_name, self.blog.name)

    def test_drafts_of_another_company_stay_unknown(self):
        own, foreign = self.ask("Our draft"), self.ask("Their secret")
        for draft in (own, foreign):
            self.attempt(draft)
        other = self.env["res.company"].create({"name": "Other"})
        foreign.company_id = other
        self.ask_for("Figs on a wall")
        self.assertIn(own.post_id.name, self.asked[0].posts)
        self.assertNotIn(foreign.post_id.name, self.asked[0].posts)

    def test_each_call_is_logged_with_its_kind(self):
        action = self.wizard(direction="fruit").action_ask()
        self.answer_to(action["params"], self.writer)
        call = self.env["blog.ai.call"].search([("kind", "=", "ideas")])
        self.assertEqual((call.outcome, call.provider_id), ("ok", self.offline))
        self.assertTrue(call.tokens_in and call.tokens_out and call.prompt_version)
        self.assertEqual(len(self.ideas()), 10)

    def test_a_hold_is_obeyed(self):
        self.offline.hold_until = fields.Datetime.now() + timedelta(hours=1)
        self.offline.hold_message = {"key": "rate_limit", "values": {}}
        with self.assertRaisesRegex(UserError, "takes no more requests"):
            self.wizard().action_ask()
        self.assertFalse(self.env["blog.ai.call"].search([("kind", "=", "ideas")]))

    def test_a_failure_is_said_and_leaves_no_idea(self):
        error = llm.LLMError("timeout", "slow")
        with patch.object(llm, "propose_ideas", side_effect=error):
            asked = self.wizard().action_ask()["params"]
            with self.assertRaises(UserError):
                self.answer_to(asked, self.writer)
        self.assertFalse(self.ideas())

    def test_a_number_or_direction_that_makes_no_sense_is_refused(self):
        for count in (0, 4, 21):
            with self.assertRaisesRegex(ValidationError, "5 to 20 ideas"):
                self.wizard(count=count)
        with self.assertRaisesRegex(ValidationError, "Keep it to 300"):
            self.wizard(direction="x" * 301)

    def test_only_editors_ask(self):
        user = new_test_user(self.env, "ideas_user", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.wizard(user)

    def test_searches_are_what_the_ideas_answer(self):
        table = "Top queries,Clicks,Impressions\nfig tree,1,20\nlemon,2,300\n"
        file = base64.b64encode(table.encode())
        wizard = self.wizard(searches_file=file)
        self.assertEqual(wizard.searches_note, "Searches found: 2.")
        self.ask_for("Figs on a wall", searches_file=file)
        self.assertEqual(self.asked[0].searches, ("lemon", "fig tree"))

    def test_a_file_without_searches_is_refused_where_it_is_chosen(self):
        wizard = self.wizard(searches_file=base64.b64encode(b"\0\1\2"))
        self.assertIn("In Google Search Console, open", wizard.searches_note)
        with self.assertRaisesRegex(UserError, "No searches were found"):
            wizard.action_ask()

    def test_the_list_of_ideas_opens_unless_it_is_open(self):
        wizard = self.wizard()
        following = wizard._prepare_list()
        self.assertEqual(following["path"], "blog-ai-ideas")
        there = wizard.with_context(blog_ai_in_ideas=True)._prepare_list()
        self.assertEqual(there["type"], "ir.actions.act_window_close")

    def test_the_list_that_opens_has_the_ideas_of_the_blog_that_was_asked_for(self):
        with self.proposing("Figs on a wall"):
            following = self.wizard().action_ask()["params"]["next"]
        expected = {"search_default_idea": 1, "search_default_blog_id": self.blog.id}
        self.assertEqual(following["context"], expected)
        view = self.queue.get_view(view_type="search")["arch"]
        self.assertTrue(etree.fromstring(view).xpath("/search/field[@name='blog_id']"))

    def test_a_person_makes_no_idea_otherwise(self):
        topic = self.queue.create({"name": "Figs", "blog_id": self.blog.id})
        with self.assertRaises(AccessError):
            topic.with_user(self.writer).state = "idea"


@tagged("post_install", "-at_install")
class TestIdeasBudget(BudgetCase):
    def ask_ideas(self):
        wizard = self.env["blog.ai.ideas"].create(
            {"blog_id": self.blog.id, "provider_id": self.paid.id}
        )
        return self.answer_to(wizard.action_ask()["params"])

    def note(self, **values):
        self.env["blog.ai.ideas"].invalidate_model(["cost_note"])
        wizard = self.env["blog.ai.ideas"].new(
            {"blog_id": self.blog.id, "provider_id": self.paid.id, **values}
        )
        return wizard.cost_note

    def test_the_window_names_the_price_of_ideas(self):
        few, many = self.note(count=5), self.note(count=20)
        self.assertRegex(few, r"^about [\d.]+ USD$")
        self.assertLess(float(few.split()[1]), float(many.split()[1]))
        file = base64.b64encode(b"\0\1\2")
        self.assertFalse(self.note(searches_file=file), "the file has its own note")
        self.paid.is_free = True
        self.assertEqual(self.note(), "free of charge")
        self.paid.write({"is_free": False, "price_in": 0, "price_out": 0})
        self.assertEqual(self.note(), "not known")
        view = self.env["blog.ai.ideas"].get_view(view_type="form")
        self.assertIn('name="cost_note"', view["arch"])

    def test_ideas_cost_what_the_budget_allows(self):
        budget = self.limit(1.0)
        self.assertIn("New ideas: 10.", self.ask_ideas()["message"])
        call = self.env["blog.ai.call"].search([("kind", "=", "ideas")])
        self.assertTrue(call.cost)
        self.assertAlmostEqual(budget.spent, call.cost, 6)

    def test_a_budget_that_is_used_up_ends_in_a_sentence_and_no_call(self):
        self.limit(0.01)
        with self.assertRaisesRegex(UserError, "budget"):
            self.ask_ideas()
        self.assertFalse(self.env["blog.ai.call"].search([("kind", "=", "ideas")]))
