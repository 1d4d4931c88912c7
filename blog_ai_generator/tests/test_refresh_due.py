# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .test_refresh import RefreshCase

ORDER = "blog_ai_visits_lost desc, post_date"


@tagged("post_install", "-at_install")
class TestPostsToRefresh(RefreshCase):
    """Posts are offered for a new version by their age and their visits."""

    def test_posts_of_180_days_are_offered_and_drafts_are_not(self):
        self.old_post(days=179)
        self.old_post(is_published=False)
        self.assertEqual(self.due(), self.post)
        self.assertTrue(self.post.blog_ai_is_due)

    def test_a_post_rests_after_each_decision(self):
        for decide in ("action_keep", "action_approve"):
            look = self.look()
            self.assertEqual(self.due(), self.post, "Nothing is decided yet")
            getattr(look, decide)()
            self.assertFalse(self.due(), decide)
            look.sudo().decided_at -= timedelta(days=181)
            self.assertEqual(self.due(), self.post, decide)

    def test_posts_of_another_company_are_not_offered(self):
        company = self.env["res.company"].create({"name": "Theirs"})
        website = self.env["website"].create(
            {"name": "Theirs", "company_id": company.id}
        )
        self.blog.website_id = website
        self.assertFalse(self.due())

    def visit(self, url, *days):
        visitors = self.env["website.visitor"]
        visitor = visitors.create({"access_token": f"{visitors.search_count([]):032}"})
        self.env["website.track"].create(
            [
                {
                    "visitor_id": visitor.id,
                    "url": url,
                    "visit_datetime": fields.Datetime.now() - timedelta(days=day),
                }
                for day in days
            ]
        )

    def test_tracked_visits_of_each_month_are_counted(self):
        slug = self.post.website_url
        self.visit(f"http://x.example{slug}", 1, 31, 59, 61)
        self.visit(f"http://x.example/fr{slug}?utm_source=x#y", 32)
        self.visit(f"http://x.example/blog/{self.post.id}", 33)
        self.visit(f"http://x.example{slug}0", 1, 1, 1)
        self.visit("http://x.example/blog/unit-blog-1/tag/x-", 1)
        self.assertEqual(
            (self.post.blog_ai_visits, self.post.blog_ai_visits_before), (1, 3)
        )

    def test_posts_that_lose_visits_are_found(self):
        steady = self.old_post(name="Steady")
        self.visit(f"http://x.example{self.post.website_url}", 3, 40, 41)
        self.visit(f"http://x.example{steady.website_url}", 3, 40)
        found = self.env["blog.post"].search(
            [("blog_ai_is_losing", "=", True), ("blog_id", "=", self.blog.id)]
        )
        self.assertEqual(found, self.post)

    def visited(self, lately, before, **values):
        """Return a post of 100 days with so many visits."""
        post = self.old_post(**{"days": 100, **values})
        days = [1] * lately + [40] * before
        self.visit(f"http://x.example{post.website_url}", *days)
        return post

    def test_a_younger_post_is_offered_once_its_visits_fell_to_half(self):
        fallen = self.visited(10, 20)
        self.visited(11, 20)
        self.visited(9, 19)
        self.visited(0, 40, is_published=False)
        self.assertEqual(self.due(), fallen + self.post)
        self.assertTrue(fallen.blog_ai_is_due)

    def test_the_first_month_of_a_post_is_not_what_later_visits_are_compared_with(self):
        self.visited(1, 50, days=89)
        self.assertEqual(self.due(), self.post)
        fallen = self.visited(1, 50, days=91)
        self.assertEqual(self.due(), fallen + self.post)

    def test_a_younger_post_rests_after_a_decision_too(self):
        self.post = self.visited(10, 20)
        look = self.look()
        look.action_keep()
        self.assertNotIn(self.post, self.due())
        look.sudo().decided_at -= timedelta(days=181)
        self.assertIn(self.post, self.due())

    def test_what_lost_the_most_visits_comes_first_and_then_the_oldest(self):
        oldest = self.old_post(days=400)
        few, many = self.visited(30, 33, days=190), self.visited(5, 25)
        gaining = self.visited(9, 3, days=300)
        # The address of the blog names no post.
        self.visit("http://x.example/blog/unit-blog-1", 40, 41)
        expected = many + few + oldest + gaining + self.post
        posts = self.env["blog.post"].with_user(self.writer)
        ids = expected.ids
        found = posts.search([("id", "in", ids)], order=ORDER)
        self.assertEqual(found.ids, ids)
        self.assertEqual(found.mapped("blog_ai_visits_lost"), [20, 3, 0, 0, 0])
        for kind in ("list", "kanban"):
            view = f"blog_ai_generator.blog_post_view_{kind}_refresh"
            arch = posts.get_view(self.env.ref(view).id, kind)["arch"]
            self.assertEqual(etree.fromstring(arch).get("default_order"), ORDER)

    def test_visitors_learn_nothing_of_visits_by_an_order(self):
        portal = new_test_user(self.env, "unit-portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.env["blog.post"].with_user(portal).search([], order=ORDER)

    def test_a_post_of_any_age_gets_a_new_version_from_its_own_form(self):
        self.post = self.old_post(days=30)
        self.assertNotIn(self.post, self.due())
        look = self.look()
        self.assertEqual(look.state, "proposed")
        view = self.env.ref("website_blog.view_blog_post_form").id
        posts = self.env["blog.post"].with_user(self.writer)
        form = etree.fromstring(posts.get_view(view)["arch"])
        (button,) = form.xpath("//button[@name='action_blog_ai_refresh']")
        self.assertEqual(button.get("invisible"), "not is_published")
