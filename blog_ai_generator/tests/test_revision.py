# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import partial
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .. import llm
from .social_case import SocialCase

CONTENT = (
    "<section><p>Start.</p><h2>Soil</h2><p>Loam.</p>"
    "<h2>Water</h2><p>Rain.</p></section>"
)
HOSTILE = '<p onclick="x()">Clay</p><script>alert(1)</script><h2>More</h2>'


class RevisionCase(SocialCase):
    def setUp(self):
        super().setUp()
        self.post = self.written()
        self.generation = self.post.blog_ai_generation_id

    def follow(self, action, user=None):
        """Return what opens when the call that an action follows is answered."""
        self.assertEqual(action["tag"], "blog_ai_ask")
        self.answer_to(action["params"], user or self.writer)
        return action["params"]["opens"]

    def calls(self, kind):
        return self.env["blog.ai.call"].search([("kind", "=", kind)])


@tagged("post_install", "-at_install")
class TestOtherTitles(RevisionCase):
    """Three titles to choose from."""

    def titles(self, user=None):
        user = user or self.writer
        action = self.generation.with_user(user).action_propose_titles()
        opened = self.follow(action, user)
        titles = self.env[opened["res_model"]].with_user(user)
        return titles.search(opened["domain"])

    def test_three_are_offered_and_nothing_is_changed(self):
        before = self.post.name
        titles = self.titles()
        self.assertEqual(len(titles), 3)
        self.assertNotIn(before, titles.mapped("name"))
        self.assertEqual(self.post.name, before)

    def test_the_chosen_one_is_the_title_of_the_post(self):
        self.post.website_meta_title = self.post.name
        chosen = self.titles()[1]
        chosen.action_use()
        self.assertEqual(self.post.name, chosen.name)
        self.assertEqual(self.post.website_meta_title, chosen.name)

    def test_the_form_of_the_post_is_loaded_with_its_new_title(self):
        action = self.post.with_user(self.writer).action_blog_ai_propose_titles()
        self.assertTrue(action["params"]["reloads"])

    def test_a_title_for_search_engines_of_its_own_stays(self):
        self.post.website_meta_title = "Mine"
        self.titles()[0].action_use()
        self.assertEqual(self.post.website_meta_title, "Mine")

    def test_the_title_is_that_of_the_language_of_the_text(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.post = self.written(topic="Des figues", lang="fr_FR")
        self.generation = self.post.blog_ai_generation_id
        seen = []

        def propose(request, account, cancellation):
            seen.append(request)
            return llm.Titles(("Figues",), ())

        with patch.object(llm, "propose_titles", propose):
            titles = self.titles()
        english = self.post.with_context(lang="en_US").name
        titles.action_use()
        self.assertEqual(seen[0].language, "fr_FR")
        self.assertEqual(self.post.with_context(lang="fr_FR").name, "Figues")
        self.assertEqual(self.post.with_context(lang="en_US").name, english)

    def test_the_call_is_on_record_with_its_kind_and_the_generation(self):
        self.titles()
        call = self.calls("titles")
        self.assertEqual((call.generation_id, call.outcome), (self.generation, "ok"))
        self.assertTrue(call.tokens_out)

    def test_nobody_else_sees_or_asks_for_them(self):
        titles = self.titles()
        other = self.new_editor()
        self.assertFalse(titles.with_user(other).search([]))
        # A request finds nothing in the cache.
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            titles[0].with_user(other).action_use()
        reader = new_test_user(self.env, "unit-nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.generation.with_user(reader).action_propose_titles()

    def test_a_budget_that_is_used_up_is_said_before_a_call(self):
        self.generation.sudo().provider_id = self.too_costly()
        with self.assertRaisesRegex(UserError, "(?i)budget"):
            self.generation.with_user(self.writer).action_propose_titles()
        self.assertFalse(self.calls("titles"))


@tagged("post_install", "-at_install")
class TestDeletedMeanwhile(RevisionCase):
    """A call whose post is deleted before the answer comes is paid for all the same."""

    def ask_and_delete(self, button):
        """Press a button of the post, which is deleted while the provider writes."""
        protocol = type(llm.PROTOCOLS["offline"])
        complete = protocol.complete

        def deleting(*args):
            self.post.unlink()
            return complete(*args)

        self.post.content = CONTENT
        with patch.object(protocol, "complete", deleting):
            return getattr(self.post.with_user(self.writer), button)()

    def test_titles_are_billed_and_no_longer_taken(self):
        action = self.ask_and_delete("action_blog_ai_propose_titles")
        self.assertEqual(self.calls("titles").outcome, "ok")
        titles = self.env["blog.ai.title"].with_user(self.writer)
        title = titles.search(action["params"]["opens"]["domain"], limit=1)
        generation = self.generation
        for press in (
            title.action_use,
            generation.action_propose_titles,
            generation.action_rewrite_section,
            generation.action_could_link_here,
        ):
            with self.assertRaisesRegex(UserError, "The post was deleted"):
                press()

    def test_a_post_whose_generation_is_gone_has_no_review(self):
        self.generation.unlink()
        for press in (
            self.post.action_blog_ai_approve,
            self.post.action_blog_ai_reject,
        ):
            with self.assertRaisesRegex(UserError, "The generation of this post was"):
                press()

    def test_a_new_version_is_billed_and_dropped(self):
        action = self.ask_and_delete("action_blog_ai_refresh")
        self.assertEqual(self.calls("refresh").outcome, "ok")
        told = self.answer_to(action["params"], self.writer)
        self.assertIn("changed while it was checked", told["message"])


@tagged("post_install", "-at_install")
class TestRewrittenSection(RevisionCase):
    """One section of a post is written again, for a reason."""

    def setUp(self):
        super().setUp()
        self.post.content = CONTENT
        self.settle()

    def settle(self):
        """Let the present text be what a model wrote."""
        self.post.blog_ai_written_hash = self.post.blog_ai_text_hash

    def sections(self, user=None):
        post = self.post.with_user(user or self.writer)
        action = post.action_blog_ai_rewrite_section()
        return post.env[action["res_model"]].search(action["domain"])

    def rewrite(self, number=2, html="<p>Dew.</p>", reason="Too short."):
        section = self.sections()[number]
        action = section.action_choose()
        form = Form(section.browse(action["res_id"]))
        form.reason = reason
        self.seen = []

        def rewrite(request, account, cancellation):
            self.seen.append(request)
            return llm.Section(html, ())

        with patch.object(llm, "rewrite_section", rewrite):
            opened = self.follow(form.save().action_rewrite())
        return section.browse(opened["res_id"])

    def test_the_generation_offers_them_unless_it_is_a_translation(self):
        generations = self.generation.with_user(self.writer)
        action = generations.action_rewrite_section()
        offered = generations.env[action["res_model"]].search(action["domain"])
        self.assertEqual(offered.mapped("name"), self.sections().mapped("name"))
        arch = etree.fromstring(generations.get_view(view_type="form")["arch"])
        (button,) = arch.iterfind(".//button[@name='action_rewrite_section']")
        self.assertIn("kind == 'translation'", button.get("invisible"))

    def test_a_new_text_is_shown_beside_the_old_one_before_it_is_used(self):
        section = self.rewrite()
        self.assertEqual(section.name, "Water")
        self.assertIn("Rain.", section.present)
        self.assertIn("Dew.", section.proposal)
        self.assertIn("Rain.", self.post.content)
        section.action_use()
        self.assertEqual(self.post.content, CONTENT.replace("Rain.", "Dew."))

    def test_the_text_on_the_screen_is_used_while_another_one_is_written(self):
        section = self.rewrite()
        self.patch(self.registry["blog.ai.ask"], "_start", lambda *_args: None)
        opened = section.action_rewrite()["params"]["opens"]
        with self.assertRaisesRegex(UserError, "no new text yet"):
            section.browse(opened["res_id"]).action_use()
        section.action_use()
        self.assertEqual(self.post.content, CONTENT.replace("Rain.", "Dew."))

    def test_the_provider_gets_the_section_and_the_reason(self):
        self.rewrite(reason="Name an example.")
        (request,) = self.seen
        self.assertEqual((request.heading, request.present), ("Water", "Rain."))
        self.assertEqual(request.reason, "Name an example.")
        self.assertEqual(request.topic, self.post.name)

    def test_the_offline_writer_can_do_it(self):
        section = self.sections()[1]
        section.reason = "Too short."
        section = section.browse(self.follow(section.action_rewrite())["res_id"])
        self.assertTrue(section.proposal)
        section.action_use()
        self.assertNotIn("Loam.", self.post.content)
        self.assertIn("Rain.", self.post.content)
        self.assertEqual(self.calls("section").outcome, "ok")

    def test_no_markup_of_a_model_gets_into_the_post(self):
        self.rewrite(html=HOSTILE).action_use()
        content = self.post.content
        for mark in ("onclick", "<script"):
            self.assertNotIn(mark, content)
        self.assertIn("<p>Clay</p>", content)
        self.assertIn("<h3>More</h3>", content)

    def test_a_reason_is_needed(self):
        for reason in (False, "  "):
            section = self.sections()[0]
            section.reason = reason
            with self.assertRaisesRegex(UserError, "Say first what the new text"):
                section.action_rewrite()
        self.assertFalse(self.calls("section"))

    def test_a_section_that_was_changed_meanwhile_is_kept(self):
        section = self.rewrite()
        self.post.content = CONTENT.replace("Rain.", "Snow.")
        with self.assertRaisesRegex(UserError, "changed this section meanwhile"):
            section.action_use()
        self.assertIn("Snow.", self.post.content)

    def test_nobody_reads_the_answer_to_somebody_else(self):
        asked = self.rewrite().sudo().ask_id
        mine = self.sections(self.new_editor())[0]
        with self.assertRaises(AccessError):
            mine.ask_id = asked.id
        with self.assertRaises(AccessError):
            sent = {"ask_id": asked.id, "reason": "Mine"}
            mine.onchange(sent, ["reason"], {"proposal": {}})
        self.assertFalse(mine.proposal)

    def test_nobody_uses_the_answer_to_somebody_else(self):
        section, other = self.rewrite(), self.new_editor()
        for press in (
            section.with_user(other).action_use,
            section.with_user(other).action_rewrite,
        ):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                press()

    def test_the_introduction_can_be_rewritten(self):
        section = self.rewrite(0)
        self.assertEqual(section.name, "Introduction")
        section.action_use()
        self.assertEqual(self.post.content, CONTENT.replace("Start.", "Dew."))

    def test_a_post_without_text_is_refused_with_a_sentence(self):
        self.post.content = "<p> </p>"
        with self.assertRaisesRegex(UserError, "has no text yet"):
            self.sections()

    def test_a_section_that_a_model_wrote_again_is_no_edit_and_not_examined(self):
        self.rewrite().action_use()
        self.assertEqual(self.post.blog_ai_grade, "generated")
        self.post.action_blog_ai_examined()
        self.assertEqual(self.post.blog_ai_grade, "reviewed")
        self.rewrite(1, "<p>Clay.</p>").action_use()
        self.assertEqual(self.post.blog_ai_grade, "generated")
        self.post.content = CONTENT.replace("Loam.", "Peat.")
        self.rewrite().action_use()
        self.assertEqual(self.post.blog_ai_grade, "edited")

    def test_two_people_do_not_rewrite_one_section_at_once(self):
        mine = self.sections()[2]
        mine.reason = "Too short."
        self.patch(self.registry["blog.ai.ask"], "_start", lambda *_args: None)
        asked = mine.action_rewrite()["params"]["id"]
        theirs = self.sections(self.new_editor())
        theirs.reason = "Too long."
        with self.assertRaisesRegex(UserError, "unit-writer .* is asking for the same"):
            theirs[2].action_rewrite()
        self.assertEqual(theirs[1].action_rewrite()["tag"], "blog_ai_ask")
        self.env["blog.ai.ask"].browse(asked).state = "done"
        self.assertEqual(theirs[2].action_rewrite()["tag"], "blog_ai_ask")

    def test_nobody_without_the_right_rewrites(self):
        section = self.rewrite()
        reader = new_test_user(self.env, "unit-nobody", groups="base.group_user")
        for act in (
            partial(section.with_user(reader).action_use),
            partial(self.post.with_user(reader).action_blog_ai_rewrite_section),
            partial(self.generation.with_user(reader).action_rewrite_section),
        ):
            with self.assertRaises(AccessError):
                act()
