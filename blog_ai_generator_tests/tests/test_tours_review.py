# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .. import fixtures
from .common import TourCase

WRITER = "vera"


@tagged("post_install", "-at_install")
class TestToursReview(TourCase):
    """What slots wrote is approved, rejected or just looked at by a person."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = cls.env["website"].get_client_action_url("/")

    def test_a_draft_is_approved_by_its_activity_and_read_by_a_visitor(self):
        topic = "A hedge that feeds birds"
        fixtures.reviewed_slot(self.env, "Hedges", topic, WRITER)
        self.journey("blog_ai_approve_by_activity", WRITER, self.url)
        generation = self.generation(topic)
        self.assertEqual(generation.review_state, "approved")
        self.assertEqual(generation.reviewed_by.login, WRITER)
        self.assertFalse(generation.post_id.activity_ids)

    def test_a_rejected_draft_is_written_again(self):
        topic = "Watering in a dry summer"
        fixtures.reviewed_slot(self.env, "Watering", topic, WRITER)
        self.journey("blog_ai_reject_and_write_again", WRITER, self.url)
        generations = self.generation(topic).sorted("id")
        self.assertEqual(generations.mapped("review_state"), ["rejected", "pending"])
        self.assertEqual(generations.mapped("slot_id.name"), ["Watering"])

    def test_what_a_slot_published_is_listed_until_somebody_opens_it(self):
        topic = "Slugs and how to live with them"
        fixtures.slot_with_topic(self.env, "Slugs", topic, publish=True)
        self.journey("blog_ai_not_looked_at", WRITER, self.url)
        self.assertTrue(self.generation(topic).looked_at)
