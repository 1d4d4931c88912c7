# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from .. import fixtures
from .common import TourCase

WRITER = "vera"


class TestTours(TourCase):
    """What a person does, from the first click to what he sees at the end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = cls.env["website"].get_client_action_url("/")

    def tell(self, name):
        partner = self.env["res.partner"].create(
            {"name": name, "email": f"{name.lower()}@example.com"}
        )
        self.env.company.blog_ai_recipient_ids = partner
        return partner

    def test_a_post_is_written_published_read_and_mailed(self):
        reader = self.tell("Rosa")
        self.journey("blog_ai_write_and_publish", WRITER, self.url)
        post = self.generation("Sourdough without a schedule").post_id
        self.assertTrue(post.is_seo_optimized)
        self.assertEqual(post.create_uid.login, WRITER)
        mail = self.env["mail.mail"].search([("recipient_ids", "=", reader.id)])
        self.assertEqual(len(mail), 1, "One mail for one post")
        self.journey(
            "blog_ai_outbox_holds_mail",
            "admin",
            "/odoo/action-mail.action_view_mail_mail",
        )

    def test_a_draft_is_kept_from_visitors(self):
        self.journey("blog_ai_keep_as_draft", WRITER, self.url)
        post = self.generation("Pruning roses in winter").post_id
        self.assertFalse(post.is_published)

    def test_a_refused_key_is_explained_and_creates_nothing(self):
        fixtures.default_provider_with_wrong_key(self.env, self.server.url)
        self.journey("blog_ai_wrong_key", WRITER, self.url)
        generation = self.generation("Bees on a balcony")
        self.assertEqual(generation.state, "failed")
        self.assertEqual(generation.call_ids.mapped("outcome"), ["authentication"])
        self.assertFalse(generation.post_ids)

    def test_after_the_key_is_fixed_a_retry_writes_the_post(self):
        fixtures.default_provider_with_wrong_key(self.env, self.server.url)
        self.journey("blog_ai_fix_key_and_retry", "admin", self.url)
        generation = self.generation("A pond for dragonflies")
        self.assertEqual(len(generation.post_ids), 1)
        self.assertEqual(
            generation.call_ids.sorted("attempt").mapped("outcome"),
            ["authentication", "ok"],
        )

    def test_two_writers_each_get_their_post(self):
        for login in fixtures.WRITERS:
            self.journey("blog_ai_two_writers", login, self.url)
        topics = ["Compost as Vera makes it", "Compost as Max makes it"]
        generations = self.env["blog.ai.generation"].search([("topic", "in", topics)])
        self.assertEqual(generations.mapped("state"), ["done", "done"])
        self.assertEqual(len(generations.post_ids), 2)

    def test_a_connection_is_tested_good_and_bad(self):
        fixtures.provider(self.env, "Box, wrong key", self.server.url, fixtures.BAD_KEY)
        with self.assertLogs("odoo.http", logging.WARNING):
            self.journey(
                "blog_ai_connection_test",
                "admin",
                "/odoo/action-blog_ai_generator.action_provider",
            )
        calls = self.env["blog.ai.call"].search([("kind", "=", "test")])
        self.assertEqual(sorted(calls.mapped("outcome")), ["authentication", "ok"])
