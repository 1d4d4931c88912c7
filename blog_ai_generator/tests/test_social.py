# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.messages import Message
from odoo.addons.blog_ai_generator.pump import Answered, Failure

from .social_case import SocialCase


@tagged("post_install", "-at_install")
class TestMastodonServer(SocialCase):
    def test_copy_is_counted_by_the_limit_of_the_companys_server(self):
        post = self.written()
        copy = self.copy_of(post, "mastodon")
        copy.text = "a" * 900
        self.assertEqual((copy.limit, copy.is_too_long), (500, True))
        with Form(self.env["res.config.settings"]) as settings:
            settings.blog_ai_mastodon_server = "https://Pots.example/@garden"
            settings.blog_ai_mastodon_limit = 1000
        settings.record.execute()
        copy.invalidate_recordset()
        self.assertEqual((copy.limit, copy.is_too_long), (1000, False))
        self.assertEqual(copy.server, "pots.example")
        self.assertEqual(self.copy_of(post, "x").limit, 280)
        self.assertFalse(self.copy_of(post, "x").server)

    def test_each_company_has_its_own_server(self):
        company = self.env["res.company"].create(
            {"name": "Second", "blog_ai_mastodon_limit": 5000}
        )
        website = self.env["website"].create(
            {"name": "Second", "company_id": company.id}
        )
        theirs = self.written(blog_id=self.blog.copy({"website_id": website.id}).id)
        self.assertEqual(self.copy_of(theirs, "mastodon").limit, 5000)
        ours = self.written(topic="Figs on a wall")
        self.assertEqual(self.copy_of(ours, "mastodon").limit, 500)

    def test_a_limit_that_no_server_has_is_refused(self):
        for limit in (0, -1, 99, 100_001):
            with self.assertRaisesRegex(ValidationError, "Enter your server's limit"):
                self.env.company.blog_ai_mastodon_limit = limit

    def test_a_server_must_be_a_name(self):
        for name in ("mastodon", "a b.example", "a.example/x", "javascript:alert(1)"):
            with self.assertRaisesRegex(ValidationError, "is not a server name"):
                self.env.company.blog_ai_mastodon_server = name


@tagged("post_install", "-at_install")
class TestEditedCopy(SocialCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.slot = cls.env["blog.ai.slot"].create(
            {
                "blog_id": cls.blog.id,
                "provider_id": cls.offline.id,
                "lang": "en_US",
                "reviewer_id": cls.writer.id,
            }
        )

    def draft(self):
        return self.written(
            slot_id=self.slot.id, slot_day=date.today(), reviewer_id=self.writer.id
        )

    def edit(self, post, network="x", text="Mine"):
        copy = self.copy_of(post, network)
        copy.with_user(self.writer).text = text
        return copy

    def reject_form(self, post):
        wizards = self.env["blog.ai.reject"].with_user(self.writer)
        form = Form(
            wizards.with_context(default_generation_id=post.blog_ai_generation_id.id)
        )
        form.reason = "Too vague."
        return form

    def test_generated_copy_fits_its_network_with_any_link(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.base.url", f"https://{'garden.' * 25}example")
        generation = self.ask()
        self.attempt(generation)
        copies = generation.post_id.social_ids
        self.assertFalse(copies.filtered("is_too_long"))
        self.assertTrue(self.copy_of(generation.post_id, "bluesky").text.endswith("…"))
        self.assertIn("The text for Bluesky was too long", generation.repairs)
        self.assertFalse(copies.filtered("is_edited"))

    def test_what_a_person_changed_is_known(self):
        post = self.draft()
        copy = self.edit(post)
        added = (
            self.env["blog.post.social"]
            .with_user(self.writer)
            .create(
                {
                    "post_id": self.written(topic="Figs on a wall").copy().id,
                    "network": "x",
                    "text": "Figs",
                }
            )
        )
        self.assertTrue(copy.is_edited and added.is_edited)
        self.assertFalse((post.social_ids - copy).filtered("is_edited"))

    def test_rejecting_says_which_edits_the_new_post_will_not_have(self):
        post = self.draft()
        self.assertFalse(self.reject_form(post).edited_copy)
        self.edit(post)
        self.edit(post, "linkedin")
        self.assertIn(
            "edited by hand (X, LinkedIn)", self.reject_form(post).edited_copy
        )

    def test_a_rejected_draft_keeps_its_edited_copy_within_reach(self):
        post = self.draft()
        copy = self.edit(post)
        action = self.reject_form(post).save().action_reject()
        again = self.env["blog.ai.generation"].browse(action["res_id"])
        self.attempt(again)
        self.assertEqual(copy.text, "Mine")
        self.assertNotEqual(self.copy_of(again.post_id, "x").text, "Mine")
        first = post.blog_ai_generation_id.with_user(self.writer)
        action = first.action_open_rejected()
        self.assertEqual((action["res_model"], action["res_id"]), (post._name, post.id))

    def test_opening_a_rejected_draft_that_was_deleted_is_explained(self):
        post = self.draft()
        self.reject_form(post).save().action_reject()
        generation = post.blog_ai_generation_id
        post.unlink()
        with self.assertRaisesRegex(UserError, "The post was deleted"):
            generation.action_open_rejected()

    def test_a_retry_leaves_the_copy_of_a_written_post_alone(self):
        post = self.draft()
        copy = self.edit(post)
        generation = post.blog_ai_generation_id
        failed = self.ask("Figs on a wall")
        self.attempt(failed, Failure("quota", Message("quota")))
        (generation + failed).with_user(self.writer).action_retry()
        self.assertEqual((generation.state, failed.state), ("done", "queued"))
        self.attempt(failed)
        self.assertEqual(copy.text, "Mine")
        self.assertEqual(generation.post_ids, post)

    def test_a_late_answer_leaves_edited_copy_alone(self):
        generation = self.ask()
        claim = self.attempt(generation)
        copy = self.edit(generation.post_id)
        self.env.flush_all()
        generation._store(Answered(claim, llm.write(claim.request, claim.account)))
        self.assertEqual(copy.text, "Mine")
        self.assertEqual(len(generation.post_ids), 1)

    def test_a_second_text_for_a_network_is_refused_with_the_networks_name(self):
        post = self.draft().with_user(self.writer)
        with self.assertRaisesRegex(ValidationError, "text for Bluesky already"):
            with Form(post) as form, form.social_ids.new() as line:
                line.network, line.text = "bluesky", "Figs"
        post.social_ids.unlink()
        for_x = {"network": "x", "text": "Figs"}
        with self.assertRaisesRegex(ValidationError, "text for X already"):
            post.social_ids = [Command.create(for_x)] * 2
        post.social_ids = [Command.create(for_x)]
        post.social_ids = [Command.delete(post.social_ids.id), Command.create(for_x)]
        self.assertEqual(post.social_ids.mapped("network"), ["x"])
