# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from functools import partial
from unittest.mock import Mock

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.modules.neutralize import neutralize_database
from odoo.tests import freeze_time, new_test_user, tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.database import CONFIRMED, confirm_database
from odoo.addons.blog_ai_generator.messages import Message
from odoo.addons.blog_ai_generator.pump import Failure, Limits

from .common import create_provider
from .slot_case import SlotCase

NEUTRALIZED = "is a neutralized copy"
COPY = "looks like a copy"


@tagged("post_install", "-at_install")
class TestDatabase(SlotCase):
    """A copy of a database spends nothing and publishes nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A server of one's own needs no key.
        cls.box = cls.env["blog.ai.provider"].create(
            {"name": "Box", "preset": "compatible", "base_url": "http://box.test/v1"}
        )

    def setUp(self):
        super().setUp()
        self.patch(self.env.cr, "commit", lambda: None)
        self.patch(self.env.cr, "rollback", lambda: None)
        self.asked = Mock(side_effect=AssertionError("A provider was called."))
        for name in ("complete", "draw", "list_models"):
            self.patch(type(llm.PROTOCOLS["openai_chat"]), name, self.asked)

    def become_a_copy(self):
        """Let Odoo take this database for a copy, as ``db duplicate`` does."""
        self.env["ir.config_parameter"].init(force=True)

    def neutralize(self):
        self.env.flush_all()
        neutralize_database(self.env.cr)
        self.env.invalidate_all()
        self.registry.clear_cache("stable")

    def claims(self, **values):
        generation = self.ask(**values)
        generation.flush_recordset()
        return generation._claim(8, Limits.of(self.env))

    def test_the_database_of_the_installation_is_the_real_one(self):
        self.assertFalse(self.box._obstacle())
        self.assertEqual(len(self.claims(provider_id=self.box.id)), 1)

    def test_a_copy_calls_no_provider_on_any_way(self):
        for make, sentence in (
            (self.become_a_copy, COPY),
            (self.neutralize, NEUTRALIZED),
        ):
            with self.subTest(sentence):
                make()
                self.check_nothing_is_called(sentence)

    def check_nothing_is_called(self, sentence):
        for button in ("action_test_connection", "action_fetch_models"):
            with self.assertRaisesRegex(UserError, sentence):
                getattr(self.box, button)()
        with self.assertRaisesRegex(UserError, sentence):
            self.env["blog.ai.generation"].write_post(
                "Pears", blog=self.blog, provider_id=self.box.id
            )
        wizard = self.env["blog.ai.write"].create(
            {"topic": "Plums", "blog_id": self.blog.id, "provider_id": self.box.id}
        )
        with self.assertRaisesRegex(UserError, sentence):
            wizard.action_write()
        failed = self.ask(provider_id=self.box.id)
        failed._set_state_ended("failed")
        with self.assertRaisesRegex(UserError, sentence):
            failed.action_retry()
        slot = self.slot(provider_id=self.box.id)
        with self.assertRaisesRegex(UserError, sentence):
            slot.action_run_now()
        self.env.company.blog_ai_provider_id = self.box
        for name, way in self.ways_of_people().items():
            with self.subTest(name), self.assertRaisesRegex(UserError, sentence):
                way()
        self.check_no_kind_is_called(sentence, failed)
        self.asked.assert_not_called()

    def ways_of_people(self) -> dict:
        """Return what asks the default provider of the company, by its name."""
        french = self.env["res.lang"]._activate_lang("fr_FR")
        content = "<section><h2>Soil</h2><p>Loam.</p></section>"
        values = {"name": "Figs", "blog_id": self.blog.id, "content": content}
        post = self.env["blog.post"].create(values)
        mine = {"blog_id": self.blog.id, "provider_id": self.box.id}
        form = self.env["blog.ai.write"].create({"topic": "Quinces", **mine})
        action = post.action_blog_ai_rewrite_section()
        section = self.env["blog.ai.section"].search(action["domain"], limit=1)
        section.reason = "Too short."
        translation = self.env["blog.ai.translate"].create(
            {
                "post_ids": post.ids,
                "lang_ids": french.ids,
                "provider_id": self.box.id,
            }
        )
        asks, api = self.env["blog.ai.ask"], self.env["blog.ai.api"]
        socials = self.env["blog.post.social"]
        self.blog.blog_ai_picture_provider_id = self.box
        self.blog.blog_ai_picture_model = "painter"
        return {
            "program": lambda: api.write_draft("Medlars", blog=self.blog.id),
            "social": lambda: socials.write_again(post.id, "x", ""),
            "titles": post.action_blog_ai_propose_titles,
            "refresh": post.action_blog_ai_refresh,
            "section": section.action_rewrite,
            "outline": form.action_outline,
            "ideas": self.env["blog.ai.ideas"].create(mine).action_ask,
            "translation": translation.action_translate,
            "picture": lambda: asks._ask_to_choose(self.written()),
        }

    def written(self):
        generation = self.ask("Sloes")
        self.attempt(generation)
        return generation

    def check_no_kind_is_called(self, sentence, generation):
        """Ask for each kind of answer, also for one that comes later."""
        asks = self.env["blog.ai.ask"]
        for kind in dict(asks._fields["kind"].selection):
            values = {
                "kind": kind,
                "provider_id": self.box.id,
                "company_id": self.env.company.id,
                "blog_id": self.blog.id,
                "generation_id": generation.id,
            }
            with self.subTest(kind), self.assertRaisesRegex(UserError, sentence):
                asks._ask(partial(self.asked), **values)

    def test_no_provider_takes_over_in_a_copy(self):
        self.box.company_id = False
        self.offline.fallback_id = self.box
        refused = Failure("authentication", Message("authentication"))
        for become, follows in (
            (lambda: None, ("queued", self.box)),
            (self.become_a_copy, ("failed", self.offline)),
        ):
            become()
            generation = self.ask()
            self.attempt(generation, refused)
            self.assertEqual((generation.state, generation.provider_id), follows)

    def test_what_is_queued_in_a_copy_is_held_and_says_why(self):
        self.become_a_copy()
        generation = self.ask(provider_id=self.box.id)
        self.assertFalse(self.claims(provider_id=self.box.id))
        self.assertEqual(generation.state, "queued")
        self.assertIn(COPY, generation.state_note)
        self.assertTrue(generation.is_in_copy)
        generation.next_try_at += timedelta(hours=1)
        self.assertFalse(generation.can_try_now)
        # Odoo's clock is that of the transaction.
        generation.next_try_at -= timedelta(hours=1)
        # Otherwise the pump would start again and again.
        self.assertIsNone(generation._next_due(Limits()))

    def test_sample_text_may_be_written_in_a_copy_but_is_not_published(self):
        self.become_a_copy()
        generation = self.ask(publish=True)
        self.attempt(generation)
        self.assertEqual(generation.state, "done")
        self.assertFalse(generation.post_id.is_published)
        self.assertIn("kept as a draft", generation.repairs)

    def test_the_slots_of_a_copy_do_not_run(self):
        slot = self.slot()
        self.topics("Walnuts")
        slot.day_ids.planned_at = fields.Datetime.now() - timedelta(minutes=1)
        self.become_a_copy()
        with self.enter_registry_test_mode():
            self.env["blog.ai.slot"]._cron_tick()
        self.assertEqual(set(slot.day_ids.mapped("state")), {"planned"})

    def test_a_copy_announces_no_post(self):
        post = self.env["blog.post"].create({"name": "Figs", "blog_id": self.blog.id})
        post.blog_ai_announce_at = moment = fields.Datetime.now()
        self.become_a_copy()
        self.env["blog.post"]._cron_blog_ai_announce()
        self.assertEqual(post.blog_ai_announce_at, moment)

    def approved_for_tomorrow(self):
        done = self.ask()
        self.attempt(done)
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        done.post_id.write({"published_date": tomorrow, "is_published": True})
        return done.post_id

    def listed_and_counted_for(self, user, post, days=2) -> tuple[bool, bool]:
        with freeze_time(fields.Datetime.now() + timedelta(days=days)):
            posts = self.env["blog.post"].with_user(user)
            now = fields.Datetime.now()
            domain = [("blog_id", "=", self.blog.id), ("post_date", "<=", now)]
            listed = post in posts.search(domain)
            counted = bool(posts._read_group(domain, [], ["__count"])[0][0])
        self.env.invalidate_all()
        return listed, counted

    def test_a_post_that_was_approved_for_a_date_stays_hidden_in_a_copy(self):
        post, visitor = self.approved_for_tomorrow(), self.env.ref("base.public_user")
        portal = new_test_user(self.env, "unit-portal", groups="base.group_portal")
        self.assertEqual(self.listed_and_counted_for(visitor, post), (True, True))
        self.assertEqual(
            self.listed_and_counted_for(visitor, post, days=0), (False, False)
        )
        self.become_a_copy()
        self.assertIn(COPY, post.blog_ai_generation_id.state_note)
        for user in (visitor, portal):
            self.assertEqual(self.listed_and_counted_for(user, post), (False, False))
        self.assertEqual(self.listed_and_counted_for(self.writer, post), (True, True))
        confirm_database(self.env)
        self.assertEqual(self.listed_and_counted_for(visitor, post), (True, True))

    def test_a_copy_shows_what_was_visible_before(self):
        done, visitor = self.ask(publish=True), self.env.ref("base.public_user")
        self.attempt(done)
        by_hand = self.env["blog.post"].create(
            {"name": "Figs", "blog_id": self.blog.id, "is_published": True}
        )
        self.become_a_copy()
        for post in done.post_id + by_hand:
            self.assertEqual(self.listed_and_counted_for(visitor, post), (True, True))

    def test_an_administrator_confirms_that_this_is_the_real_database(self):
        self.become_a_copy()
        settings = self.env["res.config.settings"]
        held = settings.create({})
        self.assertIn("If it is the real one, press", held.blog_ai_database_hold)
        with self.assertRaises(AccessError):
            held.with_user(self.writer).action_blog_ai_use_database()
        held.action_blog_ai_use_database()
        self.assertFalse(settings.create({}).blog_ai_database_hold)
        self.assertEqual(len(self.claims(provider_id=self.box.id)), 1)

    def test_neutralization_takes_keys_slots_and_what_would_be_published(self):
        openai = create_provider(self.env, "sk-1", name="OpenAI", preset="openai")
        slot = self.slot()
        queued = self.ask(publish=True)
        writing = self.ask(publish=True, provider_id=self.box.id)
        writing.flush_recordset()
        writing._claim(1, Limits.of(self.env), writing.ids)
        done = self.ask()
        self.attempt(done)
        done.post_id.write(
            {
                "published_date": fields.Datetime.now() + timedelta(days=2),
                "is_published": True,
            }
        )
        self.assertTrue(done.post_id.blog_ai_announce_at)
        self.neutralize()
        self.assertFalse(openai.api_key)
        self.assertFalse(slot.active)
        self.assertFalse(slot.day_ids)
        for generation in queued + writing:
            self.assertEqual(generation.state, "queued")
            self.assertFalse(generation.publish)
        self.assertEqual(writing.call_ids.outcome, "lost")
        self.assertFalse(done.post_id.is_published)
        self.assertFalse(done.post_id.blog_ai_announce_at)
        self.assertFalse(self.env["ir.config_parameter"].get_param(CONFIRMED))

    def test_a_hold_costs_no_query(self):
        self.box._obstacle()
        with self.assertQueryCount(0):
            self.box._database_hold()
