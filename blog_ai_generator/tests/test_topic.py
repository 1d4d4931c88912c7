# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestTopic(BlogAiCase):
    def topic(self, name="Lemons in pots", **values):
        return self.env["blog.ai.topic"].create(
            {"name": name, "blog_id": self.blog.id, **values}
        )

    def test_a_topic_follows_its_generation(self):
        topic = self.topic()
        generation = self.ask(topic_id=topic.id)
        self.assertEqual(topic.state, "writing")
        self.attempt(generation)
        self.assertEqual(topic.state, "written")
        self.assertEqual(topic.post_id, generation.post_id)

    def test_a_cancelled_generation_puts_the_topic_back_into_the_queue(self):
        topic = self.topic()
        self.ask(topic_id=topic.id).action_cancel()
        self.assertEqual(topic.state, "waiting")

    def test_writing_a_topic_by_hand_fills_in_the_wizard(self):
        topic = self.topic(notes="With a recipe", keywords="citrus, pot")
        context = topic.with_user(self.writer).action_write()["context"]
        wizard = Form(self.env["blog.ai.write"].with_context(**context))
        wizard.provider_id = self.offline
        action = wizard.save().action_write()
        generation = self.env["blog.ai.generation"].browse(action["res_id"])
        self.assertEqual(generation.topic_id, topic)
        self.assertEqual(generation.notes, "With a recipe")
        self.assertEqual(generation._prepare_request().keywords, ("citrus", "pot"))

    def test_the_later_of_two_like_topics_is_the_duplicate(self):
        first, second = self.topic(sequence=1), self.topic("LEMONS in pots", sequence=2)
        self.assertFalse(first.similar_to)
        self.assertIn("Lemons in pots", second.similar_to)

    def test_a_topic_like_a_post_or_a_draft_says_which(self):
        for published, kind in ((True, "the post"), (False, "the draft")):
            post = self.env["blog.post"].create(
                {
                    "name": f"Growing figs {kind}",
                    "blog_id": self.blog.id,
                    "is_published": published,
                }
            )
            topic = self.topic(f"Growing figs, {kind}!")
            self.assertEqual(topic.similar_to, f"{kind} “{post.name}”")

    def test_a_post_of_another_blog_is_no_duplicate(self):
        other = self.env["blog.blog"].create({"name": "Other"})
        self.env["blog.post"].create({"name": "Lemons in pots", "blog_id": other.id})
        self.assertFalse(self.topic().similar_to)

    def test_the_wizard_warns_and_writes_all_the_same(self):
        self.attempt(self.ask())
        with Form(self.env["blog.ai.write"]) as form:
            form.blog_id = self.blog
            form.provider_id = self.offline
            form.topic = "In pots: lemons"
            self.assertIn("the draft", form.similar_to)
        self.assertTrue(form.record.action_write()["res_id"])

    def test_pasted_lines_become_topics_in_their_order(self):
        self.topic("First", sequence=5)
        self.env["blog.ai.topic.paste"].create(
            {
                "blog_id": self.blog.id,
                "lines": "- One\n\n  * Two  words \r\nOne\n• Three",
            }
        ).action_add()
        topics = self.env["blog.ai.topic"].search([("blog_id", "=", self.blog.id)])
        self.assertEqual(topics.mapped("name"), ["First", "One", "Two words", "Three"])

    def test_a_new_topic_is_the_last_of_the_queue(self):
        self.topic("Lemons in pots", sequence=70)
        self.assertGreater(self.topic("Figs on a wall").sequence, 70)

    def test_a_topic_that_is_being_written_is_not_written_twice(self):
        topic = self.topic("Lemons in pots")
        wizards = self.env["blog.ai.write"].create(
            [
                {
                    "topic": topic.name,
                    "topic_id": topic.id,
                    "blog_id": self.blog.id,
                    "provider_id": self.offline.id,
                }
            ]
            * 2
        )
        wizards[0].action_write()
        with self.assertRaisesRegex(UserError, "being written already"):
            wizards[1].action_write()

    def test_pasting_nothing_says_what_to_do(self):
        wizard = self.env["blog.ai.topic.paste"].create(
            {"blog_id": self.blog.id, "lines": "\n - \n"}
        )
        with self.assertRaisesRegex(UserError, "one per line"):
            wizard.action_add()

    def test_an_empty_topic_is_refused_where_it_is_typed(self):
        with self.assertRaisesRegex(ValidationError, "topic is empty"):
            self.topic("   ")

    def test_dropped_topics_come_back_only_by_hand(self):
        topic = self.topic()
        topic.action_drop()
        self.assertEqual(topic.state, "dropped")
        topic.action_requeue()
        self.assertEqual(topic.state, "waiting")
