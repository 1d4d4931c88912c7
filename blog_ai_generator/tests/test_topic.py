# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from ..messages import Message
from ..pump import Failure
from .topic_case import TopicCase


@tagged("post_install", "-at_install")
class TestTopic(TopicCase):
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

    def form(self):
        topics = self.env["blog.ai.topic"].with_user(self.writer)
        return etree.fromstring(topics.get_view(view_type="form")["arch"])

    def test_a_topic_that_is_not_saved_has_nothing_to_press(self):
        new = {"id": False, "state": "waiting", "post_id": False}
        buttons = self.form().xpath("//header/button")
        self.assertEqual(len(buttons), 5)
        for button in buttons:
            with self.subTest(button.get("name")):
                self.assertTrue(safe_eval(button.get("invisible"), dict(new)))

    def test_the_notes_have_their_label(self):
        (notes,) = self.form().xpath("//field[@name='notes']")
        self.assertEqual(notes.getparent().tag, "group")

    def failed(self, topic):
        """Make a failed generation of this topic, so that the topic waits again."""
        generation = self.ask(topic.name, topic_id=topic.id)
        self.attempt(generation, Failure("refused", Message("refused")))
        self.assertEqual(topic.state, "failed")
        topic.action_requeue()
        return generation

    def written_since(self):
        """Make a topic that was written, and a generation of it that failed before."""
        topic = self.topic()
        failed = self.failed(topic)
        self.attempt(self.ask(topic_id=topic.id, publish=True))
        return topic, failed

    def test_a_retry_asks_when_its_topic_was_written_since(self):
        _topic, failed = self.written_since()
        action = failed.with_user(self.writer).action_retry()
        self.assertEqual(failed.state, "failed")
        self.assertIn("the post “", action["context"]["default_question"])

    def test_a_retry_asks_when_its_topic_is_being_written(self):
        for name in ("Lemons in pots", "Quinces for jam"):
            topic = self.topic()
            failed = self.failed(topic)
            topic.name = name
            other = self.ask(name, topic_id=topic.id)
            action = failed.with_user(self.writer).action_retry()
            self.assertEqual(failed.state, "failed")
            question = action["context"]["default_question"]
            self.assertIn(f"“{name}” is being written already", question)
            other.action_cancel()
            self.assertIs(failed.action_retry(), True)
            failed.action_cancel()
            topic.action_drop()

    def test_a_written_topic_stays_written_whatever_becomes_of_a_retry(self):
        topic, failed = self.written_since()
        failed = failed.with_context(blog_ai_write_all_the_same=True)
        failed.action_retry()
        self.assertEqual(topic.state, "writing")
        failed.action_cancel()
        self.assertEqual(topic.state, "written")
        failed.action_retry()
        self.attempt(failed, Failure("refused", Message("refused")))
        self.assertEqual(topic.state, "written")
        topic.post_id.unlink()
        failed.action_retry()
        failed.action_cancel()
        self.assertEqual(topic.state, "waiting")

    def test_a_topic_is_being_written_until_its_last_generation_has_ended(self):
        topic = self.topic()
        first, second, third = (self.ask(topic_id=topic.id) for _time in range(3))
        first.action_cancel()
        self.assertEqual(topic.state, "writing")
        self.attempt(second, Failure("refused", Message("refused")))
        self.assertEqual(topic.state, "writing")
        third.action_cancel()
        self.assertEqual(topic.state, "waiting")

    def test_generations_of_a_topic_that_are_cancelled_together_put_it_back(self):
        topic = self.topic()
        first, second = (self.ask(topic_id=topic.id) for _time in range(2))
        (first + second).action_cancel()
        self.assertEqual(topic.state, "waiting")

    def test_a_dropped_topic_stays_dropped_whatever_its_generation_does(self):
        topic = self.topic()
        failed = self.failed(topic)
        topic.action_drop()
        failed.action_retry()
        failed.action_cancel()
        self.assertEqual(topic.state, "dropped")

    def test_topics_put_first_lead_the_queue_in_their_own_order(self):
        waiting = self.topic("Figs in a cold house")
        first, second = self.topic("Lemons in pots"), self.topic("Kale after frost")
        (first + second).with_user(self.writer).action_move_first()
        queue = self.env["blog.ai.topic"].search([("blog_id", "=", self.blog.id)])
        self.assertEqual(queue.ids, (first + second + waiting).ids)

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

    def test_the_form_of_a_blog_counts_its_topics_and_slots_for_who_may_see_them(self):
        self.topic()
        self.topic("Figs on a wall").action_drop()
        self.env["blog.ai.slot"].create(
            {"blog_id": self.blog.id, "provider_id": self.offline.id}
        )
        blog = self.blog.with_user(self.writer)
        self.assertEqual((blog.blog_ai_waiting_count, blog.blog_ai_slot_count), (1, 1))
        other = self.env["blog.blog"].create({"name": "Other"}).with_user(self.writer)
        self.assertEqual(
            (other.blog_ai_waiting_count, other.blog_ai_slot_count), (0, 0)
        )
        form = self.env.ref("website_blog.view_blog_blog_form").id
        self.assertIn("blog_ai_slot_count", blog.get_view(form)["arch"])
        restricted = new_test_user(
            self.env,
            "unit-restricted",
            groups="base.group_user,website.group_website_restricted_editor",
        )
        arch = blog.with_user(restricted).get_view(form)["arch"]
        self.assertNotIn("oe_stat_button", arch)

    # Text, however it comes in

    def test_text_is_cleaned_when_it_is_made_and_when_it_is_changed(self):
        topic = self.topic(
            " Lemons\x00\nin  pots ", notes="One\x00\nTwo", keywords="\x00a"
        )
        self.assertEqual(topic.name, "Lemons in pots")
        self.assertEqual((topic.notes, topic.keywords), ("One\nTwo", "a"))
        topic.write(
            {"name": "Figs\x00\u202e on\ta wall ", "notes": "\x00", "keywords": "b\x00"}
        )
        self.assertEqual(topic.name, "Figs on a wall")
        self.assertEqual((topic.notes, topic.keywords), ("", "b"))

    def test_a_title_without_words_is_told_so(self):
        for name in ("...", "—", "🍋", "__"):
            with self.assertRaisesRegex(ValidationError, f"“{name}” contains no words"):
                self.topic(name)
        with self.assertRaisesRegex(ValidationError, "topic is empty"):
            self.topic().name = "\x00"

    # Its state

    def test_nobody_moves_a_topic_but_by_the_buttons(self):
        topic = self.topic()
        self.attempt(self.ask(topic_id=topic.id))
        mine = topic.with_user(self.writer)
        for state in ("waiting", "dropped"):
            with self.assertRaisesRegex(AccessError, "“Drop” or “Back to the queue”"):
                mine.state = state
        mine.write({"state": "written", "notes": "Unchanged states are no matter"})
        self.assertEqual(topic.state, "written")
        topics = self.env["blog.ai.topic"].with_user(self.writer)
        values = {"name": "Figs on a wall", "blog_id": self.blog.id}
        with self.assertRaisesRegex(AccessError, "Write now"):
            topics.create({**values, "state": "written"})
        made = topics.with_context(default_state="written").create(values)
        self.assertEqual(made.state, "waiting")
        made.action_drop()
        self.assertEqual(made.state, "dropped")
        made.action_requeue()
        self.assertEqual(made.state, "waiting")

    def test_an_import_with_or_without_states_makes_waiting_topics(self):
        for user in (self.writer, self.env.user):
            for columns, row in (
                (["name", "blog_id/.id"], []),
                (["name", "blog_id/.id", "state"], [""]),
                (["name", "blog_id/.id", "state"], ["Waiting"]),
            ):
                with self.subTest(user=user.login, row=row):
                    row = ["Figs on a wall", str(self.blog.id), *row]
                    topics = self.env["blog.ai.topic"].with_user(user)
                    result = topics.load(columns, [row])
                    self.assertFalse(result["messages"])
                    self.assertEqual(topics.browse(result["ids"]).state, "waiting")

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

    def test_an_empty_topic_is_refused_where_it_is_typed(self):
        with self.assertRaisesRegex(ValidationError, "topic is empty"):
            self.topic("   ")

    def test_dropped_topics_come_back_only_by_hand(self):
        topic = self.topic()
        topic.action_drop()
        self.assertEqual(topic.state, "dropped")
        topic.action_requeue()
        self.assertEqual(topic.state, "waiting")
