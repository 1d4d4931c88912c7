# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .. import llm
from ..pictures import MODEL
from .common import create_provider
from .cover_case import GeneratedCase


@tagged("post_install", "-at_install")
class TestGeneratedChoice(GeneratedCase):
    """Pictures from which a person chooses in a review."""

    def offered(self, user=None):
        generation = self.generation.with_user(user or self.writer)
        action = generation.action_choose_cover()
        covers = self.env[action["res_model"]].with_user(user or self.writer)
        return covers.search(action["domain"])

    def setUp(self):
        super().setUp()
        self.blog.blog_ai_cover = "drawn"
        self.generation = self.written()

    def button(self):
        return self.offered().filtered(lambda card: card.offers == "generated")

    def made(self):
        button = self.button()
        action = button.action_generate()
        self.answer_to(action["params"], self.writer)
        opened = action["params"]["opens"]
        covers = self.env[opened["res_model"]].with_user(self.writer)
        return covers.search(opened["domain"])

    def test_nothing_is_made_before_somebody_presses_a_button_that_names_the_price(
        self,
    ):
        self.blog.blog_ai_picture_provider_id = self.paid()
        button = self.button()
        self.assertEqual(button.name, "Have Painter make 4 pictures: about 0.2 USD")
        self.assertFalse(self.calls())

    def test_four_are_made_in_one_call_and_nothing_is_changed(self):
        before = self.generation.post_id.cover_properties
        made = self.made()
        self.assertEqual(len(set(made.mapped("image"))), 4)
        self.assertEqual(len(self.calls()), 1)
        self.assertEqual(self.generation.post_id.cover_properties, before)

    def test_the_chosen_one_is_the_cover(self):
        self.made()[2].action_use()
        post = self.generation.post_id
        picture = self.picture(post)
        self.assertEqual(post.website_meta_og_img, picture._blog_ai_url())
        self.assertIn(MODEL.encode(), picture.raw)

    def test_pictures_of_a_generation_that_is_gone_are_billed_and_dropped(self):
        button = self.button()
        protocol = type(llm.PROTOCOLS["offline"])
        draw = protocol.draw

        def deleting(*args):
            self.generation.unlink()
            return draw(*args)

        with patch.object(protocol, "draw", deleting):
            button.action_generate()
        self.assertEqual(self.calls().outcome, "ok")

    def test_a_failure_is_told_to_the_person(self):
        button = self.button()
        error = llm.LLMError("refused", "why")
        with patch.object(llm, "make_pictures", side_effect=error):
            action = button.action_generate()
            with self.assertRaises(UserError):
                self.answer_to(action["params"], self.writer)
        self.assertNotIn("gave no picture", self.generation.repairs or "")

    def test_nobody_else_sees_or_takes_them(self):
        made = self.made()
        other = self.new_editor()
        self.assertFalse(made.with_user(other).search([]))
        with self.assertRaises(AccessError):
            made[0].with_user(other).action_use()

    def test_no_pictures_are_offered_where_nobody_makes_them(self):
        provider = create_provider(
            self.env, "k", name="Writer alone", preset="anthropic"
        )
        self.env.company.blog_ai_provider_id = provider
        self.blog.blog_ai_picture_provider_id = False
        self.assertFalse(self.button())
        reason = self.offered().filtered(lambda card: card.offers == "obstacle")
        self.assertEqual(
            reason.name,
            "Writer alone makes no pictures. Choose another provider of pictures in "
            "the settings of the blog.",
        )
        self.paid()
        reason = self.offered().filtered(lambda card: card.offers == "obstacle")
        self.assertEqual(
            reason.name,
            "Writer alone makes no pictures; to have Painter make them, choose it as "
            "Provider of Pictures on the form of the blog.",
        )
        with self.assertRaisesRegex(ValidationError, "makes no pictures"):
            self.blog.blog_ai_picture_provider_id = provider

    def test_a_provider_of_another_company_makes_no_pictures_here(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.blog.website_id = self.env["website"].search([], limit=1)
        with self.assertRaisesRegex(ValidationError, "Painter"):
            self.blog.blog_ai_picture_provider_id = self.paid(company_id=other.id)

    def painter(self):
        """Return the model for pictures, and the key of what is in the way."""
        _who, model, obstacle = self.blog._blog_ai_painter(self.env.company)
        return model, obstacle and obstacle.key

    def test_a_service_without_a_model_for_pictures_asks_for_one(self):
        values = {"name": "Ours", "preset": "compatible", "model": "m"}
        url = "https://llm.example.com/v1"
        provider = create_provider(self.env, "k", base_url=url, **values)
        self.blog.blog_ai_picture_provider_id = provider
        self.assertEqual(self.painter(), ("", "picture.no_model"))
        self.blog.blog_ai_picture_model = "flux"
        self.assertEqual(self.painter()[0], "flux")

    def test_without_any_provider_nobody_makes_pictures(self):
        self.blog.blog_ai_picture_provider_id = False
        none = self.env["blog.ai.provider"]
        company = self.registry["res.company"]
        self.patch(company, "_blog_ai_default_provider", lambda _company: none)
        self.assertEqual(self.painter(), ("", "provider.none"))
