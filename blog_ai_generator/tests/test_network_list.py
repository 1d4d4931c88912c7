# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from pathlib import Path

from odoo.tests import BaseCase, tagged

from .. import llm, networks
from ..llm.sample import SOCIAL
from ..llm.sample_posts import POSTS
from ..llm.social_networks import NETWORKS

STATIC = Path(__file__).parents[1] / "static"
SHARED = json.loads((STATIC / "tests/networks/vectors.json").read_text("utf-8"))


@tagged("post_install", "-at_install")
class TestNetworkList(BaseCase):
    """Each place that must know all networks knows those of the list.

    The places in JavaScript are compared with the same vectors by
    ``static/tests/networks/``.
    """

    def test_every_network_is_counted(self):
        self.assertEqual([*networks.RULES], [*NETWORKS])

    def test_every_network_has_vectors_of_its_length_and_its_page(self):
        for part in ("vectors", "pages"):
            found = {vector["network"] for vector in SHARED[part]}
            self.assertEqual(found, {*NETWORKS}, part)

    def test_every_network_opens_its_page(self):
        for page in SHARED["pages"]:
            with self.subTest(page["network"]):
                address = networks.share_url(
                    page["network"], page["text"], page["link"], page.get("server", "")
                )
                self.assertEqual(address, page["address"])

    def test_every_network_leaves_room_for_a_link(self):
        for key, network in NETWORKS.items():
            with self.subTest(key):
                text, link = "a" * network.limit, "https://example.com/r/abc"
                self.assertTrue(networks.measure(key, text, link).is_valid)
                self.assertLess(network.asked, network.limit)

    def test_every_network_has_sample_copy(self):
        self.assertEqual(SOCIAL.keys(), NETWORKS.keys())
        for post in POSTS:
            self.assertEqual(post.social.keys(), NETWORKS.keys(), post.title)

    def test_every_network_is_a_field_that_notes_can_name(self):
        for key in NETWORKS:
            self.assertIn(f"social.{key}", llm.FIELDS)
