# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Titles that are judged otherwise than by the build 386040e, and why.

Of the 2,841 pairs, those of ``test_similar_keys`` and of ``OTHER``, these 78 are. All
have words in Devanagari or Tamil: that build took vowel signs for the ends of words.
"""

import json
from hashlib import sha256
from pathlib import Path

from odoo.tests import BaseCase

from .test_similar import OTHER, is_similar
from .test_similar_keys import pairs

PATH = Path(__file__).with_name("similar_differences.json")
# The verdicts of 386040e on all pairs, "1" if they are similar and else "0".
BEFORE = "0dcb2896be79564d"


class TestSimilarDifferences(BaseCase):
    def setUp(self):
        super().setUp()
        self.groups = json.loads(PATH.read_text("utf-8"))

    def test_each_difference_is_as_it_is_listed(self):
        for group in self.groups:
            for one, other in group["pairs"]:
                with self.subTest(why=group["why"], one=one, other=other):
                    self.assertEqual(is_similar(one, other), group["similar"])

    def test_there_is_no_other_difference(self):
        listed = {tuple(pair) for group in self.groups for pair in group["pairs"]}
        tried = [*dict.fromkeys([*pairs(), *OTHER])]
        self.assertEqual((len(tried), len(listed)), (2841, 78))
        before = "".join(
            str(int(is_similar(*pair) != (pair in listed))) for pair in tried
        )
        self.assertEqual(sha256(before.encode()).hexdigest()[: len(BEFORE)], BEFORE)
