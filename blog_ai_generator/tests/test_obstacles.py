# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import Mock

from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Limits

from .slot_case import SlotCase

TEMPLATE = "blog_ai_generator.mail_template_post_published"


@tagged("post_install", "-at_install")
class TestObstacles(SlotCase):
    """A brief that can't be written any more is found before anything is paid for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.author = cls.env["res.partner"].create({"name": "Ada"})
        cls.company = cls.env["res.company"].create({"name": "Sold"})
        cls.env["res.lang"]._activate_lang("de_DE")

    def setUp(self):
        super().setUp()
        self.asked = Mock(side_effect=AssertionError("A provider was called."))
        self.patch(type(llm.PROTOCOLS["offline"]), "complete", self.asked)

    def obstacles(self):
        """Yield, for each kind: values of a brief, what happens to it, the sentence."""
        yield {"lang": "de_DE"}, self.switch_german_off, "language German is not active"
        yield {"author_id": self.author.id}, self.archive_author, "author Ada is"
        yield {"company_id": self.company.id}, self.archive_company, "company Sold is"
        mailed = {"publish": True, "recipient_ids": self.reader.ids}
        yield mailed, self.delete_template, "email template was deleted"
        yield {}, self.archive_blog, "blog Unit blog is archived"

    def each_obstacle(self):
        for values, happen, sentence in self.obstacles():
            with self.subTest(sentence), self.env.cr.savepoint() as savepoint:
                yield values, happen, sentence
                self.env.flush_all()
                savepoint.rollback()
            self.env.invalidate_all()
            self.registry.clear_all_caches()

    def switch_german_off(self):
        self.env["res.lang"]._lang_get("de_DE").active = False

    def archive_author(self):
        self.author.active = False

    def archive_company(self):
        self.company.active = False

    def archive_blog(self):
        self.blog.active = False

    def delete_template(self):
        self.env.ref(TEMPLATE).unlink()

    def test_a_claim_pays_for_nothing_and_the_topic_stays_waiting(self):
        for values, happen, sentence in self.each_obstacle():
            topic = self.topics("Walnuts")
            generation = self.ask(topic_id=topic.id, **values)
            self.assertEqual(topic.state, "writing")
            happen()
            self.env.flush_all()
            self.env.invalidate_all()
            claims = generation._claim(8, Limits.of(self.env), generation.ids)
            self.assertFalse(claims)
            self.assertEqual(generation.state, "failed")
            self.assertIn(sentence, generation.error)
            self.assertEqual(topic.state, "waiting")

    def test_a_tag_that_was_deleted_is_left_out(self):
        """Odoo archives no tags, and a post lacks nothing without one."""
        gone, kept = self.env["blog.tag"].create([{"name": "Gone"}, {"name": "Kept"}])
        generation = self.ask(tag_ids=[(6, 0, (gone + kept).ids)])
        gone.unlink()
        self.env.flush_all()
        self.env.invalidate_all()
        claims = generation._claim(8, Limits.of(self.env), generation.ids)
        self.assertEqual([claim.generation_id for claim in claims], generation.ids)
        self.assertEqual(generation.tag_ids, kept)

    def test_no_other_provider_is_asked_instead(self):
        second = self.offline.copy({"name": "Second"})
        first = self.offline.copy({"name": "First", "fallback_id": second.id})
        generation = self.ask(provider_id=first.id, author_id=self.author.id)
        self.archive_author()
        self.env.flush_all()
        generation._claim(8, Limits.of(self.env), generation.ids)
        self.assertEqual(generation.state, "failed")
        self.assertEqual(generation.provider_id, first)

    def test_retry_says_what_is_in_the_way(self):
        for values, happen, sentence in self.each_obstacle():
            generation = self.ask(**values)
            generation._set_state_ended("failed")
            happen()
            with self.assertRaisesRegex(UserError, sentence):
                generation.action_retry()
            self.assertEqual(generation.state, "failed")

    def test_the_wizard_says_what_is_in_the_way(self):
        for values, happen, sentence in self.each_obstacle():
            if "company_id" in values:
                continue
            asked = {"author_id", "lang", "recipient_ids"} & values.keys()
            wizard = self.env["blog.ai.write"].create(
                {
                    "topic": "Plums",
                    "blog_id": self.blog.id,
                    "provider_id": self.offline.id,
                    "publish": "now",
                    **{name: values[name] for name in asked},
                }
            )
            happen()
            with self.assertRaisesRegex(UserError, sentence):
                wizard.action_write()
            self.assertFalse(wizard.generation_id)

    def test_a_window_that_was_open_when_its_language_went_away_says_so(self):
        self.switch_german_off()
        with self.assertRaisesRegex(ValidationError, "German is not active"):
            self.env["blog.ai.write"].action_write_values(
                {
                    "topic": "Plums",
                    "blog_id": self.blog.id,
                    "provider_id": self.offline.id,
                    "lang": "de_DE",
                }
            )

    def test_a_topic_says_what_is_in_the_way_and_a_slot_takes_the_next_one(self):
        german, sound = self.topics("Birnen im Herbst", "Frost on the panes")
        german.lang = "de_DE"
        slot = self.slot()
        self.switch_german_off()
        self.assertEqual(german.status, "held")
        self.assertIn("German is not active", german.obstacle)
        with self.assertRaisesRegex(UserError, "German is not active"):
            german.action_write()
        slot.action_run_now()
        self.assertEqual((german.state, sound.state), ("waiting", "writing"))

    def test_a_slot_with_nothing_else_to_write_says_why(self):
        german = self.topics("Birnen im Herbst", lang="de_DE")
        slot = self.slot()
        self.switch_german_off()
        with self.assertRaisesRegex(RedirectWarning, "held back: The language German"):
            slot.action_run_now()
        self.assertEqual(german.state, "waiting")

    def test_a_slot_whose_own_brief_is_void_takes_no_topic(self):
        for values, happen, sentence in self.each_obstacle():
            if "company_id" in values or not values:
                continue
            topic = self.topics("Walnuts")
            slot = self.slot(**values)
            happen()
            with self.assertRaisesRegex(UserError, sentence):
                slot.action_run_now()
            day = slot.day_ids[:1]
            day._run(late=True)
            self.assertEqual(day.state, "failed")
            self.assertIn(sentence, day.error)
            self.assertEqual(topic.state, "waiting")

    def test_a_post_is_written_again_in_a_language_that_is_active(self):
        generation = self.ask(lang="de_DE")
        self.switch_german_off()
        action = generation.action_write_again()
        self.assertNotIn("default_lang", action["context"])

    def test_a_rejected_draft_is_not_rewritten_in_vain(self):
        generation = self.ask(author_id=self.author.id, publish=False)
        generation._set_state_ended("done", review_state="pending")
        post = self.env["blog.post"].create({"name": "Figs", "blog_id": self.blog.id})
        post.blog_ai_generation_id = generation
        self.archive_author()
        with self.assertRaisesRegex(UserError, "author Ada is archived"):
            generation._reject("Too long", again=True)
