# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestWizard(BlogAiCase):
    def wizard(self, **values):
        with Form(self.env["blog.ai.write"].with_user(self.writer)) as form:
            form.topic = "Lemons in pots"
            form.blog_id = self.blog
            form.provider_id = self.offline
            for name, value in values.items():
                setattr(form, name, value)
        return form.record

    def test_it_opens_the_generation_that_it_queued(self):
        action = self.wizard().action_write()
        generation = self.env["blog.ai.generation"].browse(action["res_id"])
        self.assertEqual(action["res_model"], generation._name)
        self.assertEqual(generation.topic, "Lemons in pots")
        self.assertEqual(generation.state, "queued")
        self.assertEqual(generation.user_id, self.writer)

    def test_everything_asked_for_reaches_the_generation(self):
        wizard = self.wizard(
            notes="With a recipe", words="400", publish="now", model="sample-2"
        )
        wizard.recipient_ids = self.reader
        generation = wizard.browse(wizard.id)
        generation = self.env["blog.ai.generation"].browse(
            wizard.action_write()["res_id"]
        )
        self.assertEqual(generation.notes, "With a recipe")
        self.assertEqual(generation.words, "400")
        self.assertEqual(generation.model, "sample-2")
        self.assertTrue(generation.publish)
        self.assertEqual(generation.recipient_ids, self.reader)

    def test_a_form_that_nobody_sent_keeps_no_voice(self):
        wizard = self.env["blog.ai.write"].create(
            {
                "topic": "Plums",
                "blog_id": self.blog.id,
                "provider_id": self.offline.id,
                "voice_id": self.env["blog.ai.voice"].create({"name": "Grower"}).id,
            }
        )
        wizard.voice_id.unlink()
        self.assertTrue(wizard.exists())
        self.assertFalse(wizard.voice_id)

    def test_a_second_click_opens_the_same_generation(self):
        wizard = self.wizard()
        self.assertEqual(
            wizard.action_write()["res_id"], wizard.action_write()["res_id"]
        )

    def test_a_request_that_is_repeated_opens_the_same_generation(self):
        wizard = self.env["blog.ai.write"].with_user(self.writer)
        values = {
            "key": "of this window",
            "topic": "Lemons in pots",
            "blog_id": self.blog.id,
            "provider_id": self.offline.id,
        }
        first = wizard.action_write_values(values)
        self.assertEqual(wizard.action_write_values(values), first)
        self.assertNotEqual(
            wizard.action_write_values({**values, "key": "of another one"}), first
        )

    def test_two_windows_with_the_same_words_warn_in_the_second_one(self):
        first, second = self.wizard(), self.wizard()
        self.assertEqual(first.action_write()["res_model"], "blog.ai.generation")
        action = second.action_write()
        self.assertEqual(
            (action["res_model"], action["res_id"], action["target"]),
            (second._name, second.id, "new"),
        )
        self.assertIn("which is being written", second.similar_to)
        self.assertFalse(second.generation_id)
        # A second click after the warning writes it.
        self.assertTrue(second.action_write()["res_id"])
        self.assertTrue(second.generation_id)

    def test_who_was_warned_while_typing_is_not_asked_twice(self):
        self.ask("In pots: lemons")
        wizard = self.wizard()
        self.assertTrue(wizard.similar_to)
        self.assertEqual(wizard.action_write()["res_model"], "blog.ai.generation")

    def test_another_topic_after_a_warning_is_compared_anew(self):
        self.ask("Figs on a wall")
        wizard = self.wizard()
        self.ask()
        wizard.action_write()
        with Form(wizard) as form:
            form.topic = "Olives in the north"
        self.assertFalse(wizard.warned)

    def test_control_characters_do_not_reach_the_database(self):
        wizard = self.env["blog.ai.write"].create(
            {
                "topic": "Lemons\x00 in\tpots",
                "notes": "One\x00\nTwo",
                "blog_id": self.blog.id,
                "provider_id": self.offline.id,
            }
        )
        wizard.model = "sample\x00-2"
        generation = wizard.action_write()["res_id"]
        generation = self.env["blog.ai.generation"].browse(generation)
        self.assertEqual(generation.topic, "Lemons in pots")
        self.assertEqual(generation.notes, "One\nTwo")
        self.assertEqual(generation.model, "sample-2")

    def test_it_wakes_the_pump(self):
        cron = self.env.ref("blog_ai_generator.cron_pump")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.wizard().action_write()
        self.assertGreater(
            self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]), triggers
        )

    def test_a_provider_without_a_key_is_refused_before_anything_is_queued(self):
        provider = self.env["blog.ai.provider"].create(
            {"name": "Keyless", "preset": "openai"}
        )
        wizard = self.wizard(provider_id=provider)
        with self.assertRaisesRegex(UserError, "Keyless has no API key"):
            wizard.action_write()
        self.assertFalse(wizard.generation_id)

    def test_a_blog_of_another_company_is_neither_offered_nor_written_for(self):
        company = self.env["res.company"].create({"name": "Second"})
        website = self.env["website"].create(
            {"name": "Second site", "company_id": company.id}
        )
        blog = self.env["blog.blog"].create(
            {"name": "A blog of the second", "website_id": website.id}
        )
        wizard = (
            self.env["blog.ai.write"]
            .with_user(self.writer)
            .create({"topic": "Lemons in pots"})
        )
        self.assertNotEqual(wizard.blog_id, blog)
        wizard.write({"blog_id": blog.id, "provider_id": self.offline.id})
        with self.assertRaisesRegex(UserError, "Switch to that company"):
            wizard.action_write()

    def test_the_first_blog_by_the_order_of_the_blogs_is_proposed(self):
        blogs = self.env["blog.blog"].search([])
        first = self.env["blog.blog"].create({"name": "Zucchini", "sequence": -1})
        self.assertGreater(min(blogs.mapped("sequence")), -1)
        for model in ("blog.ai.write", "blog.ai.topic", "blog.ai.topic.paste"):
            self.assertEqual(Form(self.env[model]).blog_id, first, model)

    def test_the_language_of_the_blogs_website_is_proposed(self):
        french = self.french_blog()
        for model in ("blog.ai.write", "blog.ai.slot"):
            with self.subTest(model):
                form = Form(self.env[model])
                form.blog_id = french
                self.assertEqual(form.lang, "fr_FR")
                form.blog_id = self.blog
                self.assertEqual(form.lang, "en_US")
                opened = self.env[model].with_context(default_blog_id=french.id)
                self.assertEqual(Form(opened).lang, "fr_FR")
        self.assertFalse(Form(self.env["blog.ai.topic"]).lang, "The slot's")

    def test_a_language_that_somebody_chose_stays_when_the_blog_is_changed(self):
        french = self.french_blog()
        self.env["res.lang"]._activate_lang("de_DE")
        for model in ("blog.ai.write", "blog.ai.slot"):
            with self.subTest(model):
                form = Form(self.env[model])
                form.blog_id = french
                for lang in ("de_DE", "en_US"):
                    form.lang = lang
                    form.blog_id = french.copy()
                    self.assertEqual(form.lang, lang)

    def test_the_language_of_a_slot_follows_its_blog_until_somebody_chooses_one(self):
        french = self.french_blog()
        slot = self.env["blog.ai.slot"].create(
            {"blog_id": french.id, "provider_id": self.offline.id}
        )
        self.assertEqual(slot.lang, "fr_FR")
        slot.blog_id = self.blog
        self.assertEqual(slot.lang, "en_US")
        slot.blog_id = french
        slot.lang = "en_US"
        slot.blog_id = french.copy()
        self.assertEqual(slot.lang, "en_US")

    def test_the_companys_recipients_are_proposed(self):
        self.env.company.blog_ai_recipient_ids = self.reader
        self.assertEqual(self.wizard().recipient_ids, self.reader)

    def test_people_who_may_not_write_posts_may_not_ask_for_one(self):
        employee = new_test_user(self.env, "unit-plain", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.env["blog.ai.write"].with_user(employee).create(
                {"topic": "Lemons", "blog_id": self.blog.id}
            )
