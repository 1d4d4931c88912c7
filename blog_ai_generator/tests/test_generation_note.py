# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo.tests import tagged

from odoo.addons.blog_ai_generator import llm
from odoo.addons.blog_ai_generator.pump import Failure
from odoo.addons.blog_ai_generator.sentences import translated, without_remedy

from .common import BlogAiCase


@tagged("post_install", "-at_install")
class TestGenerationNote(BlogAiCase):
    """What the form says of a generation, in one flowing sentence."""

    def note(self, generation, **context):
        seen = generation.with_user(self.writer).with_context(**context)
        return seen.state_note

    def again(self, code, **how):
        """A generation that failed once and is queued for its next attempt."""
        generation = self.ask()
        self.attempt(generation, Failure.of(llm.LLMError(code, **how)))
        self.assertEqual(generation.state, "queued")
        return generation

    def test_what_is_new_waits_for_its_turn(self):
        self.assertEqual(self.note(self.ask()), "Waiting for its turn.")

    def test_what_is_tried_again_says_what_happened_and_when_it_goes_on(self):
        generation = self.again("unusable")
        generation.next_try_at = datetime(2026, 6, 1, 15, 34)
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
                "lease_until": datetime(2026, 6, 1, 3, 34),
            }
        )
        self.assertRegex(
            self.note(generation, tz="Europe/Paris"),
            r"it goes on at about 5:34\sAM\.$",
        )

    def test_a_time_of_day_of_nobodys_clock_has_its_zone(self):
        self.writer.tz = False
        generation = self.again("rate_limit")
        generation.next_try_at = datetime(2026, 6, 1, 3, 34)
        self.assertRegex(self.note(generation, tz=False), r"3:34\sAM \(UTC\)\.$")

    def test_what_happened_is_told_without_a_remedy_in_every_language(self):
        remedies = r"(?i)retry|administra|réessay|wiederhol|erneut|reint|vuelva"
        for lang in ("en_US", "fr_FR", "de_DE", "es_ES"):
            self.env["res.lang"]._activate_lang(lang)
            env = self.env(context={"lang": lang})
            for key, sentence in llm.SENTENCES.items():
                with self.subTest(lang=lang, key=key):
                    whole = translated(env, (sentence.term, {}))
                    what = without_remedy(whole)
                    self.assertLess(len(what), len(whole))
                    self.assertNotRegex(what, remedies)
