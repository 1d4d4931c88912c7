# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from lxml import etree

from odoo import fields
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.messages import Message, cause, render
from odoo.addons.blog_ai_generator.messages.answer_failures import ANSWER_FAILURES
from odoo.addons.blog_ai_generator.messages.failures import FAILURES
from odoo.addons.blog_ai_generator.pump import Failure

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestGenerationNote(BlogAiCase):
    """The note on the form of a generation, in one flowing sentence."""

    def note(self, generation, **context):
        seen = generation.with_user(self.writer).with_context(**context)
        return seen.state_note

    def again(self, code, **how):
        """Make a generation that failed once and is queued for its next attempt."""
        generation = self.ask()
        self.attempt(generation, Failure.of(llm.LLMError(code, **how)))
        self.assertEqual(generation.state, "queued")
        return generation

    def test_what_is_new_waits_for_its_turn(self):
        self.assertEqual(self.note(self.ask()), "Waiting for its turn.")

    def test_what_is_tried_again_says_what_happened_and_when_it_goes_on(self):
        generation = self.again("unusable")
        generation.next_try_at = datetime(2036, 6, 1, 15, 34)
        self.assertRegex(
            self.note(generation, tz="America/Argentina/Buenos_Aires"),
            r"^The answer of the model could not be used\. It is tried again "
            r"automatically, at about 12:34\sPM\.$",
        )

    def test_what_has_failed_says_what_to_do(self):
        generation = self.ask()
        generation.attempt_limit = 1
        self.attempt(generation, Failure.of(llm.LLMError("unusable")))
        self.assertIn("Retry; if it happens again", generation.error)
        self.assertFalse(self.note(generation))

    def test_what_is_written_says_when_another_server_goes_on(self):
        generation = self.ask()
        generation.write(
            {
                "state": "writing",
                "lease_token": "mine",
                "lease_until": datetime(2036, 6, 1, 3, 34),
            }
        )
        self.assertRegex(
            self.note(generation, tz="Europe/Paris"),
            r"writing goes on at about 5:34\xa0AM\.$",
        )

    def test_a_post_says_whether_visitors_see_it(self):
        generation = self.ask()
        self.attempt(generation)
        self.assertIn("when you publish it", self.note(generation))
        generation.post_id.is_published = True
        self.assertIn("visitors can see it", self.note(generation))
        generation.post_id.write({"published_date": datetime(2099, 6, 1, 9)})
        self.assertIn("Visitors see it from Jun 1, 2099", self.note(generation))

    def test_an_approved_post_says_once_that_it_is_approved(self):
        generation = self.ask(reviewer_id=self.writer.id)
        self.attempt(generation)
        generation._approve()
        self.assertIn("approved this draft and published it.", self.note(generation))

    def test_what_was_cancelled_says_how_to_have_it_after_all(self):
        generation = self.ask()
        generation.action_cancel()
        self.assertIn("Press Retry", self.note(generation))

    def test_the_form_shows_one_banner_of_a_state(self):
        arch = self.env["blog.ai.generation"].get_view(view_type="form")["arch"]
        banners = etree.fromstring(arch).xpath(
            "//div[@data-blog-ai and not(@data-blog-ai = 'mail-error')"
            " and not(@data-blog-ai = 'outdated')]"
        )
        states = {
            ("queued", "none"): "progress",
            ("writing", "none"): "progress",
            ("failed", "none"): "error",
            ("cancelled", "none"): "cancelled",
            ("done", "none"): "done",
            ("done", "pending"): "review",
            ("done", "approved"): "done",
            # Its post is archived.
            ("done", "rejected"): "rejected",
        }
        for (state, review), expected in states.items():
            values = {
                "state": state,
                "review_state": review,
                "post_id": state == "done" and review != "rejected",
                "is_over_budget": False,
                "is_in_copy": False,
                "is_unexamined": False,
                "examined_note": False,
                "waiting_note": False,
            }
            shown = [
                banner.get("data-blog-ai")
                for banner in banners
                if not safe_eval(banner.get("invisible"), dict(values))
            ]
            with self.subTest(state=state, review=review):
                self.assertEqual(shown, [expected])

    def test_a_ready_post_is_opened_where_a_phone_shows_it(self):
        """The status bar of a small screen keeps all but its first button in a menu."""
        arch = self.env["blog.ai.generation"].get_view(view_type="form")["arch"]
        more = "action_could_link_here"
        languages = "action_open_translations"
        for banner, names in (
            (
                "done",
                {
                    "action_open_social",
                    "action_publish",
                    "action_reject",
                    "action_translate",
                    languages,
                    more,
                },
            ),
            (
                "review",
                {
                    "action_approve",
                    "action_reject",
                    "action_open_post",
                    "action_open_social",
                    more,
                },
            ),
        ):
            with self.subTest(banner):
                found = etree.fromstring(arch).xpath(
                    f"//div[@data-blog-ai='{banner}']//button/@name"
                )
                self.assertEqual(set(found), names)

    def being_written(self, **ago):
        generation = self.ask()
        until = fields.Datetime.now() - timedelta(**ago)
        generation.write(
            {"state": "writing", "lease_token": "mine", "lease_until": until}
        )
        return generation

    def test_what_nobody_comes_to_says_whom_to_ask_for_what(self):
        waiting, again = self.ask(), self.again("connection")
        (waiting + again).next_try_at = fields.Datetime.now() - timedelta(minutes=4)
        for generation in (waiting, again, self.being_written(minutes=7)):
            with self.subTest(generation.state):
                self.assertRegex(
                    self.note(generation), "scheduled actions .* Ask an administrator"
                )

    def test_a_pump_that_may_just_be_on_its_way_is_not_missed(self):
        generation = self.ask()
        generation.next_try_at = fields.Datetime.now() - timedelta(minutes=2)
        self.assertEqual(self.note(generation), "Waiting for its turn.")
        self.assertIn("is writing", self.note(self.being_written(minutes=5)))

    def test_who_waits_for_long_behind_others_is_not_forgotten(self):
        generation = self.ask()
        generation.next_try_at = fields.Datetime.now() - timedelta(hours=1)
        self.being_written(minutes=-1)
        self.assertEqual(self.note(generation), "Waiting for its turn.")

    def test_a_time_of_day_of_nobodys_clock_has_its_zone(self):
        self.writer.tz = False
        generation = self.again("connection")
        generation.next_try_at = datetime(2036, 6, 1, 3, 34)
        self.assertRegex(self.note(generation, tz=False), r"3:34\xa0AM \(UTC\)\.$")

    def test_what_happened_is_told_without_a_remedy_in_every_language(self):
        remedies = r"(?i)retry|administra|réessay|wiederhol|erneut|reint|vuelva"
        for lang in ("en_US", "fr_FR", "de_DE", "es_ES"):
            self.env["res.lang"]._activate_lang(lang)
            env = self.env(context={"lang": lang})
            for key in {**FAILURES, **ANSWER_FAILURES}:
                with self.subTest(lang=lang, key=key):
                    whole, what = render(env, Message(key)), cause(env, Message(key))
                    self.assertLess(len(what), len(whole))
                    self.assertNotRegex(what, remedies)
