# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from collections.abc import Callable, Iterator

from odoo.tests import BaseCase

from ..similar_keys import probe, title_keys, whole_words
from .test_similar import OTHER, SAME, is_similar

# Titles and letters of several scripts; some have accents, numbers or no blanks.
TITLES = {
    "abcdefghiklmnorstuy": """
        How to prune roses in spring|Keeping bees on a balcony|Coffee|Step by step by
        Ten questions before you buy a used camera|Budget for small clubs in 2026
        Sourdough without a schedule: what to do with the starter while you are away
    """,
    "abcdefghiklmnorstuäöüß": """
        Bienen auf dem Balkon halten|Größere Räume dämmen|Geschwindigkeitsbegrenzungen
        Haushaltsplanung für kleine Vereine 2026|Nachtzüge durch Europa
    """,
    "abcdeéèàçlmnoprstuv": """
        Élever des abeilles en ville|Comment tailler les rosiers au printemps
        Budget des associations 2026|Choisir une caméra d'occasion
    """,
    "abcdeñáéíóulmnoprst": """
        Cómo podar rosales en primavera|Cuidar abejas en el balcón|Trenes por Europa
    """,
    "abcćdeęlłmnńosśzżź": "Jak przycinać róże wiosną|Staw ważek|Naprawa roweru zimą",
    "abcçdeğıilmnoöprsşuü": "İstanbul'da balkonda arıcılık|Kışın bisiklet tamiri",
    "абвгдежзиклмнопрст": "Как обрезать розы весной|Пчёлы на балконе|Пруд для стрекоз",
    "αβγδεζηθικλμνοπρσ": "Μέλισσες στο μπαλκόνι|Νυχτερινά τρένα στην Ευρώπη",
    "アイウエオ春夏秋冬": "ベランダでミツバチを飼う方法|春にバラを剪定する|予算2026年",
    "春夏秋冬和园艺的": "如何在阳台上养蜜蜂|春天怎样修剪玫瑰|黑麦面包为什么能保存一周",
    "가나다라마바사": "발코니에서 벌을 키우는 방법|호밀빵이 일주일 동안 보관되는 이유",
    "कखगचजतदनपबमरलसािीुेोंँ": "बालकनी में मधुमक्खी पालन|गुलाब की छँटाई कैसे करें|बजट 2026",
    "கசதநபமரலவிீுெோ்": "ரோஜாக்களை எப்போது வெட்டுவது|பால்கனியில் தேனீ வளர்ப்பு",
    "กขคงจชดตนบปมรลวอ": "การเลี้ยงผึ้งบนระเบียง|วิธีตัดแต่งกุหลาบ",
    "ابتثجحدرسع": "تربية النحل على الشرفة|إصلاح الدراجة في الشتاء",
}


class TestSimilarKeys(BaseCase):
    def is_found(self, one: str, other: str) -> bool:
        keys, found = set(title_keys(other)), probe(one)
        return bool(found) and (
            all(keys.intersection(group) for group in found.all_of)
            or bool(keys.intersection(found.contained))
        )

    def test_of_thousands_of_pairs_no_similar_one_is_missed(self):
        similar = 0
        for one, other in pairs():
            if is_similar(one, other):
                similar += 1
                if not self.is_found(one, other) or not self.is_found(other, one):
                    self.fail(f"{one!r} and {other!r} are similar")
        self.assertGreater(similar, 2000)

    def test_what_is_the_same_to_a_reader_is_found(self):
        for one, other in SAME:
            with self.subTest(one):
                self.assertTrue(self.is_found(one, other))
                self.assertTrue(self.is_found(other, one))

    def test_nearly_nothing_else_is_found(self):
        titles = [title for _letters, title in titles_of_all()]
        titles += [title for pair in OTHER for title in pair]
        found = sum(
            self.is_found(one, other) and not is_similar(one, other)
            for one in titles
            for other in titles
        )
        self.assertLess(found, 2 * len(titles))

    def test_other_numbers_are_other_keys(self):
        self.assertFalse({*title_keys("Budget 2026")} & {*title_keys("Budget 2027")})

    def test_a_title_without_words_resembles_nothing(self):
        self.assertIsNone(probe("…?!"))
        self.assertEqual(title_keys("…?!"), [])
        self.assertEqual(whole_words("…?!"), [])

    def test_keys_are_the_same_in_each_process(self):
        # They are stored: other ones would have to be computed anew by a migration.
        self.assertEqual(whole_words("Tea, “TEA” and tea"), [777029357])

    def test_a_long_topic_has_few_enough_keys(self):
        words = [f"{letter}{other}topic" for letter in "abcdefgh" for other in "xyzuvw"]
        title = " ".join(words)
        self.assertLess(len(title_keys(title)), 800)
        self.assertLess(sum(map(len, probe(title).all_of)), 2000)
        self.assertLess(len(probe(title).contained), 10000)


def titles_of_all() -> Iterator[tuple[str, str]]:
    for letters, lines in TITLES.items():
        for line in lines.strip().splitlines():
            for title in line.split("|"):
                yield letters, title.strip()


def pairs() -> Iterator[tuple[str, str]]:
    """Yield titles with a variant that differs as people's titles do."""
    chance = random.Random(1)
    for letters, title in titles_of_all():
        for change in changes(chance, letters):
            for _again in range(6):
                yield title, change(title)


def changes(chance: random.Random, letters: str) -> list[Callable[[str], str]]:
    def place(text: str) -> int:
        return chance.randrange(len(text))

    def other_letter(text: str) -> str:
        at = place(text)
        return text[:at] + chance.choice(letters) + text[at + 1 :]

    def letter_less(text: str) -> str:
        at = place(text)
        return text[:at] + text[at + 1 :]

    def letter_more(text: str) -> str:
        at = place(text)
        return text[:at] + chance.choice(letters) + text[at:]

    def letters_swapped(text: str) -> str:
        at = place(text)
        return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]

    def shuffled(text: str) -> str:
        words = text.split()
        chance.shuffle(words)
        return " ".join(words)

    def word_less(text: str) -> str:
        words = text.split()
        words.pop(place(words))
        return " ".join(words) or text

    def ending(text: str) -> str:
        words = text.split()
        words[place(words)] += "".join(chance.sample(letters, 2))
        return " ".join(words)

    def subtitle(text: str) -> str:
        return f"{text}: {chance.choice(list(titles_of_all()))[1]}"

    return [
        str.upper,
        str.lower,
        "«{}»!".format,
        "{} 7".format,
        other_letter,
        letter_less,
        letter_more,
        letters_swapped,
        shuffled,
        word_less,
        ending,
        subtitle,
        lambda text: shuffled(other_letter(text)),
        lambda text: ending(letter_less(text)),
        lambda text: word_less(subtitle(text)),
    ]
