# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.llm.refresh import refresh_prompt
from odoo.addons.blog_ai_generator.messages import Message
from odoo.addons.blog_ai_generator.pump import Failure

from .common import BlogAiCase


class VoiceCase(BlogAiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voice = cls.env["blog.ai.voice"].create(
            {
                "name": "Old salt",
                "audience": "sailors",
                "term_ids": [(0, 0, {"word": "boat", "rule": "never"})],
            }
        )

    def sent(self, generation):
        return generation._prepare_request().voice


@tagged("post_install", "-at_install")
class TestVoiceVersions(VoiceCase):
    def test_saving_keeps_a_version_with_the_next_number(self):
        self.assertEqual(self.voice.number, 1)
        self.voice.tone = "gruff"
        self.assertEqual(self.voice.number, 2)
        self.assertEqual(self.voice.version_ids.mapped("number"), [2, 1])
        first = self.voice.version_ids.sorted("number")[0]
        self.assertNotIn("gruff", first.told)
        self.assertIn("gruff", self.voice.version_id.told)

    def test_the_number_in_a_name_says_what_it_is(self):
        self.assertEqual(self.voice.version_id.display_name, "Old salt, version 1")

    def test_saving_without_a_change_keeps_none(self):
        self.voice.write({"audience": "sailors", "name": "Old tar"})
        self.assertEqual(self.voice.number, 1)

    def test_a_form_with_words_makes_one_version(self):
        with Form(self.voice) as form:
            form.tone = "gruff"
            for word in ("ship", "sail"):
                with form.term_ids.new() as term:
                    term.word = word
        self.assertEqual(self.voice.number, 2)
        self.assertIn("“boat”, “ship”, “sail”", self.voice.version_id.told)

    def test_a_word_that_is_changed_by_itself_makes_one_too(self):
        self.voice.term_ids.write({"rule": "as", "instead": "vessel"})
        self.assertEqual(self.voice.number, 2)
        self.assertIn("“vessel”, not “boat”", self.voice.version_id.told)
        self.voice.term_ids.unlink()
        self.assertEqual(self.voice.number, 3)
        self.assertNotIn("boat", self.voice.version_id.told)

    def test_nobody_changes_a_version(self):
        with self.assertRaisesRegex(UserError, "makes a new version"):
            self.voice.version_id.content = {}
        with self.assertRaises(AccessError):
            self.voice.version_id.with_user(self.writer).unlink()

    def test_a_voice_that_is_too_long_is_refused_with_its_length(self):
        with self.assertRaisesRegex(ValidationError, "about [0-9]{4} tokens"):
            self.voice.sample = "Long ago and far away. " * 400
        with self.assertRaisesRegex(ValidationError, "Shorten it to 250"):
            self.voice.term_ids = [
                (0, 0, {"word": f"word number {number}"}) for number in range(200)
            ]

    def test_a_word_that_is_replaced_needs_another_one(self):
        with self.assertRaisesRegex(ValidationError, "what to write instead"):
            self.voice.term_ids.rule = "as"


@tagged("post_install", "-at_install")
class TestVoiceOfPosts(VoiceCase):
    def test_a_post_has_the_voice_of_its_blog(self):
        self.assertEqual(self.sent(self.ask()), llm.Voice())
        self.blog.blog_ai_voice_id = self.voice
        generation = self.ask()
        self.assertEqual(self.sent(generation).audience, "sailors")
        self.assertEqual(self.sent(generation).glossary[0].word, "boat")

    def test_a_brief_may_choose_another_voice(self):
        self.blog.blog_ai_voice_id = self.voice
        other = self.env.ref("blog_ai_generator.voice_expert")
        generation = self.ask(voice_id=other.id)
        self.assertEqual(generation._voice_version().voice_id, other)

    def test_an_empty_voice_names_that_of_the_blog(self):
        self.blog.blog_ai_voice_id = self.voice
        wizard = self.env["blog.ai.write"].new({"blog_id": self.blog.id})
        self.assertEqual(wizard.voice_hint, "The blog's voice: Old salt")
        silent = self.env["blog.blog"].create({"name": "Silent"})
        wizard.blog_id = silent
        self.assertEqual(wizard.voice_hint, "None: the blog has no voice")

    def test_a_post_keeps_the_version_of_its_first_attempt(self):
        generation = self.ask(voice_id=self.voice.id)
        self.voice.audience = "old tars"
        self.attempt(generation, Failure("timeout", Message("timeout")))
        self.assertEqual(generation.voice_version_id.number, 2)
        self.voice.audience = "landlubbers"
        generation._set_state_retried()
        self.attempt(generation)
        self.assertEqual(self.sent(generation).audience, "old tars")
        self.assertEqual(generation.call_ids.voice_version_id.number, 2)

    def test_each_call_records_the_version(self):
        self.blog.blog_ai_voice_id = self.voice
        generation = self.ask()
        self.attempt(generation)
        self.assertEqual(generation.state, "done")
        call = generation.call_ids
        self.assertEqual(call.voice_version_id, self.voice.version_id)
        self.assertEqual(call.prompt_version, llm.PROMPT_VERSION)

    def test_a_call_records_the_version_that_it_quotes(self):
        self.blog.blog_ai_voice_id = self.voice
        quoted = self.voice.version_id
        post = self.env["blog.post"].create(
            {"name": "Quinces", "blog_id": self.blog.id, "content": "<p>Ripe.</p>"}
        )
        asked = []

        def propose(request, _account, _cancellation):
            prompt = refresh_prompt(request, 0)
            asked.append(prompt.system + prompt.user)
            self.voice.audience = "landlubbers"
            return llm.Refresh(llm.Renewal("", ()), ())

        with patch.object(llm, "propose_refresh", propose):
            post.with_user(self.writer).action_blog_ai_refresh()
        self.assertIn("> Audience: sailors", asked[0])
        call = self.env["blog.ai.call"].search([("blog_id", "=", self.blog.id)])
        self.assertEqual(call.kind, "refresh")
        self.assertEqual(call.voice_version_id, quoted)

    def test_a_voice_that_was_used_is_archived_not_deleted(self):
        self.attempt(self.ask(voice_id=self.voice.id))
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.voice.unlink()
        self.voice.copy().unlink()

    def test_another_companys_voice_is_refused(self):
        self.voice.company_id = self.env["res.company"].create({"name": "Other"})
        with self.assertRaisesRegex(ValidationError, "belongs to Other"):
            self.ask(voice_id=self.voice.id)
        website = self.env["website"].create({"name": "Mine"})
        blog = self.env["blog.blog"].create({"name": "B", "website_id": website.id})
        with self.assertRaisesRegex(ValidationError, "belongs to Other"):
            blog.blog_ai_voice_id = self.voice

    def test_nobody_of_another_company_reads_a_voice(self):
        self.voice.company_id = self.env["res.company"].create({"name": "Other"})
        for record in (self.voice, self.voice.version_id, self.voice.term_ids):
            with self.assertRaises(AccessError):
                record.with_user(self.writer).read(["display_name"])

    def test_only_editors_have_voices(self):
        somebody = new_test_user(self.env, "unit-somebody", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.voice.with_user(somebody).read(["name"])
        self.voice.with_user(self.writer).tone = "gruff"
        self.assertEqual(self.voice.number, 2)


@tagged("post_install", "-at_install")
class TestVoiceWrittenAgain(VoiceCase):
    """The voice of then, or that of today."""

    def written(self, failure=None, **values):
        """Return a generation that has sent a version which is not today's any more."""
        generation = self.ask(voice_id=self.voice.id, **values)
        self.attempt(generation, failure)
        self.voice.audience = "landlubbers"
        return generation

    def retry(self, choice):
        generation = self.written(Failure("timeout", Message("timeout")))
        action = generation.action_retry()
        self.assertEqual(action["name"], "Retry")
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        with Form(wizard) as form:
            self.assertIn("Today it would be “Old salt, version 2”", form.voice_note)
            form.voice_choice = choice
        form.record.action_retry()
        self.attempt(generation)
        self.assertEqual(generation.state, "done")
        return self.sent(generation).audience

    def test_a_retry_asks_which_one_it_writes_in(self):
        self.assertEqual(self.retry("then"), "sailors")

    def test_a_retry_may_take_the_voice_of_today(self):
        self.assertEqual(self.retry("now"), "landlubbers")

    def test_a_retry_asks_nothing_while_the_voice_is_the_same(self):
        generation = self.ask(voice_id=self.voice.id)
        self.attempt(generation, Failure("timeout", Message("timeout")))
        self.assertIs(generation.action_retry(), True)

    def reject(self, choice):
        generation = self.written()
        generation.review_state = "pending"
        wizard = self.env["blog.ai.reject"].with_context(
            default_generation_id=generation.id
        )
        with Form(wizard) as form:
            form.reason = "Too wet."
            self.assertIn("It was written in “Old salt, version", form.voice_note)
            form.voice_choice = choice
        form.record.action_reject()
        return self.sent(generation.rewrite_id).audience

    def test_a_new_version_of_a_rejected_draft_has_either_voice(self):
        self.assertEqual(self.reject("then"), "sailors")
        self.voice.audience = "sailors"
        self.assertEqual(self.reject("now"), "landlubbers")

    def again(self, generation, **values):
        action = generation.action_write_again()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        with Form(wizard) as form:
            form.provider_id = self.offline
            for name, value in values.items():
                form[name] = value
            note = form.voice_note
        result = form.record.action_write()
        return note, self.env["blog.ai.generation"].browse(result["res_id"])

    def test_write_with_changes_offers_both(self):
        generation = self.written()
        note, again = self.again(generation, voice_choice="then")
        self.assertTrue(note)
        self.assertEqual(self.sent(again).audience, "sailors")
        _note, again = self.again(generation)
        self.assertEqual(self.sent(again).audience, "landlubbers")

    def test_another_voice_is_that_of_today(self):
        other = self.env.ref("blog_ai_generator.voice_expert")
        note, again = self.again(self.written(), voice_choice="then", voice_id=other)
        self.assertFalse(note)
        self.assertEqual(again._voice_version(), other.version_id)

    def test_new_text_for_a_network_is_in_the_voice_of_the_post(self):
        generation = self.written(publish=True)
        copy = generation.post_id.social_ids[:1]
        self.assertEqual(copy._prepare_request().voice.audience, "sailors")
        copy.write_again(generation.post_id.id, copy.network, copy.text)
        call = generation.call_ids.filtered(lambda call: call.kind == "social")
        self.assertEqual(call.voice_version_id.number, 1)

    def test_a_voice_is_part_of_what_a_post_may_cost(self):
        plain = self.ask()._octets()
        spoken = self.ask(voice_id=self.voice.id)
        told = len(self.voice.version_id.told.encode())
        self.assertEqual(spoken._octets(), plain + told)


@tagged("post_install", "-at_install")
class TestShowThePrompt(VoiceCase):
    def test_a_generation_shows_what_is_sent(self):
        generation = self.ask(voice_id=self.voice.id, notes="Mind the tide.")
        shown = self.shown(generation)
        for part in ("> Audience: sailors", "> Mind the tide.", "Lemons in pots"):
            self.assertIn(part, shown.prompt_user)
        self.assertIn("Answer with one JSON object", shown.prompt_system)
        self.assertFalse(shown.prompt_form)
        self.assertRegex(shown.prompt_note, r"about \d{3} tokens")

    def shown(self, generation):
        action = generation.with_user(self.writer).action_show_prompt()
        wizard = self.env[action["res_model"]].with_user(self.writer)
        return Form(wizard.with_context(**action["context"]))

    def test_the_wizard_shows_it_while_it_is_filled_in(self):
        wizard = self.env["blog.ai.write"].with_user(self.writer)
        form = Form(wizard.with_context(default_blog_id=self.blog.id))
        form.topic = "Lemons in pots"
        self.assertFalse(form.prompt_user)
        form.show_prompt = True
        self.assertIn("Topic: Lemons in pots", form.prompt_user)
        self.assertNotIn("sailors", form.prompt_user)
        form.voice_id = self.voice
        self.assertIn("> Audience: sailors", form.prompt_user)
        form.notes = "Mind the tide."
        generation = self.env["blog.ai.generation"].browse(
            form.save().action_write()["res_id"]
        )
        self.assertEqual(generation._shown().user, form.prompt_user)

    def test_it_says_which_part_was_not_sent_so(self):
        generation = self.ask()
        self.assertFalse(self.shown(generation).prompt_sent_note)
        self.attempt(generation)
        self.assertFalse(self.shown(generation).prompt_sent_note)
        generation.call_ids.prompt_version = "before"
        self.assertIn("those of today", self.shown(generation).prompt_sent_note)
        generation.prompt_sent = False
        self.assertIn("was not kept", self.shown(generation).prompt_sent_note)

    def test_it_shows_the_form_of_the_answer_where_that_is_sent(self):
        self.offline.answer_format = "json_schema"
        self.assertIn("additionalProperties", self.shown(self.ask()).prompt_form)
