# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ast import literal_eval
from datetime import datetime
from functools import partial
from unittest.mock import patch

from odoo.fields import Domain
from odoo.tests import Form, tagged

from .topic_case import TopicCase


@tagged("post_install", "-at_install")
class TestTopicSimilar(TopicCase):
    def test_the_later_of_two_like_topics_is_the_duplicate(self):
        first, second = self.topic(sequence=1), self.topic("LEMONS in pots", sequence=2)
        self.assertFalse(first.similar_to)
        self.assertIn("Lemons in pots", second.similar_to)

    def held_back(self):
        """Return the topics of this blog that the filter of that name shows."""
        self.env.invalidate_all()
        view = self.env.ref("blog_ai_generator.blog_ai_topic_view_search")
        (filter_,) = view._get_combined_arch().xpath("//filter[@name='held']")
        return self.env["blog.ai.topic"].search(
            Domain(literal_eval(filter_.get("domain")))
            & Domain("blog_id", "=", self.blog.id)
        )

    def test_what_is_held_back_says_so_and_is_found_by_a_filter(self):
        lemons = self.topic()
        first, double = self.topic("Figs on a wall"), self.topic("On a wall: figs")
        self.topic("LEMONS in pots")._set_state_by_hand("dropped", "waiting")
        self.assertEqual(self.held_back(), double)
        self.assertEqual(double.status, "held")
        self.assertEqual(first.status, "waiting")
        topics = self.env["blog.ai.topic"]
        mine = [("blog_id", "=", self.blog.id)]
        self.assertEqual(
            topics.search([*mine, ("similar_to", "ilike", "figs")]), double
        )
        others = topics.search([*mine, ("similar_to", "=", False)])
        self.assertEqual(set(others.mapped("status")), {"waiting", "dropped"})
        self.assertEqual(len(others), 3)
        first.action_drop()
        self.assertFalse(self.held_back())
        self.assertEqual(lemons.status, "waiting")

    def test_the_filter_looks_at_the_first_topics_of_each_queue(self):
        self.topic("Figs on a wall", sequence=1)
        near = self.topic("On a wall: figs", sequence=2)
        far = self.topic("A wall of figs", sequence=3)
        path = "odoo.addons.blog_ai_generator.models.blog_ai_topic_similar."
        with patch(f"{path}MOST_OF_QUEUE", 2):
            self.assertEqual(self.held_back(), near)
            mine = [("blog_id", "=", self.blog.id), ("similar_to", "=", False)]
            self.assertIn(far, self.env["blog.ai.topic"].search(mine))
        self.assertEqual(self.held_back(), near + far)

    def test_a_topic_like_a_post_or_a_draft_says_which(self):
        for published, kind in ((True, "the post"), (False, "the draft")):
            post = self.env["blog.post"].create(
                {
                    "name": f"Growing figs {kind}",
                    "blog_id": self.blog.id,
                    "is_published": published,
                }
            )
            topic = self.topic(f"Growing figs, {kind}!")
            self.assertEqual(topic.similar_to, f"{kind} “{post.name}”")

    def second_company(self):
        """Make another company that shares this blog, which has no website."""
        company = self.env["res.company"].create({"name": "Second"})
        # The test's user may see both.
        self.env.user.company_ids += company
        return company

    def test_titles_of_another_company_that_shares_the_blog_are_not_told(self):
        company = self.second_company()
        theirs = self.env(context={"allowed_company_ids": company.ids})
        self.topic("Lemons in pots")
        self.ask("Figs on a wall")
        self.attempt(self.ask("Quinces for jam"))
        for title in ("Lemons in pots", "Figs on a wall", "Quinces for jam"):
            with self.subTest(title):
                self.assertTrue(
                    self.blog._blog_ai_find_similar(title, self.env.company)
                )
                self.assertFalse(self.blog._blog_ai_find_similar(title, company))
                values = {"name": title, "blog_id": self.blog.id}
                topic = self.env["blog.ai.topic"].with_env(theirs).create(values)
                self.assertEqual(topic.company_id, company)
                self.assertFalse(topic.similar_to)

    def test_what_visitors_see_is_a_duplicate_for_every_company(self):
        company = self.second_company()
        generation = self.ask("Quinces for jam", publish=True)
        self.attempt(generation)
        similar = partial(self.blog._blog_ai_find_similar, "Quinces for jam", company)
        self.assertIn("the post", similar())
        generation.post_id.post_date = datetime(2099, 1, 1)
        self.assertFalse(similar())

    def test_the_wizard_and_a_retry_compare_with_the_own_company_only(self):
        company = self.second_company()
        self.attempt(self.ask("Quinces for jam"))
        wizard = (
            self.env["blog.ai.write"]
            .with_context(allowed_company_ids=company.ids)
            .new({"topic": "Quinces for jam", "blog_id": self.blog.id})
        )
        self.assertFalse(wizard.similar_to)
        theirs = self.ask("Quinces for jam", company_id=company.id)
        self.assertFalse(theirs._question_before_retry())
        self.assertTrue(self.ask("Quinces for jam")._question_before_retry())

    def test_a_post_of_another_blog_is_no_duplicate(self):
        other = self.env["blog.blog"].create({"name": "Other"})
        self.env["blog.post"].create({"name": "Lemons in pots", "blog_id": other.id})
        self.assertFalse(self.topic().similar_to)

    def test_the_wizard_warns_and_writes_all_the_same(self):
        self.attempt(self.ask())
        with Form(self.env["blog.ai.write"]) as form:
            form.blog_id = self.blog
            form.provider_id = self.offline
            form.topic = "In pots: lemons"
            self.assertIn("the draft", form.similar_to)
        self.assertTrue(form.record.action_write()["res_id"])
