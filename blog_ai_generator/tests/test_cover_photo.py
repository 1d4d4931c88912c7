# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.tests import tagged

from ..database import hold_database
from ..models import blog_ai_generation_photo
from ..pictures import Photo, has_provenance
from ..pump import photo_or_reason
from .cover_case import GeneratedCase, file_of

LINK = "https://unsplash.com/@adacloud?utm_source=blog_ai_generator"


@tagged("post_install", "-at_install")
class TestCoverPhoto(GeneratedCase):
    """Covers from Unsplash, without its server: see ``TestPhotos`` for that."""

    def setUp(self):
        super().setUp()
        self.blog.blog_ai_cover = "unsplash"
        self.found, self.searches = Photo(file_of(), "Ada Cloud", LINK), []
        self.patch(
            self.registry["blog.ai.generation"], "_start_photo", self.answer_at_once
        )
        self.patch(blog_ai_generation_photo, "has_module", lambda env, name: True)
        self.set_key("a-key")

    def set_key(self, key):
        self.env["ir.config_parameter"].set_param("unsplash.access_key", key)

    def answer_at_once(self, search):
        """Stand in for the thread, with what ``self.found`` says."""
        self.searches.append(search)
        (generation_id,) = self.waiting
        self.env["blog.ai.generation"]._keep_photo(generation_id, self.found)

    def photo(self, post):
        mine = [("res_model", "=", "blog.post"), ("res_id", "=", post.id)]
        files = self.env["ir.attachment"].search(mine)
        return files.filtered(lambda one: one.name == "photo.jpg")

    def test_the_cover_is_a_photo_and_its_photographer_is_named(self):
        generation = self.illustrated()
        photo = self.photo(generation.post_id)
        self.assertEqual(generation.post_id.website_meta_og_img, photo._blog_ai_url())
        self.assertEqual(photo.raw, self.found.raw)
        self.assertFalse(has_provenance(photo.raw), "No model made it.")
        for text in (photo.description, generation.repairs):
            self.assertIn("Ada Cloud", text)
            self.assertIn(LINK, text)
        self.assertFalse(self.calls())

    def test_it_goes_with_the_first_keyword_or_else_with_the_title(self):
        self.illustrated(keywords="citrus, winter")
        self.waiting.clear()
        post = self.illustrated(topic="Limes in winter").post_id
        words = [search.words for search in self.searches]
        self.assertEqual(words, ["citrus", post.name])
        self.assertNotIn("a-key", repr(self.searches))

    def test_without_a_key_nobody_is_asked_and_that_is_said(self):
        self.set_key(False)
        generation = self.illustrated()
        self.assertFalse(self.searches)
        self.assertIn("Unsplash is not switched on", generation.repairs)
        self.assertTrue(generation.post_id.website_meta_og_img.endswith("share.jpg"))

    def test_without_the_addon_nobody_is_asked(self):
        self.patch(blog_ai_generation_photo, "has_module", lambda env, name: False)
        self.illustrated()
        self.assertFalse(self.searches)

    def test_a_copy_of_a_database_asks_nobody(self):
        generation = self.written()
        hold_database(self.env)
        self.look()
        self.assertFalse(self.searches)
        self.assertIn("gave no picture", generation.repairs)

    def test_each_reason_is_a_note_and_the_next_source_is_asked(self):
        self.blog.blog_ai_cover_second = "generated"
        for reason in ("none", "key", "limit", "failed"):
            with self.subTest(reason):
                self.waiting.clear()
                self.found = reason
                generation = self.illustrated(topic=f"Limes {reason}")
                self.assertIn("Unsplash", generation.repairs)
                self.assertTrue(self.picture(generation.post_id))

    def test_a_cover_that_a_person_chose_meanwhile_stays(self):
        generation = self.written()
        generation.post_id.blog_ai_cover_seed = "mine"
        self.env["blog.ai.generation"]._keep_photo(generation.id, self.found)
        self.assertFalse(self.photo(generation.post_id))

    def test_whatever_breaks_is_a_reason(self):
        search = blog_ai_generation_photo.PhotoSearch("bread", "a-key")
        broken = patch(
            "odoo.addons.blog_ai_generator.pump.covers.find_photo",
            side_effect=RecursionError,
        )
        logger = "odoo.addons.blog_ai_generator.pump.covers"
        with broken, self.assertLogs(logger, "ERROR"):
            self.assertEqual(photo_or_reason(search), "failed")
