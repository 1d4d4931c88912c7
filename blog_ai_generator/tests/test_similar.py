# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import BaseCase

from ..similar import find_similar

SAME = [
    ("Sourdough without a schedule", "SOURDOUGH, without a schedule!"),
    (
        "Sourdough without a schedule",
        "Sourdough without a schedule: a practical guide",
    ),
    ("Élever des abeilles en ville", "elever des abeilles dans la ville"),
    ("Repair your bicycle in winter", "In winter, repair your bicycles"),
    ("How to prune roses", "Pruning roses: how to"),
    ("Keeping bees on a balcony", "Keeping bees on the balcony"),
    ("Bienen auf dem Balkon halten", "Bienen halten auf dem Balkon"),
    ("Sourdoh without schedule", "Sourdough without a schedule"),
    ("गुलाब की छँटाई कैसे करें", "गुलाबों की छँटाई कैसे करें"),
]
OTHER = [
    ("Apple variety 1", "Apple variety 2"),
    ("Budget 2026", "Budget 2027"),
    ("How to prune roses", "How to prune apple trees"),
    ("Compost as Vera makes it", "Compost as Max makes it"),
    ("A pond for dragonflies", "A pond for frogs"),
    ("Our new office in Berlin", "Our new office in Paris"),
    ("Summer opening hours", "Winter opening hours"),
    ("Why our workshop repairs bicycles", "Why our workshop sells bicycles"),
    ("Coffee", "Tea"),
    ("दाल", "दिल"),
    ("अंग्रेज़ी", "पुरानी अंग्रेज़ी"),
    ("தேன்", "தீன்"),
    ("👨\u200d👩\u200d👧", "❤\ufe0f 👩\u200d🍳"),
    ("วิธีชงกาแฟ", "วิธีชงชา"),
    ("", ""),
]


def is_similar(one, other):
    return find_similar(one, [(True, other)]) is not None


class TestSimilar(BaseCase):
    def test_rewordings_are_the_same(self):
        for one, other in SAME:
            with self.subTest(one):
                self.assertTrue(is_similar(one, other))
                self.assertTrue(is_similar(other, one))

    def test_neighbours_are_not(self):
        for one, other in OTHER:
            with self.subTest(one):
                self.assertFalse(is_similar(one, other))

    def test_the_very_title_is_named_before_any_other_then_the_best(self):
        rye = "Why rye bread keeps for a week"
        titles = [("a", f"{rye}: a guide"), ("b", "WHY rye bread keeps for a week!")]
        self.assertEqual(find_similar(rye, titles), "b")
        self.assertEqual(find_similar(rye, [*titles, ("c", rye)]), "c")
        self.assertEqual(find_similar(rye, [("d", "Wy rye bread keeps"), *titles]), "b")

    def test_the_first_one_that_resembles_is_named(self):
        titles = [("a", "Tea"), ("b", "Pruning roses: how to"), ("c", "Prune roses")]
        self.assertEqual(find_similar("How to prune roses", titles), "b")
        self.assertIsNone(find_similar("A pond for frogs", titles))
