# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo.tests import tagged

from ..hooks import uninstall_hook
from .common import BlogAiCase

ENGLISH = "Artificial intelligence (AI) wrote this text."
FRENCH = "Ce texte a été rédigé par une intelligence artificielle (IA)."
TRANSLATED = "L&#39;intelligence artificielle (IA) a traduit ce texte."
REVIEW = "blog_ai_generator.mail_activity_type_review"


@tagged("post_install", "-at_install")
class TestUninstallation(BlogAiCase):
    def setUp(self):
        super().setUp()
        generation = self.ask("Lemons in pots")
        self.attempt(generation)
        self.post = generation.post_id
        self.assertTrue(self.post.social_ids)

    def uninstall(self):
        uninstall_hook(self.env)
        self.env.invalidate_all()

    def test_the_log_goes_and_the_posts_stay(self):
        self.env["blog.ai.slot"].create(
            {"blog_id": self.blog.id, "provider_id": self.offline.id}
        )
        self.uninstall()
        for name in ("blog.ai.call", "blog.ai.generation", "blog.ai.slot"):
            self.assertFalse(self.env[name].search([]), name)
        self.assertIn("Lemons", self.post.name)

    def test_the_pictures_stay(self):
        pictures = self.env["ir.attachment"].search(
            [("res_model", "=", "blog.post"), ("res_id", "=", self.post.id)]
        )
        cover = self.post.cover_properties
        names = {"cover.jpg", "share.jpg"}
        self.assertEqual({*pictures.mapped("name")}, names)
        self.assertIn(f"/web/image/{min(pictures.ids)}-", cover)
        self.uninstall()
        self.assertEqual({*pictures.exists().mapped("name")}, names)
        self.assertTrue(all(picture.raw for picture in pictures))
        self.assertEqual(self.post.cover_properties, cover)
        self.assertIn("share.jpg", self.post.website_meta_og_img)

    def test_the_labels_become_part_of_the_texts(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        by_hand = self.env["blog.post"].create(
            {"name": "By hand", "blog_id": self.blog.id, "content": "<p>Mine.</p>"}
        )
        self.translate(self.post, re.findall("<h2>(.*?)</h2>", self.post.content)[0])
        self.translate(by_hand, "Mine.")
        by_hand._blog_ai_set_translated("fr_FR", responsible=False)
        before = {post: self.texts(post) for post in self.post + by_hand}
        self.uninstall()
        for post, lang, said in (
            (self.post, "en_US", ENGLISH),
            (self.post, "fr_FR", FRENCH),
            (by_hand, "fr_FR", TRANSLATED),
        ):
            with self.subTest(post=post.name, lang=lang):
                label = f'<p class="o_blog_ai_label small" role="note">{said}</p>'
                self.assertEqual(self.texts(post)[lang], label + before[post][lang])
        self.assertEqual(by_hand.content, "<p>Mine.</p>", "A person wrote it.")

    def translate(self, post, term):
        terms = {"fr_FR": {term: "Un titre en français"}}
        post.update_field_translations("content", terms)

    def texts(self, post) -> dict[str, str]:
        """Return the text of a post in each language that it has."""
        self.env.flush_all()
        self.env.cr.execute("SELECT content FROM blog_post WHERE id = %s", [post.id])
        return self.env.cr.fetchone()[0]

    def test_nothing_holds_on_to_what_came_as_data(self):
        voice = self.env.ref("blog_ai_generator.voice_plain")
        self.blog.blog_ai_voice_id = voice
        self.env["blog.ai.slot"].create(
            {
                "blog_id": self.blog.id,
                "provider_id": self.offline.id,
                "voice_id": self.env.ref("blog_ai_generator.voice_expert").id,
            }
        )
        self.uninstall()
        ours = [("module", "=", "blog_ai_generator"), ("model", "like", "blog.ai.")]
        for data in self.env["ir.model.data"].search(ours):
            with self.subTest(data.name):
                self.assertTrue(self.env[data.model].browse(data.res_id).unlink())

    def test_no_setting_stays(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("blog_ai_generator.width", "3")
        parameters.set_param("blog_ai.of_another_addon", "4")
        self.uninstall()
        ours = parameters.search([("key", "like", "blog_ai_generator")])
        self.assertFalse(ours)
        self.assertEqual(parameters.get_param("blog_ai.of_another_addon"), "4")

    def test_reviews_go_those_that_were_done_too(self):
        kind = self.env.ref(REVIEW)
        for _each in range(2):
            self.post.activity_schedule(REVIEW, user_id=self.writer.id)
        activities = self.env["mail.activity"].with_context(active_test=False)
        ours = activities.search([("activity_type_id", "=", kind.id)])
        ours[0].active = False
        self.uninstall()
        self.assertGreaterEqual(len(ours), 2)
        self.assertFalse(ours.exists())

    def test_links_that_nobody_has_clicked_go_on_working(self):
        self.post.is_published = True
        copy = self.post.social_ids[0]
        self.assertFalse(copy.tracker_id)
        link = copy.link
        self.uninstall()
        code = link.rpartition("/")[2]
        found = self.env["link.tracker.code"].search([("code", "=", code)])
        self.assertEqual(len(found), 1)

    def test_it_can_be_done_without_the_kind_of_activity(self):
        self.env.ref(REVIEW).unlink()
        self.uninstall()
        self.assertFalse(self.env["blog.ai.generation"].search([]))
