# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form, tagged

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestLanguageOff(BlogAiCase):
    """A language that is switched off while a post is written in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.german = cls.env["res.lang"]._activate_lang("de_DE")

    def switch_off(self):
        self.german.active = False

    def approve(self, generation):
        generation = generation.with_user(self.writer)
        action = generation.action_approve()
        wizard = self.env[action["res_model"]].with_user(self.writer)
        Form(wizard.with_context(**action["context"])).save().action_approve()

    def test_the_paid_answer_is_kept_as_a_draft(self):
        generation = self.ask(lang="de_DE", publish=True, recipient_ids=self.reader.ids)
        self.attempt(generation, meanwhile=self.switch_off)
        self.assertEqual(generation.state, "done")
        self.assertFalse(generation.post_id.is_published)
        self.assertTrue(generation.post_id.content)
        self.assertEqual(generation.lang, "en_US")
        self.assertEqual(generation.review_state, "pending")
        self.assertIn("German was switched off", generation.repairs)

    def test_its_draft_can_be_approved(self):
        generation = self.ask(lang="de_DE")
        self.attempt(generation, meanwhile=self.switch_off)
        self.approve(generation)
        self.assertTrue(generation.post_id.is_published)

    def test_a_draft_whose_language_is_switched_off_later_can_be_approved(self):
        generation = self.ask(lang="de_DE", reviewer_id=self.writer.id)
        self.attempt(generation)
        self.switch_off()
        self.approve(generation)
        self.assertTrue(generation.post_id.is_published)
