# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .. import llm
from ..llm.outline import headings_of
from ..llm.protocols import offline
from .common import BlogAiCase

HEADINGS = ("Which pot", "When to water", "Where they winter")


@tagged("post_install", "-at_install")
class TestOutline(BlogAiCase):
    """An outline is shown, changed and followed."""

    def wizard(self, **values):
        with Form(self.env["blog.ai.write"].with_user(self.writer)) as form:
            form.topic = "Lemons in pots"
            form.blog_id = self.blog
            form.provider_id = self.offline
            form.show_outline = True
            for name, value in values.items():
                form[name] = value
        return form.record

    def outlined(self, wizard, headings=HEADINGS, shown=True):
        """Answer the call for an outline, and return what was asked.

        :param shown: whether the window is still open when the answer comes
        """
        self.seen = []

        def propose(request, account, cancellation):
            self.seen.append(request)
            return llm.Outline(headings, ())

        with patch.object(llm, "propose_outline", propose):
            action = wizard.action_outline()
            if shown:
                self.answer_to(action["params"], self.writer)
        return action["params"]

    def unanswered(self, wizard):
        """Press the button, and leave the call without an answer."""
        with patch.object(type(self.env["blog.ai.ask"]), "_start", lambda *_: None):
            return wizard.action_outline()["params"]

    def generation(self, action):
        self.assertEqual(action["res_model"], "blog.ai.generation")
        return self.env["blog.ai.generation"].browse(action["res_id"])

    def calls(self):
        return self.env["blog.ai.call"].search([("kind", "=", "outline")])

    def test_it_is_shown_in_the_same_form_and_nothing_is_written_yet(self):
        before = self.env["blog.ai.generation"].search_count([])
        wizard = self.wizard(notes="Terracotta", words="1200")
        opened = self.outlined(wizard)["opens"]
        self.assertEqual(
            (opened["res_model"], opened["res_id"], opened["target"]),
            (wizard._name, wizard.id, "new"),
        )
        self.assertEqual(wizard.heading_ids.mapped("name"), [*HEADINGS])
        (request,) = self.seen
        self.assertEqual(
            (request.topic, request.notes, request.words),
            ("Lemons in pots", "Terracotta", 1200),
        )
        self.assertEqual(self.env["blog.ai.generation"].search_count([]), before)

    def test_what_a_person_made_of_it_is_written(self):
        wizard = self.wizard()
        self.outlined(wizard)
        with Form(wizard) as form:
            form.heading_ids.remove(0)
            with form.heading_ids.edit(0) as heading:
                heading.name = "Rain or tap?"
                heading.sequence = 50
            with form.heading_ids.new() as heading:
                heading.name = "Feeding"
        generation = self.generation(wizard.action_write())
        wanted = ["Where they winter", "Rain or tap?", "Feeding"]
        self.assertEqual(generation.outline.splitlines(), wanted)
        self.assertEqual(generation._prepare_request().outline, tuple(wanted))
        self.attempt(generation)
        self.assertEqual(headings_of(generation.post_id.content), wanted)
        self.assertNotIn("outline", (generation.repairs or "").lower())

    def test_another_outline_replaces_the_first_one(self):
        wizard = self.wizard()
        self.outlined(wizard)
        self.outlined(wizard, ("Other", "Headings"))
        self.assertEqual(wizard.heading_ids.mapped("name"), ["Other", "Headings"])

    def test_the_offline_writer_can_do_it_and_the_call_counts_towards_the_post(self):
        wizard = self.wizard()
        self.answer_to(wizard.action_outline()["params"], self.writer)
        self.assertGreater(len(wizard.heading_ids), 2)
        generation = self.generation(wizard.action_write())
        call = self.calls()
        self.assertEqual((call.generation_id, call.outcome), (generation, "ok"))
        self.assertTrue(call.tokens_out)
        self.assertEqual(generation.tokens_out, call.tokens_out)

    def test_a_second_click_waits_for_the_same_call(self):
        wizard = self.wizard()
        first = self.unanswered(wizard)
        self.assertEqual(self.unanswered(wizard), first)

    def test_a_second_window_that_asks_the_same_gets_the_same_outline(self):
        first, second = self.wizard(), self.wizard()
        asked = self.outlined(first, shown=False)
        again = self.outlined(second, ("Other", "Headings"))
        self.assertEqual(again["id"], asked["id"])
        self.assertFalse(self.seen)
        self.assertEqual(second.heading_ids.mapped("name"), [*HEADINGS])

    def test_two_windows_that_wait_for_one_call_both_get_its_outline(self):
        first, second = self.wizard(), self.wizard()
        asked = self.unanswered(first)
        self.assertEqual(self.unanswered(second)["id"], asked["id"])
        ask = self.env["blog.ai.ask"].browse(asked["id"])
        ask._keep_outline(llm.Outline(HEADINGS, ()))
        for wizard in (first, second):
            self.assertEqual(wizard.heading_ids.mapped("name"), [*HEADINGS])

    def test_a_call_whose_server_died_is_asked_again(self):
        wizard = self.wizard()
        first = self.unanswered(wizard)
        self.env["blog.ai.ask"].browse(first["id"]).alive_until -= timedelta(minutes=1)
        self.assertNotEqual(self.unanswered(wizard)["id"], first["id"])

    def test_without_waiting_the_post_is_written_and_the_call_is_cut(self):
        wizard = self.wizard()
        ask = self.env["blog.ai.ask"].browse(self.unanswered(wizard)["id"])
        generation = self.generation(wizard.action_write())
        self.assertFalse(generation.outline)
        self.assertEqual((ask.state, ask.generation_id), ("cancelled", generation))

    def test_a_failure_is_told_and_the_post_can_be_written_all_the_same(self):
        wizard = self.wizard()

        def fail(request, account, cancellation):
            raise llm.LLMError("overloaded", "try later")

        with patch.object(llm, "propose_outline", fail):
            asked = wizard.action_outline()["params"]
            with self.assertRaises(UserError):
                self.answer_to(asked, self.writer)
        self.assertFalse(wizard.heading_ids)
        self.offline.hold_until = False
        self.assertFalse(self.generation(wizard.action_write()).outline)

    def test_headings_count_only_while_the_outline_is_wanted(self):
        wizard = self.wizard()
        self.outlined(wizard)
        wizard.show_outline = False
        self.assertFalse(self.generation(wizard.action_write()).outline)

    def test_write_with_changes_shows_the_outline_of_then(self):
        wizard = self.wizard()
        self.outlined(wizard)
        generation = self.generation(wizard.action_write())
        action = generation.action_write_again()
        form = Form(self.env["blog.ai.write"].with_context(**action["context"]))
        self.assertTrue(form.show_outline)
        self.assertEqual(form.save().heading_ids.mapped("name"), [*HEADINGS])

    def test_the_prompt_that_is_shown_has_the_headings(self):
        wizard = self.wizard(show_prompt=True)
        self.assertNotIn("> Which pot", wizard.prompt_user)
        self.outlined(wizard)
        self.assertIn("> Which pot\n> When to water", wizard.prompt_user)

    def test_a_text_that_differs_says_so_on_the_generation(self):
        generation = self.ask(outline="\n".join(HEADINGS))
        write = offline._article

        def without_outline(request):
            return write(replace(request, outline=()))

        with patch.object(offline, "_article", without_outline):
            self.attempt(generation)
        self.assertEqual(generation.state, "done")
        for words in ("missing: “Which pot”, “When to water”", "not in the outline: “"):
            self.assertIn(words, generation.repairs)

    def test_an_outline_is_bounded_with_a_sentence(self):
        with self.assertRaisesRegex(ValidationError, "has 13 headings. Keep it to 12"):
            self.ask(outline="\n".join(f"Heading {n}" for n in range(13)))
        with self.assertRaisesRegex(ValidationError, "has 121 characters"):
            self.ask(outline="x" * 121)

    def test_a_form_that_can_not_be_written_asks_for_no_outline(self):
        provider = self.env["blog.ai.provider"].create(
            {"name": "Keyless", "preset": "openai"}
        )
        wizard = self.wizard(provider_id=provider)
        with self.assertRaisesRegex(UserError, "Keyless has no API key"):
            wizard.action_outline()
        self.assertFalse(self.calls())

    def test_nobody_waits_for_the_outline_of_somebody_else(self):
        asked = self.unanswered(self.wizard())
        wizards = self.env["blog.ai.write"].with_user(self.new_editor())
        values = {"topic": "Mine", "blog_id": self.blog.id, "ask_id": asked["id"]}
        with self.assertRaises(AccessError):
            wizards.create(values)

    def test_nobody_else_sees_the_headings(self):
        wizard = self.wizard()
        self.outlined(wizard)
        other = self.new_editor()
        self.assertFalse(wizard.heading_ids.with_user(other).search([]))
        reader = new_test_user(self.env, "unit-nobody", groups="base.group_user")
        with self.assertRaises(AccessError):
            wizard.heading_ids.with_user(reader).read(["name"])
