# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import json
import re
from unittest.mock import patch

from PIL import Image

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.ir_attachment import SHARED
from ..pump import outcome
from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestCover(BlogAiCase):
    def written(self, **values):
        generation = self.ask(**values)
        self.attempt(generation)
        self.assertEqual(generation.state, "done")
        return generation

    def pictures(self, post):
        mine = [("res_model", "=", "blog.post"), ("res_id", "=", post.id)]
        return self.env["ir.attachment"].search(mine, order="id")

    def test_a_post_has_a_cover_and_a_picture_for_networks(self):
        post = self.written().post_id
        cover, shared = self.pictures(post)
        properties = json.loads(post.cover_properties)
        background = properties["background-image"]
        self.assertEqual(background, f"url({cover._blog_ai_url()})")
        # Its words are white.
        self.assertIn("o_record_has_cover", properties["resize_class"].split())
        self.assertEqual(post.website_meta_og_img, shared._blog_ai_url())
        self.assertTrue(shared._blog_ai_url().endswith(SHARED))
        self.assertTrue(cover.public and shared.public)
        self.assertEqual(shared.description, post.name)

    def test_odoo_finds_the_address_of_the_cover_for_each_size(self):
        background = self.written().post_id._get_background(width=800)
        self.assertTrue(background.endswith("?&width=800)"), background)

    def test_a_blog_can_do_without(self):
        self.blog.blog_ai_cover = "none"
        generation = self.written()
        self.assertFalse(self.pictures(generation.post_id))
        self.assertFalse(generation.post_id.website_meta_og_img)
        self.assertFalse(generation.repair_notes)

    def test_a_post_is_not_lost_when_no_cover_can_be_drawn(self):
        broken = patch.object(outcome.pictures, "draw_cover", side_effect=OSError)
        with broken, mute_logger(outcome.__name__):
            generation = self.written()
        self.assertFalse(self.pictures(generation.post_id))
        self.assertIn("No cover could be drawn", generation.repairs)

    def test_the_picture_for_networks_follows_the_title(self):
        post = self.written().post_id
        cover, shared = self.pictures(post)
        plain, titled, address = cover.raw, shared.raw, shared._blog_ai_url()
        post.with_user(self.writer).name = "Lemons on a balcony"
        self.assertEqual(cover.raw, plain)
        self.assertNotEqual(shared.raw, titled)
        self.assertEqual(shared.description, "Lemons on a balcony")
        self.assertNotEqual(post.website_meta_og_img, address)
        self.assertEqual(post.website_meta_og_img, shared._blog_ai_url())

    def test_a_picture_that_a_person_chose_stays(self):
        post = self.written().post_id
        chosen = self.uploaded("mine.png")._blog_ai_url()
        post.website_meta_og_img = chosen
        post.name = "Lemons on a balcony"
        self.assertEqual(post.website_meta_og_img, chosen)

    def cards(self, action):
        covers = self.env[action["res_model"]].with_user(self.writer)
        return covers.search(action["domain"])

    def opened(self, generation):
        return self.cards(generation.with_user(self.writer).action_choose_cover())

    def offered(self, generation):
        cards = self.opened(generation)
        return cards.filtered(lambda card: not card.offers and not card.is_present)

    def test_the_present_cover_is_first_and_marked(self):
        generation = self.written()
        post = generation.post_id
        first, *others = self.opened(generation)
        self.assertEqual(first.name, "Present cover")
        shared = post._blog_ai_shared_picture()
        self.assertEqual(first.with_context(bin_size=False).image, shared.datas)
        self.assertFalse(any(card.is_present for card in others))
        offered = self.offered(generation)
        offered[1].action_use()
        first, *_others = self.opened(generation)
        shared = post._blog_ai_shared_picture()
        self.assertEqual(first.with_context(bin_size=False).image, shared.datas)
        self.assertNotIn(offered[1].seed, self.offered(generation).mapped("seed"))

    def test_to_choose_what_is_no_other_picture_keeps_the_cover(self):
        generation = self.written()
        post = generation.post_id
        kept = post.cover_properties, post.blog_ai_cover_seed
        cards = self.opened(generation)
        cards[0].action_use()
        drawn = cards.filtered(lambda card: card.offers == "drawn")
        self.assertTrue(self.cards(drawn.action_use()).filtered("seed"))
        self.assertEqual((post.cover_properties, post.blog_ai_cover_seed), kept)

    def test_a_cover_of_the_media_library_is_the_present_one(self):
        generation = self.written()
        picture = self.uploaded("tractor.png")
        values = picture._blog_ai_cover_values()
        generation.post_id.cover_properties = values["cover_properties"]
        first = self.opened(generation)[0]
        self.assertTrue(first.is_present)
        self.assertEqual(first.with_context(bin_size=False).image, picture.datas)

    def test_no_file_that_visitors_may_not_see_is_the_present_cover(self):
        generation = self.written()
        secret = self.uploaded("secret.png", public=False)
        values = secret._blog_ai_cover_values()
        generation.post_id.cover_properties = values["cover_properties"]
        self.assertFalse(self.opened(generation).filtered("is_present"))
        self.blog.blog_ai_cover = "none"
        without = self.written(topic="Limes in summer")
        self.assertFalse(self.opened(without).filtered("is_present"))

    def test_the_drawings_are_the_same_until_others_are_asked_for(self):
        generation = self.written()
        seeds = self.offered(generation).mapped("seed")
        self.assertEqual(self.offered(generation).mapped("seed"), seeds)
        seen = set(seeds)
        cards = self.opened(generation)
        for _turn in range(2):
            button = cards.filtered(lambda card: card.offers == "drawn")
            cards = self.cards(button.action_generate())
            self.assertTrue(cards[0].is_present)
            others = set(cards.filtered("seed").mapped("seed"))
            self.assertEqual(len(others), 4)
            self.assertFalse(others & seen)
            seen |= others

    def test_a_person_chooses_one_of_four_and_the_pattern_stays(self):
        generation = self.written()
        post = generation.post_id
        address = post.website_meta_og_img
        offered = self.offered(generation)
        self.assertEqual(len(offered), 4)
        self.assertEqual(len(set(offered.mapped("image"))), 4)
        resized = {**json.loads(post.cover_properties), "resize_class": "cover_auto"}
        post.cover_properties = json.dumps(resized)
        offered[2].action_use()
        self.assertNotEqual(post.website_meta_og_img, address)
        properties = json.loads(post.cover_properties)
        self.assertEqual(properties["resize_class"], "o_record_has_cover cover_auto")
        self.assertEqual(post.blog_ai_cover_seed, offered[2].seed)
        before = self.pictures(post)[-1].raw
        title = post.name
        post.name = "Another title"
        post.name = title
        self.assertEqual(self.pictures(post)[-1].raw, before)

    def test_pictures_of_the_library_that_fit_are_offered_first(self):
        generation = self.written(keywords="citrus")
        picture = self.uploaded("citrus.png")
        offered = self.offered(generation)
        self.assertEqual(offered[0].attachment_id, picture)
        self.assertEqual(len(offered), 4)
        offered[0].action_use()
        self.assertIn(picture._blog_ai_url(), generation.post_id.cover_properties)

    def test_nobody_offers_a_picture_to_themselves(self):
        generation = self.written()
        with self.assertRaises(AccessError):
            self.env["blog.ai.cover"].with_user(self.writer).create(
                {"generation_id": generation.id, "seed": "1"}
            )

    def test_the_form_of_a_post_offers_the_same_covers(self):
        generation = self.written()
        post = generation.post_id.with_user(self.writer)
        offered = self.cards(post.action_blog_ai_choose_cover())
        self.assertEqual(offered.mapped("seed"), self.opened(generation).mapped("seed"))

    def test_only_editors_choose_a_cover(self):
        generation = self.written()
        reader = new_test_user(self.env, "cover-reader", groups="base.group_user")
        with self.assertRaises(AccessError):
            generation.with_user(reader).action_choose_cover()

    def uploaded(self, name, **values):
        """Upload a picture as the website editor does."""
        picture = io.BytesIO()
        Image.new("RGB", (4, 4)).save(picture, "PNG")
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": picture.getvalue(),
                "public": True,
                "res_model": "ir.ui.view",
                **values,
            }
        )

    def test_a_blog_takes_pictures_of_the_media_library_that_fit(self):
        self.blog.blog_ai_cover = "library"
        picture = self.uploaded("citrus.png")
        generation = self.written(keywords="citrus")
        post = generation.post_id
        self.assertEqual(post.website_meta_og_img, picture._blog_ai_url())
        self.assertIn(picture._blog_ai_url(), post.cover_properties)
        self.assertFalse(self.pictures(post))
        self.assertIn("citrus.png", generation.repairs)
        post.unlink()
        self.assertTrue(picture.exists())

    def test_a_picture_is_found_whatever_its_name_is(self):
        self.blog.blog_ai_cover = "library"
        picture = self.uploaded("my citrus (1).png")
        post = self.written(keywords="citrus").post_id
        address = f"/web/image/{picture.id}-{picture.checksum[:8]}"
        address += "/my%20citrus%20%281%29.png"
        self.assertIn(f"url({address})", post.cover_properties)
        self.assertEqual(post.website_meta_og_img, address)

    def test_without_a_picture_that_fits_the_cover_is_drawn(self):
        self.blog.blog_ai_cover = "library"
        self.uploaded("tractor.png")
        self.uploaded("citrus.png", public=False)
        other = self.env["website"].create({"name": "Another site"})
        self.uploaded("citrus.png", website_id=other.id)
        self.assertEqual(len(self.pictures(self.written(keywords="citrus").post_id)), 2)

    def test_the_pictures_go_with_the_post(self):
        post = self.written().post_id
        pictures = self.pictures(post)
        post.unlink()
        self.assertFalse(pictures.exists())

    def test_a_color_is_checked(self):
        self.blog.blog_ai_cover_color = "#1D4ED8"
        with self.assertRaisesRegex(ValidationError, "is not a color"):
            self.blog.blog_ai_cover_color = "red; }"


@tagged("post_install", "-at_install")
class TestCoverPage(BlogAiCase, HttpCase):
    def test_visitors_and_networks_get_the_pictures(self):
        generation = self.ask(publish=True)
        self.attempt(generation)
        post = generation.post_id
        page = self.url_open(post.website_url)
        for name in ('property="og:image"', 'name="twitter:image"'):
            (address,) = re.findall(f'{name} content="([^"]*)"', page.text)
            self.assertRegex(address, rf"^http.*{post.website_meta_og_img}$")
        for name in ('property="og:image:alt"', 'name="twitter:image:alt"'):
            self.assertIn(f'{name} content="{post.name}"', page.text)
        for address in (
            post.website_meta_og_img,
            json.loads(post.cover_properties)["background-image"][4:-1],
        ):
            picture = self.url_open(address)
            self.assertEqual(picture.headers["Content-Type"], "image/jpeg")
            self.assertEqual(Image.open(io.BytesIO(picture.content)).size, (1200, 630))
