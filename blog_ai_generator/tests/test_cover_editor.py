# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import json
import re
from unittest.mock import patch

from PIL import Image

from odoo.tests import HttpCase, tagged

from ..messages import Message
from ..models.blog_post_cover import BlogPostCover
from ..pump import outcome
from .cover_case import GeneratedCase, file_of


def plain_write(posts, vals):
    """Write a post as if there were no covers."""
    return super(BlogPostCover, posts).write(vals)


class EditedCase(GeneratedCase):
    """Covers that a person chooses in Odoo's website editor."""

    def setUp(self):
        super().setUp()
        self.post = self.written(publish=True).post_id
        self.mine = self.uploaded("mine.png")

    def uploaded(self, name, **values):
        """Upload a picture as the website editor does."""
        picture = io.BytesIO()
        Image.new("RGB", (4, 4)).save(picture, "PNG")
        values = {"public": True, "res_model": "ir.ui.view", **values}
        return self.env["ir.attachment"].create(
            {"name": name, "raw": picture.getvalue(), **values}
        )

    def save(self, address, posts=None, **changes):
        """Write what ``readCoverPoperties`` of the editor writes, quotes included."""
        properties = {
            "background-image": f'url("{address}")' if address else "",
            "resize_class": "o_half_screen_height",
            "text_align_class": "",
            "opacity": "0.2",
            "background_color_class": "o_cc3",
            "background_color_style": "",
            **changes,
        }
        if address:
            properties["resize_class"] += " o_record_has_cover"
        posts = (self.post if posts is None else posts).with_user(self.writer)
        posts.write({"cover_properties": json.dumps(properties)})

    def present(self):
        """Return the address of the background image, as the page has it."""
        return json.loads(self.post.cover_properties)["background-image"][4:-1]

    def drawn(self):
        mine = [("res_model", "=", "blog.post"), ("res_id", "=", self.post.id)]
        return self.env["ir.attachment"].search(mine, order="id")


@tagged("post_install", "-at_install")
class TestCoverOfEditor(EditedCase):
    def test_networks_get_the_picture_that_a_person_chose(self):
        drawn = self.drawn()
        self.save(self.mine.image_src)
        self.assertEqual(self.post.website_meta_og_img, self.mine._blog_ai_url())
        self.assertEqual(self.drawn(), drawn, "They may be wanted again.")
        other = self.uploaded("other (1).png")
        self.save(other.image_src)
        self.assertEqual(self.post.website_meta_og_img, other.image_src)

    def test_a_new_title_is_not_drawn_over_it(self):
        self.save(self.mine.image_src)
        files = {one.id: one.raw for one in self.drawn()}
        self.post.with_user(self.writer).name = "Lemons on a balcony"
        self.assertEqual(self.post.website_meta_og_img, self.mine.image_src)
        self.assertEqual({one.id: one.raw for one in self.drawn()}, files)

    def test_a_title_and_a_cover_saved_together(self):
        properties = json.dumps({"background-image": f"url('{self.mine.image_src}')"})
        values = {"name": "Lemons on a balcony", "cover_properties": properties}
        self.post.with_user(self.writer).write(values)
        self.assertEqual(self.post.website_meta_og_img, self.mine.image_src)

    def test_a_pattern_that_was_chosen_before_is_forgotten(self):
        self.post._blog_ai_set_cover(self.env["ir.attachment"], "seed")
        self.assertEqual(self.post.blog_ai_cover_seed, "seed")
        self.assertTrue(self.post._blog_ai_shared_picture())
        self.save(self.mine.image_src)
        self.assertFalse(self.post.blog_ai_cover_seed)
        self.assertFalse(self.post._blog_ai_has_drawn_cover())

    def test_a_late_picture_leaves_what_a_person_did_meanwhile(self):
        secret = self.uploaded("secret.png", public=False)
        note = Message("note.picture", {"name": "Painter"})
        for address in (
            self.mine.image_src,
            secret.image_src,
            "/website_blog/static/src/img/cover_2.jpg",
            "https://elsewhere.example/lemons.jpg",
            "",
        ):
            with self.subTest(address):
                generation = self.written(topic=f"Limes at {address or 'nothing'}")
                post = generation.post_id
                self.assertTrue(post._blog_ai_has_drawn_cover())
                self.save(address, post)
                kept = post.cover_properties, post.website_meta_og_img
                generation._take_picture(file_of(), note)
                self.assertEqual(
                    (post.cover_properties, post.website_meta_og_img), kept
                )
                self.assertFalse(self.picture(post))

    def test_a_late_picture_comes_where_none_could_be_drawn(self):
        with (
            patch.object(outcome.pictures, "draw_cover", side_effect=OSError),
            self.assertLogs(outcome.__name__, "ERROR"),
        ):
            post = self.written(topic="Limes in summer").post_id
        self.assertTrue(post._blog_ai_has_drawn_cover())

    def test_a_late_picture_comes_after_another_size(self):
        self.save(self.present(), resize_class="cover_auto", opacity="0.6")
        self.look()
        self.assertTrue(self.picture(self.post))

    def test_another_size_or_color_changes_nothing_else(self):
        self.post._blog_ai_set_cover(self.env["ir.attachment"], "seed")
        kept = self.post.website_meta_og_img, "seed"
        self.save(self.present(), background_color_class="o_cc5")
        # As a list of posts has it.
        self.save(f"{self.present().strip(chr(34))}?&height=300", opacity="0.6")
        post = self.post
        self.assertEqual((post.website_meta_og_img, post.blog_ai_cover_seed), kept)
        post.name = "Lemons on a balcony"
        shared = post._blog_ai_shared_picture()
        self.assertEqual(shared.description, "Lemons on a balcony")

    def test_a_picture_that_somebody_set_for_networks_stays(self):
        chosen = self.uploaded("networks.png").image_src
        self.post.website_meta_og_img = chosen
        for address in (self.mine.image_src, ""):
            self.save(address)
            self.assertEqual(self.post.website_meta_og_img, chosen)

    def test_the_dialog_of_odoo_may_save_the_same_picture(self):
        """“Optimize SEO” saves the picture that it found with any other change."""
        self.save(self.mine.image_src)
        self.post.website_meta_og_img = f"http://here.example{self.mine.image_src}"
        other = self.uploaded("other.png")
        self.save(other.image_src)
        self.assertEqual(self.post.website_meta_og_img, other.image_src)

    def test_without_a_cover_networks_get_the_drawn_picture(self):
        drawn = self.post.website_meta_og_img
        secret = self.uploaded("secret.png", public=False)
        for address in ("", secret.image_src):
            with self.subTest(address):
                self.save(address)
                self.assertEqual(self.post.website_meta_og_img, drawn)
                self.assertTrue(self.post._blog_ai_shared_picture())
                self.save(self.mine.image_src)
                self.assertEqual(self.post.website_meta_og_img, self.mine.image_src)

    def test_a_cover_of_another_site_is_left_to_odoo(self):
        drawn = self.post.website_meta_og_img
        self.save("https://elsewhere.example/lemons.jpg")
        self.assertFalse(self.post.website_meta_og_img)
        self.save("")
        self.assertEqual(self.post.website_meta_og_img, drawn)
        self.save("https://elsewhere.example/lemons.jpg")
        self.assertFalse(self.post.website_meta_og_img)

    def test_the_drawn_picture_has_the_title_of_now(self):
        drawn = self.post._blog_ai_shared_picture()
        before = drawn.raw
        self.save(self.mine.image_src)
        self.post.name = "Lemons on a balcony"
        self.save("")
        self.assertEqual(self.post._blog_ai_shared_picture(), drawn)
        self.assertEqual(drawn.description, "Lemons on a balcony")
        self.assertNotEqual(drawn.raw, before)
        self.post.name = "Lemons on a terrace"
        self.assertEqual(drawn.description, "Lemons on a terrace")
        self.assertEqual(self.post.website_meta_og_img, drawn._blog_ai_url())

    def test_a_picture_that_is_gone_is_drawn_again(self):
        self.save(self.mine.image_src)
        self.drawn().unlink()
        self.blog.blog_ai_cover = "none"
        self.save("")
        self.assertFalse(self.post.website_meta_og_img)
        self.save(self.mine.image_src)
        self.blog.blog_ai_cover = "drawn"
        self.save("")
        picture = self.post._blog_ai_shared_picture()
        self.assertEqual(picture.description, self.post.name)
        self.assertEqual(Image.open(io.BytesIO(picture.raw)).size, (1200, 630))

    def test_each_of_several_posts_follows(self):
        other = self.written(topic="Limes in summer").post_id
        other.website_meta_og_img = "/web/image/1/mine.png"
        self.save(self.mine.image_src, self.post + other)
        self.assertEqual(self.post.website_meta_og_img, self.mine.image_src)
        self.assertEqual(other.website_meta_og_img, "/web/image/1/mine.png")

    def test_the_language_of_the_editor_does_not_matter(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.save(self.mine.image_src, self.post.with_context(lang="fr_FR"))
        self.assertEqual(self.post.website_meta_og_img, self.mine.image_src)

    def test_a_copy_of_a_post_does_not_show_the_title_of_the_first(self):
        copied = self.post.with_user(self.writer).copy()
        self.save(self.mine.image_src, copied)
        self.assertEqual(copied.website_meta_og_img, self.mine.image_src)
        self.assertTrue(self.post._blog_ai_shared_picture())

    def test_a_post_that_a_person_wrote_is_left_to_odoo(self):
        values = {"name": "By hand", "blog_id": self.blog.id}
        post = self.env["blog.post"].create(values)
        self.save(self.mine.image_src, post)
        self.assertFalse(post.website_meta_og_img)
        post.website_meta_og_img = self.mine.image_src
        self.save(self.uploaded("other.png").image_src, post)
        self.assertEqual(post.website_meta_og_img, self.mine.image_src)

    def test_the_window_shows_it_as_the_present_cover(self):
        self.save(self.mine.image_src)
        generation = self.post.blog_ai_generation_id.with_user(self.writer)
        action = generation.action_choose_cover()
        covers = self.env[action["res_model"]].with_user(self.writer)
        first, *others = covers.search(action["domain"])
        self.assertTrue(first.is_present)
        self.assertEqual(first.with_context(bin_size=False).image, self.mine.datas)
        next(card for card in others if card.seed).action_use()
        self.assertTrue(self.post._blog_ai_shared_picture())
        self.assertTrue(self.post.blog_ai_cover_seed)

    def test_other_writes_read_nothing_more(self):
        self.env.flush_all()
        self.env.invalidate_all()
        counts = []
        for method in (BlogPostCover.write, plain_write):
            with patch.object(BlogPostCover, "write", method):
                self.post.subtitle = "Warm up"
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.post.subtitle = f"Written {len(counts)}"
                self.env.flush_all()
                counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts)


@tagged("post_install", "-at_install")
class TestPageOfEditor(EditedCase, HttpCase):
    def pictures_of_page(self):
        """Return the picture in each place of the page, and the page."""
        page = self.url_open(self.post.website_url).text
        script = r'<script type="application/ld\+json">(.*?)</script>'
        (data,) = re.findall(script, page, re.S)
        found = re.findall(r'"(?:og|twitter):image" content="([^"]*)"', page)
        return found + json.loads(data)["image"], page

    def test_every_place_of_the_page_has_the_picture_that_a_person_chose(self):
        self.save(self.mine.image_src)
        found, page = self.pictures_of_page()
        address = f"{self.post.get_base_url()}{self.mine.image_src}"
        self.assertEqual(found, [address] * 3)
        for name in ('property="og:image:alt"', 'name="twitter:image:alt"'):
            self.assertIn(f'{name} content="{self.post.name}"', page)
        picture = self.url_open(self.post.website_meta_og_img)
        self.assertEqual(picture.headers["Content-Type"], "image/png")

    def test_every_place_has_the_drawn_picture_if_a_person_chose_no_cover(self):
        self.save("")
        found, _page = self.pictures_of_page()
        drawn = self.post._blog_ai_shared_picture()
        address = f"{self.post.get_base_url()}{drawn._blog_ai_url()}"
        self.assertEqual(found, [address] * 3)
        picture = self.url_open(self.post.website_meta_og_img)
        self.assertEqual(picture.headers["Content-Type"], "image/jpeg")
        self.assertEqual(Image.open(io.BytesIO(picture.content)).size, (1200, 630))
