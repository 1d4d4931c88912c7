# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged

from .pump_case import PumpCase

# Each field of a voice with a value, and what the provider is told for it.
FIELDS = {
    "audience": ("bee keepers", "> Audience: bee keepers"),
    "tone": ("dry", "> Tone: dry"),
    "point_of_view": ("we", "> Point of view: we, the company"),
    "do": ("Name the month", "> Do: Name the month"),
    "dont": ("Praise us", "> Don't: Praise us"),
    "sample": ("It hummed.", "> Sample: It hummed."),
    "sample_2": ("It rained.", "> Sample: It rained."),
    "term_ids": (
        [
            (0, 0, {"word": "hive", "rule": "always"}),
            (0, 0, {"word": "bug", "rule": "never"}),
            (0, 0, {"word": "comb", "rule": "as", "instead": "honeycomb"}),
        ],
        "> Always use the words: “hive”\n> Never use the words: “bug”\n"
        "> Write: “honeycomb”, not “comb”",
    ),
}
# Fields of a voice that are not for the model.
BESIDE = {"name", "active", "company_id", "version_id", "version_ids"}


@tagged("post_install", "-at_install", "-standard", "blog_ai_committed")
class TestVoiceCommitted(PumpCase):
    """A provider receives the lines of a voice, over a socket."""

    def setUp(self):
        # Added first, done last: posts have to go before their voices.
        self.addCleanup(self._purge_voices)
        super().setUp()
        self.voices = []

    def _purge_voices(self):
        with self.committed() as env:
            env["blog.ai.voice"].browse(self.voices).unlink()

    def voice(self, **values) -> int:
        with self.committed() as env:
            voice = env["blog.ai.voice"].create({"name": "Test voice", **values})
            self.voices.append(voice.id)
            return voice.id

    def told(self, topic: str) -> str:
        """Return what the provider was told about a topic."""
        bodies = [call.body["messages"] for call in self.llm.requests]
        (user,) = [
            messages[-1]["content"]
            for messages in bodies
            if f"Topic: {topic}" in messages[-1]["content"].splitlines()
        ]
        return user

    def test_each_field_reaches_the_provider(self):
        topics = {name: f"Clover and {name}" for name in FIELDS}
        for name, (value, _line) in FIELDS.items():
            self.ask(topics[name], voice_id=self.voice(**{name: value}))
        self.pump()
        for name, (_value, line) in FIELDS.items():
            with self.subTest(name):
                self.assertIn(f"\n{line}\nTopic: ", self.told(topics[name]))

    def test_no_field_is_forgotten_here(self):
        with self.committed() as env:
            fields = env["blog.ai.voice"]._fields.items()
            kept = {n for n, field in fields if field.store and n not in MAGIC_COLUMNS}
        self.assertEqual(kept, {*FIELDS, *BESIDE})

    def test_a_whole_voice_of_a_blog_reaches_it_as_it_is_shown(self):
        voice = self.voice(**{name: value for name, (value, _) in FIELDS.items()})
        with self.committed() as env:
            env["blog.blog"].browse(self.blog_id).blog_ai_voice_id = voice
        ids = self.ask("Clover", publish=True)
        with self.committed() as env:
            shown = env["blog.ai.generation"].browse(ids)._shown()
        self.pump()
        (call,) = self.llm.requests
        system, user = (message["content"] for message in call.body["messages"])
        self.assertEqual((system, user), (shown.system, shown.user))
        schema = call.body["response_format"]["json_schema"]["schema"]
        self.assertEqual(shown.form, json.dumps(schema))
        with self.committed() as env:
            generation = env["blog.ai.generation"].browse(ids)
            logged = generation.call_ids
            self.assertEqual(logged.voice_version_id.voice_id.id, voice)
            env["blog.ai.voice"].browse(voice).tone = "sweet"
            generation.blog_id.name = "Renamed"
            # The sent prompt: one made now would also have the post itself as a link.
            self.assertEqual(generation._shown(), shown)

    def test_a_post_without_a_voice_is_told_of_none(self):
        self.ask("Clover")
        self.pump()
        self.assertNotIn("voice", self.told("Clover"))

    def test_words_of_the_glossary_are_noted_and_the_post_is_kept(self):
        voice = self.voice(term_ids=[(0, 0, {"word": "unheard-of", "rule": "always"})])
        ids = self.ask("Clover", voice_id=voice)
        self.pump()
        (row,) = self.look_at(ids, "state", "repairs")
        self.assertEqual(row["state"], "done")
        self.assertIn("always uses are missing: unheard-of.", row["repairs"])
