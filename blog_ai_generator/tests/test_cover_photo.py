# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..database import hold_database
from ..models import blog_ai_generation_photo
from ..pictures import UNSPLASH, Photo, has_provenance
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

    def test_the_page_names_the_photographer_until_the_cover_goes(self):
        post = self.illustrated(publish=True).post_id
        self.assertEqual(
            post._blog_ai_credit(),
            f'Photo by <a href="{LINK}" target="_blank" rel="noopener">Ada Cloud</a> '
            f'on <a href="{UNSPLASH.replace("&", "&amp;")}" target="_blank" '
            'rel="noopener">Unsplash</a>',
        )
        # Write it as the website editor does, with the same photo and with another one.
        kept = {**json.loads(post.cover_properties), "opacity": "0.4"}
        post.cover_properties = json.dumps(kept)
        self.assertTrue(post._blog_ai_credit())
        kept["background-image"] = "url(/web/image/1-abc/other.jpg)"
        post.cover_properties = json.dumps(kept)
        self.assertEqual(post._blog_ai_credit(), "")

    def test_a_name_is_no_markup(self):
        self.found = self.found._replace(photographer="<b>Ada</b>")
        post = self.illustrated().post_id
        self.assertIn("&lt;b&gt;Ada&lt;/b&gt;", post._blog_ai_credit())

    def test_another_cover_takes_the_credit_off(self):
        post = self.illustrated().post_id
        post._blog_ai_set_cover(self.env["ir.attachment"], "seed")
        self.assertFalse(post.blog_ai_credit)

    def test_a_copy_of_a_post_has_the_credit_with_the_photo(self):
        post = self.illustrated().post_id
        copied = post.with_user(self.writer).copy()
        self.assertIn("Ada Cloud", copied._blog_ai_credit())

    def test_the_credit_stays_on_the_page_when_the_addon_goes(self):
        post = self.illustrated().post_id
        post.blog_ai_is_generated = False
        self.env.flush_all()
        self.env["blog.post"]._blog_ai_keep_labels()
        self.assertRegex(post.content, "<p[^>]*>Photo by <a [^>]*>Ada Cloud</a> on")

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


@tagged("post_install", "-at_install")
class TestPhotoChoice(GeneratedCase):
    """Photos of Unsplash from which a person chooses in a review."""

    def setUp(self):
        super().setUp()
        self.blog.blog_ai_cover = "drawn"
        self.patch(blog_ai_generation_photo, "has_module", lambda env, name: True)
        self.env["ir.config_parameter"].set_param("unsplash.access_key", "a-key")
        self.generation = self.written()
        self.searches = []
        self.patch(
            self.registry["blog.ai.ask"],
            "_start",
            lambda _ask, s: self.searches.append(s),
        )
        self.found = tuple(
            Photo(file_of(size=(640, 400 + n)), f"Ada {n}", LINK, f"use/{n}")
            for n in range(4)
        )

    def offered(self):
        action = self.generation.with_user(self.writer).action_choose_cover()
        covers = self.env[action["res_model"]].with_user(self.writer)
        return covers.search(action["domain"])

    def look(self):
        """Press the button; return what the browser follows."""
        button = self.offered().filtered(lambda it: it.offers == "unsplash")
        return button.action_generate()["params"]

    def photos(self):
        asked = self.look()
        self.env["blog.ai.ask"].browse(asked["id"])._keep_photos(self.found)
        covers = self.env["blog.ai.cover"].with_user(self.writer)
        return covers.search(asked["opens"]["domain"])

    def test_photos_are_looked_for_when_somebody_asks_for_them(self):
        asked = self.look()
        (search,) = self.searches
        self.assertEqual(search.words, self.generation.post_id.name)
        self.assertEqual(asked["provider"], "Unsplash")
        ask = self.env["blog.ai.ask"].with_user(self.writer).browse(asked["id"])
        self.assertEqual(ask.look()["state"], "asking")
        ask.sudo()._keep_photos(self.found)
        self.assertEqual(ask.look()["message"], "Pictures: 4. Choose one, or none.")
        self.assertFalse(self.calls())

    def test_a_photo_whose_file_is_missing_is_named_and_looked_for_again(self):
        self.found = (self.found[0]._replace(raw=b""), *self.found[1:])
        photos = self.photos()
        again = photos.filtered("offers")
        self.assertEqual(len(photos - again), 3)
        self.assertIn("Could not be loaded: Ada 0.", again.name)
        asked = self.env["blog.ai.ask"].search([], order="id desc", limit=1)
        self.assertEqual(asked.message["values"]["count"], "3")
        asked.with_user(self.writer).look()
        self.assertNotEqual(again.action_generate()["params"]["id"], asked.id)
        self.assertEqual(len(self.searches), 2)

    def test_a_second_click_finds_the_first_search(self):
        self.assertEqual(self.look()["id"], self.look()["id"])
        self.assertEqual(len(self.searches), 1)

    def test_the_chosen_one_is_the_cover_with_its_credit_and_its_use_is_reported(self):
        used = []
        generations = self.registry["blog.ai.generation"]
        self.patch(generations, "_report_photo", lambda _it, use: used.append(use))
        photos = self.photos()
        self.assertEqual(len(set(photos.mapped("image"))), 4)
        self.assertFalse(used)
        photos[2].action_use()
        post = self.generation.post_id
        self.assertIn("/photo.jpg", post.website_meta_og_img)
        self.assertIn("Ada 2", post._blog_ai_credit())
        self.assertEqual(used, ["use/2"])
        self.offered().filtered("seed")[0].action_use()
        self.assertEqual(post._blog_ai_credit(), "")

    def test_each_reason_is_told_to_the_person(self):
        for reason, said in (("none", "no photo"), ("limit", "no more requests")):
            with self.subTest(reason):
                asked = self.look()
                ask = self.env["blog.ai.ask"].browse(asked["id"])
                ask._keep_photos(reason)
                seen = ask.with_user(self.writer).look()
                self.assertEqual(seen["state"], "failed")
                self.assertIn(said, seen["message"])

    def test_a_search_that_was_cancelled_offers_nothing(self):
        asked = self.look()
        ask = self.env["blog.ai.ask"].browse(asked["id"])
        ask.with_user(self.writer).cancel()
        ask._keep_photos(self.found)
        self.assertFalse(self.env["blog.ai.cover"].search(asked["opens"]["domain"]))

    def test_photos_for_a_generation_that_is_gone_are_dropped(self):
        ask = self.env["blog.ai.ask"].browse(self.look()["id"])
        self.generation.unlink()
        ask._keep_photos(self.found)
        self.assertEqual(ask.state, "done")
        self.assertFalse(self.env["blog.ai.cover"].search([("ask_id", "=", ask.id)]))

    def test_a_post_that_is_gone_gets_no_photo(self):
        button = self.offered().filtered(lambda it: it.offers == "unsplash")
        photo = self.photos()[0]
        self.generation.post_id.unlink()
        for press in (button.action_generate, photo.action_use, self.offered):
            with self.assertRaisesRegex(UserError, "The post was deleted"):
                press()

    def test_without_a_key_nothing_is_offered_and_nobody_asked(self):
        buttons = self.offered().filtered(lambda it: it.offers == "unsplash")
        self.env["ir.config_parameter"].set_param("unsplash.access_key", False)
        self.assertFalse(self.offered().filtered(lambda it: it.offers == "unsplash"))
        with self.assertRaisesRegex(UserError, "Unsplash is not switched on"):
            buttons.action_generate()

    def test_a_copy_of_a_database_asks_nobody(self):
        buttons = self.offered().filtered(lambda it: it.offers == "unsplash")
        hold_database(self.env)
        with self.assertRaises(UserError):
            buttons.action_generate()
        self.assertFalse(self.searches)
