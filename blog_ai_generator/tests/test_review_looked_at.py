# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ast import literal_eval
from datetime import date

from lxml import etree

from odoo.tests import tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewLookedAt(ReviewCase):
    """Looking at what was published without a review."""

    def not_looked_at(self):
        view = self.env.ref("blog_ai_generator.blog_ai_generation_view_search_review")
        (filter_,) = view._get_combined_arch().xpath("//filter[@name='not_looked_at']")
        return self.env["blog.ai.generation"].search(
            [("blog_id", "=", self.blog.id), *literal_eval(filter_.get("domain"))]
        )

    def published_by_slot(self):
        self.slot.publish = True
        return self.run_slot()

    def test_what_a_slot_published_by_itself_is_not_yet_looked_at(self):
        generation = self.published_by_slot()
        self.attempt(self.ask("Figs on a wall", publish=True))
        self.assertEqual(self.not_looked_at(), generation)

    def test_opening_the_post_is_looking_at_it(self):
        generation = self.published_by_slot()
        generation.with_user(self.writer).action_open_post()
        self.assertFalse(self.not_looked_at())

    def test_opening_it_from_its_topic_or_for_its_copy_is_looking_at_it_too(self):
        for name, open_it in (
            ("Lemons in pots", lambda it: it.topic_id.action_open_post()),
            ("Figs on a wall", lambda it: it.action_open_social()),
        ):
            with self.subTest(name):
                topic = self.topic.copy({"name": name})
                generation = self.ask(
                    name, publish=True, slot_id=self.slot.id, topic_id=topic.id
                )
                self.attempt(generation)
                self.assertEqual(self.not_looked_at(), generation)
                open_it(generation.with_user(self.writer))
                self.assertFalse(self.not_looked_at())

    def test_many_are_marked_as_looked_at(self):
        first = self.published_by_slot()
        second = self.ask(
            "Figs on a wall",
            publish=True,
            slot_id=self.slot.id,
            slot_day=date(2026, 6, 1),
        )
        self.attempt(second)
        (first + second).with_user(self.writer).action_looked_at()
        self.assertTrue(first.looked_at and second.looked_at)

    def test_a_draft_is_not_to_be_looked_at(self):
        generation = self.run_slot()
        generation.action_looked_at()
        self.assertFalse(generation.looked_at)

    def test_a_deleted_post_is_not_to_be_looked_at(self):
        self.published_by_slot().post_id.unlink()
        self.assertFalse(self.not_looked_at())

    def test_list_button_and_date_have_one_word_for_it(self):
        action = self.env.ref("blog_ai_generator.action_not_looked_at")
        generations = self.env["blog.ai.generation"]
        said = [action.name, action.help, generations._fields["looked_at"].string]
        for kind in ("list", "form"):
            arch = etree.fromstring(generations.get_view(view_type=kind)["arch"])
            (button,) = arch.xpath("//button[@name='action_looked_at']")
            said.append(button.get("string"))
        for words in said:
            self.assertIn("opened", words.lower())
            self.assertNotIn("seen", words.lower())
