# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from pathlib import Path

from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from odoo.addons.blog_ai_generator import networks

from .common import BlogAiCase

STATIC = Path(__file__).parents[1] / "static"
VECTORS = STATIC / "tests/networks/vectors.json"


class TestNetworks(BaseCase):
    def test_texts_are_as_long_as_each_network_says(self):
        vectors = json.loads(VECTORS.read_text(encoding="utf-8"))["vectors"]
        self.assertGreater(len(vectors), 100)
        for vector in vectors:
            with self.subTest(network=vector["network"], why=vector["why"]):
                measured = networks.measure(
                    vector["network"],
                    vector["text"] * vector.get("times", 1),
                    vector.get("link", ""),
                    vector.get("limit"),
                )
                self.assertEqual(measured.length, vector["length"])
                self.assertEqual(measured.excess, vector["excess"])
                is_valid = vector.get("valid", not vector["excess"])
                self.assertEqual(measured.is_valid, is_valid)

    def test_what_is_cut_makes_the_text_fit(self):
        family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
        for part in ("a", "字", "e\u0301", family, "क्ष"):
            for network in networks.RULES:
                with self.subTest(network=network, part=part):
                    link = "https://example.com/blog"
                    measured = networks.measure(network, part * 4000, link)
                    kept = part * (4000 - measured.excess)
                    self.assertTrue(networks.measure(network, kept, link).is_valid)
                    longer = networks.measure(network, kept + part, link)
                    self.assertEqual(longer.excess, 1)

    def test_half_a_surrogate_pair_is_measured_too(self):
        for network in networks.RULES:
            self.assertEqual(networks.measure(network, "a\ud83d").excess, 0)

    def test_a_link_goes_on_a_line_of_its_own(self):
        link = "https://example.com"
        self.assertEqual(networks.shared_text("Lemons", link), f"Lemons\n{link}")
        self.assertEqual(networks.shared_text("Lemons"), "Lemons")
        self.assertEqual(networks.shared_text("", link), link)

    def test_an_address_is_sent_in_the_form_that_each_network_links(self):
        plain = "https://example.com/blog/lemons-1/peel-7?a=b&c=(d)#e"
        # Title of the post, and the end of its address in ASCII.
        for title, encoded in (
            ("ガイド", "%E3%82%AC%E3%82%A4%E3%83%89"),
            ("指南", "%E6%8C%87%E5%8D%97"),
            ("꿀벌", "%EA%BF%80%EB%B2%8C"),
            ("शहर", "%E0%A4%B6%E0%A4%B9%E0%A4%B0"),
            ("เมอง", "%E0%B9%80%E0%B8%A1%E0%B8%AD%E0%B8%87"),
            ("πολη", "%CF%80%CE%BF%CE%BB%CE%B7"),
            ("пчелы", "%D0%BF%D1%87%D0%B5%D0%BB%D1%8B"),
            ("straße", "stra%C3%9Fe"),
            ("peel", "peel"),
        ):
            host = "https://bücher.example"
            address, sent = f"{host}/{title}-7", f"{host}/{encoded}-7"
            for network in ("x", "mastodon", "linkedin"):
                with self.subTest(network=network, title=title):
                    self.assertEqual(networks.shared_link(network, address), sent)
                    self.assertEqual(networks.shared_link(network, sent), sent)
                    self.assertEqual(networks.shared_link(network, plain), plain)
            self.assertEqual(networks.shared_link("bluesky", address), address)


@tagged("post_install", "-at_install")
class TestSocialCopy(BlogAiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.post = cls.env["blog.post"].create(
            {"name": "Lemons", "blog_id": cls.blog.id}
        )
        cls.env["ir.config_parameter"].set_param("web.base.url", "https://example.com")

    def copy_for(self, network, text):
        return self.env["blog.post.social"].create(
            {"post_id": self.post.id, "network": network, "text": text}
        )

    def test_copy_is_counted_with_the_link_of_its_post(self):
        copy = self.copy_for("bluesky", "Lemons")
        self.assertEqual(copy.link, f"https://example.com/r/{copy.code}")
        self.assertEqual(copy.length, len(f"Lemons\n{copy.link}"))
        self.assertEqual((copy.limit, copy.excess, copy.is_too_long), (300, 0, False))

    def test_address_of_a_japanese_title_is_percent_encoded_and_counts_23_on_x(self):
        self.post.name = "都会のミツバチ"
        copy = self.copy_for("x", "Lemons")
        # The text was made before there were short links.
        copy.code = False
        slug = "%E9%83%BD%E4%BC%9A%E3%81%AE%E3%83%9F%E3%83%84%E3%83%8F%E3%83%81"
        self.assertIn(f"/{slug}-{self.post.id}", copy.link)
        self.assertEqual(copy.length, len("Lemons\n") + 23)
        copy = self.copy_for("bluesky", "Lemons")
        copy.code = False
        self.assertEqual(copy.link, self.post.website_absolute_url)
        self.assertEqual(copy.length, len(f"Lemons\n{copy.link}"))

    def test_copy_that_is_too_long_says_how_much_to_cut(self):
        copy = self.copy_for("x", "a" * 260)
        self.assertEqual((copy.length, copy.excess), (284, 4))
        self.assertTrue(copy.is_too_long)
        copy.text = "a" * 256
        self.assertFalse(copy.is_too_long)

    def test_copy_that_no_network_takes_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "for LinkedIn .* Shorten it"):
            self.copy_for("linkedin", "a" * 10_001)

    def test_characters_that_nobody_sees_and_x_refuses_are_removed(self):
        copy = self.copy_for("x", "Le\ufeffmons\0")
        self.assertEqual(copy.text, "Lemons")
        copy.text = "Po\uffffts\ufffe"
        self.assertEqual(copy.text, "Pots")

    def test_a_new_line_knows_the_link_before_it_is_saved(self):
        copy = self.env["blog.post.social"].new(
            {"post_id": self.env["blog.post"].new(origin=self.post), "network": "x"}
        )
        self.assertEqual(copy.link, self.post.website_absolute_url)
        self.assertEqual(copy.limit, 280)

    def test_a_new_post_has_no_link_yet(self):
        post = self.env["blog.post"].new({"blog_id": self.blog.id})
        copy = self.env["blog.post.social"].new(
            {"post_id": post, "network": "x", "text": "Lemons"}
        )
        self.assertFalse(copy.link)
        self.assertEqual(copy.length, 6)

    @mute_logger("odoo.sql_db")
    def test_a_network_has_one_copy_a_post(self):
        self.copy_for("x", "Lemons")
        with self.assertRaisesRegex(Exception, "one_a_network"):
            self.copy_for("x", "Pots")
