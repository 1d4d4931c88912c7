# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The part of a text that must be in a language for there to be no doubt of it."""

from odoo.addons.blog_ai_generator.llm.detection import check_language, other_language
from odoo.addons.blog_ai_generator.llm.errors import LLMError
from odoo.addons.blog_ai_generator.llm.profiles import TRADITIONAL, WORDS

from .fixtures_llm import LLMCase
from .fixtures_llm.words import unknown_words

ENGLISH = sorted(word for word in WORDS["en"] - WORDS["de"] if len(word) > 2)
SHORT_ENGLISH = sorted(word for word in WORDS["en"] - WORDS["de"] if len(word) == 2)
GERMAN = sorted(word for word in WORDS["de"] - WORDS["en"] if len(word) > 2)


class TestDoubtOfLanguage(LLMCase):
    def test_a_fifth_of_kana_makes_a_text_japanese(self):
        german = " ".join((GERMAN * 9)[:80])
        for characters, found in ((40, "de"), (42, "")):
            with self.subTest(characters):
                text = german + " " + "\u3042" * characters
                self.assertEqual(other_language(text, "ja_JP"), found)

    def test_a_tenth_of_small_words_tells_the_language_of_25_words(self):
        words = [*ENGLISH[:3], *unknown_words(21)]
        self.assertEqual(other_language(" ".join(words), "ja_JP", 5), "Latn")
        words.append("zoq")
        self.assertEqual(other_language(" ".join(words), "ja_JP", 5), "en")
        none = " ".join(unknown_words(25))
        self.assertEqual(other_language(none, "ja_JP", 5), "Latn")

    def test_four_words_to_one_leave_the_language_in_doubt(self):
        for ours, found in ((3, ""), (2, "en")):
            words = [*ENGLISH[:12], *GERMAN[:ours], *unknown_words(25)]
            with self.subTest(ours):
                self.assertEqual(other_language(" ".join(words), "de_DE"), found)

    def test_five_words_to_one_leave_the_language_of_a_short_text_in_doubt(self):
        for ours, found in ((2, ""), (1, "en")):
            words = [*ENGLISH[:10], *GERMAN[:ours], *unknown_words(8)]
            with self.subTest(ours):
                self.assertEqual(other_language(" ".join(words), "de_DE", 5), found)

    def test_a_fifth_of_small_words_tells_the_language_of_a_short_text(self):
        for known, found in ((4, ""), (5, "en")):
            words = [*ENGLISH[:known], *unknown_words(20 - known)]
            with self.subTest(known):
                self.assertEqual(other_language(" ".join(words), "de_DE", 5), found)

    def test_three_words_in_five_tell_the_language_of_a_title(self):
        for known, found in ((2, ""), (3, "en")):
            words = [*ENGLISH[:known], *unknown_words(5 - known)]
            with self.subTest(known):
                self.assertEqual(other_language(" ".join(words), "de_DE", 5), found)
        self.assertEqual(other_language(" ".join(words), "de_DE", 6), "")

    def test_the_language_of_most_parts_is_named(self):
        french = sorted(WORDS["fr"] - WORDS["de"] - WORDS["en"])
        parts = [" ".join(words[:90]) for words in (french, ENGLISH * 2)]
        german = " ".join((GERMAN * 9)[:600])
        text = "\n\n## Roofs\n\n".join([german, parts[0][:300], parts[1], german])
        with self.assertRaises(LLMError) as caught:
            check_language(text, "de_DE")
        self.assertEqual(caught.exception.values["found"], "en")

    def test_three_small_words_tell_the_language_of_a_title_two_do_not(self):
        for known, found in ((2, "Latn"), (3, "en")):
            words = [*ENGLISH[:known], *unknown_words(12 - known)]
            with self.subTest(known):
                self.assertEqual(other_language(" ".join(words), "ja_JP", 5), found)

    def test_short_paragraphs_are_judged_with_those_around_them(self):
        paragraphs = [" ".join(GERMAN[:20]), " ".join(ENGLISH[:9])] * 3
        check_language("\n\n".join(paragraphs), "de_DE")

    def test_words_of_two_letters_tell_a_language_too(self):
        words = [*SHORT_ENGLISH[:8], *unknown_words(20)]
        self.assertEqual(other_language(" ".join(words), "de_DE"), "en")

    def test_three_signs_tell_how_chinese_is_written(self):
        signs = sorted(TRADITIONAL)
        for count, others, found in ((2, 12, ""), (3, 12, "zh_TW"), (3, 97, "")):
            with self.subTest(count=count, others=others):
                text = "".join(signs[:count]) + "\u5c71" * others
                self.assertEqual(other_language(text, "zh_CN", 5), found)

    def test_a_text_half_of_chinese_signs_may_be_japanese(self):
        signs = "\u7684\u662f" + "\u5c71" * 18
        names = " ".join(unknown_words(10))
        self.assertEqual(other_language(f"{signs} {names}", "ja_JP", 5), "")
        self.assertEqual(other_language(signs, "ja_JP", 5), "zh")
