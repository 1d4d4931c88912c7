# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from itertools import combinations
from unittest.mock import patch

from PIL import Image

from odoo.tests import BaseCase

from ..pictures import (
    ALGORITHM,
    HEIGHT,
    MODEL,
    WIDTH,
    Style,
    best_pictures,
    colors,
    cover,
    draw_backdrop,
    draw_cover,
    fonts,
    lines,
    patterns,
    with_source_type,
)

STYLE = Style("", 1, "Our blog")


def opened(raw: bytes) -> Image.Image:
    return Image.open(io.BytesIO(raw))


def saved(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, kind)
    return file.getvalue()


def xmp_of(raw: bytes) -> str:
    picture = opened(raw)
    return str([getattr(picture, "applist", ()), picture.info])


class TestCoverDrawing(BaseCase):
    def test_both_pictures_have_the_size_that_networks_show_in_full(self):
        for raw in draw_cover("Lemons in pots", STYLE):
            self.assertEqual(opened(raw).size, (WIDTH, HEIGHT))
            self.assertEqual(opened(raw).format, "JPEG")

    def test_the_same_title_draws_the_same_picture_and_another_one_another(self):
        first = draw_cover("Lemons in pots", STYLE)
        self.assertEqual(first, draw_cover("Lemons in pots", STYLE))
        self.assertNotEqual(first.plain, draw_cover("Winter bicycles", STYLE).plain)
        other = draw_cover("Lemons in pots", STYLE, seed="again")
        self.assertNotEqual(first.plain, other.plain)

    def test_what_is_drawn_ahead_is_not_drawn_again_and_looks_the_same(self):
        at_once = draw_cover("Lemons in pots", STYLE, seed="ahead")
        cover._backdrop.cache_clear()
        draw_backdrop(STYLE, "ahead")
        with patch.object(cover, "draw_pattern", side_effect=AssertionError):
            self.assertEqual(draw_cover("Lemons in pots", STYLE, "ahead"), at_once)

    def test_the_color_of_the_blog_is_that_of_the_picture(self):
        red = draw_cover("Lemons", Style("#aa0000", 1, "Our blog")).plain
        mean = opened(red).resize((1, 1)).getpixel((0, 0))
        self.assertEqual(max(mean), mean[0])

    def test_white_words_can_be_read_on_every_shade_of_every_color(self):
        given = ("#ffffff", "#ffff00", "#00ff00", "#000000", "#808080", "#ff8800")
        for color in (*given, *colors.OWN):
            for shade in colors.palette(colors.parsed(color)):
                with self.subTest(color=color, shade=shade):
                    contrast = colors.contrast_with_white(shade)
                    self.assertGreaterEqual(contrast, colors.CONTRAST)

    def test_every_smoothed_edge_is_known_by_its_two_tints_and_their_shares(self):
        means = [
            (one * (4 - part) + other * part + 2) // 4
            for one, other in combinations(patterns.GREYS, 2)
            for part in range(1, 4)
        ]
        self.assertEqual(len({*means, *patterns.GREYS}), len(means) + 6)

    def test_an_edge_has_colors_between_those_of_its_two_sides(self):
        drawn = Image.new("L", (4, 2), patterns.GREYS[0])
        drawn.paste(patterns.GREYS[3], (0, 0, 1, 2))
        small, base = drawn.reduce(2), colors.parsed("#1d4ed8")
        small = patterns.colored(small, base)
        edge, ground = (small.getpixel((x, 0)) for x in range(2))
        one, *_others, other = colors.palette(base)[:4]
        self.assertEqual(ground, one)
        mixtures = colors.mixed(one, other, 0.5), colors.mixed(other, one, 0.5)
        self.assertIn(edge, mixtures)

    def test_titles_in_the_scripts_that_odoo_has_fonts_for_are_drawn(self):
        titles = {
            "Latin": "Été à la plage: Łódź, Đà Nẵng",
            "Cyrillic": "Как ухаживать за велосипедом",
            "Greek": "Ποδήλατο τον χειμώνα",
        }
        if fonts.has_raqm():
            titles["Arabic"] = "كيف تعتني بدراجتك"
        with patch.object(fonts, "_machine_fonts", tuple):
            for script, title in titles.items():
                with self.subTest(script):
                    cover = draw_cover(title, STYLE)
                    self.assertNotEqual(cover.plain, cover.titled)

    def test_without_a_font_for_the_title_the_picture_has_no_boxes_for_words(self):
        fonts._remembered.clear()
        with patch.object(fonts, "_machine_fonts", tuple):
            cover = draw_cover("冬の自転車を長持ちさせる方法", STYLE)
        self.assertEqual(cover.plain, cover.titled)

    def test_a_title_of_any_shape_is_drawn(self):
        for title in ("🚲", "?", "x" * 300, "word " * 120, "a\u0301" * 90, "\u202e\0"):
            with self.subTest(title=title):
                draw_cover(title, Style("no color", -3, title))


class TestLines(BaseCase):
    def broken(self, text: str, width: int):
        """Break a text with letters that are one unit wide."""
        return lines.broken(text, width, len)

    def test_words_stay_whole_where_they_fit(self):
        self.assertEqual(self.broken("one two three", 7), ["one two", "three"])

    def test_a_word_that_is_too_long_is_broken(self):
        self.assertEqual(self.broken("abcdefgh ij", 5), ["abcde", "fgh", "ij"])

    def test_scripts_without_blanks_break_anywhere_but_before_a_full_stop(self):
        self.assertEqual(self.broken("冬の自転車。春", 5), ["冬の自転", "車。春"])

    def test_a_smaller_size_is_taken_before_a_word_is_broken(self):
        size, found = lines.fitted(
            "Donaudampfschiff", 900, lambda s: lambda t: s * len(t)
        )
        self.assertEqual((size, found), (54, ["Donaudampfschiff"]))

    def test_what_fits_in_no_size_is_cut(self):
        size, found = lines.fitted("word " * 99, 400, lambda s: lambda t: s * len(t))
        self.assertEqual((size, len(found)), lines.SIZES[-1])
        self.assertTrue(found[-1].endswith("…"))


class TestSourceType(BaseCase):
    def test_a_drawn_cover_says_that_a_program_drew_it(self):
        for raw in draw_cover("Lemons", STYLE):
            self.assertIn(ALGORITHM, xmp_of(raw))

    def test_a_picture_without_a_source_type_gets_one_and_can_be_read(self):
        for kind in ("JPEG", "PNG"):
            with self.subTest(kind):
                raw = with_source_type(saved(kind), MODEL)
                self.assertIn(MODEL, xmp_of(raw))
                opened(raw).load()

    def test_a_picture_with_xmp_or_a_manifest_is_kept_as_it_came(self):
        marked = with_source_type(saved("JPEG"), MODEL)
        self.assertEqual(with_source_type(marked, ALGORITHM), marked)
        manifest = saved("PNG") + b"\0\0\0\0jumbc2pa"
        self.assertEqual(with_source_type(manifest, MODEL), manifest)

    def test_another_kind_of_file_is_kept_as_it_came(self):
        webp = b"RIFF\x04\0\0\0WEBP"
        self.assertEqual(with_source_type(webp, MODEL), webp)


class TestLibrary(BaseCase):
    def test_a_word_of_a_tag_or_two_of_the_title_are_enough(self):
        names = ["IMG_2044.jpg", "red-bicycle.png", "winter_road.jpg A road in winter"]
        self.assertEqual(best_pictures("Bicycles", ["cycling", "winter"], names), [2])
        self.assertEqual(best_pictures("Roads in winter", [], names), [2])
        self.assertEqual(best_pictures("My bicycle", ["Bicycles"], names), [1])

    def test_no_picture_is_better_than_one_that_has_nothing_to_do_with_it(self):
        names = ["IMG_2044.jpg", "photo of the winter.png", ""]
        self.assertEqual(best_pictures("Image of winter", ["photo"], names), [])
        self.assertEqual(best_pictures("", [], []), [])

    def test_case_accents_and_endings_do_not_matter(self):
        self.assertEqual(best_pictures("", ["Fenêtres"], ["FENETRE.jpg"]), [0])
