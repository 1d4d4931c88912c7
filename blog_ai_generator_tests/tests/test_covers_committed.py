# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.blog_ai_generator.pump import ask

from .ask_case import AskCase
from .pump_case import PATIENCE


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestCoversCommitted(AskCase):
    """Pictures that arrive after their post, in the background of a pump."""

    def setUp(self):
        super().setUp()
        # Looks for a cancellation are transactions, too.
        self.startPatcher(patch.object(ask, "LOOK", float(PATIENCE)))

    def test_a_post_is_stored_while_its_picture_is_made_and_no_transaction_is_open(
        self,
    ):
        self.set_blog("generated", model="hold")
        (generation_id,) = self.ask("Bread")
        self.pump()
        self.llm.wait_for_requests(2)
        with self.committed() as env:
            self.assertFalse(self.connections(env)["busy"])
        self.assertEqual(self.cover_of(generation_id)[:2], ("done", "share.jpg"))
        self.llm.release()
        self.settle_asks()
        self.assertEqual(self.cover_of(generation_id)[1], "picture.png")
        self.assertEqual(
            self.calls_of_buttons("kind", "outcome", "generation_id"),
            [("picture", "ok", self.generation(generation_id))],
        )

    def generation(self, generation_id: int):
        with self.committed() as env:
            return env["blog.ai.generation"].browse(generation_id)

    def test_a_photo_of_unsplash_comes_with_its_credit(self):
        self.set_blog("unsplash", "generated")
        self.switch_on_unsplash()
        (generation_id,) = self.ask("Bread", keywords="sourdough")
        self.pump()
        self.settle_asks()
        _state, name, notes = self.cover_of(generation_id)
        self.assertEqual(name, "photo.jpg")
        self.assertIn("a photo by Ada Cloud on Unsplash", notes)
        self.assertFalse(self.calls_of_buttons("kind"))

    def test_without_a_photo_the_next_source_is_asked(self):
        self.set_blog("unsplash", "generated")
        self.switch_on_unsplash("as-photo-none")
        (generation_id,) = self.ask("Bread")
        self.pump()
        self.settle_asks()
        _state, name, notes = self.cover_of(generation_id)
        self.assertEqual(name, "picture.png")
        self.assertIn("Unsplash has no photo for this post", notes)
