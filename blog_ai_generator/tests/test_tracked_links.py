# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .. import hooks
from .social_case import SocialCase


class TrackedCase(SocialCase):
    def published(self, **values):
        post = self.written(**values)
        post.is_published = True
        return post

    def clicks_of(self, copy) -> int:
        copy.invalidate_recordset()
        return copy.tracker_id.count

    def click(self, copy, times=1):
        for _click in range(times):
            copy.env["link.tracker.click"].sudo().add_click(copy.code, ip="192.0.2.1")


@tagged("post_install", "-at_install")
class TestTrackedLinks(TrackedCase):
    def test_each_text_has_a_short_link_of_its_own_which_is_measured(self):
        post = self.written()
        links = post.social_ids.mapped("link")
        self.assertEqual(len({*links}), 4)
        for copy in post.social_ids:
            with self.subTest(copy.network):
                self.assertEqual(copy.link, f"{post.get_base_url()}/r/{copy.code}")
                self.assertRegex(copy.code, r"^[A-Za-z0-9]{9}$")
        bluesky = self.copy_of(post, "bluesky")
        bluesky.text = "a"
        self.assertEqual(bluesky.length, len("a\n") + len(bluesky.link))

    def test_a_click_says_from_where_it_came(self):
        post = self.published()
        for copy in post.social_ids:
            self.click(copy)
            tracker = copy.tracker_id
            label = dict(copy._fields["network"].selection)[copy.network]
            with self.subTest(label):
                self.assertEqual(tracker.source_id.name, label)
                self.assertEqual(tracker.medium_id.name, "Social")
                self.assertEqual(tracker.campaign_id.title, "Unit blog")
                self.assertEqual(tracker.url, post.website_absolute_url)
                self.assertEqual(tracker.title, post.name)
        self.assertEqual(len(post.social_ids.tracker_id.campaign_id), 1)

    def test_the_language_of_who_clicks_first_is_in_no_name_and_no_address(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        post = self.published()
        french = {"name": "Citrons en pots"}
        post.with_context(lang="fr_FR").write(french)
        self.blog.with_context(lang="fr_FR").name = "Jardin"
        copy = self.copy_of(post, "x")
        self.env.invalidate_all()
        self.click(copy.with_context(lang="fr_FR"))
        tracker = copy.tracker_id
        self.assertEqual(tracker.title, post.with_context(lang="en_US").name)
        self.assertEqual(tracker.url, post.get_base_url() + post.website_url)
        campaign = tracker.campaign_id
        self.assertEqual(campaign.name, "Unit blog")
        for lang in ("en_US", "fr_FR"):
            shown = campaign.with_context(lang=lang).title
            self.assertEqual(shown, "Unit blog", lang)

    def test_a_post_in_another_language_has_its_link_in_that_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        post = self.published(lang="fr_FR")
        post.with_context(lang="en_US").name = "Lemons for everybody"
        post.with_context(lang="fr_FR").name = "Citrons en pots"
        # Forget the generation, as if it had been deleted.
        post.sudo().blog_ai_generation_id = False
        copy = self.copy_of(post, "x")
        self.env.invalidate_all()
        self.click(copy)
        self.assertEqual(copy.tracker_id.title, "Citrons en pots")
        self.assertIn("citrons-en-pots", copy.tracker_id.url)

    def test_the_clicks_of_a_post_are_those_on_all_its_links(self):
        post, other = self.published(), self.published(topic="Figs on a wall")
        self.click(self.copy_of(post, "x"), 2)
        self.click(self.copy_of(post, "mastodon"))
        (post + other).invalidate_recordset(["blog_ai_clicks"])
        clicks = (post + other).with_user(self.writer).mapped("blog_ai_clicks")
        self.assertEqual(clicks, [3, 0])

    def test_each_link_says_how_often_it_was_clicked(self):
        post = self.published()
        self.click(self.copy_of(post, "x"), 2)
        post.social_ids.invalidate_recordset()
        copies = post.with_user(self.writer).social_ids
        clicks = {copy.network: copy.clicks for copy in copies}
        expected = {"x": 2, "bluesky": 0, "mastodon": 0, "linkedin": 0}
        self.assertEqual(clicks, expected)

    def test_a_link_leads_nowhere_before_visitors_see_the_post(self):
        copy = self.copy_of(self.written(), "x")
        self.click(copy)
        self.assertFalse(copy.tracker_id)
        self.assertIsNone(self.env["link.tracker"].get_url_from_code(copy.code))
        copy.post_id.write({"is_published": True, "post_date": "2099-01-01 00:00:00"})
        self.assertIsNone(self.env["link.tracker"].get_url_from_code(copy.code))
        copy.post_id.post_date = "2020-01-01 00:00:00"
        self.assertIn(
            "utm_source=X", self.env["link.tracker"].get_url_from_code(copy.code)
        )

    def test_nobody_chooses_the_link_of_a_text(self):
        post = self.published()
        mine = self.copy_of(post, "x").with_user(self.writer)
        code = mine.code
        mine.write({"code": "stolen123", "text": "Mine"})
        self.assertEqual((mine.code, mine.text), (code, "Mine"))
        other = self.copy_of(post, "bluesky")
        other.unlink()
        again = mine.create(
            {"post_id": post.id, "network": "bluesky", "text": "B", "code": code}
        )
        self.assertNotEqual(again.code, code)

    def test_a_text_that_is_made_again_counts_for_the_same_link(self):
        post = self.published()
        first = self.copy_of(post, "x")
        self.click(first)
        tracker = first.tracker_id
        first.unlink()
        post.social_ids = [Command.create({"network": "x", "text": "Again"})]
        again = self.copy_of(post, "x")
        self.click(again)
        self.assertEqual(again.tracker_id, tracker)
        self.assertEqual(self.clicks_of(again), 2)

    def test_links_of_other_apps_are_left_alone(self):
        trackers = self.env["link.tracker"]
        theirs = trackers.create({"url": "https://example.com", "title": "Theirs"})
        before = self.env["link.tracker"].search_count([])
        self.env["link.tracker.click"].add_click(theirs.code)
        self.assertEqual(theirs.count, 1)
        self.assertIsNone(trackers.get_url_from_code("nosuchcod"))
        self.assertEqual(trackers.search_count([]), before)

    def test_a_text_of_before_the_short_links_has_the_address_of_the_post(self):
        copy = self.copy_of(self.published(), "x")
        copy.sudo().code = False
        copy.invalidate_recordset()
        self.assertEqual(copy.link, copy.post_id.website_absolute_url)

    def test_uninstalling_keeps_links_that_nobody_has_clicked_yet(self):
        copy = self.copy_of(self.published(), "x")
        hidden = self.copy_of(self.written(topic="Figs on a wall"), "x")
        # The rest of the hook deletes what this test needs.
        hooks.keep_short_links(self.env)
        self.assertTrue(copy.tracker_id)
        self.assertFalse(hidden.tracker_id)

    def test_the_campaign_of_a_blog_can_be_chosen(self):
        campaign = self.env["utm.campaign"].create({"title": "Spring"})
        self.blog.blog_ai_campaign_id = campaign
        copy = self.copy_of(self.published(), "linkedin")
        self.click(copy)
        self.assertEqual(copy.tracker_id.campaign_id, campaign)


@tagged("post_install", "-at_install")
class TestTrackedLinksVisited(TrackedCase, HttpCase):
    def test_a_visitor_is_led_to_the_post_and_counted(self):
        copy = self.copy_of(self.published(), "bluesky")
        self.authenticate(None, None)
        for _visit in range(2):
            answer = self.url_open(f"/r/{copy.code}", allow_redirects=False)
            self.assertEqual(answer.status_code, 301)
        target = answer.headers["Location"]
        self.assertIn(copy.post_id.website_url, target)
        self.assertIn("utm_medium=Social", target)
        self.assertEqual(self.clicks_of(copy), 2)

    def test_a_draft_is_not_found(self):
        copy = self.copy_of(self.written(), "x")
        self.authenticate(None, None)
        self.assertEqual(self.url_open(f"/r/{copy.code}").status_code, 404)
