# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta
from unittest.mock import Mock, patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Reaction

from ..models import blog_ai_ask
from .social_case import SocialCase


@tagged("post_install", "-at_install")
class TestAsk(SocialCase):
    """Calls for which a person waits: what the person reads, and who may see it."""

    def hold(self, **ahead):
        self.offline.hold_until = fields.Datetime.now() + timedelta(**ahead)
        self.offline.hold_message = {"key": "rate_limit", "values": {}}

    def adapter(self, **replaced):
        for name, function in replaced.items():
            self.patch(type(llm.PROTOCOLS["offline"]), name, function)

    def begun(self, kind="test"):
        """Return a call that has begun, and that nobody makes."""
        ask = self.env["blog.ai.ask"].create(self.offline._prepare_ask(kind))
        self.assertTrue(ask._begin())
        return ask

    def test_a_provider_on_hold_is_not_asked_and_says_until_when(self):
        post = self.written()
        asked = Mock()
        self.adapter(complete=asked, list_models=asked)
        self.hold(hours=2)
        socials = self.env["blog.post.social"].with_user(self.writer)
        socials = socials.with_context(tz="Europe/Paris")
        until = r"takes no more requests until \d+:\d\d\xa0[AP]M\. Try again then, "
        with self.assertRaisesRegex(UserError, until + "or ask an administrator"):
            socials.write_again(post.id, "x", "")
        self.hold(days=3)
        with self.assertRaisesRegex(
            UserError, r"until \w{3} \d+(, 20\d\d)?, \d.*“Lift"
        ):
            self.offline.with_context(tz="Europe/Paris").action_fetch_models()
        asked.assert_not_called()
        self.assertFalse(self.env["blog.ai.ask"].search([("state", "=", "asking")]))

    def test_a_connection_test_finds_out_whether_the_hold_is_over(self):
        self.hold(hours=2)
        self.assertIn("answered in", self.press(self.offline, "action_test_connection"))
        self.assertTrue(self.offline.is_on_hold)

    def test_each_kind_of_call_sets_the_hold(self):
        post = self.written()
        refused = Mock(side_effect=llm.LLMError("rate_limit", retry_after=1800.0))
        self.adapter(complete=refused, list_models=refused)
        socials = self.env["blog.post.social"].with_user(self.writer)
        for ask in (
            lambda: self.offline.action_test_connection()["params"],
            lambda: self.offline.action_fetch_models()["params"],
            lambda: socials.write_again(post.id, "x", ""),
        ):
            self.offline._lift_hold()
            found = self.env["blog.ai.ask"].browse(ask()["id"]).look()
            self.assertEqual(found["state"], "failed")
            self.assertIn("takes no more requests until", found["message"])
            wait = self.offline.hold_until - fields.Datetime.now()
            self.assertGreater(wait, timedelta(minutes=29))

    def test_the_weekly_list_of_models_waits_for_the_end_of_a_hold(self):
        self.patch(self.env.cr, "commit", self.env.flush_all)
        self.registry_enter_test_mode()
        self.hold(hours=2)
        self.offline._refresh_own_models()
        self.assertFalse(self.offline.models_at)
        self.offline._lift_hold()
        self.offline._refresh_own_models()
        self.assertTrue(self.offline.models_at)

    def test_nobody_sees_or_cancels_the_call_of_somebody_else(self):
        other = self.new_editor()
        socials = self.env["blog.post.social"].with_user(self.writer)
        asked = socials.write_again(self.written().id, "x", "")["id"]
        asks = self.env["blog.ai.ask"]
        self.assertTrue(asks.with_user(self.writer).browse(asked).look()["text"])
        for method in ("look", "cancel"):
            with self.assertRaises(AccessError):
                getattr(asks.with_user(other).browse(asked), method)()
        with self.assertRaises(AccessError):
            asks.with_user(self.writer).browse(asked).text = "Mine"

    def test_what_has_ended_cannot_be_cancelled(self):
        asked = self.offline.action_test_connection()["params"]["id"]
        ask = self.env["blog.ai.ask"].browse(asked)
        ask.cancel()
        self.assertEqual(ask.state, "done")

    def test_a_cancelled_test_says_nothing_about_the_provider(self):
        self.press(self.offline, "action_test_connection")
        ask = self.begun()
        ask.cancel()
        self.assertFalse(ask._goes_on())
        ask._end(Reaction(error=llm.LLMError("cancelled")))
        self.assertEqual((ask.state, ask.call_id.outcome), ("cancelled",) * 2)
        self.assertEqual(self.offline.last_test, "ok")

    def test_an_outcome_is_stored_once(self):
        ask = self.begun()
        calls = self.env["blog.ai.call"]
        before = calls.search_count([])
        result = llm.check_connection(self.offline._account())
        for _time in range(2):
            ask._end(Reaction(result))
        self.assertEqual(calls.search_count([]), before)
        self.assertEqual(ask.call_id.outcome, "ok")

    def test_a_call_that_waits_gives_signs_of_life(self):
        ask = self.begun()
        ask.alive_until = self.env.cr.now() + timedelta(seconds=1)
        self.env.flush_all()
        self.assertTrue(ask._goes_on())
        wait = ask.alive_until - fields.Datetime.now()
        self.assertGreater(wait, timedelta(seconds=10))
        ask.alive_until = self.env.cr.now() - timedelta(seconds=1)
        self.assertEqual(ask.look()["state"], "failed")

    def test_pending_tests_are_no_last_test(self):
        self.press(self.offline, "action_test_connection")
        self.begun()
        self.assertEqual(self.offline.last_test, "ok")

    def test_an_addon_that_breaks_ends_the_call(self):
        self.adapter(complete=Mock(side_effect=ZeroDivisionError))
        with self.assertLogs("odoo.addons.blog_ai_generator.pump.ask", "ERROR"):
            asked = self.offline.action_test_connection()["params"]["id"]
        found = self.env["blog.ai.ask"].browse(asked).look()
        self.assertEqual(found["state"], "failed")

    def test_two_windows_share_one_call(self):
        post = self.written()
        socials = self.env["blog.post.social"].with_user(self.writer)
        asks = self.env["blog.ai.ask"].with_user(self.writer)
        with patch.object(type(asks), "_start"):
            running = socials.write_again(post.id, "x", "Mine")
            self.assertEqual(socials.write_again(post.id, "x", "Mine"), running)
            for network, text in (("x", "Another text"), ("bluesky", "Mine")):
                other = socials.write_again(post.id, network, text)
                self.assertNotEqual(other, running)
            asks.browse(running["id"]).cancel()
            self.assertNotEqual(socials.write_again(post.id, "x", "Mine"), running)

    def test_an_answer_whose_window_was_closed_is_shown_at_the_next_click(self):
        post = self.written()
        socials = self.env["blog.post.social"].with_user(self.writer)
        asks = self.env["blog.ai.ask"].with_user(self.writer)
        unseen = socials.write_again(post.id, "x", "Mine")
        calls = self.env["blog.ai.call"].search_count([("kind", "=", "social")])
        again = socials.write_again(post.id, "x", "Mine")
        self.assertEqual(again, unseen)
        self.assertTrue(asks.browse(again["id"]).look()["text"])
        paid = self.env["blog.ai.call"].search_count([("kind", "=", "social")])
        self.assertEqual(paid, calls)
        self.assertNotEqual(socials.write_again(post.id, "x", "Mine"), unseen)

    def test_a_request_that_is_repeated_finds_its_answer_though_it_is_seen(self):
        post = self.written()
        socials = self.env["blog.post.social"].with_user(self.writer)
        asks = self.env["blog.ai.ask"].with_user(self.writer)
        first = socials.write_again(post.id, "x", "Mine")
        ask = asks.browse(first["id"])
        ask.look()
        for state in ("done", "failed"):
            ask.sudo().state = state
            with self.request_began(datetime(2000, 1, 1)):
                self.assertEqual(socials.write_again(post.id, "x", "Mine"), first)
        moment = ask.sudo().write_date
        with self.request_began(moment):
            self.assertEqual(socials.write_again(post.id, "x", "Mine"), first)
        # A click in the same second, but after the answer.
        with self.request_began(moment + timedelta(microseconds=1)):
            self.assertNotEqual(socials.write_again(post.id, "x", "Mine"), first)

    def request_began(self, moment):
        cr = self.env.cr
        return patch.object(blog_ai_ask, "request_age", lambda: cr.now() - moment)

    def test_nobody_pays_for_the_same_as_somebody_else_at_once(self):
        post = self.written()
        socials = self.env["blog.post.social"]
        asks = self.env["blog.ai.ask"]
        with patch.object(type(asks), "_start"):
            mine = socials.with_user(self.writer).write_again(post.id, "x", "Mine")
            with self.assertRaisesRegex(UserError, "is asking for the same already"):
                socials.write_again(post.id, "x", "Mine")
            self.assertTrue(socials.write_again(post.id, "x", "Another text"))
            asks.browse(mine["id"]).sudo().state = "done"
            with self.request_began(datetime(2000, 1, 1)):
                with self.assertRaisesRegex(UserError, "Ask them for the answer"):
                    socials.write_again(post.id, "x", "Mine")
            self.assertTrue(socials.write_again(post.id, "x", "Mine"))

    def test_nobody_gets_the_call_of_somebody_else(self):
        post = self.written()
        socials = self.env["blog.post.social"]
        mine = socials.with_user(self.writer).write_again(post.id, "x", "Mine")
        self.assertNotEqual(socials.write_again(post.id, "x", "Mine"), mine)
